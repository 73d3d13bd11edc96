"""The draft: an event as one clause of a text tells it, before tellings are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from geo.model import Certainty, Claim, DateSpan, Mark, Place, Tally
from geo.reports.casualties.add_up import Figure, find_figures, total
from geo.reports.events.actors import find_actors
from geo.reports.events.attribution import (
    certainty_of,
    claimant_of,
    claims_of,
    parties_of,
)
from geo.reports.events.clause import Clause
from geo.reports.events.item import Item
from geo.reports.events.triggers import Trigger
from geo.reports.events.when import When, when_of
from geo.reports.events.where import places_of
from geo.reports.places.recognise import Toponym
from geo.reports.tokens.lexicon import rule
from geo.words import count_words, span_words

__all__ = ["Draft", "drafts_of"]

SEVERAL: Final = (
    "({several}|{number}|{digits}|{separate}) ({several}|{another event})? {event word}"
)
COUNTED: Final = frozenset({"violence", "other"})
"""Groups of events whose dead are counted; nobody dies of a meeting."""


@dataclass
class Draft:
    """An event as one clause tells it; an empty type means figures without a deed.

    ``spoken``: the date only dates what was said. ``apart``: a word sets it apart from what was
    told before. ``definite``: it points back ("the attack"). ``blamed``: it is only the object
    of blame, inquiry or comparison. ``weight``, ``plural`` and ``several`` as of its trigger.
    ``named``: every place its words name. ``relative``: dated by another event.
    ``bomber``: it says that the bomber blew himself up.
    """

    event_type: str
    rule: str
    weight: int
    start: int
    end: int
    line: str
    paragraph: int
    toponym: Toponym | None = None
    when: DateSpan = field(default_factory=DateSpan)
    spoken: bool = False
    figures: tuple[Figure, ...] = ()
    actors: tuple[str, ...] = ()
    certainty: Certainty = "reported"
    claimed_by: str = ""
    claims: tuple[Claim, ...] = ()
    marks: tuple[Mark, ...] = ()
    plural: bool = False
    several: bool = False
    definite: bool = False
    apart: bool = False
    blamed: bool = False
    background: bool = False
    areas: tuple[Toponym, ...] = ()
    named: tuple[Place, ...] = ()
    relative: bool = False
    bomber: bool = False

    @property
    def place(self) -> Place | None:
        """The place, if any."""
        return self.toponym.place if self.toponym else None

    @cached_property
    def killed(self) -> Tally:
        """The dead that the clause gives, all sides together."""
        return total(self.figures, "killed")

    @cached_property
    def injured(self) -> Tally:
        """The wounded that the clause gives."""
        return total(self.figures, "injured")

    @property
    def whole(self) -> int | None:
        """The figure told elsewhere that this one is a share of."""
        return next((f.whole for f in self.figures if f.whole), None)


def drafts_of(item: Item, clause: Clause, told: Sequence[When]) -> Iterator[Draft]:
    """Yield the events of one clause: one, or one for each place of several named in one breath."""
    figures = tuple(
        f for f in find_figures(item.laid, clause.first, clause.last) if not f.cumulative
    )
    trigger = clause.lead
    if trigger is None:
        if any(f.what == "killed" for f in figures):
            yield _figures_only(item, clause, figures)
        return
    figures = figures if trigger.group in COUNTED else ()
    places = places_of(item, clause, trigger)
    if len(places) > 1 and any(f.what == "killed" and f.tally.best for f in figures):
        yield _draft(item, clause, trigger, None, told, figures, places)
        return
    for place in places or (None,):
        yield _draft(item, clause, trigger, place, told, figures)


def _figures_only(item: Item, clause: Clause, figures: tuple[Figure, ...]) -> Draft:
    said, sentence = item.said, clause.sentence
    dates = item.dates_in(clause.first, clause.last)
    return Draft(
        "",
        "figures alone",
        0,
        said.starts[clause.first],
        said.ends[clause.last - 1],
        sentence.kind,
        sentence.line,
        when=dates[0] if dates else DateSpan(),
        spoken=True,
        figures=figures,
        marks=tuple(map(_number, figures)),
    )


def _draft(
    item: Item,
    clause: Clause,
    trigger: Trigger,
    place: Toponym | None,
    told: Sequence[When],
    figures: tuple[Figure, ...],
    areas: Sequence[Toponym] = (),
) -> Draft:
    when, spoken = when_of(item, clause, trigger, told)
    sentence = clause.sentence
    claimant = claimant_of(item, clause, find_actors(item.said, sentence.first, sentence.last))
    return Draft(
        trigger.event_type,
        trigger.rule,
        trigger.weight,
        item.said.starts[clause.first],
        item.said.ends[clause.last - 1],
        sentence.kind,
        sentence.line,
        toponym=place,
        when=when,
        spoken=spoken,
        figures=figures,
        actors=parties_of(item, clause),
        certainty=certainty_of(item, clause),
        claimed_by=claimant,
        claims=tuple(claims_of(item, claimant, figures)),
        marks=tuple(_marks(item, trigger, place, when, figures)),
        plural=trigger.plural,
        several=(trigger.several and trigger.plural) or _several(item, clause),
        definite=trigger.definite,
        apart=clause.apart,
        blamed=trigger.factuality == "blamed",
        background=rule("{background}").search(item.said.tags, sentence.first, sentence.last)
        is not None,
        areas=tuple(areas),
        relative=bool(item.offsets_in(clause.first, clause.last)),
        bomber=rule("{suicide died}|({went off}|{bomb}) ~3 {vest}").search(
            item.said.tags, clause.first, clause.last
        )
        is not None,
        named=tuple(t.place for t in item.toponyms_in(clause.first, clause.last) if t.place),
    )


def _several(item: Item, clause: Clause) -> bool:
    """Whether it speaks of several events at once: "in three separate engagements"."""
    found = rule(SEVERAL).search(item.said.tags, clause.first, clause.last)
    return found is not None and item.said.said(*found.span()).endswith("s")


def _marks(
    item: Item,
    trigger: Trigger,
    place: Toponym | None,
    when: DateSpan,
    figures: Sequence[Figure],
) -> Iterator[Mark]:
    said = item.said
    yield Mark("trigger", said.starts[trigger.first], said.ends[trigger.last - 1], trigger.rule)
    if place:
        yield Mark("place", place.mention.start, place.mention.end, place.mention.rule)
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
