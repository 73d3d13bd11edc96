"""What date words mean: each rule turns a match and the publication day into a span of days.

A rule returns ``None`` when the words are no date after all (30 February), and an unknown span
when they are one that cannot be told without a publication date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from geo.model import DatePrecision
from geo.reports.numbers import UNITS

__all__ = [
    "LOOSE",
    "Rule",
    "Span",
    "day_and_month",
    "day_range",
    "days_ago",
    "full_date",
    "iso_date",
    "month_alone",
    "month_and_year",
    "past_span",
    "shifted",
    "small_count",
    "this_or_last",
    "weekday",
    "window",
    "year_alone",
]

MONTHS: Final = {
    name: number
    for number in range(1, 13)
    for name in (
        calendar.month_name[number].casefold(),
        calendar.month_abbr[number].casefold(),
    )
} | {"sept": 9}
WEEKDAYS: Final = {name.casefold(): i for i, name in enumerate(calendar.day_name)} | {
    name.casefold(): i for i, name in enumerate(calendar.day_abbr)
}
LOOSE: Final = {"a couple of": 2, "several": 5, "a few": 3}
"""Counts of days or weeks that are no exact count."""

Span = tuple[date | None, date | None, DatePrecision]
Rule = Callable[[re.Match[str], date | None], Span | None]
UNKNOWN: Final[Span] = (None, None, "unknown")


def small_count(word: str) -> int:
    """Return a small count in digits or words; "a" and "an" are one."""
    return int(word) if word.isdigit() else UNITS.get(word, LOOSE.get(word, 1))


def _one_day(year: int, month: int, day: int) -> Span | None:
    try:
        one = date(year, month, day)
    except ValueError:
        return None
    return one, one, "day"


def _month_number(word: str) -> int:
    return MONTHS[word.casefold().rstrip(".")]


def _rolled_back(published: date, month: int, day: int) -> int:
    """Return the latest year in which month/day is not after publication (a day's grace)."""
    try:
        late = date(published.year, month, day) > published + timedelta(days=1)
    except ValueError:
        return published.year
    return published.year - 1 if late else published.year


def full_date(match: re.Match[str], _: date | None) -> Span | None:
    """Tell "22 February 2023"."""
    return _one_day(int(match["y"]), _month_number(match["m"]), int(match["d"]))


def iso_date(match: re.Match[str], _: date | None) -> Span | None:
    """Tell "2023-02-22"."""
    return _one_day(int(match["y"]), int(match["mm"]), int(match["d"]))


def day_and_month(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "6 December": the latest one on or before publication."""
    if published is None:
        return UNKNOWN
    month, day = _month_number(match["m"]), int(match["d"])
    return _one_day(_rolled_back(published, month, day), month, day)


def day_range(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "19 to 22 February", with or without a year."""
    groups = match.groupdict()
    first_month = _month_number(match["m"])
    last_month = _month_number(groups["m2"]) if groups.get("m2") else first_month
    year = groups.get("y")
    if not year and published is None:
        return UNKNOWN
    number = (
        int(year) if year else _rolled_back(published or date.min, first_month, int(match["d"]))
    )
    first = _one_day(
        number - (last_month < first_month and bool(year)), first_month, int(match["d"])
    )
    last = _one_day(number + (last_month < first_month and not year), last_month, int(match["d2"]))
    if not first or not last or not first[0] or not last[0] or first[0] > last[0]:
        return None
    return first[0], last[0], "day_range"


def _month_span(year: int, month: int) -> Span:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, 1), date(year, month, last), "month"


def month_and_year(match: re.Match[str], _: date | None) -> Span | None:
    """Tell "earlier in December 2022": the whole month."""
    return _month_span(int(match["y"]), _month_number(match["m"]))


def month_alone(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "in March": the latest one begun by publication."""
    if published is None:
        return UNKNOWN
    month = _month_number(match["m"])
    return _month_span(published.year - (month > published.month), month)


def year_alone(match: re.Match[str], _: date | None) -> Span | None:
    """Tell "since 2021": the whole year."""
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), "year"


def weekday(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "on Sunday": the latest one on or before publication; on its own day, that day."""
    if published is None:
        return UNKNOWN
    back = (published.weekday() - WEEKDAYS[match["wd"].casefold().rstrip(".")]) % 7
    lead = (match.groupdict().get("lead") or "").casefold()
    if lead in {"last", "previous"} and back == 0:
        back = 7
    if lead in {"next", "coming"}:
        back -= 7
    one = published - timedelta(days=back)
    return one, one, "day"


def shifted(days: int) -> Rule:
    """Return a rule for "yesterday" and the like: publication plus ``days``."""

    def rule(_: re.Match[str], published: date | None) -> Span | None:
        if published is None:
            return UNKNOWN
        one = published + timedelta(days=days)
        return one, one, "day"

    return rule


def days_ago(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "three days ago"; loose counts and longer units give a vague span."""
    if published is None:
        return UNKNOWN
    word = match["n"].casefold()
    count = small_count(word)
    unit = match["unit"].casefold()
    exact = word.isdigit() or word not in LOOSE
    if unit.startswith("day") and exact:
        one = published - timedelta(days=count)
        return one, one, "day"
    days = {"d": 1, "w": 7, "m": 30, "y": 365}[unit[0]]
    middle = published - timedelta(days=days * count)
    half = timedelta(days=max(days // 2, 2))
    return middle - half, min(middle + half, published), "vague"


def window(days: int, precision: DatePrecision) -> Rule:
    """Return a rule for the ``days`` up to publication."""

    def rule(_: re.Match[str], published: date | None) -> Span | None:
        if published is None:
            return UNKNOWN
        return published - timedelta(days=days), published, precision

    return rule


def past_span(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "in the past 24 hours"."""
    word = match["n"].casefold()
    count = small_count(word)
    days = {"h": 1, "d": 1, "w": 7, "m": 31, "y": 365}[match["unit"][0].casefold()]
    if match["unit"].casefold().startswith("hour"):
        count = max(1, round(count / 24))
    return window(days * count, "period")(match, published)


def this_or_last(match: re.Match[str], published: date | None) -> Span | None:
    """Tell "last week", "this month"."""
    if published is None:
        return UNKNOWN
    last = match["lead"].casefold() in {"last", "previous"}
    unit = match["unit"].casefold()
    if unit == "week":
        monday = published - timedelta(days=published.weekday() + 7 * last)
        return monday, monday + timedelta(days=6) if last else published, "week"
    if unit == "month":
        month = published.month - last or 12
        span = _month_span(published.year - (last and month == 12), month)
        return span if last else (span[0], published, "month")
    year = published.year - last
    return date(year, 1, 1), date(year, 12, 31) if last else published, "year"
