"""A figure: how many people something befell, as one place in a text tells it; and the toll.

Of the figures of a clause, what is told twice, in detail, or by two sides counts once. They are
found by :mod:`geo.reports.casualties.find`.

Across clauses and reports each may count another side: "nine militants were killed" and, later, "a
captain died too" make ten. Figures of the same side are tellings of one number, never added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geo.model import Tally

__all__ = ["NONE", "Figure", "joined_tally", "same_toll", "toll_of", "total", "with_bomber"]

NONE: Final = Tally(0, 0, 0)
"""The text says that there was nobody."""
MOST_FIGURES: Final = 24
"""Figures of one event that are weighed; what goes on counting tells nothing new."""
STANDING: Final = "toll"
"""The rule of figures such as "the death toll rose to 12"."""
TELLING: Final = "attribute"
"""The rule of figures such as "the 21 killed militants", told of before."""
MOST_TELLINGS: Final = 40
"""Tellings with figures that are weighed; a text that goes on counting tells nothing new."""
SIDED: Final = frozenset({"attackers", "state", "civilians"})


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
    told = [f for f in figures if f.what == what and not f.part][:MOST_FIGURES]
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


def toll_of(
    tellings: Sequence[Sequence[Figure]], what: str = "killed", speakers: Sequence[str] = ()
) -> Tally:
    """Return the toll that several clauses of one text give together.

    Parameters
    ----------
    tellings
        The figures of each clause that tells the event; the surest first (the story's own
        sentences before its headline).
    what
        killed, injured, detained or abducted.
    speakers
        Who says so, clause by clause ("" where nobody is named). Figures of two parties are
        rivals and never added up.

    Returns
    -------
    Tally
        A toll that the text says rose or stands at a figure, else the first telling that gives
        one; with the sides that only later ones count added, and the bounds widened by rivals.
    """
    said = [*speakers, *[""] * (len(tellings) - len(speakers))]
    stated = [(_whole(figures, what), by) for figures, by in zip(tellings, said, strict=True)]
    stated = [(figures, by) for figures, by in stated if figures][:MOST_TELLINGS]
    fresh = [one for one in stated if not all(f.definite for f in one[0])] or stated
    if not fresh:
        return Tally()
    standing = [one for one in fresh if any(f.rule == STANDING for f in one[0])]
    first, speaker = standing[-1] if standing else fresh[0]
    sum_of, sides = total(first, what), {figure.side for figure in first}
    rivals, before = [sum_of], first
    for figures, by in (one for one in stated if one[0] is not first):
        news = [f for f in figures if _adds(f, sides) or (_others(f) and before is first)]
        more, rival = total(news, what), by != speaker and by and speaker
        again = more.best == sum_of.best and "other" in sides | {f.side for f in news}
        if news and len(news) == len(figures) and not again and not rival:
            sum_of = _added(sum_of, more)
            sides |= {f.side for f in news}
        elif (rival or more.best) and not all(f.definite for f in figures):
            rivals.append(total(figures, what))
        before = first if more.best else figures
    return _bounded(sum_of, rivals)


def with_bomber(toll: Tally, tellings: Sequence[Sequence[Figure]]) -> Tally:
    """Count a bomber who blew himself up, where only the victims are counted.

    The victims alone remain the lower bound. A toll that counts attackers is left as it is.
    """
    figures = [f for figures in tellings for f in figures if f.what == "killed"]
    if not toll.best or toll.low is None or any(f.side == "attackers" for f in figures):
        return toll
    return Tally(toll.low, toll.best + 1, None if toll.high is None else toll.high + 1)


def _whole(figures: Sequence[Figure], what: str) -> list[Figure]:
    return [f for f in figures if f.what == what and not f.part and not f.cumulative]


def _others(figure: Figure) -> bool:
    """Whether a figure says that it counts others than were just told: "two others died"."""
    return figure.others and not figure.definite and figure.rule != STANDING


def _adds(figure: Figure, sides: set[str]) -> bool:
    """Whether a later figure counts people that the earlier ones do not."""
    if figure.side in sides or figure.rule == TELLING or not figure.tally.best:
        return False
    if "attackers" in {figure.side, *sides} and figure.side != "other":
        return figure.side == "attackers" or sides == {"attackers"}
    return figure.side in SIDED and sides <= SIDED


def _added(a: Tally, b: Tally) -> Tally:
    def plus(x: int | None, y: int | None) -> int | None:
        return None if x is None or y is None else x + y

    return Tally(plus(a.low, b.low), plus(a.best, b.best), plus(a.high, b.high))


def _bounded(chosen: Tally, rivals: Sequence[Tally]) -> Tally:
    """Widen the bounds to the rival figures; a smaller one told in passing is no rival."""
    lows = [t.low for t in rivals if t.low is not None]
    bests = [t.best for t in rivals if t.best is not None]
    low = min([*lows, *([chosen.low] if chosen.low is not None else [])], default=None)
    if chosen.high is None:
        return Tally(low, chosen.best, None)
    return Tally(low, chosen.best, max([chosen.high, *bests]))


def same_toll(a: Tally, b: Tally) -> bool | None:
    """Whether two tolls are the same figure; None where one is not stated."""
    if not a.known or not b.known:
        return None
    return (a.best, a.low) == (b.best, b.low) or (a.best is not None and a.best == b.best)


def joined_tally(tallies: Sequence[Tally]) -> Tally:
    """Join the tolls of several reports: the first stated is best, the bounds span them all."""
    known = [tally for tally in tallies if tally.known]
    if not known:
        return Tally()
    best = next((tally.best for tally in known if tally.best is not None), None)
    lows = [t.low for t in known if t.low is not None]
    highs = [t.high for t in known]
    open_ended = any(high is None for high in highs)
    high = None if open_ended else max(h for h in highs if h is not None)
    return Tally(min(lows, default=None), best, high)
