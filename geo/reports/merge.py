"""One event told several times in one item becomes one event.

Drafts join when their types, places, days and tolls can be one happening's. Every telling is
kept, so a merge can be listed and undone. A part never joins its whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from geo.model import GROUP_OF, DateSpan, Place, Tally
from geo.places.distance import km_between
from geo.reports.draft import COARSENESS, Draft
from geo.reports.triggers import SPECIFIC

__all__ = [
    "GENERIC",
    "contains",
    "days_overlap",
    "join_tellings",
    "joined_toll",
    "merge_drafts",
    "same_site",
    "types_agree",
    "whole_of",
]

GENERIC: Final = frozenset({"armed_attack", "armed_clash", "counter_terror_operation"})
"""Violence types that name how a fight began rather than its means; they may tell one event."""
TOWARDS: Final = {
    "targeted_killing": {"armed_attack"},
    "shelling": {"border_clash", "armed_clash"},
    "bombing": {"suicide_attack", "armed_attack"},
    "suicide_attack": {"bombing", "armed_attack"},
    "border_clash": {"armed_clash", "shelling", "armed_attack"},
    "airstrike_drone": {"armed_attack", "shelling"},
    "abduction": {"armed_attack"},
}
SAME_PLACE_KM: Final = 15.0
PRECISE: Final = ("day", "day_range", "week", "month", "vague", "period", "year", "unknown")


def merge_drafts(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Group the drafts of one item into events, in the order first told."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        home = _home(draft, groups)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    return _absorb([group for group in groups if _tellable(group)])


def join_tellings(group: Sequence[Draft]) -> Draft:
    """Return one draft for a group: the finest place, the surest day, the first whole toll."""
    lead = group[0]
    placed = [d for d in group if d.toponym and d.toponym.place]
    dated = [d for d in group if d.when.first]
    marked = sorted((d for d in group if d.when.start is not None), key=lambda d: d.spoken)
    kinds = Counter(d.event_type for d in group)
    best = min(kinds, key=lambda kind: (_rank(kind), -kinds[kind]))
    place = min(placed, key=_coarseness, default=None)
    when = min(dated, key=lambda d: (d.spoken, PRECISE.index(d.when.precision)), default=None)
    date = when or (marked[0] if marked else lead)
    toll = joined_toll([d.fatalities for d in group])
    shown = max(group, key=lambda d: _facts(d, place, date, toll))
    return replace(
        shown,
        event_type=best,
        toponym=place.toponym if place else None,
        when=date.when,
        spoken=date.spoken,
        fatalities=toll,
        injured=joined_toll([d.injured for d in group]),
        actors=tuple(dict.fromkeys(a for d in group for a in d.actors)),
        certainty=shown.certainty,
        claimed_by=next((d.claimed_by for d in (shown, *group) if d.claimed_by), ""),
        claims=tuple(dict.fromkeys(c for d in group for c in d.claims)),
        aggregate=any(d.aggregate for d in group),
        areas=tuple(dict.fromkeys(area for d in group for area in d.areas)),
        whole=next((d.whole for d in group if d.whole), None),
        relative=any(d.relative for d in group),
    )


def _coarseness(draft: Draft) -> int:
    return COARSENESS[draft.toponym.resolution.precision if draft.toponym else "unknown"]


def _facts(draft: Draft, place: Draft | None, date: Draft, toll: Tally) -> tuple[int, bool]:
    """Count the facts of the joined event that this draft's own words give."""
    here = place is not None and draft.toponym is not None and draft.place == place.place
    then = draft.when.start is not None and (draft.when.first, draft.spoken) == (
        date.when.first,
        date.spoken,
    )
    counted = draft.fatalities.best is not None and draft.fatalities.best == toll.best
    return here + then + counted, draft.line == "body"


def whole_of(draft: Draft, drafts: Sequence[Draft]) -> int | None:
    """Return the position of the total that ``draft`` is a part of, if its item gives one.

    A part either says so ("five of the 14"), or has its day counted from the same announcement
    as a total over several provinces, one of them its own.
    """
    place = draft.place
    for i, other in enumerate(drafts):
        if not other.aggregate or other is draft or draft.aggregate:
            continue
        if draft.whole is not None and draft.whole == other.fatalities.best:
            return i
        announced = draft.relative and other.relative and draft.when.first == other.when.first
        smaller = (draft.fatalities.best or 0) < (other.fatalities.best or 0)
        if announced and smaller and place and place.admin1 in other.areas:
            return i
    return None


def _home(draft: Draft, groups: list[list[Draft]]) -> list[Draft] | None:
    """Return the group told last that the draft fits, preferring one with the same place."""
    fitting = [g for g in groups if all(_may_be_one(draft, other) for other in g)]
    fitting.sort(key=lambda group: group[-1].start)
    if not fitting:
        return None
    close = [g for g in fitting if any(_same_place(draft, other) for other in g)]
    if close:
        return close[-1]
    unplaced = draft.toponym is None or all(d.toponym is None for d in fitting[-1])
    return fitting[-1] if unplaced or any(_within(draft, d) for d in fitting[-1]) else None


