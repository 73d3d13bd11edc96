"""The records that leave the reader: which events are told, with tellings, totals and parts.

Told is what says where, when or how many. A total and its parts ("14 killed in two provinces", of
them "five in Dera Bugti") are tied; a total over several places is an aggregate and never added to
its parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.model import GROUP_OF, Document, Event, Resolution, Source, Telling, content_id
from geo.reports.events.compatible import GENERIC, LOCAL, contains, types_agree
from geo.reports.events.coreference import Merged
from geo.reports.events.draft import Draft

__all__ = ["assemble", "select"]

LEAST: Final = 2
"""The smallest total that can have parts."""
NEAR: Final = 40
"""Events before and after a total among which its parts are looked for."""
NOWHERE: Final = Resolution(None, "unknown", "unmatched", reason="the text names no place")
STRONG: Final = 3
"""Weight of a trigger that names the means or the deed."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How an event stands to others of its item.

    ``aggregate``: a total over several places or parts. ``told_by_parts``: its parts are all
    told and sum to it. ``part_of``: the position of the total it is a part of.
    """

    aggregate: bool = False
    told_by_parts: bool = False
    part_of: int | None = None


def _relations_of(drafts: Sequence[Draft]) -> list[Relation | None]:
    """Return how each event stands to the others, or None where it stands alone."""
    totals = [i for i in range(len(drafts)) if _total(i, drafts)]
    summed = {i for i in totals if _sums(i, drafts)}
    found: list[Relation | None] = []
    for i, draft in enumerate(drafts):
        near = totals[bisect_right(totals, i - NEAR) : bisect_left(totals, i + NEAR)]
        if i in near:
            found.append(Relation(aggregate=True, told_by_parts=i in summed))
            continue
        home = next((t for t in near if _part(draft, drafts[t], t in summed)), None)
        found.append(None if home is None else Relation(part_of=home))
    return found


def _total(i: int, drafts: Sequence[Draft]) -> bool:
    """Whether it is a total: over several areas, over its parts, or of several in a wide area."""
    draft = drafts[i]
    wide = draft.place is None or draft.place.kind in {"admin1", "country"}
    return bool(draft.areas) or (draft.several and wide) or _sums(i, drafts)


def _sums(i: int, drafts: Sequence[Draft]) -> bool:
    """Whether two or more other events of its kind, in its area, have its toll together."""
    whole = drafts[i]
    if (whole.killed.best or 0) < LEAST:
        return False
    near = drafts[max(0, i - NEAR) : i + NEAR]
    inside = [d for d in near if d is not whole and _smaller(d, whole) and _inside(d, whole)]
    counts = [d.killed.best for d in inside if d.killed.best]
    return len(counts) > 1 and sum(counts) == whole.killed.best


def _part(draft: Draft, whole: Draft, summed: bool) -> bool:
    """Whether an event is a part of a total.

    It says so ("five of the 14"), or the parts sum to the total, or both are dated from one
    announcement ("a day after the army said").
    """
    if draft.whole is not None:
        return draft.whole == whole.killed.best
    if not (_smaller(draft, whole) and _inside(draft, whole)):
        return False
    announced = draft.relative and whole.relative and draft.when.first == whole.when.first
    return summed or announced or whole.several


def _smaller(draft: Draft, whole: Draft) -> bool:
    small, large = draft.killed.best, whole.killed.best
    if small is None or large is None or draft.areas:
        return False
    weak = draft.weight <= 1 and GROUP_OF[whole.event_type] == "violence"
    return small < large and (weak or types_agree(draft.event_type, whole.event_type))


def _inside(draft: Draft, whole: Draft) -> bool:
    here = draft.place
    if whole.areas:
        areas = [a.place for a in whole.areas if a.place]
        return here is not None and any(a.id == here.id or contains(a, here) for a in areas)
    outer = whole.place
    return outer is None or (here is not None and outer.id != here.id and contains(outer, here))


def select(events: Sequence[Merged]) -> list[Merged]:
    """Return the events that can be told; where there is none, the one that is sure, if any."""
    return [event for event in events if _tellable(event.draft)] or _unplaced(events)


def _unplaced(events: Sequence[Merged]) -> list[Merged]:
    """Return the one event of an item that tells no other: deadly without a place, or a deed."""
    sure = [event for event in events if _sure(event.draft)]
    deadly = [event for event in sure if event.draft.killed.best]
    return deadly[:1] or [event for event in sure if _deed(event.draft)][:1]


def _sure(draft: Draft) -> bool:
    return draft.weight > 1 and not draft.blamed and not draft.background


def _deed(draft: Draft) -> bool:
    """Whether it says where somebody did something, even if neither when nor to how many."""
    told = GROUP_OF[draft.event_type] in {"violence", "civil"} and draft.event_type != "protest"
    return told and draft.toponym is not None and not (draft.plural or draft.definite)


def _tellable(draft: Draft) -> bool:
    """Whether it says where, when or how many; a bare word for violence is no event."""
    placed = draft.toponym is not None or bool(draft.areas)
    dated = draft.when.start is not None
    counted = draft.killed.known or draft.injured.known
    group = GROUP_OF[draft.event_type]
    if draft.blamed and not (placed and dated):
        return False
    local = draft.toponym is not None and draft.toponym.resolution.precision in LOCAL
    if draft.background and not counted and not (dated and (local if draft.plural else placed)):
        return False
    if draft.weight <= 1:
        return counted and (placed or dated)
    if group in {"diplomacy", "border", "airspace"}:
        return placed
    if group == "violence":
        return (placed and (dated or counted or not draft.plural)) or (counted and dated)
    return placed and (dated or counted)


def assemble(document: Document, told: Sequence[Merged]) -> Iterator[Event]:
    """Yield the events of an item; a total that its parts tell is left out."""
    relations = _relations_of([one.draft for one in told])
    events = [
        None if relation and relation.told_by_parts else _event(document, one, relation)
        for one, relation in zip(told, relations, strict=True)
    ]
    for event, one, relation in zip(events, told, relations, strict=True):
        if event is not None:
            yield _tied(event, one.draft, relation, events)


def _event(document: Document, told: Merged, relation: Relation | None) -> Event:
    draft = told.draft
    lead = replace(_telling(document, draft), notes=document.title)
    others = (_telling(document, other) for other in told.tellings if other.start != draft.start)
    return Event(
        id=f"rep-{lead.id}",
        dataset="reports",
        event_type=draft.event_type,
        when=draft.when,
        place_name=draft.toponym.mention.toponym if draft.toponym else "",
        resolution=draft.toponym.resolution if draft.toponym else NOWHERE,
        tellings=(lead, *others),
        summary=" ".join(document.text[draft.start : draft.end].split()),
        actors=draft.actors,
        fatalities=told.fatalities,
        injured=told.injured,
        certainty=draft.certainty,
        claimed_by=draft.claimed_by,
        source_type="report",
        aggregate=relation is not None and relation.aggregate,
    )


def _telling(document: Document, draft: Draft) -> Telling:
    published = document.published.isoformat() if document.published else ""
    where = str(draft.toponym.mention.start) if draft.toponym else ""
    return Telling(
        id=content_id(document.id, draft.event_type, str(draft.start), where),
        sources=(Source(document.source or "outlet not named", document.url, published),),
        document_id=document.id,
        start=draft.start,
        end=draft.end,
        marks=draft.marks,
        fatalities=draft.killed,
        injured=draft.injured,
        certainty=draft.certainty,
        claimed_by=draft.claimed_by,
        claims=draft.claims,
    )


def _tied(
    event: Event, draft: Draft, relation: Relation | None, events: Sequence[Event | None]
) -> Event:
    """Give a part its total's id, and its type where its own words are weak."""
    total = events[relation.part_of] if relation and relation.part_of is not None else None
    if total is None:
        return event
    weak = draft.weight < STRONG and event.event_type in GENERIC
    kind = total.event_type if weak else event.event_type
    return replace(event, part_of=total.id, event_type=kind)
