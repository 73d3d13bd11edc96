"""What words for weeks, months, years and stretches of time mean, as spans of days.

The contract is that of :mod:`geo.reports.time.days`. Early, mid and late are the first, second and
last third of a month or year.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

from geo.reports.time.units import (
    DAYS_IN,
    UNKNOWN,
    Span,
    Words,
    one,
    shift,
    window,
)
from geo.reports.tokens.lexicon import kinds_of

__all__ = [
    "ago",
    "calendar_unit",
    "coming_span",
    "hanging",
    "lately",
    "month",
    "months",
    "none",
    "nth_of_month",
    "ordinal_of_month",
    "overnight",
    "part_of_month",
    "part_of_year",
    "past_span",
    "recent",
    "unknown",
    "weekend",
    "year",
    "years",
]

THIRDS: Final = {"early part": 0, "mid part": 1, "late part": 2}
NTH: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3}
RECENT: Final = {"h": 1, "d": 7, "w": 31, "m": 92}
"""Days that "recent days", "recent weeks", "recent months" reach back."""


def unknown(_: Words) -> Span | None:
    """Tell what hangs on another event, or on the moon: a date that cannot be told here."""
    return UNKNOWN


def hanging(words: Words) -> Span | None:
    """Tell "the next day", "a week earlier"; hours are too short to date anything."""
    if words.said("unit").startswith("hour"):
        raise ValueError("hours")
    return UNKNOWN


def none(_: Words) -> Span | None:
    """Tell what looks like a date and is none: "a Sunday newspaper"."""
    raise ValueError("no date")


def lately(words: Words) -> Span | None:
    """Tell "recently": 31 days back, never a day."""
    return window(RECENT["w"], "vague")(words)


def _month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, _length(year, month)), "month"


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def month(words: Words) -> Span | None:
    """Tell "in March", "last March", "December 2022": the latest one begun by publication."""
    number = words.month()
    year = words.year(number, 1)
    if year is None:
        return UNKNOWN
    if words.published and words.said("lead"):
        now = (year, number) == (words.published.year, words.published.month)
        year += words.says("lead", "next") - (now and words.says("lead", "last"))
    return _month_span(year, number)


def months(words: Words) -> Span | None:
    """Tell "from June to August 2024"."""
    m1, m2 = words.month(), words.month("m2")
    over = m2 < m1
    own, stated = words.said("y1"), words.said("y")
    year = words.year(m1, 1)
    if year is None:
        return UNKNOWN
    first = int(own) if own else year - (over and bool(stated))
    last = year if stated else first + over
    return date(first, m1, 1), date(last, m2, _length(last, m2)), "period"


def year(words: Words) -> Span | None:
    """Tell "in 2021": the whole year."""
    number = words.number("y")
    return date(number, 1, 1), date(number, 12, 31), "year"


def years(words: Words) -> Span | None:
    """Tell "between 2007 and 2014"."""
    first, last = words.number("y"), words.number("y2")
    return (date(first, 1, 1), date(last, 12, 31), "period") if first < last else None


def part_of_month(words: Words) -> Span | None:
    """Tell "late December", "mid-August", "early last month"."""
    third = _third(words)
    if words.said("m"):
        number = words.month()
        year = words.year(number, (1, 11, 21)[third])
        return UNKNOWN if year is None else _third_of_month(year, number, third)
    if words.published is None:
        return UNKNOWN
    year, number = _month_from(words.published, -words.says("rel", "last"))
    return _third_of_month(year, number, third)


def _third(words: Words) -> int:
    kinds = kinds_of(words.match["part"])
    return next(third for kind, third in THIRDS.items() if kind in kinds)


def _third_of_month(year: int, month: int, third: int) -> Span:
    first, last = ((1, 10), (11, 20), (21, _length(year, month)))[third]
    return date(year, month, first), date(year, month, last), "period"


def _month_from(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def part_of_year(words: Words) -> Span | None:
    """Tell "early 2024", "the end of last year"."""
    if said := words.said("y"):
        year = int(said)
    elif words.published:
        year = words.published.year - words.says("rel", "last")
    else:
        return UNKNOWN
    first = 1 + 4 * _third(words)
    return date(year, first, 1), date(year, first + 3, _length(year, first + 3)), "period"


def nth_of_month(words: Words) -> Span | None:
    """Tell "the first week of November", "the last day of March"."""
    number = words.month()
    year = words.year(number, 1)
    if year is None:
        return UNKNOWN
    size = 7 if words.said("unit") == "week" else 1
    nth = NTH.get(words.said("nth"))
    first = size * nth + 1 if nth is not None else _length(year, number) - size + 1
    start, end = date(year, number, first), date(year, number, first + size - 1)
    return one(start) if size == 1 else (start, end, "week")


def ordinal_of_month(words: Words) -> Span | None:
    """Tell "on the 5th of last month"."""
    if words.published is None:
        return UNKNOWN
    year, number = _month_from(words.published, -words.says("rel", "last"))
    return one(date(year, number, words.number("d")))


def ago(words: Words) -> Span | None:
    """Tell "three days ago"; loose counts and longer units give a vague span around the day."""
    if words.published is None:
        return UNKNOWN
    count, exact = words.count()
    unit = words.said("unit")[0]
    if unit == "h":
        return one(shift(words.published, -(count // 24)))
    exact = exact and not words.said("about")
    if unit == "d" and exact:
        return one(shift(words.published, -count))
    days = DAYS_IN[unit]
    half = 3 if unit == "f" else max(days // 2, 1)
    if words.said("n") and not words.count()[1]:
        half = max(days * count // 2, 2)
    middle = shift(words.published, -days * count)
    return shift(middle, -half), min(shift(middle, half), words.published), "vague"


def recent(words: Words) -> Span | None:
    """Tell "in recent months", "the past few weeks", "weeks ago"; recent years date nothing."""
    days = RECENT.get((words.said("unit") or words.said("recent").split()[-1])[0])
    if days is None:
        raise ValueError("recent years")
    return window(days, "vague")(words)


def past_span(words: Words) -> Span | None:
    """Tell "in the past 24 hours", "over the past week"."""
    return window(words.days(), "period")(words)


def coming_span(words: Words) -> Span | None:
    """Tell "in the next two days", "the coming weeks"."""
    if words.published is None:
        return UNKNOWN
    loose = not words.said("n") or not words.count()[1]
    days = RECENT.get(words.said("unit")[0], 365) if loose else words.days()
    return words.published, shift(words.published, days), "vague" if loose else "period"


def calendar_unit(words: Words) -> Span | None:
    """Tell "last week", "earlier this month", "next year"; the present one ends today."""
    if (day := words.published) is None:
        return UNKNOWN
    unit = words.said("unit")
    step = words.says("lead", "next") - words.says("lead", "last")
    if unit == "week":
        first = shift(day, 7 * step - day.weekday())
        span: Span = (first, shift(first, 6), "week")
    elif unit == "month":
        span = _month_span(*_month_from(day, step))
    else:
        span = (date(day.year + step, 1, 1), date(day.year + step, 12, 31), "year")
    return span if step else (span[0], day, span[2])


def overnight(words: Words) -> Span | None:
    """Tell "overnight": the night that ends on publication day."""
    if words.published is None:
        return UNKNOWN
    return shift(words.published, -1), words.published, "day_range"


def weekend(words: Words) -> Span | None:
    """Tell "over the weekend", "last weekend": the latest one begun, or the one before."""
    if (day := words.published) is None:
        return UNKNOWN
    saturday = shift(day, -((day.weekday() - 5) % 7))
    if words.says("lead", "last") and day.weekday() >= 5:
        saturday = shift(saturday, -7)
    if words.says("lead", "next"):
        saturday = shift(saturday, 7)
    return saturday, shift(saturday, 1), "day_range"
