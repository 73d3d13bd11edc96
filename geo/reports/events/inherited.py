"""The setting of an event: the place and day it takes from the story where its words give none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from geo.model import GROUP_OF, DateSpan
from geo.reports.events.draft import Draft
from geo.reports.events.item import Item
from geo.reports.events.when import real_day_before
from geo.reports.events.where import usable
from geo.reports.places.recognise import Toponym
from geo.reports.tokens.lexicon import rule

__all__ = ["LOCAL", "settled_in"]

HERE: Final = "{here}|({pointing}|'same') ~1 {site}"
"""Words that point to the place told before, or to the town of the dateline."""
LOCAL: Final = frozenset({"exact", "near", "admin3", "admin2"})
DAYS: Final = frozenset({"day", "day_range"})
LOOK_BACK: Final = 60
"""Toponyms and events before a draft among which its setting is looked for."""


def settled_in(
    item: Item, labels: Mapping[int, Toponym], drafts: Sequence[Draft], at: int
) -> Draft:
    """Return a draft with the place and day of the story it stands in, where it has none.

    Parameters
    ----------
    item, labels
        The item, and the places its lines are labelled with.
    drafts
        Its events in the order told.
    at
        The position of the one asked for.
    """
    draft = drafts[at]
    if draft.toponym is None and not draft.areas:
        draft = replace(draft, toponym=_here(item, labels, draft))
    if draft.when.start is None and not draft.background:
        draft = replace(draft, when=_then(item, draft, drafts[max(0, at - LOOK_BACK) : at]))
    return draft


def _here(item: Item, labels: Mapping[int, Toponym], draft: Draft) -> Toponym | None:
    """Return the place last named before, in the same paragraph, else the dateline's town."""
    first, last = item.said.units(draft.start, draft.end)
    pointed = rule(HERE).search(item.said.tags, first, last)
    meeting = GROUP_OF[draft.event_type] == "diplomacy"
    if draft.event_type == "statement" or (meeting and not pointed):
        return None
    if draft.paragraph in labels:
        return labels[draft.paragraph]
    lines = item.datelines
    opening = [t for t in lines if item.line_of(t) == draft.paragraph]
    if opening and len({item.line_of(t) for t in lines[:LOOK_BACK]}) > 1:
        return opening[0]
    if place := _last_named(item, draft):
        return place
    return lines[0] if pointed and len(lines) == 1 else None


def _last_named(item: Item, draft: Draft) -> Toponym | None:
    """Return the local place last named; for what befalls a crossing, the last crossing."""
    local = [t for t in _before(item, draft) if t.resolution.precision in LOCAL]
    gates = (t for t in local if t.place and t.place.kind == "crossing")
    gate = next(gates, None) if GROUP_OF[draft.event_type] == "border" else None
    return gate or next(iter(local), None)


def _before(item: Item, draft: Draft) -> Iterator[Toponym]:
    """Yield the usable toponyms named before a draft, the last first."""
    end = item.toponyms_before(draft.start)
    for toponym in reversed(item.toponyms[max(0, end - LOOK_BACK) : end]):
        if usable(toponym):
            yield toponym


def _then(item: Item, draft: Draft, before: Sequence[Draft]) -> DateSpan:
    """Return the day named before in the paragraph, that of the event told before, or about now."""
    opened = item.said.starts[item.first_of(draft.paragraph)]
    if named := real_day_before(item, draft.start, opened):
        return _lent(named, draft)
    known = (d.when for d in reversed(before) if d.when.first and d.when.precision in DAYS)
    if told := next(known, None):
        return replace(told, start=None, end=None, inferred=True)
    if named := real_day_before(item, draft.start):
        return _lent(named, draft)
    if item.published is None:
        return draft.when
    day, yesterday = item.published, item.published - timedelta(days=1)
    return DateSpan(yesterday, day, "day_range", inferred=True, rule="about publication")


def _lent(named: DateSpan, draft: Draft) -> DateSpan:
    """Return a day named before, inferred; what is told of many has no words of its own in it."""
    lent = replace(named, inferred=True)
    return replace(lent, start=None, end=None) if draft.plural else lent
