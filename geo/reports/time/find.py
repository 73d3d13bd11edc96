"""Dates in news text: from words to an inclusive span of days with its precision.

Everything hangs on the publication date; without one a relative expression gives an unknown span
that still marks its words. How a date can be written stands in :mod:`geo.reports.time.rules`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from geo.model import DateSpan
from geo.reports.time.offsets import Offset, find_offsets
from geo.reports.time.rules import RULES
from geo.reports.time.units import Span, Words
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.openings import opening
from geo.reports.tokens.tokenise import Tokens, tokenise

__all__ = ["Offset", "find_absolute", "find_dates", "find_offsets"]

COMPILED: Final = [(name, rule(pattern), meaning) for name, pattern, meaning in RULES]
NAMED: Final = re.compile(r"\(\?P<\w+>")
OPENINGS: Final = frozenset[str]().union(*(opening(p.pattern) for _, p, _ in COMPILED))
ANY: Final = re.compile(
    f"(?=[{re.escape(''.join(sorted(OPENINGS)))}])(?:"
    + "|".join(f"({NAMED.sub('(?:', p.pattern)})" for _, p, _ in COMPILED)
    + ")"
)
"""All rules at once: says where the next date is and which rule reads it first."""
BOUND: Final = rule("(?P<bound>{bound}) {before a day}{0,2} $")
BOUND_REACH: Final = 3


def find_dates(
    tokens: Tokens, published: date | None, first: int = 0, last: int | None = None
) -> list[DateSpan]:
    """Find every date expression.

    Parameters
    ----------
    tokens
        The text.
    published
        Publication day that relative expressions hang on; None leaves those unknown.
    first, last
        The range of units to look at, end exclusive; the whole text by default.

    Returns
    -------
    list of DateSpan
        In order of appearance, not overlapping, with offsets into the text. Those that hang on
        another event (see :func:`find_offsets`) or on the moon are unknown. ``rule`` begins with
        "since", "until", "from" or "by" where that word stands in front.
    """
    end = len(tokens.tags) if last is None else last
    found = []
    at = first
    while match := ANY.search(tokens.tags, at, end):
        which = (match.lastindex or 1) - 1
        one, at = _read(tokens, published, which, (first, match.start(), end))
        if one:
            found.append(one)
    return found


def find_absolute(text: str) -> DateSpan | None:
    """Return the first full date (day, month and year) of ``text``, or None."""
    return next((one for one in find_dates(tokenise(text), None) if one.precision == "day"), None)


def _read(
    tokens: Tokens, published: date | None, which: int, bounds: tuple[int, int, int]
) -> tuple[DateSpan | None, int]:
    """Read the date at a unit by rule ``which`` or a later one; also return where to go on."""
    first, start, end = bounds
    for name, pattern, meaning in COMPILED[which:]:
        match = pattern.match(tokens.tags, start, end)
        if match is None:
            continue
        words = Words(tokens, match, published)
        try:
            told = meaning(words)
        except ValueError:
            return None, match.end()
        if told:
            return _span(words, told, name, first), match.end()
    return None, start + 1


def _span(words: Words, told: Span, name: str, first: int) -> DateSpan:
    """Return the span of a date; "since" in front of one makes it reach to publication."""
    tokens, start = words.tokens, words.match.start()
    low = max(first, start - BOUND_REACH)
    bound = BOUND.search(tokens.tags[low:start])
    day, until, precision = told
    if bound and precision != "day_range":
        start = low + bound.start()
        word = tokens.said(start, start + 1).casefold()
        name = f"{word} {name}"
        if word == "since" and day and words.published and day <= words.published:
            until, precision = words.published, "period"
    last = words.match.end() - 1
    end = tokens.ends[last - (tokens.tags[last] == ".")]
    return DateSpan(day, until, precision, tokens.starts[start], end, rule=name)
