"""Totals and their parts: "14 killed in two provinces", of them "five in Dera Bugti".

A total over several places is an aggregate; it is never added to its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.reports.draft import Draft
from geo.reports.kinship import contains, types_agree

__all__ = ["Whole", "wholes_of"]


@dataclass(frozen=True, slots=True)
class Whole:
    """How an event stands to others of its item.

    ``aggregate``: a total over several places or parts. ``told_by_parts``: its parts are all
    told and sum to it. ``part_of``: the position of the total it is a part of.
    """

    aggregate: bool = False
    told_by_parts: bool = False
    part_of: int | None = None


def wholes_of(drafts: Sequence[Draft]) -> list[Whole | None]:
    """Return how each event stands to the others, or None where it stands alone."""
    totals = [i for i, draft in enumerate(drafts) if _total(i, drafts)]
    found: list[Whole | None] = []
    for i, draft in enumerate(drafts):
        if i in totals:
            found.append(Whole(aggregate=True, told_by_parts=_sums(i, drafts)))
            continue
        home = next((t for t in totals if _part(draft, drafts[t])), None)
        found.append(None if home is None else Whole(part_of=home))
    return found


def _total(i: int, drafts: Sequence[Draft]) -> bool:
    return bool(drafts[i].areas) or _sums(i, drafts)


def _sums(i: int, drafts: Sequence[Draft]) -> bool:
    """Whether two or more other events of its kind, in its area, have its toll together."""
    whole = drafts[i]
    parts = [d for j, d in enumerate(drafts) if j != i and _part(d, whole)]
    counts = [d.killed.best for d in parts if d.killed.best]
    return len(counts) > 1 and sum(counts) == whole.killed.best


def _part(draft: Draft, whole: Draft) -> bool:
    small, large = draft.killed.best, whole.killed.best
    if small is None or large is None or not types_agree(draft.event_type, whole.event_type):
        return False
    if draft.whole is not None:
        return draft.whole == large
    if small >= large or draft.areas:
        return False
    here = draft.place
    if whole.areas:
        areas = [a.place for a in whole.areas if a.place]
        return here is not None and any(a.id == here.id or contains(a, here) for a in areas)
    outer = whole.place
    return outer is None or (here is not None and outer.id != here.id and contains(outer, here))
