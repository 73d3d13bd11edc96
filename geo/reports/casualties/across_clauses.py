"""The dead of one event as several clauses and reports give them.

Each clause may count another side: "nine militants were killed" and, later, "a captain died too"
make ten. Figures of the same side are tellings of one number, never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.model import Tally
from geo.reports.casualties.figures import Figure, total

__all__ = ["joined_tally", "same_toll", "toll_of", "with_bomber"]

STANDING: Final = "toll"
"""The rule of figures such as "the death toll rose to 12"."""
TELLING: Final = "attribute"
"""The rule of figures such as "the 21 killed militants", told of before."""
MOST: Final = 40
"""Tellings with figures that are weighed; a text that goes on counting tells nothing new."""
SIDED: Final = frozenset({"attackers", "state", "civilians"})


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
    stated = [(figures, by) for figures, by in stated if figures][:MOST]
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
