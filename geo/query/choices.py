"""What a table of events offers to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geo.query.conditions import OneOf
from geo.query.dimensions import DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Choices", "choices", "vocabulary"]

Choices = Mapping[str, tuple[str, ...]]
"""The codes there are for each field that holds some of them, by the field's name."""


def choices(table: pd.DataFrame) -> Choices:
    """Return what ``table`` offers: vocabularies whole, its own places and sources sorted."""
    return {one.wanted.name: one.offered(table) for one in _lists()}


def vocabulary() -> Choices:
    """Return the choices that hold for every table."""
    return {one.wanted.name: one.choices for one in _lists() if one.choices is not None}


def _lists() -> list[OneOf]:
    every = (one for dimension in DIMENSIONS.values() for one in dimension.conditions)
    return [one for one in every if isinstance(one, OneOf)]
