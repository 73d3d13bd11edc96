"""One news item as the rules of the reader see it, and the reading that comes of it.

What an item names is found once, by :func:`geo.reports.events.annotate.annotate`, and then only
read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from geo.model import DateSpan, Document, Event
from geo.reports.places.disambiguate import Toponym
from geo.reports.time.offsets import Offset
from geo.reports.tokens.sentences import Sentence
from geo.reports.tokens.tokenise import Tokens

__all__ = ["LOOK_BACK", "DateMention", "Item", "Mentions", "Reading", "deed_day_before", "start_of"]

LOOK_BACK: Final = 60
"""Dates, places and events before an event among which one is looked for that it may take."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, and what the words around it say of what it dates.

    ``start`` is its offset in the text, ``unit`` the first unit at or after it, ``after`` the first
    unit behind it. ``spoken``: it dates what was said. ``opening``: it stands in a dateline or a
    stamp; either makes it an ``aside``. ``owner``: the last unit of the deed that owns it
    ("Wednesday's attack"). ``relative``: "when" follows, with what happened then. ``of_deed``: it
    is the day of something that was done.
    """

    span: DateSpan
    start: int
    unit: int
    after: int
    spoken: bool
    opening: bool
    aside: bool
    owner: int | None
    relative: bool
    of_deed: bool


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a stretch of the text names, each in order.

    ``offsets`` are dates that hang on another event: "a day later".
    """

    toponyms: Sequence[Toponym]
    dates: Sequence[DateMention]
    offsets: Sequence[Offset]

    def between(self, start: int, end: int) -> Mentions:
        """Return those that begin in ``text[start:end]``."""
        return Mentions(
            _between(self.toponyms, start, end),
            _between(self.dates, start, end),
            _between(self.offsets, start, end),
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One news item: ``tokens`` are its words alone, ``overlaid`` has places and dates laid over.

    ``published`` is the day of publication; ``inferred`` says from what, if the item states none.
    ``countries``: for each country named, by its code, the toponym that names it first.
    """

    document: Document
    published: date | None
    inferred: str
    tokens: Tokens
    overlaid: Tokens
    mentions: Mentions
    sentences: Sequence[Sentence]
    countries: Mapping[str, Toponym]


Named = Toponym | DateMention | Offset
Kind = TypeVar("Kind", Toponym, DateMention, Offset)


def start_of(named: Named) -> int:
    """Return the offset at which something named begins."""
    return named.start


def _between(found: Sequence[Kind], start: int, end: int) -> Sequence[Kind]:
    return found[bisect_left(found, start, key=start_of) : bisect_left(found, end, key=start_of)]


def deed_day_before(dates: Sequence[DateMention], end: int, start: int = 0) -> DateSpan | None:
    """Return the last day named in ``text[start:end]`` as that of a deed, or None."""
    last, first = bisect_left(dates, end, key=start_of), bisect_left(dates, start, key=start_of)
    near = reversed(dates[max(first, last - LOOK_BACK) : last])
    return next((one.span for one in near if one.of_deed), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one item says: its toponyms and dates in order and its events as first told.

    ``published`` is the day that its relative dates hang on, None if not known. It is stated by
    the document or inferred from its words; ``published_basis`` says from which.
    """

    document: Document
    toponyms: tuple[Toponym, ...]
    events: tuple[Event, ...]
    dates: tuple[DateSpan, ...] = ()
    published: date | None = None
    published_basis: str = ""
