"""When a clause says it happened: the date that hangs on its trigger, not on a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from geo.model import DateSpan
from geo.reports.clause import Clause
from geo.reports.dates import Offset
from geo.reports.item import Item
from geo.reports.lexicon import rule
from geo.reports.offsets import Side
from geo.reports.triggers import Trigger

__all__ = ["When", "when_of"]

SPOKEN: Final = "{saying} (?:(?!{boundary}|{locative})[^.,;\n]){0,3} {locative}? $"
"""Before a date that says when it was said: "the army said on Sunday"."""

ANNOUNCED: Final = 8
"""Units after "a day after" in which a verb of saying makes it hang on what was said."""
CLAIM: Final = (
    "{responsibility}|'claimed' ~1 {pointing}|{toll word} ~12 {rise}|{rise} ~2 {toll word}"
)
"""What dates the telling and not the deed: a claim of responsibility, a toll that rose."""

When = tuple[DateSpan, bool]
"""A span and whether it only dates what was said."""


def when_of(item: Item, clause: Clause, trigger: Trigger, told: Sequence[When]) -> When:
    """Return when a clause happened.

    Parameters
    ----------
    item, clause, trigger
        What is told.
    told
        The dates of the events told before in the item, in order: what "a day later" hangs on.
    """
    if (hung := _hung(item, clause, trigger, told)) is not None:
        return hung, False
    sentence = clause.sentence
    claim = rule(CLAIM).search(item.said.letters, clause.first, clause.last)
    inner = [d for d in item.dates_in(clause.first, clause.last) if _fits(item, d, trigger)]
    if claim and inner:
        return inner[0], True
    whole = [d for d in item.dates_in(sentence.first, sentence.last) if _fits(item, d, trigger)]
    for dates in (inner, whole):
        real = [d for d in dates if not _spoken(item, d) and not _opening(item, d)]
        if real:
            near = min(real, key=lambda d: _gap(item, d, trigger))
            return (
                replace(near, last=near.first) if near.rule.startswith("since") else near
            ), False
    said = [d for d in (*inner, *whole) if not _opening(item, d)]
    return (said[0], True) if said else (DateSpan(), False)


def _fits(item: Item, span: DateSpan, trigger: Trigger) -> bool:
    """Whether the date can be the event's: "since Sunday" is one only of what lasts.

    "Since Sunday, when gunmen attacked" dates the attack all the same.
    """
    if trigger.group == "border" or not span.rule.startswith(("since", "until", "by")):
        return True
    unit = item.unit(span.end or 0)
    return rule("','? 'when'").match(item.said.letters, unit) is not None


def _spoken(item: Item, span: DateSpan) -> bool:
    unit = item.unit(span.start or 0)
    return rule(SPOKEN).search(item.said.letters, max(0, unit - 8), unit) is not None


def _opening(item: Item, span: DateSpan) -> bool:
    """Whether the date stands in a dateline: "KABUL, Sept 7 (Reuters) -"."""
    unit = item.unit(span.start or 0)
    lead = item.laid.letters[max(0, unit - 6) : unit]
    opened = "\n" in lead or unit <= 6
    after = item.laid.letters[unit : unit + 12].lstrip("d")[:6]
    return opened and "P" in lead and any(mark in after for mark in "—-:()")


def _gap(item: Item, span: DateSpan, trigger: Trigger) -> int:
    unit = item.unit(span.start or 0)
    return min(abs(unit - trigger.first), abs(unit - trigger.last))


def _hung(item: Item, clause: Clause, trigger: Trigger, told: Sequence[When]) -> DateSpan | None:
    """Resolve "a day after", "two days later", "the same day" against what was told before."""
    for offset in item.offsets_in(clause.first, clause.last):
        unit = item.unit(offset.start)
        if offset.side in {"after", "before"}:
            if unit > trigger.first or item.dates_in(clause.first, unit):
                continue
            if "," in item.said.letters[unit : trigger.first]:
                turned: Side = "later" if offset.side == "after" else "earlier"
                offset = replace(offset, side=turned)
        return _resolved(item, offset, told)
    return None


def _resolved(item: Item, offset: Offset, told: Sequence[When]) -> DateSpan:
    base = _base(item, offset, told)
    bare = DateSpan(start=offset.start, end=offset.end, rule=offset.rule)
    if base is None or offset.days is None:
        return bare
    sign = {"after": -1, "before": 1, "later": 1, "earlier": -1, "same": 0}[offset.side]
    day = base + timedelta(days=sign * offset.days)
    return replace(bare, first=day, last=day, precision="day")


def _base(item: Item, offset: Offset, told: Sequence[When]) -> date | None:
    """Return the day that an offset counts from.

    "A day after the army said" counts from what was said; "a day later" from the last event.
    """
    spoken = [w.first for w, said in told if said and w.first]
    real = [w.first for w, said in told if not said and w.first]
    unit = item.unit(offset.start)
    announced = rule("{saying}").search(item.said.letters, unit, unit + ANNOUNCED)
    if offset.side == "after" and announced and spoken:
        return spoken[0]
    found = real or spoken
    return found[-1] if found else item.published
