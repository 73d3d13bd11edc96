"""The reader: one news item in, its toponyms and placed events out. Never raises on any text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.model import Document, Event, Resolution, Source, Telling, content_id
from geo.places.gazetteer import Gazetteer
from geo.reports.clause import Clause
from geo.reports.documents import lines, sentences
from geo.reports.draft import Draft
from geo.reports.merge import GENERIC, join_tellings, merge_drafts, whole_of
from geo.reports.olddates import find_offsets
from geo.reports.toponyms import Toponym, find_toponyms
from geo.reports.triggers import find_triggers

__all__ = ["Reading", "draft_events", "read_document"]

NOWHERE: Final = Resolution(None, "unknown", "unmatched", reason="the text names no place")
SPLIT: Final = re.compile(
    r"(?i);\s|,?\s+(?:while|whereas|meanwhile)\s|\s+(?=day after\b|an? day after\b)"
)
"""Where one sentence tells of two things; the second half is read on its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one item says: its toponyms in order and its events as first told."""

    document: Document
    toponyms: tuple[Toponym, ...]
    events: tuple[Event, ...]


def read_document(document: Document, gazetteer: Gazetteer) -> Reading:
    """Read one item; offsets in the result point into ``document.text``."""
    toponyms = find_toponyms(document.text, gazetteer)
    groups = merge_drafts(draft_events(document, toponyms))
    drafts = [join_tellings(group) for group in groups]
    events = [_event(document, *pair) for pair in zip(drafts, groups, strict=True)]
    wholes = [whole_of(draft, drafts) for draft in drafts]
    linked = tuple(
        event if whole is None else _as_part(event, events[whole])
        for event, whole in zip(events, wholes, strict=True)
    )
    return Reading(document, tuple(toponyms), linked)


def _as_part(event: Event, whole: Event) -> Event:
    """Return ``event`` as a part, with its whole's type and day where its own words give none."""
    kind = whole.event_type if event.event_type in GENERIC else event.event_type
    dated = event.when.first is not None or whole.when.first is None
    when = event.when if dated else replace(whole.when, inferred=True)
    return replace(event, part_of=whole.id, event_type=kind, when=when)


def _event(document: Document, draft: Draft, group: list[Draft]) -> Event:
    lead = replace(_telling(document, draft), notes=document.title)
    others = (_telling(document, other) for other in group if other.start != draft.start)
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
        fatalities=draft.fatalities,
        injured=draft.injured,
        certainty=draft.certainty,
        claimed_by=draft.claimed_by,
        source_type="report",
        aggregate=draft.aggregate,
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
        fatalities=draft.fatalities,
        injured=draft.injured,
        certainty=draft.certainty,
        claimed_by=draft.claimed_by,
        claims=draft.claims,
    )


def draft_events(document: Document, toponyms: Sequence[Toponym]) -> list[Draft]:
    """Return the drafts of one item in the order told; offsets into ``document.text``."""
    drafts: list[Draft] = []
    for line in lines(document.text):
        if line.kind == "furniture":
            continue
        told: tuple[Toponym, ...] = ()
        for sentence in sentences(line.text, line.start):
            for span in _clauses(document.text, *sentence):
                clause = Clause(document, toponyms, span, sentence, line.kind, told)
                drafts.extend(clause.drafts(drafts))
                told = tuple(clause.toponyms) or told
    return drafts


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split a sentence where a second happening begins; keep it whole where only one is told."""
    cuts = [start]
    for match in SPLIT.finditer(text, start, end):
        left, right = text[cuts[-1] : match.start()], text[match.end() : end]
        both = find_triggers(left) and find_triggers(right)
        if both or find_offsets(text[match.end() : match.end() + 12]):
            cuts.append(match.end())
    yield from zip(cuts, [*cuts[1:], end], strict=True)
