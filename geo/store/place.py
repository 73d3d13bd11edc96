"""Where the store is: a folder, and the database that goes with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import InputError
from geo.settings import DATA

__all__ = ["DATABASE", "Store", "here", "postgresql"]

DATABASE: Final = "store.db"
DEFAULT: Final = DATA / "store"
BEFORE: Final = DATA / "imported"
"""Where imported datasets lay before there was a store; taken in when the store is first used."""
DRIVER: Final = "postgresql+psycopg://"


@dataclass(frozen=True, slots=True)
class Store:
    """One store. Whatever is done with it names it, so that nothing is shared by accident.

    ``folder`` holds the files named by their content and, without ``url``, the SQLite database.
    With ``url``, a PostgreSQL address, the files are in the database too and ``folder`` is only
    the copy of this machine. ``before`` is a folder of the time before the store.
    """

    folder: Path
    url: str = ""
    before: Path | None = None

    @property
    def database(self) -> Path:
        """The SQLite file; not used with PostgreSQL."""
        return self.folder / DATABASE

    def __str__(self) -> str:
        """Return the folder, or host and name of the database: never a password."""
        return self.url.rpartition("@")[2].partition("?")[0] if self.url else str(self.folder)


def here(environment: Mapping[str, str] = os.environ) -> Store:
    """Return the store that the environment names.

    ``BORDERMAP_STORE`` is the folder; else ``BORDERMAP_IMPORTED``, its older name; else
    ``data/store``. ``DATABASE_URL`` is a PostgreSQL database. Streamlit puts what stands at the
    top of its secrets into the environment, so that ``DATABASE_URL`` may stand there too.

    Raises
    ------
    InputError
        If ``DATABASE_URL`` is an address of something else.
    """
    asked, older = (environment.get(f"BORDERMAP_{name}", "") for name in ("STORE", "IMPORTED"))
    url = postgresql(environment.get("DATABASE_URL", "").strip())
    if asked:
        return Store(Path(asked), url, Path(older) if older else None)
    return Store(Path(older), url) if older else Store(DEFAULT, url, BEFORE)


def postgresql(url: str) -> str:
    """Return the address of a PostgreSQL database as SQLAlchemy wants it; empty for none.

    Raises
    ------
    InputError
        If it is the address of something else.
    """
    for scheme in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(scheme):
            return DRIVER + url.removeprefix(scheme)
    if url:
        raise InputError(
            f"DATABASE_URL begins with {url.partition(':')[0]!r}: the store knows PostgreSQL, "
            "postgresql://user:password@host/name. Without DATABASE_URL it is SQLite in a folder."
        )
    return ""
