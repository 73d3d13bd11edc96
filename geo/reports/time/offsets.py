"""Dates that hang on another event: "a day after", "two days earlier", "the same day"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from geo.reports.time.units import DAYS_IN, Words
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.tokenise import Tokens

__all__ = ["COUNT", "OFFSETS", "Offset", "Side", "find_offsets"]

Side = Literal["after", "before", "earlier", "later", "same"]


@dataclass(frozen=True, slots=True)
class Offset:
    """Words at ``text[start:end]`` that date one event by another.

    "X happened a day *after* Y" puts X one day after Y, which is told in the same breath; "a day
    *later*, Z" puts Z one day after what was told before. ``days`` is None where the words give no
    number of days ("weeks later"); hours that make no whole day are 0.
    ``unit`` is the first unit of the words.
    """

    days: int | None
    start: int
    end: int
    side: Side
    rule: str = ""
    unit: int = 0


COUNT: Final = "(?P<n>{digits}|{loose count}|{vague number}|{number}{1,2}|'a'|'an')"
OFFSETS: Final = (
    (
        "days after",
        rf"(?:{COUNT}|'few')? (?P<unit>{{time unit}}) (?P<side>{{side}}) (?!{{time unit}})",
    ),
    ("the next day", "(?P<day>{day after}) (?P<unit>'day'|{day part})"),
    ("the night before", "(?<='the') (?P<unit>{day part}) (?P<side>'before')"),
    ("the same day", "(?P<same>{that}) (?P<unit>'day'|{day part}) (?!{people})"),
    ("in the day", "(?P<same>'earlier'|'later') 'in' 'the' (?P<unit>'day')"),
    ("the following", "(?P<day>'following') (?P<vague>{weekday}|{time unit})"),
)
"""Names and rules; the first that matches at a place wins."""
ANCHOR: Final = rule("{time unit}|{day part}|'following'")
ANY: Final = re.compile(
    "|".join(f"({re.sub(r'[(][?]P<[^>]+>', '(?:', rule(p).pattern)})" for _, p in OFFSETS)
)
OPEN: Final = frozenset(",.;)\n")
"""Marks behind "a day after" that leave it without an event of its own: it means "later"."""
REACH: Final = 4
"""Units that an offset may have in front of its unit of time."""


def find_offsets(tokens: Tokens, first: int = 0, last: int | None = None) -> list[Offset]:
    """Find the dates that hang on another event, in order.

    Parameters
    ----------
    tokens
        The text.
    first, last
        The range of units to look at, end exclusive; the whole text by default.
    """
    end = len(tokens.tags) if last is None else last
    found = []
    anchor = ANCHOR.search(tokens.tags, first, end)
    while anchor:
        at = max(first, anchor.start() - REACH)
        match = ANY.search(tokens.tags, at, min(end, anchor.end() + REACH))
        if match:
            if one := _offset(tokens, match, end):
                found.append(one)
            first = match.end()
        else:
            first = anchor.end()
        anchor = ANCHOR.search(tokens.tags, first, end)
    return found


def _offset(tokens: Tokens, match: re.Match[str], last: int) -> Offset | None:
    name, pattern = OFFSETS[(match.lastindex or 1) - 1]
    again = rule(pattern).match(tokens.tags, match.start(), last)
    if again is None:
        return None
    words = Words(tokens, again, None)
    try:
        days, side = _days(words), _side(words)
    except ValueError:
        return None
    if words.said("unit").startswith("hour") and not days and side in {"earlier", "later"}:
        side = "same"
    start, end = tokens.starts[again.start()], tokens.ends[again.end() - 1]
    return Offset(days, start, end, side, name, again.start())


def _days(words: Words) -> int | None:
    """Return the days told; None for "weeks later" and for months and years."""
    unit = words.said("unit")
    if words.said("same"):
        return 0
    if words.said("vague") or unit[:4] in {"mont", "year"}:
        return None
    if unit.startswith("hour"):
        return words.count()[0] // 24 if words.said("n") else 0
    count, exact = words.count()
    if not exact or (unit.endswith("s") and not words.said("n")):
        return None
    return count * DAYS_IN[unit[0]] if words.said("side") and unit[0] in "dwf" else 1


def _side(words: Words) -> Side:
    if words.said("same"):
        return "same"
    if words.said("day"):
        return (
            "later" if words.says("day", "next") or words.said("day") == "following" else "earlier"
        )
    side = words.said("side")
    if side == "prior":
        return "earlier"
    side = {"prior to": "before", "ahead of": "before"}.get(side, side)
    if words.tokens.tags[words.match.end() : words.match.end() + 1] in OPEN | {""}:
        side = {"after": "later", "before": "earlier"}.get(side, side)
    return cast(Side, side)
