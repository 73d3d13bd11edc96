"""Event coreference: which drafts of one item tell the same event, and what they say together.

Drafts corefer when their types, places, days and tolls can be one event's. Each draft is held
against the events told last, a bounded number, so that reading stays linear.

Merged, the tellings of an event give the finest place, the surest day and the toll of all sides.
Every telling is kept, so that a merge can be listed and undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from geo.model import GROUP_OF, Place, Tally
from geo.reports.casualties.figures import same_toll, toll_of, total, with_bomber
from geo.reports.events.compatible import (
    AREAL,
    COARSENESS,
    GENERIC,
    MEANS,
    contains,
    days_overlap,
    nested,
    same_site,
    types_agree,
)
from geo.reports.events.draft import TITLES, Draft

__all__ = ["RECALLED", "Merged", "chains_of", "merged"]

DEADLY: Final = frozenset({"violence", "other"})
SAID_LATER: Final = timedelta(days=3)
"""What was said on a day happened then or in the few days before."""
AT_ONCE: Final = timedelta(0)
OPENING: Final = 4
LATEST: Final = 12
"""Tellings of an event, the first and the last, that a draft is held against."""
RECALLED: Final = 60
"""Events of an item, the last told, that a draft may tell again: keeps reading linear."""
Chain = list[Draft]
"""The drafts that tell one event, in the order told: a coreference chain."""
PRECISE: Final = ("day", "day_range", "week", "month", "vague", "period", "year", "unknown")
MOST_PLACES: Final = 20
"""Places of one event that are compared, the finest first."""
MOST_COUNTED: Final = 16
"""Tellings whose figures are counted."""


def chains_of(drafts: Sequence[Draft]) -> list[Chain]:
    """Group the drafts of one item into events, in the order first told."""
    chains: list[Chain] = []
    recalled: list[Chain] = []
    for draft in drafts:
        if _general(draft):
            continue
        chain = _antecedent(draft, recalled)
        if chain is not None:
            for one in _in_one_breath(chain, recalled) if _nobody(draft) else [chain]:
                one.append(draft)
        elif draft.event_type:
            chains.append([draft])
            recalled.append(chains[-1])
            _forget(recalled)
    return chains


def _forget(recalled: list[Chain]) -> None:
    """Drop the event told longest ago where more are kept than a draft may tell again."""
    if len(recalled) > RECALLED:
        del recalled[min(range(len(recalled)), key=lambda i: recalled[i][-1].start)]


def _general(draft: Draft) -> bool:
    """Whether it speaks of many without telling one: "most attacks are the work of X"."""
    if not draft.plural or draft.figures:
        return False
    said = draft.place is not None or draft.when.start is not None or draft.definite
    return draft.blamed or not said


def _nobody(draft: Draft) -> bool:
    return not draft.event_type and draft.killed.best == 0


def _in_one_breath(told: Chain, chains: Sequence[Chain]) -> list[Chain]:
    """Return the chains told by the same clause: "nobody was hurt" is said of all of them."""
    return [one for one in chains if one[-1].start == told[-1].start]


def _antecedent(draft: Draft, chains: Sequence[Chain]) -> Chain | None:
    """Return the chain that the draft tells again, the likeliest; the last told on a tie."""
    best, most = None, (0.0, 0)
    for chain in chains:
        likeness = _likeness(draft, chain), chain[-1].start
        if likeness[0] > 0 and likeness >= most:
            best, most = chain, likeness
    return best


def _likeness(draft: Draft, chain: Chain) -> float:
    """Score how likely a draft tells an event again; 0 where something speaks against it."""
    total = bool(draft.areas) and not chain[0].areas
    if total or not _kinds_fit(draft, chain):
        return 0
    held = [*chain[:OPENING], *chain[max(OPENING, len(chain) - LATEST) :]]
    if (day := _day_fit(draft, held)) < 0 or (place := _place_fit(draft, held)) < 0:
        return 0
    if (toll := _toll_fit(draft, held, place)) < 0:
        return 0
    if draft.apart and not (place >= 2 and toll > 0):
        return 0
    bare = draft.toponym is None
    linked = bare and (draft.weight <= 1 or draft.definite or draft.blamed or day == 0)
    if not (place >= 1 or linked or toll > 0 or draft.line in TITLES):
        return 0
    return 1 + 2 * place + day + 2 * toll


def _kinds_fit(draft: Draft, chain: Chain) -> bool:
    if draft.weight <= 1 or (
        draft.weight == 2 and draft.place is None and draft.when.first is None
    ):
        return GROUP_OF[chain[0].event_type] in DEADLY
    strong = next((d for d in chain if d.weight > 1), None)
    if strong is None:
        return GROUP_OF[draft.event_type] in DEADLY
    return types_agree(draft.event_type, strong.event_type)


def _place_fit(draft: Draft, chain: Chain) -> int:
    """Return 2 for the same site, 1 for one inside the other, 0 for unknown, -1 for another."""
    if draft.place is None:
        return 0
    places = {d.place.id: d.place for d in chain if d.place}.values()
    if not places:
        return 0
    if any(same_site(draft.place, place) for place in places):
        return 2
    if all(nested(draft.place, place) for place in places):
        return 1
    pointed = any(same_site(a, b) or _neighbours(a, b) for a in draft.named for b in places)
    return 1 if draft.definite and pointed else -1


def _neighbours(one: Place, other: Place) -> bool:
    """Whether two places lie in one district."""
    return bool(one.admin2) and (one.admin1, one.admin2) == (other.admin1, other.admin2)


def _day_fit(draft: Draft, chain: Chain) -> int:
    """Return 1 for days that overlap, 0 for unknown, -1 for other days."""
    if draft.when.first is None:
        return 0
    dated = [d for d in chain if d.when.first]
    if not dated:
        return 0
    for told in dated:
        slack = SAID_LATER if told.spoken or draft.spoken else AT_ONCE
        if days_overlap(told.when, draft.when, slack):
            return 1
    return -1


def _toll_fit(draft: Draft, chain: Chain, place: int) -> int:
    """Return 1 for the same toll, 0 for unknown or another side's, -1 for another toll."""
    killed = draft.killed
    tolls = [d.killed for d in chain if d.killed.known]
    if draft.weight > 1 and _one_of_several(draft, chain):
        return -1
    if not killed.known or not tolls:
        return 0
    if any(same_toll(killed, toll) for toll in tolls):
        return 0 if draft.definite and any(d.several for d in chain) else 1
    if draft.whole is not None or _share(draft, chain):
        return -1
    dated = draft.when.first is not None and not draft.spoken
    if draft.weight <= 1 and draft.place and dated:
        return 0 if place == 2 and _sited(draft) else -1
    if draft.definite or draft.weight <= 1 or draft.claimed_by != chain[0].claimed_by:
        return 0
    sure = place == 2 and _sited(draft)
    early = all(d.line in TITLES for d in chain)
    return 0 if sure or early or _other_side(draft, chain) else -1


