"""Words that tell an event, from ``seeds/triggers.csv``, and the words that take it back.

A trigger is a rule's match in one sentence. What stands before it in its clause says whether it
happened, may happen, did not happen, or is only spoken of (an anniversary, a court case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from geo.model import GROUP_OF
from geo.reports.lexicon import rule, table
from geo.reports.spelling import Spelled

__all__ = ["Trigger", "find_triggers"]

Reality = Literal["real", "unreal", "negated", "denied", "past", "blamed", "spoken of"]
PLACED: Final = re.compile(r"\{(?:place|gate|country)\}")
"""What only a text with its places laid over shows."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger over the units ``first`` to ``last``, end exclusive.

    ``weight``: 3 names the means or the deed, 2 tells a killing by its parties, 1 only a death.
    ``plural`` when it tells of many, ``several`` when it says how many or that they differ,
    ``definite`` when it points back ("the attack").
    """

    event_type: str
    rule: str
    weight: int
    first: int
    last: int
    reality: Reality = "real"
    plural: bool = False
    several: bool = False
    definite: bool = False

    @property
    def group(self) -> str:
        """The event group of the type."""
        return GROUP_OF[self.event_type]


@dataclass(frozen=True, slots=True)
class _Rule:
    event_type: str
    name: str
    weight: int
    placed: bool
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    spoilt: re.Pattern[str] | None


def find_triggers(said: Spelled, laid: Spelled, first: int, last: int) -> list[Trigger]:
    """Return the triggers of one sentence (units ``first`` to ``last``), in order.

    Parameters
    ----------
    said, laid
        The text as its words alone, and with places and dates laid over.
    first, last
        The units of the sentence.

    Returns
    -------
    list of Trigger
        Where rules match the same words the weightiest, then the first of the table, names them.
    """
    found: list[Trigger] = []
    for one in _rules():
        letters = laid.letters if one.placed else said.letters
        for match in one.pattern.finditer(letters, first, last):
            if one.needs and not one.needs.search(letters, first, last):
                break
            if one.spoilt and one.spoilt.search(letters, first, last):
                break
            found.append(_trigger(said, one, match, first))
    return sorted(_strongest(found), key=lambda t: (t.first, -t.weight))


def _strongest(found: list[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers that no earlier rule of the same group overlaps."""
    taken: list[Trigger] = []
    for trigger in sorted(found, key=lambda t: -t.weight):
        if not any(
            t.first < trigger.last and trigger.first < t.last and t.group == trigger.group
            for t in taken
        ):
            taken.append(trigger)
            yield trigger


def _trigger(spelled: Spelled, one: _Rule, match: re.Match[str], sentence: int) -> Trigger:
    first, last = match.span()
    said = spelled.text[spelled.ends[last - 1] - 1 : spelled.ends[last - 1]]
    pointed = rule("{definite} [^,.;\n]{0,2}? $").search(
        spelled.letters, max(sentence, first - 3), first
    )
    return Trigger(
        one.event_type,
        one.name,
        one.weight,
        first,
        last,
        _reality(spelled.letters, first, last, sentence, one),
        plural=said == "s" and last - first == 1,
        several=rule("{several} [^,.;\n]{0,1} $").search(
            spelled.letters, max(sentence, first - 3), first
        )
        is not None,
        definite=pointed is not None,
    )


def _reality(letters: str, first: int, last: int, sentence: int, one: _Rule) -> Reality:
    """Judge a trigger by the words before it and before its last word in its clause."""
    for name, pattern, reach in _TAKEN_BACK:
        if one.name == "infiltration stopped" and name == "unreal":
            continue
        back = rule(pattern)
        for spot in {first, last - 1}:
            if back.search(letters, max(sentence, spot - reach), spot):
                return name
    if rule(_AFTERWARDS).match(letters, last):
        return "negated"
    return "unreal" if _purpose(letters, first, last, one) else "real"


def _purpose(letters: str, first: int, last: int, one: _Rule) -> bool:
    """Whether it is what somebody means to do: "to close the crossing", not "forced to close"."""
    if GROUP_OF[one.event_type] not in _MEANT:
        return False
    meant = rule("'to' $")
    return any(
        meant.search(letters, spot - 1, spot)
        and not rule("{forced to} $").search(letters, spot - 1, spot)
        for spot in (first, last - 1)
        if spot > 0
    )


_MEANT: Final = frozenset({"border", "civil", "airspace"})
"""Groups whose infinitive is a purpose; "used a drone to bomb" is a deed."""


_TAKEN_BACK: Final[tuple[tuple[Reality, str, int], ...]] = (
    ("spoken of", r"({afterword}|{exercise}) [^.;\n]{0,14}$", 16),
    ("denied", r"{denial} [^.;\n]{0,8}$", 10),
    ("unreal", r"({unreal}|{modal}) (?:(?!{boundary})[^,.;:\n]){0,7}$", 9),
    ("negated", r"{negation} (?:(?!{boundary})[^,.;:\n]){0,3}$", 5),
    ("blamed", r"{blame} [^,.;:\n]{0,2}$", 4),
    ("past", r"{perfect} [^,.;:\n]{0,1}$", 3),
)
"""What takes an event back, the words before it that do so, and how many units they reach."""
_AFTERWARDS: Final = (
    r"[^,.;\n]{0,2} (?: {modal} | {aux} [^,.;\n]{0,1} ({denial}|'foiled'|'averted'|'thwarted') )"
)


@lru_cache(maxsize=1)
def _rules() -> list[_Rule]:
    return [
        _Rule(
            row["event_type"],
            row["rule"],
            int(row["weight"]),
            bool(PLACED.search(row["pattern"] + row["with"])),
            rule(row["pattern"]),
            rule(row["with"]) if row["with"] else None,
            rule(row["without"]) if row["without"] else None,
        )
        for row in table("triggers.csv")
    ]
