"""The records that leave the reader: each event with its tellings, parts tied to their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.model import Document, Event, Resolution, Source, Telling, content_id
from geo.reports.events.compatible import GENERIC
from geo.reports.events.draft import Draft
from geo.reports.events.merge import Merged
from geo.reports.events.parts import Relation, relations_of

__all__ = ["assemble"]

NOWHERE: Final = Resolution(None, "unknown", "unmatched", reason="the text names no place")
STRONG: Final = 3
"""Weight of a trigger that names the means or the deed."""


def assemble(document: Document, told: Sequence[Merged]) -> Iterator[Event]:
    """Yield the events of an item; a total that its parts tell is left out."""
    relations = relations_of([one.draft for one in told])
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
