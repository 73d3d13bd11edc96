"""Words that tell an event, from ``seeds/triggers.csv``, and the words that take it back.

A trigger counts unless its clause says that it did not happen, may happen, or belongs to a
background that no day and place can be given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.model import EVENT_GROUPS, GROUP_OF, Certainty
from geo.reports.oldlexicon import any_of, table, word_pattern

__all__ = ["SPECIFIC", "Trigger", "certainty", "find_triggers"]

SPECIFIC: Final = (
    *("suicide_attack", "airstrike_drone", "border_clash", "abduction", "bombing", "shelling"),
    *("targeted_killing", "counter_terror_operation", "armed_attack", "armed_clash"),
)
"""Violence, most specific first: where one clause has several triggers the first one names it."""

UNREAL: Final = word_pattern("unreal")
NEGATED: Final = word_pattern("negation")
DENIED: Final = re.compile(rf"(?i)\b{any_of('denial')}\b(?: that)?[^,;.]{{0,80}}$")
PAST: Final = word_pattern("background")
ALLEGED: Final = word_pattern("alleged")
CLAIMED: Final = re.compile(r"(?i)\bclaim(?:ed|s|ing)?\b(?! the lives| responsibility| \d)")
PLURAL: Final = re.compile(rf"(?i){any_of('many')}$")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger at ``text[start:end]`` with the type it names; ``plural`` when it tells of many."""

    event_type: str
    start: int
    end: int
    plural: bool = False

    @property
    def group(self) -> str:
        """The event group of the type."""
        return GROUP_OF[self.event_type]


def find_triggers(text: str) -> list[Trigger]:
    """Return one trigger per event group of a clause, the most specific type of each group.

    Triggers that are negated, hypothetical or background are left out.
    """
    if PAST.search(text) and not re.search(r"\d", text):
        return []
    best: dict[str, Trigger] = {}
    for event_type, pattern in _patterns():
        real = (m for m in pattern.finditer(text) if not _unreal(text, m.start()))
        if (match := next(real, None)) is None:
            continue
        end = _word_end(text, match.end())
        trigger = Trigger(event_type, match.start(), end, bool(PLURAL.search(match.group())))
        held = best.get(trigger.group)
        if held is None or _rank(event_type) < _rank(held.event_type):
            best[trigger.group] = trigger
    return sorted(best.values(), key=lambda one: one.start)


def certainty(text: str) -> Certainty:
    """Return how sure a clause is of what it tells: reported, claimed or alleged."""
    if ALLEGED.search(text):
        return "alleged"
    return "claimed" if CLAIMED.search(text) else "reported"


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at


def _unreal(text: str, start: int) -> bool:
    """Whether the words before the trigger, in its own clause, make it unreal or deny it."""
    clause = re.split(r"[,;:]|\b(?:after|when|while|but|and said|that)\b", text[:start])[-1]
    denied = DENIED.search(text[:start])
    return bool(denied or UNREAL.search(clause[-70:]) or NEGATED.search(clause[-30:]))


def _rank(event_type: str) -> int:
    group = EVENT_GROUPS[GROUP_OF[event_type]]
    return (SPECIFIC if event_type in SPECIFIC else group).index(event_type)


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (row["event_type"], re.compile(rf"(?i){_bounded(row['pattern'])}"))
        for row in table("triggers.csv")
    ]


def _bounded(pattern: str) -> str:
    return pattern if pattern.startswith((r"\b", "(?<")) else rf"\b(?:{pattern})"
