"""Groups of people in a sentence: "at least 12 militants", "his two sons", "Naik Gul Zaman".

A group is found by its form alone; what befell it is for
:mod:`geo.reports.casualties.figures` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.model import Tally
from geo.reports.tokens.lexicon import kinds_of, rule
from geo.reports.tokens.numbers import parse_number
from geo.reports.tokens.tokenise import Tokens

__all__ = ["OUTCOMES", "Group", "find_groups", "side_of"]

OUTCOMES: Final = ("killed", "injured", "detained", "abducted")
OUTCOME: Final = "(?:{killed}|{injured}|{detained}|{abducted})"
NUMBER: Final = (
    "(?: {vague number} | {digits} {scale}{0,2} | {figure} {scale}"
    " | {number} (?:'-'? {number})? (?: {scale} (?:'and'? {number}{1,2})? ){0,2}"
    " | {a} {scale} (?:'and' {number}{1,2})? )"
)
VERBAL: Final = "{be singular}|{be plural}|{be}|{have}|{claiming}|{found}"
LINKING: Final = "{joint}|{along}|{preposition}|{relative}|{contrast}|{part}|{of them}"
COUNTING: Final = "{number}|{digits}|{thing}|{unit}|{article}|{definite}|{nobody}"
WORD: Final = rf"(?:(?!{VERBAL}|{LINKING}|{COUNTING}|{OUTCOME}|[.,;:()\n]).)"
"""A word that may stand between a number and its noun: "12 “Indian-sponsored” terrorists"."""
PERSON: Final = "(?:{people}|{actor}|{body})"
HEAD: Final = (
    f"(?:{PERSON}{{1,4}} (?:{{styled}} {PERSON}{{1,3}})? (?:'and' {{civilian}})? (?!{{thing}}))"
)
NAMED: Final = "(?:{Name}|{name})"
NAMES: Final = (
    f"(?:(?:{{title}} '.'?){{0,2}} {NAMED} (?:{NAMED}|{{name particle}}|{{title}}){{0,4}})"
)
YEARS: Final = "(?:',' {digits} (?=',')|{digits} (?={Name}|{joint}|{title}))?"
"""The age after a name."""
APPOSED: Final = f"(?: ',' {NAMES} (?=','|[.;\n]))?"
"""A name that says who one is: "a Taliban leader, Noor Khan,"."""
PERSONS: Final = (
    r"(?!'-'|'/'|'%'|{month}|(?:(?!{killed}|{injured}|{joint}|{article}|{preposition}|{claiming}|[.,;:\n]).){0,2}?"
    "(?:{unit}|{thing}|{kin}))"
)
"""After a number without a noun: it counts no things."""
FORMS: Final = {
    # told in passing: "(TTP)", "aged 4, 6 and 9", "identified as Noor Khan"
    "aside": r"'(' [^()\n]{0,12} ')' | '(' (?:{age given}|{digits} {time unit}) [^()\n]{0,30} ')'"
    r" | 'aged' (?:{digits}|{number}|','|'and'|'to'|'-'){1,9}"
    f" | (?:{{most of them}}|{{most}} 'of') {WORD}{{0,3}}? {HEAD} {{of them}}?"
    f" | {NUMBER} {{each}}"
    f" | {{identify}} {NAMES} {{digits}}? (?:(?:','|'and'|',' 'and')? {NAMES} {{digits}}?){{0,12}}",
    # "a 12-year-old boy"
    "aged": f"{{a}} (?:{{digits}}|{{number}}{{1,2}}) '-'? {{age}} (?:{WORD}{{0,3}}? {HEAD})?",
    # "a family of five", "a group of 12 militants"
    "band": f"(?:{{article}}|{{definite}}|{{another}}) {WORD}{{0,2}}? {{band}}"
    f" (?P<bound>{{at least}}|{{about}})? (?P<size>{NUMBER}) (?:{WORD}{{0,3}}? {HEAD})?",
    # "a five-member family"
    "kin": f"{{a}}? (?P<members>{NUMBER}) '-'? {{kin}}",
    # "a couple"
    "pair": f"(?:{{article}}|{{definite}}) {WORD}{{0,2}}? {{pair}}",
    # "of the 20 seized passengers, nine ..."
    "frame": f"'of' {{definite}} (?P<framed>{NUMBER}) {WORD}{{0,3}}? (?P<befell>{OUTCOME})?"
    f" {WORD}{{0,3}}? {HEAD}? (?=',')",
    # "at least 12 militants", "five of the 14", "nine of them", "two"
    "counted": "(?P<lead>(?:{at least}|{at most}|{about}|{definite}|{possessive}|{another}"
    "|{more}){0,3}) (?<!{numbered})(?<!{month})(?<!{month}\\.)(?<!/)"
    f" (?!{{year}} (?!{WORD}{{0,3}}? {{people}}))"
    f" (?P<old>'from' {NUMBER} 'to')?"
    f" (?P<n>'between' {NUMBER} 'and' {NUMBER}"
    f"|{NUMBER} (?:(?:'to'|'-'|'—'|'or') {NUMBER})?|{{as many}})"
    f" (?: (?P<them>{{of them}} (?:{WORD}{{0,3}}? {HEAD})?)"
    f" | 'of' {{definite}}? (?P<whole>{NUMBER}) (?:{WORD}{{0,3}}? {HEAD})?"
    f" | 'of' (?:{{definite}}|{{possessive}}){{1,2}} {WORD}{{0,3}}? (?:{HEAD}|{OUTCOME})"
    f" | (?P<noun>{WORD}{{0,5}}? (?:(?!{{harm}}) (?P<outcome>{OUTCOME}))? {WORD}{{0,2}}?"
    f" (?:{{thing}} {WORD}? (?={{people}}))? {HEAD}"
    f" (?:{NAMES} (?:(?:','|'and') {NAMES}){{0,4}})?)"
    f" | (?P<bare>{PERSONS}) )",
    "both": f"'both' (?!{NUMBER})"
    f" (?: (?:'of'? 'the')? {WORD}{{0,3}}? {HEAD} | (?!{WORD}|{{thing}}) )",
    # "a policeman", "the bomber", "his brother"
    "single": "(?P<det>{article}|{definite}|{possessive}|{another}|'one')"
    f" (?:(?!{{of}}|{{clash}}){WORD}){{0,5}}? (?:{{one person}}|{{one body}}){{1,3}}"
    " (?!{thing}|{people})"
    f" {NAMES}? {YEARS}"
    f" {APPOSED} (?P<among>{{of them}})? (?:{{of}} {NUMBER} (?!{WORD}{{0,3}}? {HEAD}))?",
    # "journalist Naseer Kakar", "Naik Gul Zaman", "Naseer Kakar"
    "titled": f"(?: (?:{{title}} '.'?|{{one person}}){{1,3}} {NAMES} {YEARS})",
    "victim": f"(?:(?<={OUTCOME})|(?<={OUTCOME}{{of}})) {NAMES} (?!{WORD})",
    "named": f"(?<!{{preposition}})(?<!{{article}})(?<!{{definite}})(?<!{{Name}}) {NAMED}"
    f" (?:{NAMED}|{{name particle}} (?={NAMED})){{1,4}} {YEARS}",
    # "policeman killed", "a headmaster was gunned down", "killed a headmaster", "himself"
    "plain": f"(?: (?<={OUTCOME}) {WORD}{{1,5}}?)? {{one person}}{{1,3}}"
    f" (?!{{thing}}|{{people}}) {APPOSED}",
    "open": f"(?<!{{preposition}}) (?P<which>{{article}}|{{definite}}|{{possessive}}) {WORD}{{1,4}}"
    f" (?={{be singular}} {{adverb}}{{0,2}} {OUTCOME})",
    "object": f"(?<={OUTCOME}) {{a}} {WORD}{{1,4}} (?!{{thing}}|{{unit}}|{WORD})",
    # "two died on the spot, a third in hospital"
    "nth": "(?:{article}|{definite}) {nth} {adverb}?"
    f" (?={{be singular}}|{{preposition}}|{{origin}}|{{adverb}}|{OUTCOME})",
    "pronoun": f"{{one alone}} | {{another}} (?={{be singular}}|{{adverb}}|{OUTCOME})",
}
"""The forms of a group, the first that fits wins."""
GROUP: Final = "|".join(f"(?P<{name}>{form})" for name, form in FORMS.items())
FIRST: Final = (
    r"(?:\(|'aged'|'of'|'both'|'from'|'between'|'one'|{most}|{most of them}|{identify}"
    "|{article}|{definite}"
    "|{possessive}|{another}|{more}|{at least}|{at most}|{about}|{vague number}|{number}|{digits}"
    "|{figure}|{as many}|{title}|{one person}|{Name}|{name}|{one alone})"
)
"""What a group may begin with; after an outcome it may be any word."""
SIDES: Final = {
    "attacker": "attackers",
    "militant": "attackers",
    "state man": "state",
    "state force": "state",
    "government": "state",
    "militia": "state",
    "civilian": "civilians",
    "civilians": "civilians",
}
"""Kind of a word or actor -> the side its people are on."""


ONE: Final = Tally(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people: the units ``first`` to ``last``, end exclusive, and how many they are.

    ``form`` is the name of its form; ``role`` one letter for the rules that say what befell it:
    N plural noun, B bare number, C couple or family, O one, D the one, H his one, M name,
    b "one" or "himself", T "two of them", Y bodies, and nothing for what only frames the sentence.
    """

    form: str
    role: str
    first: int
    last: int
    tally: Tally = ONE
    noun: int = 0
    definite: bool = False
    whole: int | None = None
    outcome: int | None = None
    more: bool = False

    def people(self, tokens: Tokens) -> str:
        """Return the words for the people, folded."""
        return tokens.said(self.noun, self.last).casefold()

    def side(self, tokens: Tokens) -> str:
        """Return attackers, state, civilians or other: that of the last word that has one."""
        return side_of(tokens.tags[self.noun : self.last])


