"""One event told by several items and table rows becomes one event with all its sources.

Events join when type and place agree and their days overlap; where one side is undated, its date
words must be able to mean the other's day, and the toll or the people named must be the same.
Every telling is kept, so a link can be listed and cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from geo.model import Event, Place, Resolution, Tally
from geo.reports.casualties.figures import joined_tally, same_toll
from geo.reports.events.compatible import (
    GENERIC,
    days_overlap,
    nested,
    same_site,
    types_agree,
)
from geo.reports.time.find import find_dates, find_offsets
from geo.reports.tokens.lexicon import words
from geo.reports.tokens.tokenise import tokenise

__all__ = ["merge_events"]

SAME_DAY: Final = timedelta(days=1)
SHARED_NAMES: Final = 3
TELLING_TOLL: Final = 5
"""Two tellings, one undated, with at least this toll, alike, at one place are taken for one."""
READ_WITHIN: Final = 10
"""Days after an event within which a report of it is expected to appear."""
TABLE: Final = "chronology"
NAME: Final = re.compile(r"\b[A-Z][a-z]{3,}\b")


def merge_events(events: Iterable[Event], texts: dict[str, str]) -> list[Event]:
    """Join events of several items and tables that tell the same happening.

    Parameters
    ----------
    events
        In order of authority: the first of a group keeps its id, place, day and toll, and the
        others add their tellings. Parts and aggregates are never joined.
    texts
        Text of each document by id, to compare the people two items name.

    Returns
    -------
    list of Event
        In the order of the first telling of each.
    """
    merged: list[Event] = []
    for event in events:
        for i, held in enumerate(merged):
            if _same_event(held, event, texts):
                merged[i] = _joined(held, event)
                break
        else:
            merged.append(event)
    return merged


def _same_event(a: Event, b: Event, texts: dict[str, str]) -> bool:
    if a.part_of or b.part_of or a.aggregate or b.aggregate or a.dataset == b.dataset == TABLE:
        return False
    if a.tellings[0].document_id == b.tellings[0].document_id != "":
        return False
    one, two = a.resolution.place, b.resolution.place
    if one is None or two is None or "country" in {one.kind, two.kind}:
        return False
    if not types_agree(a.event_type, b.event_type):
        return False
    if a.when.first and b.when.first:
        counted = same_toll(a.fatalities, b.fatalities)
        here = same_site(one, two) or (bool(counted) and nested(one, two))
        return here and days_overlap(a.when, b.when, SAME_DAY) and _tolls_meet(a, b)
    return _undated_match(a, b, one, two, texts)


def _undated_match(a: Event, b: Event, one: Place, two: Place, texts: dict[str, str]) -> bool:
    """Match where a date is missing: the toll must be the same, or the people named."""
    inside = nested(one, two)
    loose = a.event_type != b.event_type and {a.event_type, b.event_type} <= GENERIC
    if loose or not inside or not _readable_as(a, b, texts):
        return False
    if a.fatalities.best is not None and b.fatalities.best is not None:
        telling = max(a.fatalities.best, b.fatalities.best) >= TELLING_TOLL
        return telling and _within_bounds(a.fatalities, b.fatalities)
    return len(_names(a, texts) & _names(b, texts)) >= SHARED_NAMES


def _readable_as(a: Event, b: Event, texts: dict[str, str]) -> bool:
    """Whether the date words of the undated event can mean the other's day, read near that day."""
    dated, bare = (a, b) if a.when.first else (b, a)
    if dated.when.first is None or dated.when.last is None:
        return True
    if bare.when.start is None or bare.when.end is None:
        return False
    words = tokenise(texts.get(bare.tellings[0].document_id, "")[bare.when.start : bare.when.end])
    if find_offsets(words):
        return True
    days = (dated.when.last + timedelta(days=n) for n in range(READ_WITHIN))
    spans = (span for day in days for span in find_dates(words, day))
    return any(days_overlap(span, dated.when) for span in spans)


def _within_bounds(a: Tally, b: Tally) -> bool:
    """Whether the best figure of one lies within the bounds of the other, a tenth apart at most."""

    def fits(best: int | None, other: Tally) -> bool:
        bounds = [v for v in (other.low, other.best, other.high) if v is not None]
        return best is not None and bool(bounds) and min(bounds) * 0.9 <= best <= max(bounds) * 1.1

    return fits(a.best, b) or fits(b.best, a)


def _tolls_meet(a: Event, b: Event) -> bool:
    """Whether two tolls can be of one event: unknown meets all, else within half of each other."""
    one, two = a.fatalities.best, b.fatalities.best
    return one is None or two is None or min(one, two) * 2 >= max(one, two)


def _names(event: Event, texts: dict[str, str]) -> set[str]:
    said = " ".join(texts.get(t.document_id, t.notes) for t in event.tellings)
    place = event.resolution.place
    own = set(NAME.findall(f"{place.name} {place.admin1}")) if place else set()
    return set(NAME.findall(said)) - own - words("common name")


def _joined(held: Event, event: Event) -> Event:
    """Add the tellings of ``event`` to ``held``; the toll's bounds widen to span both."""
    when = held.when if held.when.first else event.when
    tolls = [held.fatalities, event.fatalities]
    hurt = [held.injured, event.injured]
    return replace(
        held,
        when=when,
        resolution=_plainer(held.resolution, event.resolution),
        tellings=(*held.tellings, *event.tellings),
        actors=held.actors or event.actors,
        fatalities=joined_tally(tolls),
        injured=joined_tally(hurt),
        claimed_by=held.claimed_by or event.claimed_by,
    )


def _plainer(held: Resolution, other: Resolution) -> Resolution:
    """Keep ``held``, unless the other telling says "X district" where it says only "X"."""
    town, unit = held.place, other.place
    named_so = town is not None and unit is not None and town.name == unit.name
    return other if named_so and held.precision == "exact" and other.precision == "admin2" else held
