"""Words that tell an event, from ``seeds/triggers.csv``, and the words that take it back.

A trigger is a rule's match in one sentence. What stands before it in its clause says whether it
happened, may happen, did not happen, or is only spoken of (an anniversary, a court case).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from geo.files.seeds import seed_rows
from geo.model import GROUP_OF
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.sentences import Sentence
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Trigger", "find_triggers"]

SEVERAL: Final = "{several} [^,.;\n]{0,1} $"
POINTED: Final = "{pointing} [^,.;\n]{0,2}? $ | 'that' $"
PLACED: Final = re.compile(r"\{(?:place|gate|country)\}")
"""What only a text with its places laid over shows."""
Factuality = Literal["real", "unreal", "negated", "denied", "past", "blamed", "spoken of"]
TAKEN_BACK: Final[tuple[tuple[Factuality, str, int], ...]] = (
    ("spoken of", r"({afterword}|{exercise}) [^.;\n]{0,14}$", 16),
    ("denied", r"{denial} [^.;\n]{0,8}$", 10),
    ("unreal", r"({unreal}|{modal}) (?:(?!{boundary})[^,.;:\n]){0,7}$", 9),
    ("negated", r"{negation} (?:(?!{boundary})[^,.;:\n]){0,3}$", 5),
    ("blamed", r"{blame} [^,.;:\n]{0,2}$", 4),
    ("past", r"{perfect} [^,.;:\n]{0,1}$", 3),
)
"""What takes an event back, the words before it that do so, and how many units they reach."""
AFTERWARDS: Final = (
    r"[^,.;\n]{0,2} (?: {modal} | {aux} [^,.;\n]{0,1} ({denial}|'foiled'|'averted'|'thwarted') )"
)
MEANT: Final = frozenset({"border", "civil", "airspace"})
"""Groups whose infinitive is a purpose; "used a drone to bomb" is a deed."""
STOPPED: Final = "infiltration stopped"
"""The rule whose event is the stopping itself: "foiled an infiltration bid"."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger over the units ``first`` to ``last``, end exclusive.

    ``weight``: 3 names the means or the deed, 2 tells a killing by its parties, 1 only a death.
    ``plural`` when it tells of many, ``several`` when it says how many or that they differ,
    ``definite`` when it points back ("the attack").
    """

    event_type: str
    group: str
    rule: str
    weight: int
    first: int
    last: int
    factuality: Factuality = "real"
    plural: bool = False
    several: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table, the ``order``-th; ``placed`` if it looks for places or gates.

    ``needs`` must be found in the sentence and ``spoilt`` must not.
    """

    order: int
    event_type: str
    name: str
    weight: int
    placed: bool
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    spoilt: re.Pattern[str] | None

    def fits(self, tags: str, first: int, last: int) -> bool:
        """Whether the rest of the sentence lets the rule hold."""
        if self.needs and not self.needs.search(tags, first, last):
            return False
        return not (self.spoilt and self.spoilt.search(tags, first, last))


Candidate = tuple[int, int, Rule]
"""The units that a rule matches, first and last, and the rule; its sentence decides."""


def find_triggers(
    tokens: Tokens, overlaid: Tokens, sentences: Sequence[Sentence]
) -> list[list[Trigger]]:
    """Return the triggers of each sentence of a text, in order.

    Parameters
    ----------
    tokens, overlaid
        The text as its words alone, and with places and dates laid over.
    sentences
        Its sentences.

    Returns
    -------
    list of list of Trigger
        One list a sentence. Where rules match the same words the weightiest, then the first of the
        table, names them.
    """
    candidates = _candidates(tokens, overlaid)
    found = []
    for sentence in sentences:
        first = bisect_left(candidates, sentence.first, key=_first)
        last = bisect_left(candidates, sentence.last, key=_first)
        found.append(_in_sentence(tokens, overlaid, candidates[first:last], sentence))
    return found


def _candidates(tokens: Tokens, overlaid: Tokens) -> list[Candidate]:
    """Match every rule of the table against a whole text, in order of the first unit."""
    found: list[Candidate] = []
    for one in _rules():
        tags = overlaid.tags if one.placed else tokens.tags
        found += [(*match.span(), one) for match in one.pattern.finditer(tags)]
    return sorted(found, key=_first)


def _first(candidate: Candidate) -> int:
    return candidate[0]


def _in_sentence(
    tokens: Tokens, overlaid: Tokens, candidates: list[Candidate], sentence: Sentence
) -> list[Trigger]:
    first, last = sentence.first, sentence.last
    found = [
        _trigger(tokens, one, a, b, first)
        for a, b, one in sorted(candidates, key=lambda c: c[2].order)
        if b <= last and one.fits((overlaid if one.placed else tokens).tags, first, last)
    ]
    return sorted(_strongest(found), key=lambda t: (t.first, -t.weight))


def _strongest(found: list[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers that no weightier or closer one of the same group overlaps."""
    taken: list[Trigger] = []
    for trigger in sorted(
        found, key=lambda t: (-t.weight, t.group == "border" and t.last - t.first)
    ):
        if not any(
            t.first < trigger.last and trigger.first < t.last and t.group == trigger.group
            for t in taken
        ):
            taken.append(trigger)
            yield trigger


def _trigger(tokens: Tokens, one: Rule, first: int, last: int, sentence: int) -> Trigger:
    tags, lead = tokens.tags, max(sentence, first - 3)
    plural = last - first == 1 and tokens.text[tokens.ends[first] - 1] == "s"
    return Trigger(
        one.event_type,
        GROUP_OF[one.event_type],
        one.name,
        one.weight,
        first,
        last,
        _factuality_of(tags, first, last, sentence, one.event_type, one.name),
        plural=plural,
        several=rule(SEVERAL).search(tags, lead, first) is not None,
        definite=rule(POINTED).search(tags, lead, first) is not None,
    )


@lru_cache(maxsize=1)
def _rules() -> list[Rule]:
    return [
        Rule(
            order,
            row["event_type"],
            row["rule"],
            int(row["weight"]),
            bool(PLACED.search(row["pattern"] + row["with"])),
            rule(row["pattern"]),
            rule(row["with"]) if row["with"] else None,
            rule(row["without"]) if row["without"] else None,
        )
        for order, row in enumerate(seed_rows("triggers.csv"))
    ]


def _factuality_of(
    tags: str, first: int, last: int, sentence: int, event_type: str, name: str
) -> Factuality:
    """Judge a trigger by the words before it and before its last word.

    Parameters
    ----------
    tags
        The tags of the text.
    first, last
        The units of the trigger.
    sentence
        The first unit of its sentence.
    event_type, name
        The type and the rule of the trigger.
    """
    for verdict, pattern, reach in TAKEN_BACK:
        if name == STOPPED and verdict == "unreal":
            continue
        back = rule(pattern)
        for spot in {first, last - 1}:
            if back.search(tags, max(sentence, spot - reach), spot):
                return verdict
    if rule(AFTERWARDS).match(tags, last):
        return "negated"
    return "unreal" if _purpose(tags, first, last, event_type) else "real"


def _purpose(tags: str, first: int, last: int, event_type: str) -> bool:
    """Whether it is what somebody means to do: "to close the crossing", not "forced to close"."""
    if GROUP_OF[event_type] not in MEANT:
        return False
    return any(
        rule("'to' $").search(tags, spot - 1, spot)
        and not rule("{forced to} $").search(tags, spot - 1, spot)
        for spot in (first, last - 1)
        if spot > 0
    )
