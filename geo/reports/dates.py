"""Dates in news text: from words to an inclusive span of days with its precision.

Everything hangs on the publication date. A weekday means the latest such day on or before
publication (said on its own day, it is that day); a month and day without a year take the latest
such date on or before publication; "recently" is 31 days back, never a day. Without a publication
date a relative expression gives an unknown span that still marks its words.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from geo.model import DateSpan
from geo.reports import dayrules as rules
from geo.reports.dayrules import LOOSE, Rule, small_count
from geo.reports.numbers import UNITS

__all__ = ["find_absolute", "find_dates", "find_offsets"]

_SHORT: Final = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MONTHS: Final = "|".join(list(calendar.month_name)[1:])
M: Final = rf"(?P<{{0}}>{_MONTHS}|(?:{_SHORT})\b\.?)"
WD: Final = rf"(?P<wd>{'|'.join(calendar.day_name)}|(?:{'|'.join(calendar.day_abbr)})\b\.?)"
COUNT: Final = rf"(?P<n>\d{{1,3}}|{'|'.join(LOOSE)}|an?|{'|'.join(list(UNITS)[1:])})"
DASH: Final = r"\s*(?:-|–|—|to|and|until|till|through)\s*"
TIME_OF_DAY: Final = r"(?:\s+(?:morning|afternoon|evening|night))?"
OFFSET: Final = re.compile(
    rf"(?i)\b(?:(?:{COUNT}|(?P<the>the)|(?P<bare>(?<!\w )))\s*days?\s+"
    r"(?P<side>after|before|earlier|later|prior)"
    r"|the\s+(?P<next>next|following|previous|preceding)\s+day)\b"
)


def find_dates(text: str, published: date | None, start: int = 0) -> list[DateSpan]:
    """Find every date expression of ``text``.

    Parameters
    ----------
    text
        A sentence or a longer text.
    published
        Publication day that relative expressions hang on; None leaves those unknown.
    start
        Offset of ``text`` in its document; added to the marks of the spans.

    Returns
    -------
    list of DateSpan
        In order of appearance, not overlapping; earlier rules of the table win over later ones.
    """
    taken: list[tuple[int, int]] = []
    found: list[DateSpan] = []
    for pattern, rule in RULES:
        for match in pattern.finditer(text):
            a, b = match.span()
            if any(a < d and c < b for c, d in taken):
                continue
            span = rule(match, published)
            taken.append((a, b))
            if span is None:
                continue
            found.append(DateSpan(span[0], span[1], span[2], start + a, start + b))
    return sorted(found, key=lambda one: one.start or 0)


def find_absolute(text: str) -> DateSpan | None:
    """Return the first full date (day, month and year) of ``text``, or None."""
    return next((one for one in find_dates(text, None) if one.precision == "day"), None)


def find_offsets(text: str, start: int = 0) -> list[tuple[int, int, int, str]]:
    """Find "a day after", "two days earlier", "the next day": dates that hang on another event.

    Returns
    -------
    list of (days, start, end, side)
        ``side`` is after, before, earlier, later: "X happened a day after Y" puts Y ``days``
        before X, while "a day later, Z" puts Z ``days`` after what was told before.
    """
    found = []
    for match in OFFSET.finditer(text):
        word = (match["n"] or "one").casefold()
        days = small_count(word)
        near = match["next"]
        side = (
            match["side"]
            or ("later" if near and near.casefold() in {"next", "following"} else "earlier")
        ).casefold()
        found.append((days, start + match.start(), start + match.end(), side))
    return found


YEAR: Final = r"(?P<y>(?:19|20)\d\d)"
DAY: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
LAST_DAY: Final = r"(?P<d2>\d{1,2})(?:st|nd|rd|th)?"
MONTH, LAST_MONTH = M.format("m"), M.format("m2")
PART: Final = r"(?i:earlier |late |early |mid-?|the (?:start|end|middle) of )?"
UNIT: Final = r"(?P<unit>days?|weeks?|months?|years?)"
RECENT: Final = r"(?i)\b(?:in |over )?(?:the )?(?:recent|past few|last few)"
NOT_PEOPLE: Final = r"(?!\s*(?:people|militants|killed|percent|%))"

NAMED: Final[list[tuple[str, Rule]]] = [
    (rf"\b{YEAR}-(?P<mm>\d\d)-(?P<d>\d\d)\b", rules.iso_date),
    (rf"\b{MONTH}\s+{DAY}{DASH}{LAST_MONTH}\s+{LAST_DAY},?\s+{YEAR}\b", rules.day_range),
    (rf"\b{MONTH}\s+{DAY}{DASH}{LAST_DAY},?\s+{YEAR}\b", rules.day_range),
    (rf"\b{DAY}{DASH}{LAST_DAY}\s+{MONTH},?\s+{YEAR}\b", rules.day_range),
    (rf"\b{DAY}\s+{MONTH}{DASH}{LAST_DAY}\s+{LAST_MONTH},?\s+{YEAR}\b", rules.day_range),
    (rf"\b{MONTH}\s+{DAY},?\s+{YEAR}\b", rules.full_date),
    (rf"\b{DAY}\s+(?:of\s+)?{MONTH},?\s+{YEAR}\b", rules.full_date),
    (rf"\b{MONTH}\s+{DAY}{DASH}{LAST_MONTH}\s+{LAST_DAY}\b", rules.day_range),
    (rf"\b{MONTH}\s+{DAY}{DASH}{LAST_DAY}\b", rules.day_range),
    (rf"\b{DAY}{DASH}{LAST_DAY}\s+{MONTH}\b", rules.day_range),
    (rf"\b{PART}{MONTH},?\s+{YEAR}\b", rules.month_and_year),
    (rf"\b{MONTH}\s+{DAY}\b{NOT_PEOPLE}", rules.day_and_month),
    (rf"\b{DAY}\s+(?:of\s+)?{MONTH}(?!\w)", rules.day_and_month),
]
RELATIVE: Final[list[tuple[str, Rule]]] = [
    (
        rf"\b(?:(?P<lead>(?i:last|previous|this|next|coming))\s+)?{WD}{TIME_OF_DAY}",
        rules.weekday,
    ),
    (r"(?i)\b(?:the )?day before yesterday\b", rules.shifted(-2)),
    (r"(?i)\byesterday\b|\blast night\b", rules.shifted(-1)),
    (r"(?i)\btoday\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b", rules.shifted(0)),
    (r"(?i)\bearlier in the day\b", rules.shifted(0)),
    (r"(?i)\btomorrow\b", rules.shifted(1)),
    (rf"(?i)\b(?:about |some |nearly |around )?{COUNT}\s+{UNIT}\s+(?:ago|back)\b", rules.days_ago),
    (
        r"(?i)\b(?:in|over|during|within) (?:the )?(?:past|last|previous) "
        rf"{COUNT}\s+(?P<unit>hours?|days?|weeks?|months?|years?)\b",
        rules.past_span,
    ),
    (r"(?i)\b(?P<lead>last|this|previous) (?P<unit>week|month|year)\b", rules.this_or_last),
    (rf"{RECENT} months\b", rules.window(92, "vague")),
    (rf"{RECENT} weeks\b", rules.window(31, "vague")),
    (rf"{RECENT} days\b", rules.window(7, "vague")),
    (r"(?i)\b(?:recently|lately)\b", rules.window(31, "vague")),
    (
        rf"\b(?i:in|since|until|by|of|last|this)\s+{PART}{MONTH}(?![\w.]*\s+\d)(?!\w)",
        rules.month_alone,
    ),
    (rf"\b(?i:in|since|of|during)\s+{YEAR}\b", rules.year_alone),
]
RULES: Final = [(re.compile(pattern), rule) for pattern, rule in (*NAMED, *RELATIVE)]
