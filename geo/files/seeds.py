"""The hand-edited tables in ``seeds/``, as rows."""

from __future__ import annotations

import csv

from geo.errors import DataError
from geo.settings import SEEDS

__all__ = ["seed_rows"]


def seed_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table in ``seeds/``, each by the names of its columns.

    Raises
    ------
    DataError
        If the table is missing.
    """
    path = SEEDS / name
    if not path.exists():
        raise DataError(f"{path} is missing: restore it from the repository.")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
