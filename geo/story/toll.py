"""Deaths and injured of an event in plain words. A figure that nobody gave is never a nought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geo.schema import Row
from geo.story.cells import number, text
from geo.words import count_words, upper_first

__all__ = ["claimed", "deaths", "deaths_known", "figures", "injured_known"]

NOT_STATED: Final = count_words(None, None, None)
BOUNDS: Final = ("low", "best", "high")
FIGURES: Final = {"fatalities": "deaths", "injured": "injured"}
BLOODLESS: Final = frozenset({"border", "airspace", "diplomacy"})
"""Groups of events that usually cost no life."""


def deaths(row: Row) -> str:
    """Say the deaths with their bounds: ``59–101, last given 84``, ``not stated``."""
    return _people(row, "fatalities")


def deaths_known(row: Row) -> str:
    """Say the deaths; empty where none are stated of talks or a closed gate."""
    return _unless_bloodless(row, deaths(row))


def injured_known(row: Row) -> str:
    """Say the injured; empty where none are stated of talks or a closed gate."""
    return _unless_bloodless(row, _people(row, "injured"))


def figures(telling: Mapping[str, Any]) -> str:
    """Say the figures of one telling: ``Deaths 3, injured 5``; empty where it gives none."""
    given = ((label, telling.get(name) or {}) for name, label in FIGURES.items())
    parts = [
        f"{label} {count_words(*(tally.get(bound) for bound in BOUNDS))}"
        for label, tally in given
        if any(value is not None for value in tally.values())
    ]
    return upper_first(", ".join(parts))


def claimed(field: str, value: str) -> str:
    """Say what a party claims; a figure goes with what it counts: ``deaths: 11``."""
    return f"{FIGURES[field]}: {value}" if field in FIGURES else value


def _people(row: Row, what: str) -> str:
    bounds = (number(row, f"{what}_{bound}") for bound in BOUNDS)
    return count_words(*(None if value is None else int(value) for value in bounds))


def _unless_bloodless(row: Row, words: str) -> str:
    bloodless = text(row, "event_group") in BLOODLESS
    return "" if bloodless and words == NOT_STATED else words
