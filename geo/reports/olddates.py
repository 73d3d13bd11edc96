"""Dates with the former signatures, for modules not yet moved to letters: dies with the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.model import DateSpan
from geo.reports import dates
from geo.reports.spelling import spell

__all__ = ["find_dates", "find_offsets"]


def find_dates(text: str, published: date | None, start: int = 0) -> list[DateSpan]:
    """Find the dates of a stretch of text, without those that hang on other events."""
    spelled = spell(text)
    offsets = {one.start for one in dates.find_offsets(spelled)}
    return [
        replace(one, start=start + (one.start or 0), end=start + (one.end or 0))
        for one in dates.find_dates(spelled, published)
        if one.start not in offsets
    ]


def find_offsets(text: str, start: int = 0) -> list[tuple[int, int, int, str]]:
    """Find "a day after" and the like as (days, start, end, side)."""
    return [
        (one.days, start + one.start, start + one.end, one.side)
        for one in dates.find_offsets(spell(text))
        if one.days
    ]
