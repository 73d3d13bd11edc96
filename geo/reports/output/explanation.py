"""A reading explained: its text with notes, then each event with everything that it rests on.

What was merged is listed, telling by telling in its own words, so that a reader can undo it; so are
rival claims, the places passed over, and days that the text does not state. All of it is words;
how they are laid out is the business of :mod:`geo.reports.output.terminal`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.model import Event, Resolution, Tally, Telling
from geo.reports.events.item import Reading
from geo.reports.output.notes import Note, notes_of, place_words
from geo.words import (
    CERTAINTY_WORDS,
    PRECISION_WORDS,
    TYPE_WORDS,
    count_words,
    day_words,
    span_words,
)

__all__ = ["Card", "Explanation", "explain"]

RUNNERS_UP: Final = 3
CARRIED: Final = "about publication"
"""The rule that gives an event without a date the days around publication."""

Fact = tuple[str, str]
"""What is told, and it."""


@dataclass(frozen=True, slots=True)
class Card:
    """One event in words: a line for the table, then the facts behind it, each with its label."""

    kind: str
    when: str
    where: str
    known: str
    toll: str
    certainty: str
    claimed_by: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One item explained; the offsets of ``notes`` point into ``text``."""

    title: str
    facts: tuple[Fact, ...]
    text: str
    notes: tuple[Note, ...]
    cards: tuple[Card, ...]


def explain(reading: Reading) -> Explanation:
    """Explain a reading; never raises on any text. What the text says is not yet escaped."""
    document = reading.document
    return Explanation(
        f"{document.stem}: {document.title}",
        tuple(_item_facts(reading)),
        document.text,
        tuple(notes_of(reading)),
        tuple(_card(reading, event) for event in reading.events),
    )


def _item_facts(reading: Reading) -> Iterator[Fact]:
    document = reading.document
    if document.source:
        yield "outlet", document.source
    if document.url:
        yield "address", document.url
    basis = f" ({reading.published_basis})" if reading.published_basis else ""
    published = day_words(reading.published) if reading.published else "not known"
    yield "published", f"{published}{basis}"
    yield "place names", str(len(reading.toponyms))
    yield "events", str(len(reading.events))


def _card(reading: Reading, event: Event) -> Card:
    place = event.resolution.place
    return Card(
        TYPE_WORDS[event.event_type],
        span_words(event.when.first, event.when.last, event.when.precision),
        place.name if place else "no place",
        PRECISION_WORDS[event.resolution.precision],
        _tally_words(event.fatalities),
        CERTAINTY_WORDS[event.certainty],
        event.claimed_by,
        tuple(_facts(reading, event)),
    )


def _facts(reading: Reading, event: Event) -> Iterator[Fact]:
    first, *others = event.tellings
    yield "told", _quoted(reading, first)
    for telling in others:
        yield "told again", f"{_quoted(reading, telling)}{_own(telling)}"
    yield "place", _place_fact(event)
    yield from (("passed over", other) for other in _passed_over(event.resolution))
    yield "day", _day_fact(reading, event)
    yield "killed", _tally_words(event.fatalities)
    if event.injured.known:
        yield "injured", _tally_words(event.injured)
    if event.actors:
        yield "named", ", ".join(event.actors)
    yield from _claims(event)
    yield from _relations(reading, event)


def _quoted(reading: Reading, telling: Telling) -> str:
    said = reading.document.text[telling.start : telling.end]
    return f"“{' '.join(said.split())}”"


def _own(telling: Telling) -> str:
    """Say what a further telling gives of its own: figures and speaker."""
    killed = f"killed {_tally_words(telling.fatalities)}" if telling.fatalities.known else ""
    speaker = f"says {telling.claimed_by}" if telling.claimed_by else ""
    parts = [part for part in (killed, speaker) if part]
    return f" [{'; '.join(parts)}]" if parts else ""


def _place_fact(event: Event) -> str:
    found = event.resolution
    if found.place is None:
        return f"none: {found.reason}"
    unsure = ", ambiguous" if found.status == "ambiguous" else ""
    return (
        f"“{event.place_name}” is {place_words(found.place)}, {PRECISION_WORDS[found.precision]}; "
        f"score {found.score:.2f}{unsure}: {found.reason}"
    )


def _passed_over(found: Resolution) -> Iterator[str]:
    """Say which other places the name may mean, the likeliest first."""
    others = [c for c in found.candidates if found.place is None or c.place.id != found.place.id]
    for one in others[:RUNNERS_UP]:
        yield f"{place_words(one.place)}; score {one.score:.2f}: {one.reason}"
    if len(others) > RUNNERS_UP:
        yield f"and {len(others) - RUNNERS_UP} more"


def _day_fact(reading: Reading, event: Event) -> str:
    when = event.when
    told = span_words(when.first, when.last, when.precision)
    if when.start is not None:
        said = " ".join(reading.document.text[when.start : when.end].split())
        words = f"“{said}” (rule “{when.rule}”)"
        unknown = f"not known: {words} needs a day to hang on"
        told = f"{told}, from {words}" if when.first else unknown
    return told + (f"; inferred: {_inferred_from(reading, event)}" if when.inferred else "")


def _inferred_from(reading: Reading, event: Event) -> str:
    """Say what a day that the text does not state was inferred from."""
    published = day_words(reading.published) if reading.published else "an unknown day"
    if event.when.start is not None:
        return f"it hangs on publication on {published}, itself {reading.published_basis}"
    if event.when.rule == CARRIED:
        return f"no date is told of it; reports appear within a day, this one on {published}"
    return "no date is told of it; the day is that of an event told before it"


def _tally_words(tally: Tally) -> str:
    return count_words(tally.low, tally.best, tally.high)


def _claims(event: Event) -> Iterator[Fact]:
    """Say what each party claims; claims of several parties that differ are rivals."""
    claims = list(dict.fromkeys(claim for telling in event.tellings for claim in telling.claims))
    for claim in claims:
        others = [c for c in claims if c.field == claim.field and c.claimant != claim.claimant]
        rival = any(other.value != claim.value for other in others)
        yield (
            "rival claim" if rival else "claim",
            f"{claim.claimant}: {claim.field} “{claim.value}”",
        )


def _relations(reading: Reading, event: Event) -> Iterator[Fact]:
    """Say of which event it is a part, and which are parts of it."""
    number = {one.id: i for i, one in enumerate(reading.events, 1)}
    if event.part_of:
        yield "part of", f"event {number[event.part_of]}" if event.part_of in number else "a total"
    parts = [str(number[one.id]) for one in reading.events if one.part_of == event.id]
    if parts:
        yield "parts", f"events {', '.join(parts)}: never added to this total"
    elif event.aggregate:
        yield "total", "over several places"
