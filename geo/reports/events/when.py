"""When a clause says it happened: the date that hangs on its trigger, not on a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.model import DateSpan
from geo.reports.events.clause import Clause
from geo.reports.events.item import DateMention, Item, deed_day_before
from geo.reports.events.triggers import Trigger
from geo.reports.time.offsets import Offset, Side
from geo.reports.tokens.lexicon import rule

__all__ = ["NO_DATE", "When", "days_of"]

ANNOUNCED: Final = 8
"""Units after "a day after" in which a verb of saying makes it hang on what was said."""
CLAIM: Final = (
    "{responsibility}|'claimed' ~1 {pointing}|{toll word} ~12 {rise}|{rise} ~2 {toll word}"
)
"""What dates the telling and not the deed: a claim of responsibility, a toll that rose."""
RUNNING: Final = "{running} 'the'? 'its'? (?P<n>{nth}|{ordinal}) {running how}? 'day'"
"""How long a closure or protest has gone on: "for the third day on Monday"."""
NTH: Final = {
    word: count
    for count, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
            *("ninth", "tenth", "eleventh", "twelfth"),
        ),
        start=1,
    )
}
LASTING: Final = frozenset({"border", "civil"})

When = tuple[DateSpan, bool]
"""A span and whether it only dates what was said."""
NO_DATE: Final[When] = (DateSpan(), False)


@dataclass(slots=True)
class Told:
    """The dates of the events told so far: what "a day later" and "a day after" hang on.

    ``deed`` is the last day of a deed, ``said`` the first and ``said_last`` the last day on which
    something was said.
    """

    deed: DateSpan | None = None
    said: date | None = None
    said_last: date | None = None

    def add(self, when: When) -> None:
        """Take in one more event."""
        span, spoken = when
        if not span.first:
            return
        if spoken:
            self.said, self.said_last = self.said or span.first, span.first
        else:
            self.deed = span


def days_of(item: Item, clauses: Sequence[Clause]) -> list[When]:
    """Return when each clause happened, in order; no date for one that only gives figures."""
    told = Told()
    found: list[When] = []
    for clause in clauses:
        when = NO_DATE
        if clause.lead:
            when = _when(item, clause, clause.lead, told)
            told.add(when)
        found.append(when)
    return found


def _when(item: Item, clause: Clause, trigger: Trigger, told: Told) -> When:
    if (hung := _hung(item, clause, trigger, told)) is not None:
        return hung, False
    tags = item.tokens.tags
    inner = [d for d in clause.mentions.dates if _fits(d, trigger)]
    whole = [d for d in clause.around.dates if _fits(d, trigger)]
    claim = rule(CLAIM).search(tags, clause.first, clause.last)
    if claim and inner:
        owned = next((d for d in inner if d.owner is not None), None)
        return (owned or inner[0]).span, owned is None
    for dates in (inner, whole):
        real = [d for d in dates if not d.aside]
        if real := _deeds_own(real, trigger):
            near = min(real, key=lambda d: _gap(d, trigger))
            return _begun(item, near.span, clause, trigger), False
    said = [d for d in (*inner, *whole) if not d.opening]
    return (said[0].span, True) if said else NO_DATE


def _begun(item: Item, span: DateSpan, clause: Clause, trigger: Trigger) -> DateSpan:
    """Return the day on which what lasts began: "since Sunday", "for the third day on Monday"."""
    if span.rule.startswith("since"):
        return replace(span, last=span.first, precision="day")
    running = rule(RUNNING).search(item.tokens.tags, clause.first, clause.last)
    if not running or trigger.group not in LASTING or span.precision != "day" or not span.first:
        return span
    count = _nth(item.tokens.said(*running.span("n")))
    first = _shifted(span.first, 1 - count) or span.first
    return replace(span, first=first, precision="day_range" if count > 1 else "day")


def _shifted(day: date, days: int) -> date | None:
    """Return ``day`` moved by ``days``; None where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _nth(word: str) -> int:
    """Return what "third" and "11th" count; 1 for "last" and the like, which count nothing."""
    digits = word.rstrip("stndrhSTNDRH")
    return (
        min(int(digits), 31)
        if digits.isascii() and digits.isdigit()
        else NTH.get(word.casefold(), 1)
    )


def _deeds_own(dates: list[DateMention], trigger: Trigger) -> list[DateMention]:
    """Leave out the days of other deeds, and "overnight" where its day is named too."""
    mine = [d for d in dates if d.owner is None or trigger.first <= d.owner < trigger.last]
    days = [d for d in mine if d.span.rule != "overnight"]
    return days or mine or dates


def _fits(named: DateMention, trigger: Trigger) -> bool:
    """Whether the date can be the event's: "since Sunday" is one only of what lasts.

    "Since Sunday, when gunmen attacked" dates the attack all the same.
    """
    bounded = named.span.rule.startswith(("since", "until", "by"))
    return trigger.group == "border" or not bounded or named.relative


def _gap(named: DateMention, trigger: Trigger) -> int:
    return min(abs(named.unit - trigger.first), abs(named.unit - trigger.last))


def _hung(item: Item, clause: Clause, trigger: Trigger, told: Told) -> DateSpan | None:
    """Resolve "a day after", "two days later", "the same day" against what was told before."""
    for offset in clause.mentions.offsets:
        if offset.side in {"after", "before"}:
            dated = any(d.start < offset.start for d in clause.mentions.dates)
            if offset.unit > trigger.first or dated:
                continue
            if "," in item.tokens.tags[offset.unit : trigger.first]:
                turned: Side = "later" if offset.side == "after" else "earlier"
                offset = replace(offset, side=turned)
        elif offset.unit > trigger.last and _dated_nearer(clause, trigger, offset.unit):
            continue
        return _resolved(item, offset, told)
    return None


def _dated_nearer(clause: Clause, trigger: Trigger, unit: int) -> bool:
    """Whether the trigger has a day of its own: "seized on May 2; freed four days later"."""
    days = (d for d in clause.mentions.dates if d.span.precision == "day")
    return any(_gap(d, trigger) < unit - trigger.last and not d.spoken for d in days)


def _resolved(item: Item, offset: Offset, told: Told) -> DateSpan:
    base = _base(item, offset, told)
    bare = DateSpan(start=offset.start, end=offset.end, rule=offset.rule)
    if base is None or offset.days is None:
        return bare
    sign = {"after": -1, "before": 1, "later": 1, "earlier": -1, "same": 0}[offset.side]
    day = _shifted(base, sign * offset.days)
    if day is None:
        return bare
    return replace(bare, first=day, last=day, precision="day")


def _base(item: Item, offset: Offset, told: Told) -> date | None:
    """Return the day that an offset counts from.

    "A day after the army said" counts from what was said; "a day later" from the last event.
    """
    announced = rule("{saying}").search(item.tokens.tags, offset.unit, offset.unit + ANNOUNCED)
    if offset.side == "after" and announced and told.said:
        return told.said
    if offset.side in {"later", "earlier", "same"}:
        named = deed_day_before(item.mentions.dates, offset.start)
        if named and (not told.deed or (told.deed.start or 0) < (named.start or 0)):
            return named.first
    if told.deed:
        return told.deed.first
    return told.said_last or item.published
