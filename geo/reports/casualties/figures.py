"""A figure: how many people something befell, as one place in a text tells it; and their sum.

Of the figures of a sentence, what is told twice, in detail, or by two sides counts once. They are
found by :mod:`geo.reports.casualties.find`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geo.model import Tally

__all__ = ["NONE", "Figure", "total"]

NONE: Final = Tally(0, 0, 0)
"""The text says that there was nobody."""
MOST: Final = 24
"""Figures of one event that are weighed; what goes on counting tells nothing new."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``what`` is killed, injured, detained or abducted, ``people`` as written.

    ``part``: it is contained in another figure of the sentence. ``whole``: the figure it is a
    share of, told elsewhere ("five of the 14"). ``side``: attackers, state, civilians or other.
    ``definite``: it refers back to people told of before ("the 12 militants", "both").
    ``cumulative``: a total over a time, of no single event. ``outcome``: offset of the word that
    says what befell them; ``claim`` numbers the speakers of the sentence; ``share``: "two of them";
    ``more``: further people than those told of before; ``others``: it says so ("two others").
    ``rule`` found it.
    """

    what: str
    tally: Tally
    start: int
    end: int
    people: str = ""
    part: bool = False
    whole: int | None = None
    side: str = "other"
    rule: str = ""
    definite: bool = False
    cumulative: bool = False
    share: bool = False
    more: bool = False
    others: bool = False
    outcome: int = 0
    claim: int | None = None


def total(figures: Iterable[Figure], what: str) -> Tally:
    """Add up the whole figures of one sentence for ``what``; parts are left out.

    Attackers and others counted apart are added, since fatalities are the dead of all sides; a
    figure told again is counted once; of rival figures only the bounds are known; totals over time
    count only where nothing else is told. No figure is unknown, not 0.
    """
    told = [f for f in figures if f.what == what and not f.part][:MOST]
    some = [f for f in told if f.tally != NONE]
    if not some:
        return NONE if told else Tally()
    some = [f for f in some if not f.cumulative] or some
    return _sum([_rival(claims) for claims in _rivals(_once(_without_details(some)))])


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """Drop figures told again: the same number, or "the 12", "both", of people told of before."""
    kept: list[Figure] = []
    for one in figures:
        if not any(_again(one, before) for before in kept):
            kept.append(one)
    return kept


def _again(one: Figure, before: Figure) -> bool:
    same = one.definite and one.tally == before.tally
    if one.outcome == before.outcome or (one.more and not same):
        return False
    if one.definite and one.side in {before.side, "other"}:
        return (one.tally.low or 0) <= (before.tally.high or before.tally.low or 0)
    return one.tally.low == before.tally.low and _alike(one, before)


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures may count the same people."""
    words = set(one.people.split()) & set(other.people.split())
    return one.side == other.side or "other" in (one.side, other.side) or bool(words)


def _without_details(figures: list[Figure]) -> list[Figure]:
    """Drop the later figures that tell an earlier one in detail.

    Such a figure is smaller, of the same people and not joined to what was told before; or several
    of them add up to the earlier one.
    """
    for at, one in enumerate(figures):
        later = [f for f in figures[at + 1 :] if f.outcome != one.outcome and _alike(f, one)]
        if len(later) > 1 and sum(f.tally.low or 0 for f in _once(later)) == one.tally.low:
            figures = [f for f in figures if f not in later]
            break
    kept: list[Figure] = []
    for one in figures:
        if one.more or not any(_within(one, before) for before in kept):
            kept.append(one)
    return kept


def _within(one: Figure, before: Figure) -> bool:
    smaller = (one.tally.low or 0) < (before.tally.low or 0)
    apart = one.outcome > before.outcome and not _contradicts(one, before)
    return smaller and apart and _alike(one, before)


def _rivals(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Put together the figures that two speakers give for the same people."""
    rivals: list[list[Figure]] = []
    for one in figures:
        for claims in rivals:
            if not one.more and all(_contradicts(one, other) for other in claims):
                claims.append(one)
                break
        else:
            rivals.append([one])
    return rivals


def _contradicts(one: Figure, other: Figure) -> bool:
    spoken = one.claim is not None and other.claim is not None
    return spoken and one.claim != other.claim and _alike(one, other)


def _rival(claims: Sequence[Figure]) -> Tally:
    if len(claims) == 1:
        return claims[0].tally
    lows = [f.tally.low for f in claims if f.tally.low is not None]
    highs = [f.tally.high for f in claims]
    known = [high for high in highs if high is not None]
    return Tally(min(lows, default=None), None, max(known) if len(known) == len(highs) else None)


def _sum(tallies: Sequence[Tally]) -> Tally:
    def add(values: Sequence[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    return Tally(
        add([t.low for t in tallies]),
        add([t.best for t in tallies]),
        add([t.high for t in tallies]),
    )
