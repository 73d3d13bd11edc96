"""A sentence as letters: one for each list of people, each outcome and each word that matters.

An *outcome* is a word for what befell people: "killed", "injuring", "the dead", "arrested".

Coordinated groups of people ("two men, a woman and her son, including ...") become one list: L
several people, S one, C a couple or family, Y bodies. An outcome's letter is its voice: k "killed"
(either voice), a "killing", i "died", n "death", t "death toll". The rest is in ``KINDS``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from geo.reports.casualties.groups import OUTCOMES, Group, find_groups
from geo.reports.tokens.lexicon import kinds_of
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Encoded", "People", "outcome_of"]

KINDS: Final = (
    ("nobody", "!"),
    ("telling toll", "u"),
    ("toll", "t"),
    ("of them", "P"),
    ("part", "P"),
    ("be singular", "w"),
    ("be plural", "W"),
    ("be", "e"),
    ("have", "h"),
    ("negation", "!"),
    ("joint", "&"),
    ("along", "+"),
    ("of", "o"),
    ("them", "m"),
    ("meanwhile", ";&"),
    ("contrast", ";"),
    ("relative", "r"),
    ("claiming", "s"),
    ("body", "n"),
    ("found", "f"),
    ("people", "U"),
    ("actor", "U"),
    ("preposition", "p"),
    ("adverb", ""),
    ("article", ""),
    ("definite", ""),
)
"""Letters of words by kind, the first that fits; "" is passed over, "while" parts and joins."""
SHAPES: Final = {
    **dict.fromkeys(".;\n", ";&"),
    **dict.fromkeys("\"'()[]-*^", ""),
    ",": ",",
    "—": ",",
    ":": ":",
    "&": "&",
    "d": "z",
}
GROUP: Final = "[NCODHMBbTY]"
TAIL: Final = "(?:x{0,2}|(?:[op][xUf]{1,4}){1,2})"
UNJOINED: Final = f"(?:M|[NOHC](?=[xopU,NOHMCB]{{0,9}}?[&+]{GROUP}))"
"""A name, or a group that stands in a row without commas."""
LIST: Final = re.compile(
    rf"{GROUP}(?:(?:{TAIL}(?:,?[&+],?|,|,?P[px]{{0,2}}|,[xUpo]{{1,8}},\+){GROUP}|{UNJOINED})(?!{TAIL}s))*"
)
"""Groups joined: "two men of the town, a woman and her son, including ...", letter by letter."""

FURTHER: Final = re.compile(r"[,&][xpozU]{0,5}\Z")
"""Before a list that is joined to what was told before."""
WHOM: Final = re.compile("[hwW]")
"""After "three of whom": what follows is said of the three alone."""
THEM: Final = re.compile(",?P,?[hwWeki]")
"""After a list: "seven people, four policemen among them, were"."""
SPEAKER: Final = re.compile("(?:^|[,&])[xUS]{0,4}?[su]|u")
"""Someone who speaks apart from who spoke before."""


@dataclass(slots=True)
class People:
    """A list of groups; ``parts`` are contained in the others; ``cut`` divides it in two."""

    whole: list[Group]
    parts: list[Group] = field(default_factory=list)
    cut: int = 0
    used: bool = False
    further: bool = False

    @property
    def letter(self) -> str:
        """The letter of the list: one person, several, a couple or family, bodies."""
        if len(self.whole) > 1:
            return "L"
        (only,) = self.whole
        if only.role in "YC":
            return only.role
        return "S" if only.tally.high == only.tally.low == 1 else "L"

    def split(self, plural: bool) -> None:
        """Leave the end of the list to the next verb: as much of it as agrees with that verb."""
        single = self.whole[-1].tally.high == 1
        self.cut = max(0, len(self.whole) - (2 if plural and single else 1))


class Encoded:
    """The units ``first`` to ``last`` of a text as ``letters``, with their ``mirror`` image.

    ``items`` are the lists of people or units that the letters stand for. ``attributes`` are groups
    with an outcome of their own ("15 wounded men"); ``claims`` numbers the last speaker before each
    letter.
    """

    def __init__(self, tokens: Tokens, first: int, last: int) -> None:
        self.tokens, self.first = tokens, first
        self.attributes: list[Group] = []
        self.letters, self.items = _listed(*self._words(first, last))
        self.mirror = self.letters[::-1]
        self.claims = _claims(self.letters)

    def people(self, at: int) -> People:
        """Return the list of people that the letter ``at`` stands for."""
        people = self.items[at]
        assert isinstance(people, People)
        return people

    def unit(self, at: int) -> int:
        """Return the unit of the text that the letter ``at`` stands for."""
        unit = self.items[at]
        assert isinstance(unit, int)
        return unit

    def kinds(self, at: int, before: int = 0) -> frozenset[str] | set[str]:
        """Return the kinds of the word ``at``, or of the one so many units before it."""
        unit = self.unit(at) - before
        return kinds_of(self.tokens.tags[unit]) if unit >= 0 else frozenset()

    def _words(self, first: int, last: int) -> tuple[str, list[Group | int]]:
        """Encode the sentence: a letter for each group and each word that matters."""
        letters: list[str] = []
        items: list[Group | int] = []
        tags = self.tokens.tags
        for group in (*find_groups(self.tokens, first, last), None):
            for unit in range(first, group.first if group else last):
                if role := ROLES[tags[unit]]:
                    letters.append(role)
                    items.extend([unit] * len(role))
            if not group:
                break
            first = group.last
            if group.outcome is not None:
                self.attributes.append(group)
            if group.role:
                letters.append(group.role)
                items.append(group)
        return "".join(letters), items


@lru_cache(maxsize=8192)
def outcome_of(letter: str) -> str:
    """Return the outcome a word names; bodies are dead."""
    kinds = kinds_of(letter)
    return next(
        (outcome for outcome in OUTCOMES if outcome in kinds), "killed" if "body" in kinds else ""
    )


def _listed(letters: str, items: list[Group | int]) -> tuple[str, list[People | int]]:
    """Replace groups that are joined by one list each."""
    joined: list[str] = []
    listed: list[People | int] = []
    spot = 0
    for match in (*LIST.finditer(letters), None):
        start, end = match.span() if match else (len(letters), len(letters))
        joined.append(letters[spot:start])
        listed += [one for one in items[spot:start] if isinstance(one, int)]
        if match:
            people = _joined(letters, items, start, end)
            people.further = bool(FURTHER.search(letters, max(0, start - 7), start))
            joined.append(people.letter)
            listed.append(people)
        spot = end
    return "".join(joined), listed


def _joined(letters: str, items: list[Group | int], start: int, end: int) -> People:
    """Sort the groups of a list into wholes and parts, and drop names that say who one is."""
    people = People([])
    parting, before = False, start
    if letters[end - 1] == "T" and WHOM.match(letters, end):
        start = end - 1  # "received 21 people, three of whom were dead"
    for at in range(start, end):
        group = items[at]
        if isinstance(group, int):
            continue
        joint = letters[before + 1 : at]
        parting = "P" in joint or (parting and not joint.endswith(",&"))
        if people.whole and (parting or group.role == "T"):
            people.parts.append(group)
        elif not people.whole or not _apposed(letters, before, at):
            people.whole.append(group)
        before = at
    if THEM.match(letters, end):
        people.whole, people.parts = people.whole[:1], [*people.whole[1:], *people.parts]
    _weigh(people, letters[start + 1 : end])
    return people


def _apposed(letters: str, before: int, at: int) -> bool:
    """Whether a group only says who the one before is: "Malik X, the deputy commissioner, was"."""
    pair, joint = letters[before] + letters[at], letters[before + 1 : at]
    if not joint:
        return pair in {"MM", "DM", "OM", "HM"}
    after = letters[at + 1 : at + 2]
    return pair in {"MD", "MO", "DM", "OM", "HM", "bO"} and joint == "," and after not in {"&", "+"}


def _weigh(people: People, joints: str) -> None:
    """Settle parts by their numbers.

    Parts cannot outnumber their whole; and what follows a number unjoined and adds up to it tells
    it in detail: "13 people, ten soldiers and three civilians, were killed".
    """
    first, *rest = people.whole
    if len(rest) > 1 and not joints.startswith("&"):
        total = sum(group.tally.low or 0 for group in rest)
        if total == first.tally.low:
            people.whole, people.parts = [first], [*rest, *people.parts]
    while people.parts:
        parts = sum(group.tally.low or 0 for group in people.parts)
        wholes = [group.tally.high for group in people.whole]
        if None in wholes or parts <= sum(high or 0 for high in wholes):
            return
        if len(people.parts) == len(people.whole) == 1:  # "two commanders among four men"
            people.whole, people.parts = people.parts, people.whole
            return
        people.whole.append(people.parts.pop())


def _claims(letters: str) -> list[int | None]:
    """Return for each letter the number of the last speaker before it, None before any spoke."""
    claims: list[int | None] = []
    speaker: int | None = None
    for match in (*SPEAKER.finditer(letters), None):
        claims.extend([speaker] * ((match.end() - 1 if match else len(letters)) - len(claims)))
        speaker = 0 if speaker is None else speaker + 1
    return claims


class _Roles(dict[str, str]):
    """The role letter of every tag of a text."""

    def __missing__(self, letter: str) -> str:
        self[letter] = role = _role(letter)
        return role


def _role(letter: str) -> str:
    if letter in SHAPES:
        return SHAPES[letter]
    kinds = kinds_of(letter)
    for kind, role in KINDS:
        if kind == "be singular" and (outcome := _voice(kinds)):
            return outcome
        if kind in kinds:
            return role
    return "x"


def _voice(kinds: frozenset[str] | set[str]) -> str:
    """Return the letter of an outcome's voice, or nothing."""
    if "harm" in kinds:
        return "n"
    if not kinds.intersection(OUTCOMES):
        return ""
    return "a" if "active" in kinds else "i" if "intransitive" in kinds else "k"


ROLES: Final = _Roles()
