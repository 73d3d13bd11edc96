"""A reading as rows for scripts: one for each toponym, one for each event, with the rules' names.

Offsets point into the file that the item came from; unknown is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.model import Event, Mark, Resolution, Tally, Telling
from geo.reports.events.item import Reading
from geo.reports.places.disambiguate import Toponym

__all__ = ["place_fields", "rows_of"]

Row = dict[str, object]
RULED: Final = ("trigger", "place", "number")
"""Kinds of marks whose rules an event's row names beside its date's."""


def rows_of(reading: Reading) -> Iterator[Row]:
    """Yield the toponyms of a reading in order, then its events."""
    for toponym in reading.toponyms:
        yield _toponym_row(reading, toponym)
    for event in reading.events:
        yield _event_row(reading, event)


def place_fields(found: Resolution) -> Row:
    """Return what a row says of a place: degrees WGS 84, null where nothing was found."""
    place = found.place
    return {
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "precision": found.precision,
        "score": round(found.score, 3),
        "status": found.status,
    }


def _toponym_row(reading: Reading, toponym: Toponym) -> Row:
    mention, shift = toponym.mention, reading.document.start
    return {
        "kind": "toponym",
        "doc": reading.document.stem,
        "item": reading.document.id,
        "start": mention.start + shift,
        "end": mention.end + shift,
        "surface": mention.toponym,
        "role": mention.role,
        "rule": mention.rule,
        **place_fields(toponym.resolution),
    }


def _event_row(reading: Reading, event: Event) -> Row:
    document, when, lead = reading.document, event.when, event.tellings[0]
    return {
        "kind": "event",
        "doc": document.stem,
        "item": document.id,
        "published": reading.published.isoformat() if reading.published else None,
        "published_basis": reading.published_basis or None,
        "event_id": event.id,
        "event_type": event.event_type,
        "date_start": when.first.isoformat() if when.first else None,
        "date_end": when.last.isoformat() if when.last else None,
        "date_precision": when.precision,
        "date_inferred": when.inferred,
        **place_fields(event.resolution),
        **_tally_fields("fatalities", event.fatalities),
        **_tally_fields("injured", event.injured),
        "actors": list(event.actors),
        "certainty": event.certainty,
        "claimed_by": event.claimed_by or None,
        "claims": _claims(event, document.start),
        "aggregate": event.aggregate,
        "part_of": event.part_of or None,
        "rules": _rules(reading, event),
        "evidence_start": _shifted(lead.start, document.start),
        "evidence_end": _shifted(lead.end, document.start),
        "retold": [
            [_shifted(telling.start, document.start), _shifted(telling.end, document.start)]
            for telling in event.tellings[1:]
            if telling.start is not None
        ],
    }


def _tally_fields(name: str, tally: Tally) -> Row:
    return {f"{name}_{bound}": getattr(tally, bound) for bound in ("low", "best", "high")}


def _claims(event: Event, shift: int) -> list[Row]:
    """Return what each party says, each claim once."""
    claims = dict.fromkeys(claim for telling in event.tellings for claim in telling.claims)
    return [
        {
            "claimant": claim.claimant,
            "field": claim.field,
            "value": claim.value,
            "start": _shifted(claim.start, shift),
            "end": _shifted(claim.end, shift),
        }
        for claim in claims
    ]


def _rules(reading: Reading, event: Event) -> Row:
    """Return the names of the rules behind an event's fields, null where none was at work."""
    found = {kind: _rule(reading, event, kind) for kind in RULED}
    return {**found, "date": event.when.rule or None}


def _rule(reading: Reading, event: Event, kind: str) -> str | None:
    """Return the rule of the mark that gave a field: of the place's own name, else the first."""
    marks = [m for t in event.tellings for m in _of_kind(t, kind)]
    if kind == "place":
        named = [m for m in marks if _words(reading, m) == event.place_name]
        marks = named if event.place_name else []
    return marks[0].rule if marks else None


def _of_kind(telling: Telling, kind: str) -> list[Mark]:
    return [mark for mark in telling.marks if mark.kind == kind]


def _words(reading: Reading, mark: Mark) -> str:
    return reading.document.text[mark.start : mark.end]


def _shifted(offset: int | None, shift: int) -> int | None:
    return None if offset is None else offset + shift
