"""The draft: an event as one clause of a text tells it, before tellings are joined."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from geo.model import Certainty, Claim, DateSpan, Mark, Place, Tally
from geo.reports.casualties.figures import Figure
from geo.reports.places.disambiguate import Toponym

__all__ = ["TITLES", "Draft"]

TITLES: Final = frozenset({"title", "bullet", "caption"})
"""Kinds of lines that tell in brief what the story tells."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as one clause tells it; an empty type means figures without a deed.

    ``spoken``: the date only dates what was said. ``killed``, ``injured``: the dead and wounded
    that its ``figures`` give, all sides together; ``whole`` the figure told elsewhere that they
    are a share of. ``apart``: a word sets it apart from what was told before. ``definite``: it
    points back ("the attack"). ``pointed``: it points to the place told before ("in the same
    town"). ``blamed``: it is only the object of blame, inquiry or comparison. ``weight``,
    ``plural`` and ``several`` as of its trigger. ``named``: every place its words name.
    ``relative``: dated by another event. ``bomber``: it says that the bomber blew himself up.
    """

    event_type: str
    rule: str
    weight: int
    start: int
    end: int
    line: str
    paragraph: int
    toponym: Toponym | None = None
    place: Place | None = None
    when: DateSpan = field(default_factory=DateSpan)
    spoken: bool = False
    figures: tuple[Figure, ...] = ()
    killed: Tally = field(default_factory=Tally)
    injured: Tally = field(default_factory=Tally)
    whole: int | None = None
    actors: tuple[str, ...] = ()
    certainty: Certainty = "reported"
    claimed_by: str = ""
    claims: tuple[Claim, ...] = ()
    marks: tuple[Mark, ...] = ()
    plural: bool = False
    several: bool = False
    definite: bool = False
    apart: bool = False
    blamed: bool = False
    background: bool = False
    areas: tuple[Toponym, ...] = ()
    named: tuple[Place, ...] = ()
    relative: bool = False
    bomber: bool = False
    pointed: bool = False

    def placed(self, toponym: Toponym | None) -> Draft:
        """Return the draft at the place of a toponym."""
        return replace(self, toponym=toponym, place=toponym.place if toponym else None)