def _may_be_one(a: Draft, b: Draft) -> bool:
    if a.aggregate != b.aggregate or not types_agree(a.event_type, b.event_type):
        return False
    if a.whole != b.whole and a.fatalities.best != b.fatalities.best:
        return False
    if "border_clash" in {a.event_type, b.event_type} and a.event_type != b.event_type:
        return _same_place(a, b) and _days_agree(a, b) and _tolls_agree(a, b)
    if not _places_agree(a, b) or not _days_agree(a, b):
        return False
    return _tolls_agree(a, b)


def types_agree(a: str, b: str) -> bool:
    """Whether two event types can name one happening: a bombing is also an armed attack."""
    if a == b:
        return True
    if GROUP_OF[a] != GROUP_OF[b]:
        return False
    if GROUP_OF[a] == "diplomacy":
        return True
    return (a in GENERIC and b in GENERIC) or b in TOWARDS.get(a, ()) or a in TOWARDS.get(b, ())


def _places_agree(a: Draft, b: Draft) -> bool:
    return a.toponym is None or b.toponym is None or _same_place(a, b) or _within(a, b)


def _same_place(a: Draft, b: Draft) -> bool:
    one, two = a.place, b.place
    if one is None or two is None:
        return False
    return same_site(one, two)


def same_site(one: Place, two: Place) -> bool:
    """Whether two places are one, or points within 15 km of each other; an area has no site."""
    if one.id == two.id:
        return True
    areal = {"admin1", "admin2", "country"} & {one.kind, two.kind}
    return not areal and km_between(one.lat, one.lon, two.lat, two.lon) <= SAME_PLACE_KM


def _within(a: Draft, b: Draft) -> bool:
    one, two = a.place, b.place
    if one is None or two is None:
        return False
    return contains(one, two) or contains(two, one)


def contains(outer: Place, inner: Place) -> bool:
    """Whether ``outer`` is the district, province or country that ``inner`` lies in."""
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind == "admin1":
        return outer.name == inner.admin1
    named = outer.admin2 or outer.name
    return outer.kind == "admin2" and named == inner.admin2 and outer.admin1 == inner.admin1


def _days_agree(a: Draft, b: Draft) -> bool:
    if a.when.first is None or b.when.first is None:
        words = a.when.start is None or b.when.start is None or a.spoken or b.spoken
        return words or (a.when.first is None and b.when.first is None)
    slack = timedelta(days=3) if a.spoken or b.spoken else timedelta(0)
    return days_overlap(a.when, b.when, slack)


def days_overlap(a: DateSpan, b: DateSpan, slack: timedelta = timedelta(0)) -> bool:
    """Whether two known spans share a day, or come within ``slack`` of it."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return False
    return a.first <= b.last + slack and b.first <= a.last + slack


def _tolls_agree(a: Draft, b: Draft) -> bool:
    one, two = a.fatalities, b.fatalities
    if one.best is None or two.best is None or one.best == two.best:
        return True
    return _same_place(a, b) and a.when.first is not None and a.when.first == b.when.first


def _tellable(group: list[Draft]) -> bool:
    """Whether the group says where, when or how many; a bare word for violence is no event."""
    placed = any(d.toponym for d in group)
    dated = any(d.when.start is not None for d in group)
    counted = any(d.fatalities.known or d.injured.known for d in group)
    kind = group[0].event_type
    if GROUP_OF[kind] in {"diplomacy", "border", "airspace"}:
        return placed
    if GROUP_OF[kind] == "violence":
        return (placed and (dated or counted or not all(d.plural for d in group))) or (
            counted and dated
        )
    return placed and (dated or counted)


def _absorb(groups: list[list[Draft]]) -> list[list[Draft]]:
    """Fold a group without a place of its own into the one before it that it can belong to."""
    kept: list[list[Draft]] = []
    for group in groups:
        bare = not any(d.toponym for d in group) and not group[0].aggregate
        home = next((k for k in reversed(kept) if bare and _fits(group, k)), None)
        if home is None:
            kept.append(group)
        else:
            home.extend(group)
    return kept


def _fits(group: list[Draft], other: list[Draft]) -> bool:
    return all(_may_be_one(a, b) for a in group for b in other)


def _rank(kind: str) -> int:
    return SPECIFIC.index(kind) if kind in SPECIFIC else 0


def joined_toll(tallies: Sequence[Tally]) -> Tally:
    """Join the tolls of several tellings: the first stated is best, the bounds span them all."""
    known = [tally for tally in tallies if tally.known]
    if not known:
        return Tally()
    best = next((tally.best for tally in known if tally.best is not None), None)
    lows = [t.low for t in known if t.low is not None]
    highs = [t.high for t in known]
    open_ended = any(high is None for high in highs)
    high = None if open_ended else max(h for h in highs if h is not None)
    return Tally(min(lows, default=None), best, high)
