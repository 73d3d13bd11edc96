"""When a clause says it happened: the date that hangs on its trigger, not on a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from geo.model import DateSpan
from geo.reports.events.clause import Clause
from geo.reports.events.item import Item
from geo.reports.events.triggers import Trigger
from geo.reports.time.find import Offset
from geo.reports.time.offsets import Side
from geo.reports.tokens.lexicon import rule

__all__ = ["When", "real_day_before", "when_of"]

SPOKEN: Final = "{saying} (?:(?!{boundary}|{locative})[^.,;\n]){0,3} {locative}? $"
"""Before a date that says when it was said: "the army said on Sunday"."""

LOOK_BACK: Final = 60
"""Dates before an event among which one is looked for that it may take."""
ANNOUNCED: Final = 8
"""Units after "a day after" in which a verb of saying makes it hang on what was said."""
CLAIM: Final = (
    "{responsibility}|'claimed' ~1 {pointing}|{toll word} ~12 {rise}|{rise} ~2 {toll word}"
)
"""What dates the telling and not the deed: a claim of responsibility, a toll that rose."""

OWNED: Final = (
    r"\x27 {Name}? {word}? (?:(?!{boundary}|{locative})[^.,;\n]){0,2}? ({event word}|{attack})"
)
"""After a date that is the deed's: "Wednesday's attack", however late its toll rose."""
RUNNING: Final = "{running} 'the'? 'its'? (?P<n>{nth}|{ordinal}) {running how}? 'day'"
"""How long a closure or protest has gone on: "for the third day on Monday"."""
BOUNDED: Final = ("since", "until", "by", "from", "tomorrow")
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
    inner = [d for d in item.dates_in(clause.first, clause.last) if _fits(item, d, trigger)]
    whole = [d for d in item.dates_in(sentence.first, sentence.last) if _fits(item, d, trigger)]
    claim = rule(CLAIM).search(item.said.tags, clause.first, clause.last)
    if claim and inner:
        owned = next((d for d in inner if _owned(item, d) is not None), None)
        return owned or inner[0], owned is None
    for dates in (inner, whole):
        real = [d for d in dates if not _aside(item, d)]
        if real := _deeds_own(item, real, trigger):
            near = min(real, key=lambda d: _gap(item, d, trigger))
            return _begun(item, near, clause, trigger), False
    said = [d for d in (*inner, *whole) if not _opening(item, d)]
    return (said[0], True) if said else (DateSpan(), False)


def _begun(item: Item, span: DateSpan, clause: Clause, trigger: Trigger) -> DateSpan:
    """Return the day on which what lasts began: "since Sunday", "for the third day on Monday"."""
    if span.rule.startswith("since"):
        return replace(span, last=span.first, precision="day")
    running = rule(RUNNING).search(item.said.tags, clause.first, clause.last)
    if not running or trigger.group not in LASTING or span.precision != "day" or not span.first:
        return span
    count = _nth(item.said.said(*running.span("n")))
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


def _owned(item: Item, span: DateSpan) -> int | None:
    """Return the last unit of the deed that owns the date ("Wednesday's attack"), or None."""
    found = rule(OWNED).match(item.said.tags, item.unit(span.end or 0))
    return found.end() - 1 if found else None


def _deeds_own(item: Item, spans: list[DateSpan], trigger: Trigger) -> list[DateSpan]:
    """Leave out the days of other deeds, and "overnight" where its day is named too."""
    owners = [(d, _owned(item, d)) for d in spans]
    mine = [d for d, by in owners if by is None or trigger.first <= by < trigger.last]
    days = [d for d in mine if d.rule != "overnight"]
    return days or mine or spans


def _fits(item: Item, span: DateSpan, trigger: Trigger) -> bool:
    """Whether the date can be the event's: "since Sunday" is one only of what lasts.

    "Since Sunday, when gunmen attacked" dates the attack all the same.
    """
    if trigger.group == "border" or not span.rule.startswith(("since", "until", "by")):
        return True
    unit = item.unit(span.end or 0)
    return rule("','? 'when'").match(item.said.tags, unit) is not None


def _spoken(item: Item, span: DateSpan) -> bool:
    unit = item.unit(span.start or 0)
    return rule(SPOKEN).search(item.said.tags, max(0, unit - 8), unit) is not None


def _opening(item: Item, span: DateSpan) -> bool:
    """Whether the date stands in a dateline or a stamp: "KABUL, Sept 7 (Reuters) -", "… 21:05"."""
    unit = item.unit(span.start or 0)
    tags = item.laid.tags
    lead = tags[max(0, unit - 6) : unit]
    opened = "\n" in lead or unit <= 6
    after = tags[unit : unit + 12].lstrip("d")[:6]
    if after[:1] == "T" and ":" in item.said.said(
        item.unit(span.end or 0), item.unit(span.end or 0) + 1
    ):
        return "|" in item.document.text[max(0, (span.start or 0) - 3) : span.start]
    return opened and "P" in lead[lead.rfind("\n") + 1 :] and any(m in after for m in "—-:()")


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
            if "," in item.said.tags[unit : trigger.first]:
                turned: Side = "later" if offset.side == "after" else "earlier"
                offset = replace(offset, side=turned)
        elif unit > trigger.last and _dated_nearer(item, clause, trigger, unit):
            continue
        return _resolved(item, offset, told)
    return None


def _dated_nearer(item: Item, clause: Clause, trigger: Trigger, unit: int) -> bool:
    """Whether the trigger has a day of its own: "seized on May 2; freed four days later"."""
    days = (d for d in item.dates_in(clause.first, clause.last) if d.precision == "day")
    return any(_gap(item, d, trigger) < unit - trigger.last and not _spoken(item, d) for d in days)


def _resolved(item: Item, offset: Offset, told: Sequence[When]) -> DateSpan:
    base = _base(item, offset, told)
    bare = DateSpan(start=offset.start, end=offset.end, rule=offset.rule)
    if base is None or offset.days is None:
        return bare
    sign = {"after": -1, "before": 1, "later": 1, "earlier": -1, "same": 0}[offset.side]
    day = _shifted(base, sign * offset.days)
    if day is None:
        return bare
    return replace(bare, first=day, last=day, precision="day")


def _base(item: Item, offset: Offset, told: Sequence[When]) -> date | None:
    """Return the day that an offset counts from.

    "A day after the army said" counts from what was said; "a day later" from the last event.
    """
    spoken = [w.first for w, said in told if said and w.first]
    real = [w for w, said in told if not said and w.first]
    unit = item.unit(offset.start)
    announced = rule("{saying}").search(item.said.tags, unit, unit + ANNOUNCED)
    if offset.side == "after" and announced and spoken:
        return spoken[0]
    if offset.side in {"later", "earlier", "same"}:
        named = real_day_before(item, offset.start)
        if named and (not real or (real[-1].start or 0) < (named.start or 0)):
            return named.first
    found = [w.first for w in real[-1:]] or spoken[-1:] or [item.published]
    return found[0]


def real_day_before(item: Item, end: int, start: int = 0) -> DateSpan | None:
    """Return the last day named in ``text[start:end]`` as that of a deed, or None."""
    last, first = item.dates_before(end), item.dates_before(start)
    for span in reversed(item.dates[max(first, last - LOOK_BACK) : last]):
        bounded = span.rule.startswith(BOUNDED)
        if span.precision in {"day", "day_range"} and not (bounded or _aside(item, span)):
            return span
    return None


def _aside(item: Item, span: DateSpan) -> bool:
    return _spoken(item, span) or _opening(item, span)
