"""Totals and their parts: "14 killed in two provinces", of them "five in Dera Bugti".

A total over several places is an aggregate; it is never added to its parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.model import GROUP_OF
from geo.reports.events.compatible import contains, types_agree
from geo.reports.events.draft import Draft

__all__ = ["Relation", "relations_of"]


LEAST: Final = 2
"""The smallest total that can have parts."""
NEAR: Final = 40
"""Events before and after a total among which its parts are looked for."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How an event stands to others of its item.

    ``aggregate``: a total over several places or parts. ``told_by_parts``: its parts are all
    told and sum to it. ``part_of``: the position of the total it is a part of.
    """

    aggregate: bool = False
    told_by_parts: bool = False
    part_of: int | None = None


def relations_of(drafts: Sequence[Draft]) -> list[Relation | None]:
    """Return how each event stands to the others, or None where it stands alone."""
    totals = [i for i in range(len(drafts)) if _total(i, drafts)]
    summed = {i for i in totals if _sums(i, drafts)}
    found: list[Relation | None] = []
    for i, draft in enumerate(drafts):
        near = totals[bisect_right(totals, i - NEAR) : bisect_left(totals, i + NEAR)]
        if i in near:
            found.append(Relation(aggregate=True, told_by_parts=i in summed))
            continue
        home = next((t for t in near if _part(draft, drafts[t], t in summed)), None)
        found.append(None if home is None else Relation(part_of=home))
    return found


def _total(i: int, drafts: Sequence[Draft]) -> bool:
    """Whether it is a total: over several areas, over its parts, or of several in a wide area."""
    draft = drafts[i]
    wide = draft.place is None or draft.place.kind in {"admin1", "country"}
    return bool(draft.areas) or (draft.several and wide) or _sums(i, drafts)


def _sums(i: int, drafts: Sequence[Draft]) -> bool:
    """Whether two or more other events of its kind, in its area, have its toll together."""
    whole = drafts[i]
    if (whole.killed.best or 0) < LEAST:
        return False
    near = drafts[max(0, i - NEAR) : i + NEAR]
    inside = [d for d in near if d is not whole and _smaller(d, whole) and _inside(d, whole)]
    counts = [d.killed.best for d in inside if d.killed.best]
    return len(counts) > 1 and sum(counts) == whole.killed.best


def _part(draft: Draft, whole: Draft, summed: bool) -> bool:
    """Whether an event is a part of a total.

    It says so ("five of the 14"), or the parts sum to the total, or both are dated from one
    announcement ("a day after the army said").
    """
    if draft.whole is not None:
        return draft.whole == whole.killed.best
    if not (_smaller(draft, whole) and _inside(draft, whole)):
        return False
    announced = draft.relative and whole.relative and draft.when.first == whole.when.first
    return summed or announced or whole.several


def _smaller(draft: Draft, whole: Draft) -> bool:
    small, large = draft.killed.best, whole.killed.best
    if small is None or large is None or draft.areas:
        return False
    weak = draft.weight <= 1 and GROUP_OF[whole.event_type] == "violence"
    return small < large and (weak or types_agree(draft.event_type, whole.event_type))


def _inside(draft: Draft, whole: Draft) -> bool:
    here = draft.place
    if whole.areas:
        areas = [a.place for a in whole.areas if a.place]
        return here is not None and any(a.id == here.id or contains(a, here) for a in areas)
    outer = whole.place
    return outer is None or (here is not None and outer.id != here.id and contains(outer, here))
