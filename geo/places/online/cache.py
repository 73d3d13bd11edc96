"""What an online geocoder answered, kept between runs: places and honest "not found" alike.

One SQLite file, safe to delete and shared by processes. A failure is never kept, and a cache that
cannot be read or written only means that the service is asked again.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from geo.settings import DATA

__all__ = ["CACHE_FILE", "AnswerCache"]

CACHE_FILE: Final = DATA / "fetched" / "geocode_cache.sqlite"
TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS answers (service TEXT, query TEXT, asked_at TEXT, answer TEXT,"
    " PRIMARY KEY (service, query))"
)
WAIT_S: Final = 5.0


class AnswerCache:
    """Answers by service and query.

    Parameters
    ----------
    path
        The SQLite file; made with its folder at the first answer kept.
    """

    def __init__(self, path: Path = CACHE_FILE) -> None:
        self.path = path

    def get(self, service: str, query: str) -> list[dict[str, Any]] | None:
        """Return the places kept for a query: an empty list is "not found", None is not asked."""
        if not self.path.exists():
            return None
        with suppress(sqlite3.Error, ValueError), closing(self._open()) as base:
            sql = "SELECT answer FROM answers WHERE service = ? AND query = ?"
            row = base.execute(sql, (service, query)).fetchone()
            answer = json.loads(row[0]) if row else None
            return answer if isinstance(answer, list) else None
        return None

    def put(self, service: str, query: str, places: list[dict[str, Any]]) -> bool:
        """Keep an answer; returns whether that was possible. A broken file is set aside."""
        row = (service, query, datetime.now(UTC).isoformat(timespec="seconds"), json.dumps(places))
        for _ in range(2):
            try:
                self._write(row)
            except sqlite3.OperationalError:  # locked, or a folder that cannot be written
                return False
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    self.path.replace(self.path.with_suffix(".broken"))
            except OSError:
                return False
            else:
                return True
        return False

    def _write(self, row: tuple[str, str, str, str]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as base, base:
            base.execute(TABLE)
            base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=WAIT_S)
