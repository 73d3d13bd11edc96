"""What every table import shares: cells to values, with errors that name file, row and column."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.errors import InputError
from geo.model import Tally

__all__ = ["Row", "read_rows", "split_cell"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells and where it stands (``number`` counts lines, header is 1)."""

    path: Path
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return the cell without surrounding white space."""
        return (self.cells.get(column) or "").strip()

    def whole(self, column: str) -> int | None:
        """Return the cell as a count; empty is unknown (None), never 0."""
        cell = self.text(column)
        if not cell:
            return None
        if not cell.isdecimal():
            raise self.fault(column, f"{cell!r} is no whole number; leave it empty if not stated")
        return int(cell)

    def day(self, column: str) -> date | None:
        """Return the cell as a day (YYYY-MM-DD); empty is unknown."""
        cell = self.text(column)
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError:
            raise self.fault(column, f"{cell!r} is no date; write YYYY-MM-DD") from None

    def one_of(self, column: str, allowed: Sequence[str], default: str = "") -> str:
        """Return the cell, which must be one of ``allowed``; empty gives ``default``."""
        cell = self.text(column) or default
        if cell not in allowed:
            raise self.fault(column, f"{cell!r} is none of {', '.join(allowed)}")
        return cell

    def tally(self, what: str) -> Tally:
        """Return ``{what}_low``, ``_best``, ``_high`` as a tally whose bounds are in order."""
        low, best, high = (self.whole(f"{what}_{bound}") for bound in ("low", "best", "high"))
        known = [bound for bound in (low, best, high) if bound is not None]
        if known != sorted(known):
            raise self.fault(f"{what}_best", f"bounds {known} are out of order")
        return Tally(low, best, high)

    def fault(self, column: str, what: str) -> InputError:
        """Return the error for one cell."""
        return InputError(f"{self.path}, row {self.number}, column {column}: {what}.")


def read_rows(path: Path, required: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file that has the columns ``required``.

    Raises
    ------
    InputError
        If the file is missing, not UTF-8 or lacks columns; says which.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in required if name not in (reader.fieldnames or [])]
            if missing:
                raise InputError(f"{path}: the columns {', '.join(missing)} are missing.")
            for cells in reader:
                yield Row(path, reader.line_num, cells)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text; save it as UTF-8 CSV.") from error


def split_cell(cell: str, separator: str = ";") -> tuple[str, ...]:
    """Return the non-empty parts of a cell."""
    return tuple(part for piece in cell.split(separator) if (part := piece.strip()))
