"""Who a fate befell: the rules that tie "were killed" or "injuring" to groups of people.

A sentence is spelled once more, one letter a group, fate or other word, and coordinated groups
("two men, a woman and her son, including ...") become one list. A rule is a short pattern read
rightwards or leftwards from a fate to its list; the first rule that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from geo.reports.groups import FATES, Group, find_groups
from geo.reports.lexicon import kinds_of, rule
from geo.reports.spelling import Spelled

__all__ = ["Link", "Sentence", "befell"]

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
"""Letters of words by their kind, the first that fits; "" is passed over, "while" parts and joins."""
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
LIST: Final = re.compile(
    rf"{GROUP}(?:(?:{TAIL}(?:,?[&+],?|,|,?P[px]{{0,2}}){GROUP}|[NOHMC])(?!{TAIL}s))*"
)
"""Groups joined: "two men of the town, a woman and her son, including ...", letter by letter."""

VIA: Final = (
    r"(?:(?:[xUpo]{1,4}[,&]{1,2}){0,2}[xUpo]{1,6}P,?"
    r"|(?:(?![xU]{1,3}[,&])|(?=[xU]{1,3}&[xU]{1,3}[po]))[xUpofr,&+zhs]{0,14}?)"
)
"""Read leftwards: what may stand between a group and its verb, but no subject of its own."""
VERBS: Final = "(?:&(?:k|[xpfoU]{1,5}?))?"
"""Read leftwards: another verb of the same people, "were taken off buses and" shot."""
SAID: Final = "(?:[hwW]p[xs](?=[wW]))?"
"""Read leftwards: "are reported to have" died."""
OTHER: Final = "[^;LSCkain]{0,6}?"
LEFTWARDS: Final = {
    "passive": re.compile(
        rf"x{{0,2}}{VERBS}{SAID}[eh]{{0,2}}(?:w{VIA}(?:L{OTHER})?(?P<one>[SCY])"
        rf"|W{VIA}(?:S{OTHER})?(?P<many>[LCY])|e{VIA}(?P<any>[LSCY]))"
    ),
    "intransitive": re.compile(rf"x?{VERBS}{SAID}[ehwW]{{0,3}}{VIA}(?P<any>[LSCY])"),
    "headline": re.compile(r"(?:[xUz]{1,3}[po]|x)?,?(?P<any>[LSCY])"),
    "noun after": re.compile(r"(?P<any>L)"),
    "them": re.compile(r"[^;LSCain]{0,12}?(?P<any>[LSC])"),
    "sustained": re.compile(rf"x{{0,3}}f{VIA}(?P<any>[LSC])"),
}
"""Rules read from a fate towards the left, over the mirrored sentence."""
RIGHTWARDS: Final = {
    "active": re.compile(r"(?:,?&?[kai])?(?:p?z{1,3})?o?(?P<any>[LSCY])"),
    "toll": re.compile(r"[xpofUzhe,wW]{0,10}?:?(?P<any>[LC])"),
    "noun of": re.compile(r"o(?P<any>[LSCY])"),
    "label": re.compile(r":(?P<any>[LSC])"),
    "including": re.compile(r"P(?P<any>[LSC])"),
    "along with": re.compile(r"[xpozU]{0,14}?,?\+(?P<any>[LSC])"),
    "each": re.compile(r"(?:[po][xzU]{1,4}),?&?(?P<any>L)(?=p)"),
}
"""Rules read from a fate towards the right."""
OF_VOICE: Final = {
    "a": ("active", "them"),
    "k": ("them", "active", "shared", "passive", "headline", "label", "including"),
    "i": ("shared", "intransitive", "headline", "label", "including"),
    "t": ("toll",),
    "u": ("toll",),
    "nominal": ("label", "including"),
    "n": ("noun of", "sustained", "noun after", "label"),
}
"""Rules to try for a fate's voice: active, either (killed), intransitive, toll, noun (death)."""
SHARED: Final = re.compile("&[kai]")
BE: Final = re.compile(rf"x{{0,2}}{VERBS}(?:[eh]{{0,2}}[wW]|e)")
"""Leftwards of a fate in the passive voice."""
NEXT_VERB: Final = re.compile(r"(?:[op][xUz]{1,4}|x{0,2})h?(?P<be>[wWe]?)e?x{0,2}[ki]")
"""Rightwards of a list that is the subject of the next fate."""
FOUND: Final = re.compile(r"[^;kainLSCY]{0,8}?f")
FINDS: Final = re.compile("x?[fs]")
TOLD: Final = re.compile("s(?P<any>[LS])(?=[;,]|$)")
FURTHER: Final = re.compile(r"[,&][xpozU]{0,5}\Z")
"""Before a list that is joined to what was told before."""
SPEAKER: Final = re.compile("(?:^|[,&])[xUS]{0,4}?[su]|u")
"""Someone who speaks apart from who spoke before."""
ANY_FATE: Final = "{killed}|{injured}|{detained}|{abducted}|{harm}|{body}"


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


