"""The tellings of one event merged: the finest place, the surest day, the toll of all sides.

Every telling is kept, so that a merge can be listed and undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.model import Place, Tally
from geo.reports.casualties.across_clauses import toll_of, with_bomber
from geo.reports.casualties.figures import total
from geo.reports.events.compatible import AREAL, COARSENESS, GENERIC, MEANS, contains
from geo.reports.events.draft import TITLES, Draft

__all__ = ["Merged", "merged"]

PRECISE: Final = ("day", "day_range", "week", "month", "vague", "period", "year", "unknown")
MOST_PLACES: Final = 20
"""Places of one event that are compared, the finest first."""
MOST_COUNTED: Final = 16
"""Tellings whose figures are counted."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One event: a draft that joins its ``tellings``, and the dead and injured of all."""

    draft: Draft
    tellings: Sequence[Draft]
    fatalities: Tally
    injured: Tally


def merged(chain: Sequence[Draft]) -> Merged:
    """Merge the drafts that tell one event, in the order told."""
    ordered = _surest_first(chain)
    counted = [d.figures for d in ordered]
    toll = toll_of(counted, speakers=[d.claimed_by for d in ordered])
    draft = _joined(chain, ordered, toll) if len(chain) > 1 else chain[0]
    if draft.event_type == "suicide_attack" and draft.bomber:
        toll = with_bomber(toll, counted)
    return Merged(draft, chain, toll, toll_of([d.figures for d in chain], "injured"))


def _joined(chain: Sequence[Draft], ordered: Sequence[Draft], toll: Tally) -> Draft:
    """Return one draft for a chain, in the words of the telling that gives most of its facts."""
    deeds = [d for d in chain if d.event_type]
    sure = [d for d in deeds if not (d.blamed or (d.background and d.plural))] or deeds
    heavy = max(d.weight for d in sure)
    kinds = Counter(d.event_type for d in sure if d.weight == heavy)
    kind = min(kinds, key=lambda one: (_rank(one), -kinds[one]))  # on a tie, the first told
    place = _finest(deeds)
    date = _surest(deeds)
    shown = max(deeds, key=lambda d: _facts(d, place, date, toll))
    figures = tuple(f for d in ordered[:MOST_COUNTED] for f in d.figures)
    return replace(
        shown.placed(place.toponym if place else None),
        event_type=kind,
        weight=heavy,
        when=date.when,
        spoken=date.spoken,
        figures=figures,
        killed=total(figures, "killed"),
        injured=total(figures, "injured"),
        whole=next((f.whole for f in figures if f.whole), None),
        actors=tuple(dict.fromkeys(a for d in deeds for a in d.actors)),
        claimed_by=next((d.claimed_by for d in (shown, *deeds) if d.claimed_by), ""),
        claims=tuple(dict.fromkeys(c for d in deeds for c in d.claims)),
        bomber=any(d.bomber for d in deeds),
        plural=all(d.plural for d in deeds),
        blamed=all(d.blamed for d in deeds),
        background=all(d.background for d in deeds),
        several=any(d.several for d in deeds),
        relative=any(d.relative for d in deeds),
        areas=next((d.areas for d in deeds if d.areas), ()),
    )


def _surest_first(chain: Sequence[Draft]) -> list[Draft]:
    """Return the drafts whose figures count: the story's own; its headlines where it has none."""
    body = [d for d in chain if d.line not in TITLES]
    return (
        body
        if any(d.killed.known for d in body)
        else [*body, *(d for d in chain if d.line in TITLES)]
    )


def _finest(deeds: Sequence[Draft]) -> Draft | None:
    """Return the deed with the finest place; not a town that stands for an area told as well.

    Of "in Khost" above a report and "in Spera district of Khost" below, the district is meant.
    """
    first: dict[str, Draft] = {}
    for deed in sorted(deeds, key=_coarseness):
        if deed.place:
            first.setdefault(deed.place.id, deed)
    placed = list(first.values())[:MOST_PLACES]
    inner = [d for d in placed if not any(_stands_for(d.place, o.place) for o in placed)]
    return min(inner or placed, key=_coarseness, default=None)


def _stands_for(town: Place | None, inner: Place | None) -> bool:
    if town is None or inner is None or town.kind in AREAL or town.id == inner.id:
        return False
    return contains(town, inner) or town.name == inner.admin1


def _surest(deeds: Sequence[Draft]) -> Draft:
    dated = [d for d in deeds if d.when.first]
    marked = sorted((d for d in deeds if d.when.start is not None), key=lambda d: d.spoken)
    best = min(dated, key=lambda d: (d.spoken, PRECISE.index(d.when.precision)), default=None)
    return best or (marked[0] if marked else deeds[0])


def _rank(kind: str) -> int:
    """Rank the means of violence; the generic types are told apart by what is told most."""
    if kind in GENERIC:
        return len(MEANS)
    return MEANS.index(kind) if kind in MEANS else 0


def _coarseness(draft: Draft) -> int:
    return COARSENESS[draft.toponym.resolution.precision if draft.toponym else "unknown"]


def _facts(draft: Draft, place: Draft | None, date: Draft, toll: Tally) -> tuple[int, bool]:
    """Count the facts of the joined event that this draft's own words give."""
    here = place is not None and draft.toponym is not None and draft.place == place.place
    then = draft.when.start is not None and draft.when == date.when
    counted = draft.killed.best is not None and draft.killed.best == toll.best
    return here + then + counted, draft.line == "body"
