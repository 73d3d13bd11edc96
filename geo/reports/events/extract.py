"""Event extraction: each clause becomes a draft event with its type, place, day, toll and source.

What the clause tells is computed once, one question after the other: whom it counts
(:mod:`geo.reports.casualties.find`), where (:mod:`.where`), when (:mod:`.when`) and who says so
(:mod:`.attribution`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.model import DateSpan, Mark
from geo.reports.casualties.figures import Figure, total
from geo.reports.casualties.find import find_figures
from geo.reports.events.attribution import attribute
from geo.reports.events.clause import Clause
from geo.reports.events.draft import Draft
from geo.reports.events.item import Item
from geo.reports.events.triggers import Trigger
from geo.reports.events.when import NO_DATE, When, days_of
from geo.reports.events.where import places_of
from geo.reports.places.disambiguate import Toponym
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.sentences import Sentence
from geo.words import count_words, span_words

__all__ = ["extract"]

SEVERAL: Final = (
    "({several}|{number}|{digits}|{separate}) ({several}|{another event})? {event word}"
)
SUICIDE: Final = "{suicide died}|({went off}|{bomb}) ~3 {vest}"
HERE: Final = "{here}|({pointing}|'same') ~1 {site}"
"""Words that point to the place told before, or to the town of the dateline."""
COUNTED: Final = frozenset({"violence", "other"})
"""Groups of events whose dead are counted; nobody dies of a meeting."""

Figures = tuple[Figure, ...]


def extract(item: Item, clauses: Sequence[Clause]) -> list[Draft]:
    """Return the events that the clauses of an item tell, in the order told.

    A clause tells one event, or one for each place of several named in one breath, or none.
    """
    drafts: list[Draft] = []
    for clause, when in zip(clauses, days_of(item, clauses), strict=True):
        found = find_figures(item.overlaid, clause.first, clause.last)
        figures = tuple(f for f in found if not f.cumulative)
        if clause.lead:
            drafts.extend(_events(item, clause, clause.lead, when, figures))
        elif any(f.what == "killed" for f in figures):
            drafts.append(_figures_only(item, clause, figures))
    return drafts


def _figures_only(item: Item, clause: Clause, figures: Figures) -> Draft:
    dates = clause.mentions.dates
    start, end = item.tokens.span(clause.first, clause.last)
    return Draft(
        "",
        "figures alone",
        0,
        start,
        end,
        clause.sentence.kind,
        clause.sentence.line,
        when=dates[0].span if dates else NO_DATE[0],
        spoken=True,
        figures=figures,
        killed=total(figures, "killed"),
        injured=total(figures, "injured"),
        whole=_whole(figures),
        marks=tuple(map(_number, figures)),
    )


def _events(
    item: Item, clause: Clause, trigger: Trigger, when: When, found: Figures
) -> Iterator[Draft]:
    figures = found if trigger.group in COUNTED else ()
    places = places_of(item, clause, trigger)
    draft = _draft(item, clause, trigger, when, figures)
    if len(places) > 1 and any(f.what == "killed" and f.tally.best for f in figures):
        yield replace(draft, areas=tuple(places))
        return
    for place in places:
        yield _at(draft, place)
    if not places:
        yield draft


def _at(draft: Draft, place: Toponym) -> Draft:
    said = place.mention
    trigger, *others = draft.marks
    mark = Mark("place", said.start, said.end, said.rule)
    return replace(draft.placed(place), marks=(trigger, mark, *others))


def _draft(item: Item, clause: Clause, trigger: Trigger, when: When, figures: Figures) -> Draft:
    """Return the event that a trigger tells, without its place."""
    start, end = item.tokens.span(clause.first, clause.last)
    sentence, mentions = clause.sentence, clause.mentions
    source = attribute(item.tokens, clause, figures)
    return Draft(
        trigger.event_type,
        trigger.rule,
        trigger.weight,
        start,
        end,
        sentence.kind,
        sentence.line,
        when=when[0],
        spoken=when[1],
        figures=figures,
        killed=total(figures, "killed"),
        injured=total(figures, "injured"),
        whole=_whole(figures),
        actors=source.actors,
        certainty=source.certainty,
        claimed_by=source.claimed_by,
        claims=source.claims,
        marks=tuple(_marks(item, trigger, when[0], figures)),
        plural=trigger.plural,
        several=(trigger.several and trigger.plural) or _several(item, clause),
        definite=trigger.definite,
        apart=clause.apart,
        blamed=trigger.factuality == "blamed",
        background=_says(item, "{background}", sentence),
        relative=bool(mentions.offsets),
        bomber=_says(item, SUICIDE, clause),
        named=tuple(t.place for t in mentions.toponyms if t.place),
        pointed=_says(item, HERE, clause),
    )


def _whole(figures: Figures) -> int | None:
    return next((f.whole for f in figures if f.whole), None)


def _says(item: Item, pattern: str, part: Sentence | Clause) -> bool:
    """Whether a sentence or clause holds a match of a rule."""
    return rule(pattern).search(item.tokens.tags, part.first, part.last) is not None


def _several(item: Item, clause: Clause) -> bool:
    """Whether it speaks of several events at once: "in three separate engagements"."""
    found = rule(SEVERAL).search(item.tokens.tags, clause.first, clause.last)
    return found is not None and item.tokens.said(*found.span()).endswith("s")


def _marks(item: Item, trigger: Trigger, when: DateSpan, figures: Figures) -> Iterator[Mark]:
    """Yield the words that an event rests on, but for its place: the trigger, date and figures."""
    yield Mark("trigger", *item.tokens.span(trigger.first, trigger.last), trigger.rule)
    if when.start is not None and when.end is not None:
        means = span_words(when.first, when.last, when.precision) if when.first else ""
        yield Mark("date", when.start, when.end, when.rule, means)
    yield from map(_number, figures)


def _number(figure: Figure) -> Mark:
    """Mark the words of a figure; what it means says of whom it is and that it is but a part."""
    tally = figure.tally
    count = count_words(tally.low, tally.best, tally.high)
    side = "" if figure.side == "other" else f", {figure.side}"
    part = ", a part of another figure" if figure.part else ""
    means = f"{figure.what}: {count}{side}{part}"
    return Mark("number", figure.start, figure.end, figure.rule, means)
