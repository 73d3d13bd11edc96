"""What date words mean: each rule turns matched units and the publication day into days.

A rule returns ``None`` when its words are better read by a later rule, and raises ``ValueError``
when they are no date at all (30 February). What cannot be told without a publication date is an
unknown span. A weekday is the latest one on or before publication; a month and day without a year
take the latest such date, with a day's grace for reports printed ahead of their date.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from geo.reports.time.units import (
    MONTHS,
    UNKNOWN,
    Meaning,
    Span,
    Words,
    one,
    shift,
)
from geo.reports.tokens.lexicon import kinds_of, rule

__all__ = [
    "complete",
    "dotted",
    "fixed",
    "hours_to_weekday",
    "into_weekday",
    "month_day",
    "month_days",
    "shifted",
    "today",
    "weekday",
    "weekday_of_week",
    "weekdays",
]

AHEAD: Final = 60
"""Days within which "Saturday, Dec. 6" may be an announcement, where only that weekday fits."""
DOTTED: Final = re.compile(r"(\d\d?)[.](\d\d?)[.]((?:19|20)\d\d)")
BETWEEN: Final = rule(r"('between'|'from') {before a day}* ({weekday} ','?)? $")
WILL: Final = rule(r"{future} [^.\n]{0,12} $")
BOUND: Final = rule("('until'|'till'|'by'|'from') {before a day}* $")


def complete(words: Words) -> Span | None:
    """Tell "2023-02-22" and "22/02/2023"; day before month wherever that can be."""
    first, second = words.number("d"), words.number("mm")
    if second > 12 and not words.said("iso"):
        first, second = second, first
    return one(date(words.number("y"), second, first))


def dotted(words: Words) -> Span | None:
    """Tell "22.02.2023"; other figures are left to other rules."""
    match = DOTTED.fullmatch(words.said("t"))
    return one(date(int(match[3]), int(match[2]), int(match[1]))) if match else None


def month_day(words: Words) -> Span | None:
    """Tell "6 December", "Dec. 6, 2025", "Saturday, Dec 6": the month and day decide."""
    month, day, weekday = words.month(), words.number("d"), words.weekday()
    year = words.year(month, day)
    if year is None:
        date(2000, month, day)
        return UNKNOWN
    told = date(year, month, day)
    if words.published and weekday not in (None, told.weekday()) and not words.said("y"):
        later = _one_year_on(told)
        if later.weekday() == weekday and (later - words.published).days <= AHEAD:
            return one(later)
    return one(told)


def fixed(words: Words) -> Span | None:
    """Tell "New Year's Eve" and other days of fixed date: the kind of the word says which."""
    kinds = (kind.split() for kind in kinds_of(words.match["fixed"]))
    named = next(
        (name, int(day)) for name, day in (k for k in kinds if len(k) == 2 and k[1].isdigit())
    )
    month, day = MONTHS[named[0][:3]], named[1]
    year = words.year(month, day)
    return UNKNOWN if year is None else one(date(year, month, day))


def _one_year_on(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def month_days(words: Words) -> Span | None:
    """Tell "19 to 22 February", "December 30 to January 2", with or without a year."""
    m1 = words.month()
    m2 = words.month("m2") if words.said("m2") else m1
    years = _two_years(words, m1, over=m2 < m1)
    if years is None:
        return UNKNOWN
    first = date(years[0], m1, words.number("d"))
    last = date(years[1], m2, words.number("d2"))
    if words.said("join") == "and" and words.said("m2") and not _between(words):
        return (first, last, "day_range") if (last - first).days == 1 else None
    if first > last:
        raise ValueError("the days run backwards")
    return first, last, "day_range"


def _two_years(words: Words, month: int, *, over: bool) -> tuple[int, int] | None:
    """Return the years of both ends; a year that stands last counts for both."""
    own, stated = words.said("y1"), words.said("y")
    if own:
        return int(own), int(stated) if stated else int(own) + over
    year = words.year(month, words.number("d"))
    if year is None:
        return None
    return (year - over, year) if stated else (year, year + over)


def _between(words: Words) -> bool:
    return BETWEEN.search(words.before()) is not None


def weekday(words: Words) -> Span | None:
    """Tell "on Sunday": the latest one on or before publication; on its own day, that day."""
    number = words.weekday()
    if words.published is None or number is None:
        return UNKNOWN
    return one(_weekday(words, words.published, number))


def _weekday(words: Words, published: date, number: int) -> date:
    back = (published.weekday() - number) % 7
    if words.says("lead", "next") or (back and _ahead(words)):
        return shift(published, 7 - back)
    before = words.says("lead", "last") or words.said("behind")
    return shift(published, -7 if before and back == 0 else -back)


def _ahead(words: Words) -> bool:
    """Whether "will meet this Friday", "remain shut until Friday" is still to come."""
    bound = words.says("lead", "this") or BOUND.search(words.before()) is not None
    return bound and WILL.search(words.before()) is not None


def weekday_of_week(words: Words) -> Span | None:
    """Tell "Wednesday last week": that day of the calendar week."""
    number = words.weekday()
    if words.published is None or number is None:
        return UNKNOWN
    weeks = words.says("rel", "next") - words.says("rel", "last")
    return one(shift(words.published, 7 * weeks + number - words.published.weekday()))


def weekdays(words: Words) -> Span | None:
    """Tell "from Monday to Wednesday", "the night between Friday and Saturday"."""
    number, start = words.weekday("wd2"), words.weekday()
    if number is None or start is None:
        return UNKNOWN
    days = (number - start) % 7 or 7
    if words.said("join") in {"and", "&"} and days != 1 and not _between(words):
        return None
    if words.published is None:
        return UNKNOWN
    last = shift(words.published, -((words.published.weekday() - number) % 7))
    return shift(last, -days), last, "day_range"


def into_weekday(words: Words) -> Span | None:
    """Tell "overnight into Saturday": the night that ends on it."""
    number = words.weekday()
    if words.published is None or number is None:
        return UNKNOWN
    last = _weekday(words, words.published, number)
    return shift(last, -1), last, "day_range"


def hours_to_weekday(words: Words) -> Span | None:
    """Tell "in the 24 hours to Monday"."""
    number = words.weekday()
    if words.published is None or number is None:
        return UNKNOWN
    last = _weekday(words, words.published, number)
    return shift(last, -words.days()), last, "period"


def today(words: Words) -> Span | None:
    """Tell "today", "this morning"; a capital within a sentence makes it a newspaper's name."""
    unit = words.match.start()
    capital = words.tokens.text[words.tokens.starts[unit]].isupper()
    if capital and words.before()[-1:] == "A":
        raise ValueError("a name")
    return shifted(0)(words)


def shifted(days: int) -> Meaning:
    """Return a rule for "yesterday" and the like: publication plus ``days``."""

    def meaning(words: Words) -> Span | None:
        return one(shift(words.published, days)) if words.published else UNKNOWN

    return meaning
