"""The reader: one news item in, its toponyms and placed events out. Never raises on any text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.model import GROUP_OF, DateSpan, Document, Event, Resolution, Source, Telling, content_id
from geo.places.gazetteer.lookup import Gazetteer
from geo.reports.casualties.across_clauses import toll_of, with_bomber
from geo.reports.events.clause import clauses
from geo.reports.events.compatible import GENERIC
from geo.reports.events.coreference import (
    Chain,
    join_tellings,
    merge_drafts,
    surest_first,
)
from geo.reports.events.draft import Draft, drafts_of
from geo.reports.events.inherited import LOCAL, settled_in
from geo.reports.events.item import Item, look_at
from geo.reports.events.parts import Whole, wholes_of
from geo.reports.events.when import When
from geo.reports.events.where import labels_of
from geo.reports.places.recognise import Toponym

__all__ = ["Reading", "read_document"]

NOWHERE: Final = Resolution(None, "unknown", "unmatched", reason="the text names no place")
STRONG: Final = 3
"""Weight of a trigger that names the means or the deed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one item says: its toponyms and dates in order and its events as first told.

    ``published`` is the day that its relative dates hang on, None if not known. It is stated by
    the document or inferred from its words; ``published_basis`` says from which.
    """

    document: Document
    toponyms: tuple[Toponym, ...]
    events: tuple[Event, ...]
    dates: tuple[DateSpan, ...] = ()
    published: date | None = None
    published_basis: str = ""


def read_document(document: Document, gazetteer: Gazetteer) -> Reading:
    """Read one item; offsets in the result point into ``document.text``."""
    item = look_at(document, gazetteer)
    chains = merge_drafts(_drafts(item))
    joined = [join_tellings(chain) for chain in chains]
    labels = labels_of(item)
    settled = [settled_in(item, labels, joined, i) for i in range(len(joined))]
    pairs = list(zip(settled, chains, strict=True))
    told = [pair for pair in pairs if _tellable(pair[0])] or _unplaced(pairs)
    wholes = wholes_of([draft for draft, _ in told])
    events = [
        _event(document, draft, chain, whole)
        for (draft, chain), whole in zip(told, wholes, strict=True)
    ]
    kept = [
        None if whole and whole.told_by_parts else event
        for event, whole in zip(events, wholes, strict=True)
    ]
    weights = [draft.weight for draft, _ in told]
    return Reading(
        document,
        tuple(item.toponyms),
        tuple(_linked(kept, wholes, weights)),
        tuple(item.dates),
        item.published,
        f"inferred: {item.inferred}" if item.inferred else document.published_basis,
    )


def _drafts(item: Item) -> list[Draft]:
    """Return the drafts of one item in the order told."""
    drafts: list[Draft] = []
    told: list[When] = []
    for sentence in item.sentences:
        for clause in clauses(item, sentence):
            for draft in drafts_of(item, clause, told):
                drafts.append(draft)
                if draft.event_type:
                    told.append((draft.when, draft.spoken))
    return drafts


def _unplaced(pairs: Sequence[tuple[Draft, Chain]]) -> list[tuple[Draft, Chain]]:
    """Return the one event of an item that tells no other: deadly without a place, or a deed."""
    sure = [p for p in pairs if p[0].weight > 1 and not p[0].blamed and not p[0].background]
    deadly = [pair for pair in sure if pair[0].killed.best]
    return deadly[:1] or [pair for pair in sure if _deed(pair[0])][:1]


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


def _event(document: Document, draft: Draft, chain: Chain, whole: Whole | None) -> Event:
    lead = replace(_telling(document, draft), notes=document.title)
    others = (_telling(document, other) for other in chain if other.start != draft.start)
    told = surest_first(chain)
    figures = [d.figures for d in told]
    toll = toll_of(figures, speakers=[d.claimed_by for d in told])
    if draft.event_type == "suicide_attack" and draft.bomber:
        toll = with_bomber(toll, figures)
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
        fatalities=toll,
        injured=toll_of([d.figures for d in chain], "injured"),
        certainty=draft.certainty,
        claimed_by=draft.claimed_by,
        source_type="report",
        aggregate=whole is not None and whole.aggregate,
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


def _linked(
    events: Sequence[Event | None], wholes: Sequence[Whole | None], weights: Sequence[int]
) -> Iterator[Event]:
    """Yield the events; a part has its whole's id, and its type where its own words are weak."""
    for event, whole, weight in zip(events, wholes, weights, strict=True):
        if event is None:
            continue
        outer = events[whole.part_of] if whole and whole.part_of is not None else None
        if outer is None:
            yield event
            continue
        weak = weight < STRONG and event.event_type in GENERIC
        kind = outer.event_type if weak else event.event_type
        yield replace(event, part_of=outer.id, event_type=kind)
