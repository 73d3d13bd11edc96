"""The first pass over a news item: its tokens, its dates, its places and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from geo.model import DateSpan, Document
from geo.places.gazetteer.lookup import Gazetteer
from geo.reports.documents.layout import lines
from geo.reports.events.item import DateMention, Item, Mentions
from geo.reports.places.disambiguate import Toponym
from geo.reports.places.recognise import find_toponyms
from geo.reports.time.find import find_dates
from geo.reports.time.inferred import infer_published, newest_coinage
from geo.reports.time.offsets import find_offsets
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.sentences import sentences
from geo.reports.tokens.tokenise import Tokens, tokenise

__all__ = ["annotate"]

YEARS: Final = range(1900, 2100)
"""A report published in another year was not; its weekdays hang on nothing."""
SPOKEN: Final = "{saying} (?:(?!{boundary}|{locative})[^.,;\n]){0,3} {locative}? $"
"""Before a date that says when it was said: "the army said on Sunday"."""
SPOKEN_REACH: Final = 8
OWNED: Final = (
    r"\x27 {Name}? {word}? (?:(?!{boundary}|{locative})[^.,;\n]){0,2}? ({event word}|{attack})"
)
"""After a date that is the deed's: "Wednesday's attack", however late its toll rose."""
WHEN: Final = "','? 'when'"
OPENING_REACH: Final = 6
BOUNDED: Final = ("since", "until", "by", "from", "tomorrow")
DAYS: Final = frozenset({"day", "day_range"})


def annotate(document: Document, gazetteer: Gazetteer) -> Item:
    """Find the toponyms, dates and sentences of one item; never raises on any text."""
    tokens = tokenise(document.text)
    dates, published, inferred = _dates(document, tokens)
    toponyms = find_toponyms(tokens, gazetteer)
    overlaid = tokens.overlaid([*_dated(dates), *_placed(toponyms)])
    mentions = Mentions(
        toponyms,
        [_date_mention(tokens, overlaid, span) for span in dates],
        find_offsets(tokens),
    )
    told = tuple(sentences(lines(document.text), tokens))
    return Item(
        document, published, inferred, tokens, overlaid, mentions, told, _countries(toponyms)
    )


def _countries(toponyms: Sequence[Toponym]) -> dict[str, Toponym]:
    found: dict[str, Toponym] = {}
    for toponym in toponyms:
        if toponym.place and toponym.place.kind == "country":
            found.setdefault(toponym.place.country, toponym)
    return found


def _dates(document: Document, tokens: Tokens) -> tuple[list[DateSpan], date | None, str]:
    """Return the dates, the day of publication that they hang on, and from what it is inferred.

    Where the item states none and it is inferred, the dates that hang on it are inferred too.
    """
    if document.published and document.published.year in YEARS:
        return find_dates(tokens, document.published), document.published, ""
    bare = find_dates(tokens, None)
    coined = newest_coinage(tokens)
    published, reason = infer_published(tokens, bare, coined[1] if coined else None)
    if published is None:
        return bare, None, ""
    whole = {span.start for span in bare if span.first}
    dates = find_dates(tokens, published)
    dates = [span if span.start in whole else replace(span, inferred=True) for span in dates]
    return dates, published, reason


def _dated(dates: Sequence[DateSpan]) -> Iterator[tuple[int, int, str, str]]:
    return ((d.start, d.end, "d", "d") for d in dates if d.start is not None and d.end is not None)


def _placed(toponyms: Sequence[Toponym]) -> Iterator[tuple[int, int, str, str]]:
    for toponym in toponyms:
        kind = toponym.place.kind if toponym.place else ""
        head = {"crossing": "G", "country": "C"}.get(kind, "P")
        yield toponym.mention.start, toponym.mention.end, head, "p"


def _date_mention(tokens: Tokens, overlaid: Tokens, span: DateSpan) -> DateMention:
    start = span.start or 0
    unit, after = tokens.units(start, span.end or 0)
    tags = tokens.tags
    spoken = rule(SPOKEN).search(tags, max(0, unit - SPOKEN_REACH), unit) is not None
    opening = _opens(tokens, overlaid, span, (unit, after))
    owned = rule(OWNED).match(tags, after)
    bounded = span.rule.startswith(BOUNDED)
    return DateMention(
        span,
        start,
        unit,
        after,
        spoken,
        opening,
        aside=spoken or opening,
        owner=owned.end() - 1 if owned else None,
        relative=rule(WHEN).match(tags, after) is not None,
        of_deed=span.precision in DAYS and not (bounded or spoken or opening),
    )


def _opens(tokens: Tokens, overlaid: Tokens, span: DateSpan, units: tuple[int, int]) -> bool:
    """Whether the date stands in a dateline or a stamp: "KABUL, Sept 7 (Reuters) -", "… 21:05"."""
    unit, behind = units
    tags = overlaid.tags
    lead = tags[max(0, unit - OPENING_REACH) : unit]
    opened = "\n" in lead or unit <= OPENING_REACH
    after = tags[unit : unit + 12].lstrip("d")[:6]
    if after[:1] == "T" and ":" in tokens.said(behind, behind + 1):
        return "|" in tokens.text[max(0, (span.start or 0) - 3) : span.start]
    return opened and "P" in lead[lead.rfind("\n") + 1 :] and any(m in after for m in "—-:()")
