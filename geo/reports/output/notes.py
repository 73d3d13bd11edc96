"""What the reader took words of an item for, and why: a note for each stretch that it marked.

Notes are in words for a person. Alike notes share their key, so a text that names Kabul twenty
times explains it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from geo.model import Event, Mark, Place
from geo.reports.events.item import Reading
from geo.reports.places.disambiguate import Toponym
from geo.words import PRECISION_WORDS, ROLE_WORDS, TYPE_WORDS, span_words

__all__ = ["Note", "notes_of", "place_words"]

LETTERS: Final = {"place": "P", "date": "D", "number": "N", "trigger": "E"}

Spot = tuple[str, int, int]
"""A kind of mark with its span."""


@dataclass(frozen=True, slots=True)
class Note:
    """A stretch of the text and what it ``says``; ``key`` names it, alike notes alike.

    ``kind`` is place, date, number or trigger; a trigger's key is E and the number of its event.
    """

    kind: str
    key: str
    start: int
    end: int
    said: str
    says: str


@dataclass(slots=True)
class Found:
    """What is known of one spot: its meaning and rule, and the numbers of the events it tells."""

    means: str
    rule: str
    events: list[int] = field(default_factory=list)
    inferred: bool = False


def notes_of(reading: Reading) -> list[Note]:
    """Return the notes on a reading in the order of the text, the longer first where two begin.

    Offsets point into the text of the reading's document. Events are numbered from 1.
    """
    spots = _spots(reading)
    keys: dict[tuple[str, str, str], str] = {}
    counts: Counter[str] = Counter()
    notes: list[Note] = []
    for (kind, start, end), found in sorted(spots.items(), key=_by_place):
        said = " ".join(reading.document.text[start:end].split())
        says = _says(kind, found, reading)
        if kind == "trigger":
            key = ",".join(f"E{number}" for number in found.events)
        else:
            if (kind, said, says) not in keys:
                counts[kind] += 1
            key = keys.setdefault((kind, said, says), f"{LETTERS[kind]}{counts[kind]}")
        notes.append(Note(kind, key, start, end, said, says))
    return notes


def place_words(place: Place) -> str:
    """Say which place it is: ``Torkham (crossing; Nangarhar, AF)``."""
    area = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
    return f"{place.name} ({place.kind}; {area})"


def _spots(reading: Reading) -> dict[Spot, Found]:
    """Collect every spot that was marked, with the events that it tells something of."""
    spots: dict[Spot, Found] = {}
    for toponym in reading.toponyms:
        mention = toponym.mention
        spots["place", mention.start, mention.end] = Found(_place_says(toponym), "")
    for one in reading.dates:
        if one.start is not None and one.end is not None:
            spots["date", one.start, one.end] = Found("", one.rule, inferred=one.inferred)
            if one.first:
                means = span_words(one.first, one.last, one.precision)
                spots["date", one.start, one.end].means = means
    for number, event in enumerate(reading.events, 1):
        for mark in _marks(event):
            found = spots.setdefault((mark.kind, mark.start, mark.end), Found("", mark.rule))
            found.means = mark.means or found.means
            if number not in found.events:
                found.events.append(number)
    return spots


def _marks(event: Event) -> Iterator[Mark]:
    return (m for telling in event.tellings for m in telling.marks if m.kind in LETTERS)


def _by_place(item: tuple[Spot, Found]) -> tuple[int, int, str]:
    (kind, start, end), _ = item
    return start, -end, kind


def _says(kind: str, found: Found, reading: Reading) -> str:
    rule = f"rule “{found.rule}”" if found.rule else ""
    if kind == "trigger":
        types = dict.fromkeys(TYPE_WORDS[reading.events[n - 1].event_type] for n in found.events)
        return _listed([f"tells {_events(found.events)}, {' and '.join(types)}", rule])
    unread = "not known to a day or span" if kind == "date" else ""
    told = f"of {_events(found.events)}" if found.events else ""
    inferred = "the year or day inferred" if found.inferred and found.means else ""
    return _listed([found.means or unread, inferred, rule, told])


def _place_says(toponym: Toponym) -> str:
    """Say what a place name was taken for, where that is, how well it is known, and why."""
    mention, found = toponym.mention, toponym.resolution
    role = f"{ROLE_WORDS[mention.role]} (rule “{mention.rule}”)"
    if found.place is None:
        return _listed([role, f"{found.status}: {found.reason}"])
    where = f"{place_words(found.place)}, {PRECISION_WORDS[found.precision]}"
    unsure = "ambiguous" if found.status == "ambiguous" else ""
    return _listed([role, where, unsure, found.reason])


def _events(numbers: Iterable[int]) -> str:
    listed = list(map(str, numbers))
    return f"event{'s' if len(listed) > 1 else ''} {' and '.join(listed)}"


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)
