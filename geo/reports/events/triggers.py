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
from typing import Final

from geo.files.seeds import seed_rows
from geo.model import GROUP_OF
from geo.reports.events.factuality import Factuality, factuality_of
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Candidate", "Trigger", "find_candidates", "find_triggers"]

SEVERAL: Final = "{several} [^,.;\n]{0,1} $"
POINTED: Final = "{pointing} [^,.;\n]{0,2}? $ | 'that' $"
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
    factuality: Factuality = "real"
    plural: bool = False
    several: bool = False
    definite: bool = False

    @property
    def group(self) -> str:
        """The event group of the type."""
        return GROUP_OF[self.event_type]


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


def find_candidates(said: Tokens, laid: Tokens) -> list[Candidate]:
    """Match every rule of the table against a whole text.

    Parameters
    ----------
    said, laid
        The text as its words alone, and with places and dates laid over.

    Returns
    -------
    list of (first unit, last unit, rule)
        In order of the first unit; which of them tell something their sentences decide.
    """
    found: list[Candidate] = []
    for one in _rules():
        tags = laid.tags if one.placed else said.tags
        found += [(*match.span(), one) for match in one.pattern.finditer(tags)]
    return sorted(found, key=lambda c: c[0])


def find_triggers(
    said: Tokens, laid: Tokens, candidates: Sequence[Candidate], first: int, last: int
) -> list[Trigger]:
    """Return the triggers of one sentence (units ``first`` to ``last``), in order.

    Where rules match the same words the weightiest, then the first of the table, names them.
    """
    start = bisect_left(candidates, first, key=lambda c: c[0])
    end = bisect_left(candidates, last, key=lambda c: c[0])
    here = sorted(candidates[start:end], key=lambda c: c[2].order)
    found = [
        _trigger(said, one, a, b, first)
        for a, b, one in here
        if b <= last and one.fits((laid if one.placed else said).tags, first, last)
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


def _trigger(said: Tokens, one: Rule, first: int, last: int, sentence: int) -> Trigger:
    tags, lead = said.tags, max(sentence, first - 3)
    plural = last - first == 1 and said.text[said.ends[first] - 1] == "s"
    return Trigger(
        one.event_type,
        one.name,
        one.weight,
        first,
        last,
        factuality_of(tags, first, last, sentence, one.event_type, one.name),
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
