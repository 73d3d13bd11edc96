"""Each outcome ("were killed", "injuring") attached to the people whom it befell.

A rule is a short pattern over the letters of a sentence (:mod:`geo.reports.casualties.encode`),
read rightwards, or leftwards over its mirror image, from an outcome to a list of people; the first
rule that fits wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.reports.casualties.encode import Encoded, People, outcome_of
from geo.reports.casualties.groups import Group
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Link", "attach"]

VIA: Final = (
    r"(?:[xpoUfz,&]{0,12}?k?[wWhe]{1,2}r,?)?"  # "who were on their way home"
    r"(?:,?P|(?:[xUpo]{1,4}[,&]{1,2}){0,2}[xUpo]{1,6}[P+],?"  # "including traders"
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
"""Rules read from an outcome towards the left, over the mirrored sentence."""
RIGHTWARDS: Final = {
    "active": re.compile(r"(?:,?&?[kai])?(?:p?z{1,3})?o?(?P<any>[LSCY])"),
    "toll": re.compile(r"[xpofUzhe,wWr]{0,10}?:?(?P<any>[LC])"),
    "put at": re.compile(r"[xpofUzr]{0,10}?(?P<any>[LSC])"),
    "as were": re.compile(r"[^;LSCYkain]{0,6},?;[wW](?P<any>[LSCY])"),
    "inverted": re.compile(r"(?:p[xUpo]{1,5}?)?[wW](?P<any>[LSCY])"),
    "are": re.compile(r"[wW](?P<any>L)"),
    "noun of": re.compile(r"o(?P<any>[LSCY])"),
    "label": re.compile(r":(?P<any>[LSC])"),
    "including": re.compile(r"P(?P<any>[LSC])"),
    "along with": re.compile(r"[xpozU]{0,14}?,?\+(?P<any>[LSC])"),
    "each": re.compile(r"(?:[po][xzU]{1,4},?&?|,?&|,(?=S))(?P<any>[LS])(?=p)"),
}
"""Rules read from an outcome towards the right."""
OF_VOICE: Final = {
    "a": ("active", "them"),
    "k": ("them", "active", "shared", "passive", "headline", "label", "including", "inverted"),
    "i": ("shared", "intransitive", "headline", "label", "including"),
    "t": ("toll",),
    "u": ("put at",),
    "nominal": ("label", "including", "are"),
    "n": ("noun of", "sustained", "noun after", "label"),
}
"""Rules to try by voice: active, either (killed), intransitive, toll, noun (death)."""
SHARED: Final = re.compile("&[kai]")
BE: Final = re.compile(rf"x{{0,2}}{VERBS}(?:[eh]{{0,2}}[wW]|e)")
"""Leftwards of an outcome in the passive voice."""
NEXT_VERB: Final = re.compile(r"(?:[op][xUz]{1,4}|x{0,2})h?(?P<be>[wWe]?)e?x{0,2}[ki]")
"""Rightwards of a list that is the subject of the next outcome."""
FOUND: Final = re.compile(r"[^;kainLSCY]{0,8}?f")
FINDS: Final = re.compile("x?[fs]")
OFFICIAL: Final = "{spokes}|{government}|{state force}|{state man}|{seat}"
"""Who says where the toll stands; anyone else only makes a claim."""
AS: Final = "'as'|'so'"
STANDS: Final = "{rise} {adverb}{0,2} (?:'to'|'at'|'by' {number} 'to')?"
"""Where a toll stands; its words may come long after the word toll."""
FAR: Final = 40
"""Units from a toll to where it stands."""
TOLD: Final = re.compile("s(?P<any>[LS])(?=[;,]|$)")
MOST_SHARED: Final = 50


@dataclass(frozen=True, slots=True)
class Link:
    """A group and what befell it, by which rule; ``outcome`` is the unit of the word that says so.

    ``claim`` numbers the speakers of the sentence: figures of two speakers may be rivals.
    ``further``: joined to what was told before, so not the same people told again.
    """

    what: str
    group: Group
    rule: str
    outcome: int
    part: bool = False
    claim: int | None = None
    further: bool = False


def attach(tokens: Tokens, first: int, last: int) -> list[Link]:
    """Return what befell whom in the units ``first`` to ``last``, one sentence of a text."""
    return _Reader(Encoded(tokens, first, last)).links()


class _Reader:
    """Applies the rules to each outcome of a sentence from left to right."""

    def __init__(self, sentence: Encoded) -> None:
        self.sentence = sentence
        self.letters, self.mirror = sentence.letters, sentence.mirror
        self.found: list[Link] = []

    def links(self) -> list[Link]:
        """Return what befell whom."""
        for group in self.sentence.attributes:
            self._link("attribute", group.outcome or 0, People([group]))
        for at, letter in enumerate(self.letters):
            if letter in OF_VOICE:
                self._tie(at, letter)
            elif letter == "Y":
                self._bodies(at)
        self._told_apart()
        return self.found

    def _tie(self, at: int, letter: str) -> None:
        """Tie an outcome to the first list that a rule of its voice reaches."""
        passive = letter == "k" and BE.match(self.mirror, len(self.mirror) - at)
        if not outcome_of(self.sentence.tokens.tags[self.sentence.unit(at)]) or (
            letter == "a" and self._meant(at)
        ):
            return
        official = letter == "u" and self._official(at)
        for name in OF_VOICE["nominal" if self._nominal(at, letter) else letter]:
            if name == "shared":
                people = self._shared(at)
            elif (passive and name == "active") or (name == "them" and not self._of_them(at)):
                continue
            elif name in RIGHTWARDS:
                people = self._right(at, name)
                if name == "toll":
                    people = self._risen(at) or people
            else:
                people = self._left(at, name)
            if people:
                if self._described(at, people):
                    people = People([], people.whole)
                self._link("toll" if official else name, self.sentence.unit(at), people, at)
                if name in {"passive", "headline", "intransitive"}:
                    self._trailing(at)
                return

    def _nominal(self, at: int, letter: str) -> bool:
        """Whether an outcome stands for people: "the dead", "the injured"."""
        return letter in "ki" and bool({"article", "definite"} & self.sentence.kinds(at, before=1))

    def _described(self, at: int, people: People) -> bool:
        """Whether it only says who some are: "five of the men who were killed were guards"."""
        if self.letters[at + 1 : at + 2] not in {"w", "W"} or len(people.whole) != 1:
            return False
        group, letters = people.whole[0], self.sentence.tokens.tags
        unit = self.sentence.unit(at)
        share = rule("{of} (?:{definite}|{possessive})").search(letters, group.first, group.last)
        return share is not None and (
            unit == group.last or rule("{relative}").search(letters, group.last, unit) is not None
        )

    def _official(self, at: int) -> bool:
        """Whether an official or a party to the events is the speaker before a letter."""
        unit, letters = self.sentence.unit(at), self.sentence.tokens.tags
        if self.letters[:at].endswith("h"):  # "had put the toll at eight" before
            return False
        return rule(OFFICIAL).search(letters, self.sentence.first, unit) is not None

    def _of_them(self, at: int) -> bool:
        """Whether an outcome befell "them", told of before."""
        said = "anaphoric" in self.sentence.kinds(at)
        return said or self.letters[at + 1 : at + 2] == "m"

    def _meant(self, at: int) -> bool:
        """Whether an outcome is only meant: "an operation to arrest two men", not "managed to"."""
        kinds = self.sentence.kinds
        return "to" in kinds(at, before=1) and "managed" not in kinds(at, before=2)

    def _trailing(self, at: int) -> None:
        """Tie what follows a verb that has its subject: "along with two guards", "and 3 in X"."""
        for name in ("along with", "as were", "each"):
            if people := self._right(at, name):
                self._link(name, self.sentence.unit(at), people, at)

    def _right(self, at: int, name: str) -> People | None:
        """Return the list right of an outcome, as far as it is not the next one's subject."""
        match = RIGHTWARDS[name].match(self.letters, at + 1)
        if not match:
            return None
        spot = match.start("any")
        people = self.sentence.people(spot)
        if name == "each" and not self._each(people, spot):
            return None
        if name in {"toll", "put at"}:
            return People(people.whole[:1])
        if name == "inverted" and at and self.letters[at - 1] not in ";&,":
            return None
        if name == "as were" and not rule(AS).match(
            self.sentence.tokens.tags, self.sentence.unit(spot - 2)
        ):
            return None
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

    def _risen(self, at: int) -> People | None:
        """Return the figure a toll rose to: "the toll of the attack near the border rose to 12"."""
        letters, unit = self.sentence.tokens.tags, self.sentence.unit(at)
        stops = rule("[.;\n]").search(letters, unit)
        last = min(stops.start() if stops else len(letters), unit + FAR)
        for match in rule(STANDS).finditer(letters, unit, last):
            for item in self.sentence.items[at:]:
                if isinstance(item, People) and item.whole[0].first in {match.start(), match.end()}:
                    return People(item.whole[:1])
        return None

    def _each(self, people: People, spot: int) -> bool:
        """Whether bare numbers in a row share one: "five died in Bannu and three in Tank"."""
        bare = all(group.role in "Bb" for group in people.whole)
        one = self.letters[spot - 1] == "," and self.letters[spot] == "S"
        return not people.used and bare and (not one or people.whole[0].form == "nth")

    def _left(self, at: int, name: str) -> People | None:
        """Return the list to the left of an outcome, unless it is another one's object."""
        match = LEFTWARDS[name].match(self.mirror, len(self.mirror) - at)
        if not match:
            return None
        spot = len(self.mirror) - 1 - match.start(match.lastgroup or 0)
        people = self.sentence.people(spot)
        if people.used and name != "them":
            return None
        people.used = True
        if self.letters[:spot].endswith("!"):  # "no soldier was killed"
            return None
        return People(people.whole[people.cut :], people.parts, further=people.further)

    def _shared(self, at: int) -> People | None:
        """Return the list of the outcome before: "were abducted and killed"."""
        match = SHARED.match(self.mirror, len(self.mirror) - at)
        if not match:
            return None
        outcome = self.sentence.items[len(self.mirror) - match.end()]
        before = [link for link in self.found[-MOST_SHARED:] if link.outcome == outcome]
        whole = [link.group for link in before if not link.part]
        return People(whole, [link.group for link in before if link.part]) if whole else None

    def _bodies(self, at: int) -> None:
        """Count bodies that were found, or lives that were lost."""
        people = self.sentence.people(at)
        unit = people.whole[0].last - 1
        if people.used:
            return
        if match := RIGHTWARDS["noun of"].match(self.letters, at + 1):
            of = self.sentence.people(match.start("any"))
            of.used = True
            self._link("bodies of", unit, of, at)
        elif (
            FOUND.match(self.letters, at + 1)
            or FINDS.match(self.mirror, len(self.mirror) - at)
            or self._dead(people.whole[0])
        ):
            self._link("bodies", unit, people, at)

    def _dead(self, group: Group) -> bool:
        letters = self.sentence.tokens.tags
        return bool(rule("{dead body}").search(letters, group.first, group.last))

    def _told_apart(self) -> None:
        """Add the bare figure of a second speaker: "Kabul said 15 died, Islamabad said two"."""
        for match in TOLD.finditer(self.letters) if self.found else ():
            people = self.sentence.people(match.start("any"))
            spot = people.whole[0].first
            before = [one for one in self.found if one.group.first < spot]
            if before and not people.used and all(g.role in "Bb" for g in people.whole):
                self._link("told apart", before[-1].outcome, people, match.start())

    def _also(self, group: Group, unit: int) -> bool:
        """Whether "also" stands between people and what befell them."""
        letters = self.sentence.tokens.tags
        return bool(rule("{also}").search(letters, group.last, max(group.last, unit + 2)))

    def _link(self, name: str, unit: int, people: People, at: int | None = None) -> None:
        outcome = outcome_of(self.sentence.tokens.tags[unit])
        claim = None if at is None else self.sentence.claims[at]
        for groups, part in ((people.whole, name == "including"), (people.parts, True)):
            self.found.extend(
                Link(
                    "killed" if outcome == "injured" and group.role == "Y" else outcome,
                    group,
                    name,
                    unit,
                    part,
                    claim,
                    people.further or self._also(group, unit),
                )
                for group in groups
                if outcome
            )
