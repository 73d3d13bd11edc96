"""One news item with everything found in it: what the rules of the reader look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.model import DateSpan, Document, Precision
from geo.places.gazetteer.lookup import Gazetteer
from geo.reports.documents.layout import lines
from geo.reports.events.triggers import Candidate, find_candidates
from geo.reports.places.recognise import Toponym, find_toponyms
from geo.reports.time.find import Offset, find_dates, find_offsets
from geo.reports.time.inferred import infer_published, newest_coinage
from geo.reports.tokens.sentences import sentences
from geo.reports.tokens.tokenise import Tokens, tokenise

__all__ = ["COARSENESS", "Item", "Sentence", "look_at"]

COARSENESS: dict[Precision, int] = {
    "exact": 0,
    "near": 1,
    "admin3": 2,
    "admin2": 3,
    "admin1": 4,
    "region": 5,
    "country": 6,
    "unknown": 7,
}
"""How coarsely a place is known; where several are named the finest tells where it was."""


YEARS: Final = range(1900, 2100)
"""A report published in another year was not; its weekdays hang on nothing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The units of one sentence; ``kind`` of its line, ``line`` counts lines (paragraphs)."""

    first: int
    last: int
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One news item: ``said`` spells its words alone, ``laid`` with places and dates laid over.

    ``published`` is the day of publication; ``inferred`` says from what, if the item states none.
    """

    document: Document
    published: date | None
    inferred: str
    said: Tokens
    laid: Tokens
    toponyms: Sequence[Toponym]
    dates: Sequence[DateSpan]
    offsets: Sequence[Offset]
    sentences: Sequence[Sentence]
    candidates: Sequence[Candidate]

    def line_of(self, toponym: Toponym) -> int:
        """Return the number of the line that a toponym stands in, -1 in page furniture."""
        unit = self.unit(toponym.mention.start)
        at = bisect_right(self.sentences, unit, key=lambda s: s.first) - 1
        held = at >= 0 and unit < self.sentences[at].last
        return self.sentences[at].line if held else -1

    def first_of(self, line: int) -> int:
        """Return the first unit of a line that has sentences."""
        return self.sentences[bisect_left(self.sentences, line, key=lambda s: s.line)].first

    def toponyms_in(self, first: int, last: int) -> Sequence[Toponym]:
        """Return the toponyms that begin in the units ``first`` to ``last``."""
        a, b = self._span(first, last)
        return self.toponyms[self.toponyms_before(a) : self.toponyms_before(b)]

    def dates_in(self, first: int, last: int) -> list[DateSpan]:
        """Return the dates that begin in the units ``first`` to ``last``."""
        a, b = self._span(first, last)
        return list(self.dates[self.dates_before(a) : self.dates_before(b)])

    def dates_before(self, start: int) -> int:
        """Return how many dates begin before an offset of the text."""
        return bisect_left(self.dates, start, key=lambda d: d.start or 0)

    def toponyms_before(self, start: int) -> int:
        """Return how many toponyms begin before an offset of the text."""
        return bisect_left(self.toponyms, start, key=lambda t: t.mention.start)

    @property
    def datelines(self) -> list[Toponym]:
        """The toponyms of datelines."""
        return [t for t in self.toponyms if t.mention.role == "dateline"]

    def offsets_in(self, first: int, last: int) -> list[Offset]:
        """Return the offsets ("a day later") that begin in the units ``first`` to ``last``."""
        a, b = self._span(first, last)
        low = bisect_left(self.offsets, a, key=lambda o: o.start)
        return list(self.offsets[low : bisect_left(self.offsets, b, key=lambda o: o.start)])

    def unit(self, start: int) -> int:
        """Return the unit that begins at or after an offset of the text."""
        return bisect_left(self.said.starts, start)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        starts = self.said.starts
        if first >= last or first >= len(starts):
            return 0, 0
        return starts[first], self.said.ends[last - 1]


def look_at(document: Document, gazetteer: Gazetteer) -> Item:
    """Find the toponyms and dates of one item; never raises on any text."""
    said = tokenise(document.text)
    published, reason = document.published, ""
    if published and published.year not in YEARS:
        published = None
    if published is None:
        coined = newest_coinage(said)
        published, reason = infer_published(said, coined[1] if coined else None)
    toponyms = find_toponyms(said, gazetteer)
    dates = find_dates(said, published)
    if reason:
        whole = {span.start for span in find_dates(said, None) if span.first}
        dates = [span if span.start in whole else replace(span, inferred=True) for span in dates]
    laid = said.overlaid([*_dated(dates), *_placed(toponyms)])
    told = tuple(_sentences(document.text, said))
    return Item(
        document,
        published,
        reason,
        said,
        laid,
        toponyms,
        dates,
        find_offsets(said),
        told,
        find_candidates(said, laid),
    )


def _sentences(text: str, said: Tokens) -> Iterator[Sentence]:
    """Yield the sentences of an item, page furniture left out."""
    for number, line in enumerate(lines(text)):
        if line.kind == "furniture":
            continue
        for start, end in sentences(line.text, line.start):
            first, last = said.units(start, end)
            if first < last:
                yield Sentence(first, last, line.kind, number)


def _dated(dates: Sequence[DateSpan]) -> Iterator[tuple[int, int, str, str]]:
    return ((d.start, d.end, "d", "d") for d in dates if d.start is not None and d.end is not None)


def _placed(toponyms: Sequence[Toponym]) -> Iterator[tuple[int, int, str, str]]:
    for toponym in toponyms:
        kind = toponym.place.kind if toponym.place else ""
        head = {"crossing": "G", "country": "C"}.get(kind, "P")
        yield toponym.mention.start, toponym.mention.end, head, "p"