def side_of(letters: str) -> str:
    """Return attackers, state, civilians or other: that of the last word that has one."""
    return next((side for letter in reversed(letters) if (side := _side(letter))), "other")


def find_groups(tokens: Tokens, first: int, last: int) -> Iterator[Group]:
    """Yield the groups of people among the units ``first`` to ``last`` of a text, in order."""
    number = Tally()
    for match in _pattern().finditer(tokens.tags, first, last):
        found = MAKERS.get(match.lastgroup or "", _one)(tokens, match, number)
        number = found.tally
        yield found


def _one(tokens: Tokens, match: re.Match[str], _: Tally) -> Group:
    """Return one person: "a policeman", "his brother", "Naik Gul Zaman", "himself"."""
    form, (start, end) = match.lastgroup or "", match.span()
    opening = kinds_of(tokens.tags[start])
    definite = bool(opening & {"definite", "possessive", "one alone"})
    if form in {"titled", "named", "victim"}:
        role = "M"
    elif form in {"pronoun", "nth"}:
        role = "b"
    else:
        role = "D" if "definite" in opening else "H" if "possessive" in opening else "O"
    if match["among"]:
        role = "T"
    elif form == "single" and _bodily(tokens, match.end() - 1):
        role = "Y"
    more = "another" in opening or (form == "nth" and not definite)
    return Group(form, role, start, end, noun=start, definite=definite, more=more)


