"""The case tables of ``tests/cases``: a row for every case that was once wrong or is hard."""

import csv
from datetime import date
from pathlib import Path

__all__ = ["CASES", "day", "rows"]

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table, cells by column."""
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(cell: str) -> date | None:
    """Return a cell's day, None where it is empty."""
    return date.fromisoformat(cell) if cell else None
