"""The draft: an event as one clause of a text tells it, before tellings are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from geo.model import Certainty, Claim, DateSpan, Mark, Place, Precision, Tally
from geo.reports.toponyms import Toponym

__all__ = ["COARSENESS", "Draft"]

COARSENESS: Final[dict[Precision, int]] = {
    "exact": 0,
    "near": 1,
    "admin3": 2,
    "admin2": 3,
    "admin1": 4,
    "region": 5,
    "country": 6,
    "unknown": 7,
}
"""How coarsely a place is known; where several are named the finest tells where it was."""


@dataclass(slots=True)
class Draft:
    """An event as one clause tells it; merging joins drafts of the same event."""

    event_type: str
    start: int
    end: int
    toponym: Toponym | None = None
    when: DateSpan = field(default_factory=DateSpan)
    spoken: bool = False
    fatalities: Tally = field(default_factory=Tally)
    injured: Tally = field(default_factory=Tally)
    actors: tuple[str, ...] = ()
    certainty: Certainty = "reported"
    claimed_by: str = ""
    claims: tuple[Claim, ...] = ()
    marks: tuple[Mark, ...] = ()
    line: str = "body"
    plural: bool = False
    aggregate: bool = False
    areas: tuple[str, ...] = ()
    whole: int | None = None
    relative: bool = False

    @property
    def place(self) -> Place | None:
        """The place, if any."""
        return self.toponym.place if self.toponym else None
