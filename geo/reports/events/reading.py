"""A reading: what one news item says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.model import DateSpan, Document, Event
from geo.reports.places.disambiguate import Toponym

__all__ = ["Reading"]


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
