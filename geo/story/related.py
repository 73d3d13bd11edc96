"""Other rows of the same happening: its whole, its parts, and what other datasets tell of it."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from geo.schema import Row
from geo.story import event, toll
from geo.story.cells import number, text

__all__ = ["HEADS", "PARTS", "WHOLE", "beside", "linked", "linked_note", "whole"]

WHOLE: Final = "Part of a larger event; its figures are within the whole."
PARTS: Final = "Told also in parts; their figures are within this one."
HEADS: Final = ("Dataset", "When", "Where", "Deaths")
"""Heads of the table that sets linked rows side by side."""


def whole(row: Row, present: Container[str]) -> str:
    """Return the id of the event that this one is a part of, if it is ``present``, else empty."""
    found = text(row, "part_of")
    return found if found in present else ""


def linked(row: Row, present: Container[str]) -> list[str]:
    """Return the ids of the rows that tell the same event and are ``present``."""
    named = (name.strip() for name in text(row, "linked_ids").split(";"))
    return [name for name in named if name in present]


def beside(row: Row) -> tuple[str, ...]:
    """Say of when, where and how many, under :data:`HEADS`."""
    place = text(row, "place") or "not stated"
    return event.dataset(row), event.when(row), place, toll.deaths(row)


def linked_note(row: Row) -> str:
    """Say how linked rows count, and how alike they are."""
    score = number(row, "link_score")
    sure = "" if score is None else f" Likeness {score:.2f} of 1."
    return f"Counted once in the sums.{sure}"