def _band(tokens: Tokens, match: re.Match[str], _: Tally) -> Group:
    """Return a family or group with its size."""
    form, (start, end) = match.lastgroup or "", match.span()
    definite = "definite" in kinds_of(tokens.tags[start])
    span = match.span("size") if form == "band" else match.span("members")
    tally = Tally(2, 2, 2) if form == "pair" else _tally(tokens, span, _kinds(tokens, start, span))
    noun = span[1] if span[0] >= 0 else start
    return Group(form, "C", start, end, tally, noun, definite)


def _both(tokens: Tokens, match: re.Match[str], _: Tally) -> Group:
    return Group("both", "N", *match.span(), Tally(2, 2, 2), match.start() + 1, definite=True)


def _frame(tokens: Tokens, match: re.Match[str], _: Tally) -> Group:
    """Return a figure that frames the sentence: "of the 20 passengers, nine ..."."""
    tally = _tally(tokens, match.span("framed"), set())
    outcome = match.start("befell") if match["befell"] else None
    noun = match.end("framed")
    return Group("frame", "", *match.span(), tally, noun, definite=True, outcome=outcome)


def _aside(tokens: Tokens, match: re.Match[str], before: Tally) -> Group:
    return Group("aside", "", *match.span(), before)


def _counted(tokens: Tokens, match: re.Match[str], before: Tally) -> Group:
    """Return a number of people."""
    span = match.span("n")
    kinds = _kinds(tokens, match.start(), span)
    same = "as many" in kinds_of(tokens.tags[span[0]])
    tally = before if same else _tally(tokens, span, kinds)
    whole = parse_number(tokens.said(*match.span("whole")))[0] if match["whole"] else None
    return Group(
        "counted",
        _counted_role(tokens, match, tally),
        match.start(),
        match.end(),
        tally,
        span[1],
        definite=bool(kinds & {"definite", "possessive"}),
        whole=whole,
        outcome=match.start("outcome") if match["outcome"] else None,
        more=any("more" in kinds_of(one) for one in tokens.tags[match.start() : match.end()]),
    )


def _counted_role(tokens: Tokens, match: re.Match[str], tally: Tally) -> str:
    if match["them"]:
        return "T"
    if match["noun"] and _bodily(tokens, match.end() - 1):
        return "Y"
    if tally.high == 1:
        return "b" if match["bare"] is not None else "O"
    return "B" if match["bare"] is not None else "N"


def _bodily(tokens: Tokens, unit: int) -> bool:
    return "body" in kinds_of(tokens.tags[unit])


def _kinds(tokens: Tokens, start: int, span: tuple[int, int]) -> set[str]:
    """Return the kinds of the words before a number."""
    found: set[str] = set()
    return found.union(*(kinds_of(one) for one in tokens.tags[start : span[0]]))


def _tally(tokens: Tokens, span: tuple[int, int], kinds: set[str]) -> Tally:
    """Return a number with the bound that the words before it set."""
    low, high = parse_number(tokens.said(*span))
    if "at most" in kinds:
        return Tally(None, high, high)
    if high is None:
        return Tally(low, None, None)
    best = high if low == high else None
    return Tally(low, best, None if "at least" in kinds else high)


MAKERS: Final = {
    "aside": _aside,
    "band": _band,
    "kin": _band,
    "pair": _band,
    "frame": _frame,
    "counted": _counted,
    "both": _both,
}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return rule(f"(?:(?={FIRST})|(?<={OUTCOME}))(?:{GROUP})")


@lru_cache(maxsize=8192)
def _side(letter: str) -> str:
    found = {SIDES[kind] for kind in kinds_of(letter) if kind in SIDES}
    return min(found) if found else ""
