"""A figure: how many people something befell, as one place in a text tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.model import Tally

__all__ = ["NONE", "Figure"]

NONE: Final = Tally(0, 0, 0)
"""The text says that there was nobody."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``what`` is killed, injured, detained or abducted, ``people`` as written.

    ``part``: it is contained in another figure of the sentence. ``whole``: the figure it is a
    share of, told elsewhere ("five of the 14"). ``side``: attackers, state, civilians or other.
    ``definite``: it refers back to people told of before ("the 12 militants", "both").
    ``cumulative``: a total over a time, of no single event. ``outcome``: offset of the word that
    says what befell them; ``claim`` numbers the speakers of the sentence; ``share``: "two of them";
    ``more``: further people than those told of before; ``others``: it says so ("two others").
    ``rule`` found it.
    """

    what: str
    tally: Tally
    start: int
    end: int
    people: str = ""
    part: bool = False
    whole: int | None = None
    side: str = "other"
    rule: str = ""
    definite: bool = False
    cumulative: bool = False
    share: bool = False
    more: bool = False
    others: bool = False
    outcome: int = 0
    claim: int | None = None
