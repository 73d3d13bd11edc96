"""A clause: the part of a sentence that tells one chain.

A sentence is cut between two triggers that cannot tell one chain: of different groups, set
apart by a word ("while", "in another incident"), or each with a place of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geo.model import GROUP_OF
from geo.reports.events.compatible import (
    GENERIC,
    MEANS,
    nested,
    types_agree,
)
from geo.reports.events.item import Item, Sentence
from geo.reports.events.triggers import Trigger, find_triggers
from geo.reports.places.recognise import Toponym
from geo.reports.tokens.lexicon import rule

__all__ = ["Clause", "clauses"]

SET_APART: Final = "{separate}|{time unit} 'later'|{another event} ~1 {event word}"
"""Words that set what follows apart from what was told before."""
TOLL: Final = "{toll word} ~12 {rise}|{toll word}"
"""A sentence about a toll tells one event, whatever it says of bodies and hospitals."""
APART: Final = f"';'|{SET_APART}|'while'|'whereas'|'meanwhile'|'days' ('after'|'before')"
BREAK: Final = "';'|{boundary}|'and'|'but'"
TOLD: Final = frozenset({"real", "past", "blamed"})
DEADLY: Final = frozenset({"violence", "other"})


@dataclass(frozen=True, slots=True)
class Clause:
    """The units ``first`` to ``last`` of a sentence, and the triggers in them, weightiest first.

    ``alone``: the sentence tells nothing else. ``apart``: a word sets it apart from what was
    told before. No trigger: a sentence that only gives figures.
    """

    sentence: Sentence
    first: int
    last: int
    triggers: tuple[Trigger, ...]
    alone: bool = True
    apart: bool = False

    @property
    def lead(self) -> Trigger | None:
        """The trigger that names what happened."""
        return self.triggers[0] if self.triggers else None


def clauses(item: Item, sentence: Sentence) -> list[Clause]:
    """Cut a sentence into clauses; none when nothing in it can be told as an event."""
    triggers = find_triggers(item.said, item.laid, item.candidates, sentence.first, sentence.last)
    told = [t for t in triggers if t.factuality in TOLD]
    if not told:
        only_taken_back = bool(triggers)
        return [] if only_taken_back else [Clause(sentence, sentence.first, sentence.last, ())]
    real = [t for t in told if t.factuality != "blamed"]
    groups = _together(item, _without_scenery(real or told), sentence)
    return list(_cut(item, sentence, groups))


def _without_scenery(triggers: list[Trigger]) -> list[Trigger]:
    """Leave out what is only the target or the aftermath of violence told in the same sentence."""
    violent = any(t.group == "violence" and t.weight > 1 for t in triggers)
    scenery = {"protest", "arrest_detention", "statement"} if violent else set()
    kept = [t for t in triggers if t.event_type not in scenery or _own_verb(t, triggers)]
    return kept or triggers


def _own_verb(trigger: Trigger, triggers: list[Trigger]) -> bool:
    """Whether it stands before all violence of the sentence, so that it is told for itself."""
    return trigger.event_type == "protest" and trigger.first < min(
        t.first for t in triggers if t.group == "violence"
    )


def _together(item: Item, triggers: list[Trigger], sentence: Sentence) -> list[list[Trigger]]:
    groups = [[triggers[0]]]
    for trigger in triggers[1:]:
        before = groups[-1]
        if _one_happening(item, before, trigger, sentence):
            before.append(trigger)
        else:
            groups.append([trigger])
    return groups


def _one_happening(
    item: Item, before: Sequence[Trigger], trigger: Trigger, sentence: Sentence
) -> bool:
    last = before[-1]
    deadly = GROUP_OF[last.event_type] in DEADLY and trigger.group in DEADLY
    kin = any(types_agree(one.event_type, trigger.event_type) for one in before)
    weak = deadly and min(trigger.weight, max(one.weight for one in before)) <= 2
    if not (kin or weak):
        return deadly and rule(TOLL).search(item.said.tags, sentence.first, last.first) is not None
    if rule(APART).search(item.said.tags, last.last, trigger.first):
        return False
    return not _places_of_their_own(item, last, trigger, sentence)


def _places_of_their_own(item: Item, last: Trigger, trigger: Trigger, sentence: Sentence) -> bool:
    between = _spots(item.toponyms_in(last.last, trigger.first))
    after = _spots(item.toponyms_in(trigger.last, sentence.last))
    if not between or not after or trigger.weight == 1:
        return False
    return not any(nested(a.place, b.place) for a in between for b in after if a.place and b.place)


def _spots(toponyms: Sequence[Toponym]) -> list[Toponym]:
    return [
        t for t in toponyms if t.place and t.place.kind != "country" and t.mention.role == "literal"
    ]


def _cut(item: Item, sentence: Sentence, groups: list[list[Trigger]]) -> Iterator[Clause]:
    first = sentence.first
    for i, group in enumerate(groups):
        following = groups[i + 1] if i + 1 < len(groups) else None
        last = _boundary(item, group[-1], following[0]) if following else sentence.last
        last = max(first + 1, min(last, sentence.last - len(groups) + i + 1))  # never empty
        weightiest = sorted(group, key=_telling)
        apart = rule(SET_APART).search(item.said.tags, first, group[0].last)
        yield Clause(sentence, first, last, tuple(weightiest), len(groups) == 1, apart is not None)
        first = last


def _telling(trigger: Trigger) -> tuple[bool, int, int]:
    """Sort the triggers of one chain by how much they tell of its kind."""
    kind = trigger.event_type
    plain = kind in GENERIC or kind not in MEANS
    return (
        trigger.factuality == "blamed",
        -trigger.weight,
        len(MEANS) if plain else MEANS.index(kind),
    )


def _boundary(item: Item, left: Trigger, right: Trigger) -> int:
    """Return the unit at which the clause of ``right`` begins: a joining word, else a comma."""
    start, end = left.last, max(left.last, right.first)
    if hung := item.offsets_in(start, end):
        return item.unit(hung[-1].start)
    joint = rule(BREAK).search(item.said.tags, start, end)
    if joint:
        return joint.start()
    comma = item.said.tags.rfind(",", start, end)
    return comma if comma >= 0 else end
