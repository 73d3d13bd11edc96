"""Rows that cannot be used: each with its line, column, value and reason, and the file of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.files.writing import replacing

__all__ = ["Fault", "Faults"]

Mask = npt.NDArray[np.bool_]
HEADER = ("line", "column", "value", "reason")
LONGEST_VALUE = 200
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row is refused. ``line`` counts lines of the file (or rows, features) from 1."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Faults:
    """The first fault of each refused row, by line; ``changed`` counts what was put right."""

    found: dict[int, Fault] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)

    def add(self, line: int, column: str, value: object, reason: str) -> None:
        """Refuse one row, unless it is refused already."""
        text = "" if value is None or value is pd.NA else str(value)
        self.found.setdefault(line, Fault(line, column, text[:LONGEST_VALUE], reason))

    def refuse(self, mask: Mask | pd.Series[Any], values: pd.Series[Any], reason: str) -> None:
        """Refuse the rows under ``mask``; ``values`` is the column at fault, indexed by line."""
        for line, value in values[np.asarray(mask, dtype=bool)].items():
            self.add(int(str(line)), str(values.name), value, reason)

    def sound(self, lines: Iterable[int]) -> Mask:
        """Return which of ``lines`` are not refused, shape (n,)."""
        return np.array([line not in self.found for line in lines], dtype=bool)

    def rename(self, headers: Mapping[str, str]) -> None:
        """Call the columns as the file does: canonical name → header."""
        for line, one in self.found.items():
            self.found[line] = replace(one, column=headers.get(one.column, one.column))

    def reasons(self) -> dict[str, int]:
        """Return reason → rows, the most frequent first."""
        counts = pd.Series([fault.reason for fault in self.found.values()]).value_counts()
        return {str(reason): int(count) for reason, count in counts.items()}

    def write(self, path: Path) -> None:
        """Write the refused rows in file order as CSV (UTF-8 with mark), replacing ``path``.

        A value that a spreadsheet would take for a formula gets a leading apostrophe.
        """
        with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(HEADER)
            for _, one in sorted(self.found.items()):
                rows.writerow([one.line, *map(_harmless, (one.column, one.value, one.reason))])


def _harmless(text: str) -> str:
    try:
        float(text)
    except ValueError:
        return f"'{text}" if text.startswith(FORMULA) else text
    return text
