"""Columns of text to numbers and days, all rows at once; what cannot be read is a named fault."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from geo.datasets.tables.faults import Faults

__all__ = ["MISSING", "ORDERS", "counts", "date_order", "days", "known_text", "reals"]

MISSING: Final = frozenset(
    {
        *("", "na", "n/a", "nan", "null", "none", "nil", "unknown", "not known", "not stated"),
        *("-", "--", ".", "?", "-9", "-99", "-999", "-9999", "#n/a", "unk", "nd"),
    }
)
"""What tables write where they do not know, lower case."""
ORDERS: Final = ("dmy", "mdy")
LONG: Final = 40
MOST: Final = 1_000_000
"""More people than this in one event is a slip."""
_SLASHED: Final = r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?$"
_ISO: Final = r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[ T].*)?$"
_SERIAL: Final = r"^[34]\d{4}$"
_NAMED: Final = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y", "%b %d, %Y")
EARLIEST: Final = pd.Timestamp("1900-01-01")


def known_text(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return the cells without surrounding space, null where they say that nothing is known."""
    plain = column.astype("string").str.strip()
    return plain.mask(plain.str.lower().isin(list(MISSING)))


def reals(column: pd.Series[Any], faults: Faults, least: float, most: float) -> pd.Series[Any]:
    """Return float64 numbers, NaN where not stated; refuse what is none or out of bounds.

    A decimal comma is read as a point.
    """
    text = known_text(column)
    number = pd.to_numeric(text.str.replace(",", ".", regex=False), errors="coerce")
    value = number.astype("float64")
    faults.refuse(text.notna() & value.isna(), column, "is no number")
    faults.refuse((value < least) | (value > most), column, f"is not between {least} and {most}")
    return value.where((value >= least) & (value <= most))


def counts(column: pd.Series[Any], faults: Faults) -> pd.Series[Any]:
    """Return whole numbers of people (Int32), null where not stated; refuse anything else."""
    text = known_text(column)
    value = pd.to_numeric(text, errors="coerce").astype("float64")
    odd = text.notna() & (value.isna() | (value % 1 != 0))
    faults.refuse(odd, column, "is no whole number; leave it empty if not stated")
    wild = (value < 0) | (value > MOST)
    faults.refuse(wild, column, f"is no count of people (0 to {MOST:,})")
    return value.mask(odd | wild).astype("Int32")


def date_order(column: pd.Series[Any]) -> str:
    """Tell ``dmy`` from ``mdy`` by the days above 12; empty where nothing or both tell."""
    text = column.astype("string").str.strip()
    text = text[text.str.contains("[/.]", regex=True).fillna(False) & (text.str.len() < LONG)]
    parts = text.str.extract(_SLASHED)
    first, second = (pd.to_numeric(parts[n], errors="coerce") for n in (0, 1))
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if day_first == month_first:
        return ""
    return "dmy" if day_first else "mdy"


def days(column: pd.Series[Any], faults: Faults, order: str = "") -> pd.Series[Any]:
    """Return days (datetime64[ms]), NaT where not stated; refuse what is no date.

    ISO dates with or without a time, ``20240131``, ``31 January 2024``, ``31-Jan-24``,
    ``January 31, 2024``, and, where ``order`` says which comes first, ``31/01/2024``.
    """
    text = known_text(column)
    found = _iso(text)
    for form in _NAMED:
        left = found.isna() & text.notna()
        if left.any():
            found = found.mask(left, _parsed(text.where(left), form))
    slashed = text.str.match(_SLASHED).fillna(False) & found.isna()
    if slashed.any() and order:
        found = found.mask(slashed, _slashed(text.where(slashed), order))
    elif slashed.any():
        say = 'day or month first? Say date_order = "dmy" or "mdy" in the map'
        faults.refuse(slashed, column, say)
    serial = text.str.match(_SERIAL).fillna(False)
    faults.refuse(serial, column, "is a spreadsheet's day number; format the column as dates")
    early = found < EARLIEST
    lost = text.notna() & (found.isna() | early)
    faults.refuse(lost, column, "is no date; write YYYY-MM-DD")
    return found.mask(lost).astype("datetime64[ms]")


def _iso(text: pd.Series[Any]) -> pd.Series[Any]:
    parts = text.str.extract(_ISO)
    joined = (parts[0] + parts[1] + parts[2]).astype("object")
    return pd.to_datetime(joined, format="%Y%m%d", errors="coerce")


def _parsed(text: pd.Series[Any], form: str) -> pd.Series[Any]:
    return pd.to_datetime(text.astype("object"), format=form, errors="coerce")


def _slashed(text: pd.Series[Any], order: str) -> pd.Series[Any]:
    parts = text.str.extract(_SLASHED)
    day, month = (parts[0], parts[1]) if order == "dmy" else (parts[1], parts[0])
    year = parts[2].where(parts[2].str.len() == 4, "20" + parts[2])
    joined = (year + "-" + month + "-" + day).astype("object").where(text.notna(), np.nan)
    return pd.to_datetime(joined, format="%Y-%m-%d", errors="coerce")
