"""Which events of an item are told: those that say where, when or how many."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import GROUP_OF
from geo.reports.events.compatible import LOCAL
from geo.reports.events.draft import Draft
from geo.reports.events.merge import Merged

__all__ = ["select"]


def select(events: Sequence[Merged]) -> list[Merged]:
    """Return the events that can be told; where there is none, the one that is sure, if any."""
    return [event for event in events if _tellable(event.draft)] or _unplaced(events)


def _unplaced(events: Sequence[Merged]) -> list[Merged]:
    """Return the one event of an item that tells no other: deadly without a place, or a deed."""
    sure = [event for event in events if _sure(event.draft)]
    deadly = [event for event in sure if event.draft.killed.best]
    return deadly[:1] or [event for event in sure if _deed(event.draft)][:1]


def _sure(draft: Draft) -> bool:
    return draft.weight > 1 and not draft.blamed and not draft.background


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
