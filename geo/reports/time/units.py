"""The units a date rule matched, as numbers, months and weekdays, beside the publication day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.model import DatePrecision
from geo.reports.tokens.lexicon import kinds_of, rule
from geo.reports.tokens.numbers import parse_number
from geo.reports.tokens.tokenise import Tokens

__all__ = ["DAYS_IN", "UNKNOWN", "Meaning", "Span", "Words", "one", "shift", "window"]

Span = tuple[date | None, date | None, DatePrecision]
UNKNOWN: Final[Span] = (None, None, "unknown")
MONTHS: Final = {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name}
WEEKDAYS: Final = {name.casefold(): i for i, name in enumerate(calendar.day_abbr)}
LOOSE: Final = {"few": 3, "couple": 2, "several": 5, "dozens": 24}
"""Counts that are no exact count, by the word that says so."""
DAYS_IN: Final = {"h": 1, "d": 1, "w": 7, "f": 14, "m": 30, "y": 365}
"""Days in a unit of time, by its first tag."""
MOST: Final = 5_000
"""A larger count of days, weeks or years dates nothing."""
GRACE: Final = 1
SENTENCE: Final = 60
"""Units looked back for a year, or a verb in the future."""
YEAR_BEFORE: Final = rule(r"({year}) [^\n{year}]* $")
FUTURE: Final = rule(
    r"(?: {future} [^.\n]{0,12} | ('until'|'till'|'by') {before a day}* (?:{last}|{next})? ) $"
)
AHEAD: Final = 120
"""Days within which "will expire on December 9" looks forward."""


def shift(day: date, days: int) -> date:
    """Return the day ``days`` later; ValueError where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Words:
    """The units a rule matched, by the names of its groups, and the publication day.

    ``m d y wd`` are month, day, year, weekday, with a 2 those of the other end of a range (``y1``
    the first end's own year), ``n unit`` a count and its unit of time, ``lead rel`` words such as
    last, this and next, ``that`` the same year, ``join`` what stands between two ends.
    """

    tokens: Tokens
    match: re.Match[str]
    published: date | None

    def said(self, name: str) -> str:
        """Return the words of a group, folded; empty where it has none."""
        if name not in self.match.re.groupindex or self.match[name] is None:
            return ""
        return self.tokens.said(*self.match.span(name)).casefold()

    def says(self, name: str, kind: str) -> bool:
        """Whether the first unit of a group is of a kind."""
        return bool(self.said(name)) and kind in kinds_of(self.match[name][0])

    def number(self, name: str) -> int:
        """Return a day or year in digits; an ordinal's ending is passed over."""
        return int(self.said(name).rstrip("stndrh"))

    def count(self, name: str = "n") -> tuple[int, bool]:
        """Return a count and whether it is exact; one where no count is said."""
        said = self.said(name)
        loose = next((LOOSE[word] for word in said.split() if word in LOOSE), 0)
        if loose:
            return loose, False
        value = parse_number(said)[0] if said else 1
        if value is None or value > MOST:
            raise ValueError(said)
        return value, True

    def days(self) -> int:
        """Return the days in "48 hours", "two weeks"; hours count as whole days."""
        count, _ = self.count()
        unit = self.said("unit")[0]
        if unit == "h":
            return max(1, round(count / 24))
        return count * (31 if unit == "m" else DAYS_IN[unit])

    def month(self, name: str = "m") -> int:
        """Return a month's number; ValueError for "may" and "march" where no month is meant."""
        self._capital(name)
        return MONTHS[self.said(name)[:3]]

    def weekday(self, name: str = "wd") -> int | None:
        """Return a weekday's number, Monday 0, or None where none is said."""
        said = self.said(name)
        if said:
            self._capital(name)
        return WEEKDAYS[said[:3]] if said else None

    def before(self) -> str:
        """Return the tags of the same line in front of the match, a bounded number."""
        start = self.match.start()
        tags = self.tokens.tags[max(0, start - SENTENCE) : start]
        return tags[tags.rfind("\n") + 1 :]

    def ahead(self) -> bool:
        """Whether the words in front speak of what is still to come: "will expire on"."""
        return FUTURE.search(self.before()) is not None

    def year(self, month: int, day: int) -> int | None:
        """Return the year said, or the latest that is not after publication; None if unknown."""
        if said := self.said("y"):
            return int(said)
        if self.said("that"):
            return self._year_before()
        if self.published is None:
            return None
        if self.said("rel"):
            return self.published.year + self.says("rel", "next") - self.says("rel", "last")
        year = _rolled_back(self.published, month, day)
        later = date(year + 1, month, min(day, 28)).toordinal() - self.published.toordinal()
        return year + (later <= AHEAD and self.ahead())

    def _year_before(self) -> int | None:
        """Return the year that "that year" and "the following year" go by."""
        before = self.before()
        told = YEAR_BEFORE.search(before)
        if told is None:
            return None
        at = self.match.start() - len(before) + told.start()
        return int(self.tokens.said(at, at + 1)) + (self.said("that") == "following")

    def _capital(self, name: str) -> None:
        unit = self.match.start(name)
        small = self.tokens.text[self.tokens.starts[unit]].islower()
        wordy = "also a word" in kinds_of(self.tokens.tags[unit])
        if small and wordy and not (self.said("y") and self.said("d")):
            raise ValueError(self.said(name))


Meaning = Callable[[Words], Span | None]


def _rolled_back(published: date, month: int, day: int) -> int:
    """Return the latest year that has such a day, not after publication (a day's grace)."""
    for year in range(published.year, max(published.year - 9, 0), -1):
        if day <= calendar.monthrange(year, month)[1]:
            ahead = date(year, month, day).toordinal() - published.toordinal()
            if ahead <= GRACE:
                return year
    return published.year


def one(day: date) -> Span:
    """Return the span of one day."""
    return day, day, "day"


def window(days: int, precision: DatePrecision) -> Meaning:
    """Return a rule for the ``days`` up to publication."""

    def meaning(words: Words) -> Span | None:
        if words.published is None:
            return UNKNOWN
        return shift(words.published, -days), words.published, precision

    return meaning
