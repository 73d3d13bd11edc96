"""Cells of one event: a text, a number, a day, a list; what is not known is empty or None.

A column that is not there counts as unknown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from geo.schema import Row

__all__ = ["Fact", "Tell", "day", "listed", "number", "said", "text"]

Tell = Callable[[Row], str]


class Fact(NamedTuple):
    """One line of a list of facts: its term, what a row says of it, what stands quietly beneath."""

    term: str
    tell: Tell
    beneath: Tell | None = None


def said(facts: Iterable[Fact], row: Row) -> list[tuple[str, str, str]]:
    """Return (term, words, words beneath) of each fact that the row says something of."""
    told = ((one.term, one.tell(row), one.beneath(row) if one.beneath else "") for one in facts)
    return [line for line in told if line[1]]


def text(row: Row, name: str) -> str:
    """Return a text cell, empty when unknown."""
    value = row.get(name)
    if isinstance(value, str):
        return value
    return "" if value is None or pd.isna(value) else str(value)


def number(row: Row, name: str) -> float | None:
    """Return a number cell, None when unknown."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def day(row: Row, name: str) -> date | None:
    """Return a date cell, None when unknown."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def listed(row: Row, name: str) -> list[Any]:
    """Return a cell that holds a JSON array, empty when unknown."""
    found: list[Any] = json.loads(text(row, name) or "[]")
    return found