@dataclass(frozen=True, slots=True)
class Link:
    """A group and what befell it, by which rule; ``fate`` is the unit of the word that says so.

    ``claim`` numbers the speakers of the sentence: figures of two speakers may be rivals.
    ``further``: joined to what was told before, so not the same people told again.
    """

    what: str
    group: Group
    rule: str
    fate: int
    part: bool = False
    claim: int | None = None
    further: bool = False


def befell(spelled: Spelled, first: int, last: int) -> list[Link]:
    """Return what befell whom in the units ``first`` to ``last``, one sentence of a text."""
    if not rule(ANY_FATE).search(spelled.letters, first, last):
        return []
    return _Sentence(spelled, first, last).links()


class _Sentence:
    """One sentence as letters: see ``KINDS`` for words; L, S, C, Y are lists of people."""

    def __init__(self, spelled: Spelled, first: int, last: int) -> None:
        self.spelled = spelled
        self.found: list[Link] = []
        self.letters, self.items = _listed(*self._words(first, last))
        self.mirror = self.letters[::-1]
        self.claims = _claims(self.letters)

    def links(self) -> list[Link]:
        """Apply the rules to each fate from left to right."""
        for at, letter in enumerate(self.letters):
            if letter in OF_VOICE:
                self._tie(at, letter)
            elif letter == "Y":
                self._bodies(at)
        self._told_apart()
        return self.found

    def _words(self, first: int, last: int) -> tuple[str, list[Group | int]]:
        """Spell the sentence with a letter for each group and each word that matters."""
        letters: list[str] = []
        items: list[Group | int] = []
        spelled = self.spelled.letters
        for group in (*find_groups(self.spelled, first, last), None):
            for unit in range(first, group.first if group else last):
                for letter in ROLES[spelled[unit]]:
                    letters.append(letter)
                    items.append(unit)
            if not group:
                break
            first = group.last
            if group.fate is not None:
                self._link("attribute", group.fate, People([group]))
            if group.role:
                letters.append(group.role)
                items.append(group)
        return "".join(letters), items

    def _tie(self, at: int, letter: str) -> None:
        """Tie a fate to the first list that a rule of its voice reaches."""
        passive = letter == "k" and BE.match(self.mirror, len(self.mirror) - at)
        if not _what(self.spelled.letters[self._unit(at)]) or (letter == "a" and self._meant(at)):
            return
        for name in OF_VOICE["nominal" if self._nominal(at, letter) else letter]:
            if name == "shared":
                people = self._shared(at)
            elif (passive and name == "active") or (name == "them" and not self._of_them(at)):
                continue
            elif name in RIGHTWARDS:
                people = self._right(at, name)
            else:
                people = self._left(at, name)
            if people:
                self._link(name, self._unit(at), people, at)
                if name in {"passive", "headline", "intransitive"}:
                    self._trailing(at)
                return

    def _nominal(self, at: int, letter: str) -> bool:
        """Whether a fate stands for people: "the dead", "the injured"."""
        unit = self._unit(at)
        before = self.spelled.letters[unit - 1] if unit else ""
        return letter in "ki" and "definite" in kinds_of(before)

    def _of_them(self, at: int) -> bool:
        """Whether a fate befell "them", told of before."""
        kinds = kinds_of(self.spelled.letters[self._unit(at)])
        return self.letters[at + 1 : at + 2] == "m" or "anaphoric" in kinds

    def _meant(self, at: int) -> bool:
        """Whether a fate is only meant: "an operation to arrest two men", not "managed to"."""
        unit = self._unit(at)
        before = [kinds_of(one) for one in self.spelled.letters[max(0, unit - 2) : unit]]
        return len(before) == 2 and "to" in before[1] and "managed" not in before[0]

    def _trailing(self, at: int) -> None:
        """Tie what follows a verb that has its subject: "along with two guards", "and 3 in X"."""
        for name in ("along with", "each"):
            if people := self._right(at, name):
                self._link(name, self._unit(at), people, at)

    def _right(self, at: int, name: str) -> People | None:
        """Return the list to the right of a fate, as far as it is not the next one's subject."""
        match = RIGHTWARDS[name].match(self.letters, at + 1)
        if not match:
            return None
        spot = match.start("any")
        people = self._people(spot)
        if name == "each" and (people.used or any(g.role not in "Bb" for g in people.whole)):
            return None
        if name == "toll":
            return People(people.whole[:1])
        if name == "along with" and NEXT_VERB.match(self.letters, spot + 1):
            return None
        if name == "active" and (verb := NEXT_VERB.match(self.letters, spot + 1)):
            if len(people.whole) > 1:
                people.split(verb["be"] == "W")
                return People(people.whole[: people.cut], further=people.further)
            if self.letters[at] == "k" and LEFTWARDS["headline"].match(
                self.mirror, len(self.mirror) - at
            ):
                return None
        people.used = True
        return people

    def _left(self, at: int, name: str) -> People | None:
        """Return the list to the left of a fate, unless it is another one's object."""
        match = LEFTWARDS[name].match(self.mirror, len(self.mirror) - at)
        if not match:
            return None
        people = self._people(len(self.mirror) - 1 - match.start(match.lastgroup or 0))
        if people.used and name != "them":
            return None
        people.used = True
        return People(people.whole[people.cut :], people.parts, further=people.further)

    def _shared(self, at: int) -> People | None:
        """Return the list of the fate before: "were abducted and killed"."""
        match = SHARED.match(self.mirror, len(self.mirror) - at)
        if not match:
            return None
        fate = self.items[len(self.mirror) - match.end()]
        before = [link for link in self.found if link.fate == fate]
        whole = [link.group for link in before if not link.part]
        return People(whole, [link.group for link in before if link.part]) if whole else None

    def _bodies(self, at: int) -> None:
        """Count bodies that were found, or lives that were lost."""
        people = self._people(at)
        unit = people.whole[0].last - 1
        if people.used:
            return
        if match := RIGHTWARDS["noun of"].match(self.letters, at + 1):
            of = self._people(match.start("any"))
            of.used = True
            self._link("bodies of", unit, of, at)
        elif (
            FOUND.match(self.letters, at + 1)
            or FINDS.match(self.mirror, len(self.mirror) - at)
            or self._dead(people.whole[0])
        ):
            self._link("bodies", unit, people, at)

    def _dead(self, group: Group) -> bool:
        letters = self.spelled.letters[group.first : group.last]
        return any("dead body" in kinds_of(letter) for letter in letters)

    def _told_apart(self) -> None:
        """Add the bare figure of a second speaker: "Kabul said 15 died, Islamabad said two"."""
        for match in TOLD.finditer(self.letters) if self.found else ():
            people = self._people(match.start("any"))
            before = [one for one in self.found if one.group.first < people.whole[0].first]
            if before and not people.used and all(g.role in "Bb" for g in people.whole):
                self._link("told apart", before[-1].fate, people, match.start())

    def _people(self, at: int) -> People:
        people = self.items[at]
        assert isinstance(people, People)
        return people

    def _unit(self, at: int) -> int:
        unit = self.items[at]
        assert isinstance(unit, int)
        return unit

    def _also(self, group: Group, unit: int) -> bool:
        """Whether "also" stands between people and what befell them."""
        between = self.spelled.letters[group.last : max(group.last, unit + 2)]
        return any("also" in kinds_of(letter) for letter in between)

    def _link(self, name: str, unit: int, people: People, at: int | None = None) -> None:
        what = _what(self.spelled.letters[unit])
        claim = None if at is None else self.claims[at]
        for groups, part in ((people.whole, name == "including"), (people.parts, True)):
            self.found.extend(
                Link(what, group, name, unit, part, claim, people.further or self._also(group, unit))
                for group in groups
                if what
            )


