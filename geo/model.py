"""The records that pass between rooms while a text or a table is being interpreted.

The vocabulary (event types and groups, precisions, certainties) is defined here once, with the
exact words used in columns, command-line output and pages. Offsets are Unicode code points into
``Document.text``, end exclusive; unknown is ``None``, never 0.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

__all__ = [
    "AT_GATE_KM",
    "CERTAINTIES",
    "DATE_PRECISIONS",
    "EVENT_GROUPS",
    "GROUP_OF",
    "PRECISIONS",
    "UNCERTAINTY_KM",
    "Candidate",
    "Certainty",
    "Claim",
    "DatePrecision",
    "DateSpan",
    "Document",
    "Event",
    "Mark",
    "Mention",
    "Place",
    "Precision",
    "Resolution",
    "Role",
    "Source",
    "Status",
    "Tally",
    "Telling",
    "content_id",
]

Precision = Literal["exact", "near", "admin3", "admin2", "admin1", "region", "country", "unknown"]
DatePrecision = Literal["day", "day_range", "week", "month", "year", "period", "vague", "unknown"]
Certainty = Literal["reported", "claimed", "alleged", "denied", "planned"]
Role = Literal["literal", "dateline", "metonymic", "attributive", "embedded", "demonym"]
Status = Literal["resolved", "ambiguous", "unmatched"]

PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)
DATE_PRECISIONS: Final[tuple[DatePrecision, ...]] = get_args(DatePrecision)
CERTAINTIES: Final[tuple[Certainty, ...]] = get_args(Certainty)

EVENT_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "violence": (
        "armed_attack",
        "suicide_attack",
        "bombing",
        "targeted_killing",
        "abduction",
        "airstrike_drone",
        "shelling",
        "counter_terror_operation",
        "armed_clash",
        "border_clash",
    ),
    "border": ("border_closure", "border_reopening"),
    "airspace": ("airspace_violation",),
    "diplomacy": ("diplomatic_meeting", "agreement", "statement"),
    "civil": ("protest", "arrest_detention", "deportation_displacement"),
    "other": ("other", "accident"),
}
GROUP_OF: Final = {kind: group for group, kinds in EVENT_GROUPS.items() for kind in kinds}

UNCERTAINTY_KM: Final[dict[Precision, float | None]] = {
    "exact": 2.0,
    "near": 25.0,
    "admin3": 20.0,
    "admin2": 40.0,
    "admin1": 150.0,
    "region": 150.0,
    "country": None,
    "unknown": None,
}
"""Radius in km within which the event lies when the gazetteer gives no radius of its own."""

AT_GATE_KM: Final = 10.0
"""An event is at a crossing within this many geodesic km of it."""


def content_id(*parts: str, length: int = 12) -> str:
    """Return the first ``length`` hex digits of the SHA-256 of ``parts``: same input, same id."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Document:
    """One news item. ``start`` is where ``text`` begins in the file named ``stem``."""

    id: str
    title: str
    text: str
    source: str = ""
    url: str = ""
    published: date | None = None
    published_basis: str = ""
    stem: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym as written at ``text[start:end]``.

    ``feature_hint`` is a generic word beside it, ``rule`` why it was taken for a place so.
    """

    toponym: str
    start: int
    end: int
    role: Role = "literal"
    feature_hint: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry: degrees WGS 84, ISO 3166 alpha-2 country, radius in km when areal."""

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    source: str
    radius_km: float | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, its score in [0, 1] and why it got it."""

    place: Place
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to one geocoding question; ``candidates`` are best first, the winner included."""

    place: Place | None
    precision: Precision
    status: Status
    candidates: tuple[Candidate, ...] = ()
    score: float = 0.0
    reason: str = ""

    @property
    def uncertainty_km(self) -> float | None:
        """Radius in km of the place: its own when areal, else the default of its precision."""
        radius = self.place.radius_km if self.place else None
        areal = self.precision not in {"exact", "near"}
        return radius if radius and areal else UNCERTAINTY_KM[self.precision]


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of people; any bound may be unknown, ``best`` also when claims cannot be joined."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def known(self) -> bool:
        """Whether any bound is stated."""
        return not (self.low is None and self.best is None and self.high is None)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Inclusive days of an event; both null when unknown. ``text[start:end]`` said so, if any.

    ``rule`` names the rule that read the words; ``inferred`` is a guess the text does not state.
    """

    first: date | None = None
    last: date | None = None
    precision: DatePrecision = "unknown"
    start: int | None = None
    end: int | None = None
    inferred: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one party says of one field; offsets into the document when it came from a text."""

    claimant: str
    field: str
    value: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a telling, where, and when (ISO date or empty)."""

    outlet: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words behind a fact: ``kind`` is place, date, number, actor or trigger; ``rule`` says why.

    ``means`` is what a date or a number was read as, in words.
    """

    kind: str
    start: int
    end: int
    rule: str = ""
    means: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One report or table row that tells an event; merging keeps every telling whole."""

    id: str
    sources: tuple[Source, ...] = ()
    document_id: str = ""
    start: int | None = None
    end: int | None = None
    marks: tuple[Mark, ...] = ()
    fatalities: Tally = Tally()
    injured: Tally = Tally()
    certainty: Certainty = "reported"
    claimed_by: str = ""
    claims: tuple[Claim, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event, told once or more. ``tellings[0]`` is the one the other fields were taken from."""

    id: str
    dataset: str
    event_type: str
    when: DateSpan
    place_name: str
    resolution: Resolution
    tellings: tuple[Telling, ...]
    summary: str = ""
    actors: tuple[str, ...] = ()
    fatalities: Tally = Tally()
    injured: Tally = Tally()
    certainty: Certainty = "reported"
    claimed_by: str = ""
    source_type: str = "report"
    part_of: str = ""
    aggregate: bool = False
    admin_named: tuple[str, str] = ("", "")
    """Admin2 and admin1 as the source names them, kept to check the geocoder against."""
