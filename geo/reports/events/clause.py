"""A clause: the part of a sentence that tells one event.

A sentence is cut between two triggers that cannot tell one event: of different groups, set
apart by a word ("while", "in another incident"), or each with a place of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geo.model import GROUP_OF
from geo.reports.events.compatible import GENERIC, MEANS, nested, types_agree
from geo.reports.events.item import Item, Mentions
from geo.reports.events.triggers import Trigger
from geo.reports.places.disambiguate import Toponym
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.sentences import Sentence
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Clause", "clauses_of"]

SET_APART: Final = "{separate}|{time unit} 'later'|{another event} ~1 {event word}"
"""Words that set what follows apart from what was told before."""
TOLL: Final = "{toll word} ~12 {rise}|{toll word}"
"""A sentence about a toll tells one event, whatever it says of bodies and hospitals."""
APART: Final = f"';'|{SET_APART}|'while'|'whereas'|'meanwhile'|'days' ('after'|'before')"
BREAK: Final = "';'|{boundary}|'and'|'but'"
TOLD: Final = frozenset({"real", "past", "blamed"})
DEADLY: Final = frozenset({"violence", "other"})
AFTERMATH: Final = frozenset({"protest", "arrest_detention", "statement"})


@dataclass(frozen=True, slots=True)
class Clause:
    """The units ``first`` to ``last`` of a sentence, and the triggers in them, weightiest first.

    ``lead``: the trigger that names what happened; a sentence that only gives figures has none.
    ``apart``: a word sets it apart from what was told before. ``mentions`` are what its own words
    name, ``around`` what its whole sentence names.
    """

    sentence: Sentence
    first: int
    last: int
    triggers: tuple[Trigger, ...]
    lead: Trigger | None
    mentions: Mentions
    around: Mentions
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence that is being cut: its tokens and what it names."""

    tokens: Tokens
    sentence: Sentence
    named: Mentions

    def between(self, first: int, last: int) -> Mentions:
        """Return what is named in the units ``first`` to ``last``."""
        return self.named.between(*self.tokens.span(first, last))

    def says(self, pattern: str, first: int, last: int) -> bool:
        """Whether the units ``first`` to ``last`` hold a match of a rule."""
        return rule(pattern).search(self.tokens.tags, first, last) is not None


def clauses_of(item: Item, triggers: Sequence[Sequence[Trigger]]) -> list[Clause]:
    """Cut each sentence of an item into clauses, by its triggers; in order."""
    found: list[Clause] = []
    for sentence, named in zip(item.sentences, triggers, strict=True):
        around = item.mentions.between(*item.tokens.span(sentence.first, sentence.last))
        found.extend(_clauses(Cut(item.tokens, sentence, around), named))
    return found


def _clauses(cut: Cut, triggers: Sequence[Trigger]) -> Iterator[Clause]:
    """Yield the clauses of a sentence; none when nothing in it can be told as an event."""
    told = [t for t in triggers if t.factuality in TOLD]
    if told:
        real = [t for t in told if t.factuality != "blamed"]
        yield from _divided(cut, _together(cut, _without_aftermath(real or told)))
    elif not triggers:
        sentence = cut.sentence
        yield Clause(sentence, sentence.first, sentence.last, (), None, cut.named, cut.named)


def _without_aftermath(triggers: list[Trigger]) -> list[Trigger]:
    """Leave out what is only the target or the aftermath of violence told in the same sentence."""
    violent = any(t.group == "violence" and t.weight > 1 for t in triggers)
    after: frozenset[str] = AFTERMATH if violent else frozenset()
    kept = [t for t in triggers if t.event_type not in after or _own_verb(t, triggers)]
    return kept or triggers


def _own_verb(trigger: Trigger, triggers: list[Trigger]) -> bool:
    """Whether it stands before all violence of the sentence, so that it is told for itself."""
    return trigger.event_type == "protest" and trigger.first < min(
        t.first for t in triggers if t.group == "violence"
    )


def _together(cut: Cut, triggers: list[Trigger]) -> list[list[Trigger]]:
    groups = [[triggers[0]]]
    for trigger in triggers[1:]:
        if _one_event(cut, groups[-1], trigger):
            groups[-1].append(trigger)
        else:
            groups.append([trigger])
    return groups


def _one_event(cut: Cut, before: Sequence[Trigger], trigger: Trigger) -> bool:
    last = before[-1]
    deadly = GROUP_OF[last.event_type] in DEADLY and trigger.group in DEADLY
    agreed = any(types_agree(one.event_type, trigger.event_type) for one in before)
    weak = deadly and min(trigger.weight, max(one.weight for one in before)) <= 2
    if not (agreed or weak):
        return deadly and cut.says(TOLL, cut.sentence.first, last.first)
    if cut.says(APART, last.last, trigger.first):
        return False
    return not _places_of_their_own(cut, last, trigger)


def _places_of_their_own(cut: Cut, last: Trigger, trigger: Trigger) -> bool:
    if trigger.weight == 1:
        return False
    between = _sites(cut.between(last.last, trigger.first).toponyms)
    after = _sites(cut.between(trigger.last, cut.sentence.last).toponyms)
    if not between or not after:
        return False
    return not any(nested(a.place, b.place) for a in between for b in after if a.place and b.place)


def _sites(toponyms: Sequence[Toponym]) -> list[Toponym]:
    return [
        t for t in toponyms if t.place and t.place.kind != "country" and t.mention.role == "literal"
    ]


def _divided(cut: Cut, groups: list[list[Trigger]]) -> Iterator[Clause]:
    sentence = cut.sentence
    first = sentence.first
    for i, group in enumerate(groups):
        following = groups[i + 1] if i + 1 < len(groups) else None
        last = _boundary(cut, group[-1], following[0]) if following else sentence.last
        last = max(first + 1, min(last, sentence.last - len(groups) + i + 1))  # never empty
        named = cut.named if len(groups) == 1 else cut.between(first, last)
        apart = cut.says(SET_APART, first, group[0].last)
        ranked = tuple(sorted(group, key=_telling))
        yield Clause(sentence, first, last, ranked, ranked[0], named, cut.named, apart)
        first = last


def _telling(trigger: Trigger) -> tuple[bool, int, int]:
    """Sort the triggers of one event by how much they tell of its kind."""
    kind = trigger.event_type
    plain = kind in GENERIC or kind not in MEANS
    rank = len(MEANS) if plain else MEANS.index(kind)
    return trigger.factuality == "blamed", -trigger.weight, rank


def _boundary(cut: Cut, left: Trigger, right: Trigger) -> int:
    """Return the unit at which the clause of ``right`` begins: a joining word, else a comma."""
    start, end = left.last, max(left.last, right.first)
    if hung := cut.between(start, end).offsets:
        return hung[-1].unit
    tags = cut.tokens.tags
    joint = rule(BREAK).search(tags, start, end)
    if joint:
        return joint.start()
    comma = tags.rfind(",", start, end)
    return comma if comma >= 0 else end