def _listed(letters: str, items: list[Group | int]) -> tuple[str, list[People | int]]:
    """Replace groups that are joined by one list each."""
    spelled: list[str] = []
    listed: list[People | int] = []
    spot = 0
    for match in (*LIST.finditer(letters), None):
        start, end = match.span() if match else (len(letters), len(letters))
        spelled.append(letters[spot:start])
        listed.extend(one for one in items[spot:start] if isinstance(one, int))
        if match:
            people = _joined(letters, items, start, end)
            people.further = bool(FURTHER.search(letters, max(0, start - 7), start))
            spelled.append(people.letter)
            listed.append(people)
        spot = end
    return "".join(spelled), listed


def _joined(letters: str, items: list[Group | int], start: int, end: int) -> People:
    """Sort the groups of a list into wholes and parts, and drop names that say who one is."""
    people = People([])
    parting, before = False, start
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


@lru_cache(maxsize=8192)
def _what(letter: str) -> str:
    """Return the fate a word names; bodies are dead."""
    kinds = kinds_of(letter)
    return next((fate for fate in FATES if fate in kinds), "killed" if "body" in kinds else "")


class _Roles(dict[str, str]):
    """The role letter of every letter of a spelled text."""

    def __missing__(self, letter: str) -> str:
        self[letter] = role = _role(letter)
        return role


def _role(letter: str) -> str:
    if letter in SHAPES:
        return SHAPES[letter]
    kinds = kinds_of(letter)
    for kind, role in KINDS:
        if kind == "be singular" and (fate := _voice(kinds)):
            return fate
        if kind in kinds:
            return role
    return "x"


def _voice(kinds: frozenset[str] | set[str]) -> str:
    """Return the letter of a fate's voice, or nothing."""
    if "harm" in kinds:
        return "n"
    if not kinds.intersection(FATES):
        return ""
    return "a" if "active" in kinds else "i" if "intransitive" in kinds else "k"


ROLES: Final = _Roles()