def _one_of_several(draft: Draft, chain: Chain) -> bool:
    """Whether the chain gives one toll for several like it, and the draft is one of them."""
    counted = any(d.several and d.killed.best for d in chain)
    places = [d.place for d in chain if d.place]
    if draft.several or draft.place is None or not (counted and places):
        return False
    return all(contains(place, draft.place) for place in places)


def _sited(draft: Draft) -> bool:
    """Whether its place is small enough that two like events there would be told apart."""
    fine = (
        COARSENESS[draft.toponym.resolution.precision] if draft.toponym else COARSENESS["unknown"]
    )
    return fine <= COARSENESS["admin3"] or (fine <= COARSENESS["admin2"] and not draft.several)


def _share(draft: Draft, chain: Chain) -> bool:
    """Whether it is one of several that the chain tells together, with a toll of its own."""
    if not any(d.several for d in chain) or draft.place is None:
        return False
    mine = draft.killed.best
    theirs = max((d.killed.best or 0 for d in chain), default=0)
    inside = all(d.place is None or contains(d.place, draft.place) for d in chain)
    return mine is not None and mine < theirs and inside


def _other_side(draft: Draft, chain: Chain) -> bool:
    mine = {f.side for f in draft.figures if f.what == "killed"}
    theirs = {f.side for d in chain for f in d.figures if f.what == "killed"}
    return not mine & theirs


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
