"""Whether a name is a place here, and in what role: named rules over the tokens of a text.

The candidates of a text are laid over its tags by what they may mean (``{settled}``,
``{little}`` and so on, see ``SHAPES``). The rules then say which are no places (persons, clubs,
courts, papers), which of the little-known names stand where only a place stands, which role each
plays, and which generic word goes with it. The first rule that speaks of a candidate decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from geo.model import Role
from geo.reports.tokens.lexicon import (
    HYPHENS,
    SHAPES,
    fold,
    kinds_of,
    rule,
)
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Judged", "expanded", "judge"]

Claim = TypeVar("Claim")

MACROS: Final = {
    "@x": "(?P<x>{toponym}) {more}*",
    "@y": "{toponym} {more}*",
    "@unsure": "(?P<x>{unsure}) {more}*",
    "@little": "(?P<x>{little}) {more}*",
    "@seat": "(?P<x>{seat}) {more}*",
    "@joint": "(?: [,/&—] (?: 'and' | 'or' )? | 'and' | 'or' | 'as well as' ) (?: 'the' )?",
    "@day": "(?: ','? (?: {date}+ | {weekday} | {month} [.]? {digits} (?: ','? {year} )?"
    " | {digits} {month} (?: ','? {year} )? ) )",
    "@credit": r"(?: '(' [^()\n]{1,8} ')' )",
    "@part": "(?: {title} | {Name} | {name} | {link} )",
    "@midst": r"[^.:\x22\n•*]",
    "@proper": r"(?P<proper> (?: [^.,;:()\n] ){0,3}? {institution} )",
}
"""Words of the rules: ``@x`` is the candidate spoken of, ``@y`` any other; after ``@midst``, a
unit that opens no sentence, a capital says something. Of the groups, ``proper`` must be written
with capitals, ``spoken`` not all in capitals, and ``joined`` stands after a hyphen."""

NO_PLACE: Final = (
    ("title before", "(?P<proper> {title} ) [.]? (?: {title} [.]? ){0,3} @x (?! {area} )"),
    (
        "title before",
        "(?P<proper> {title} ) [.]? (?: @part [.]? ){1,4} @unsure",
    ),
    ("another's name", r"{alias} [\x22]? {title}? @x"),
    ("surname after", "@x {name}"),
    ("start of a longer name", "@x (?P<proper> {suffix} )"),
    ("start of a longer name", "@unsure {Name} (?= {area} )"),
    ("start of a longer name", "@little {little}"),
    ("name before", "@before @little (?! {area} )"),
    (
        "name before",
        "(?P<spoken> {Name} | {name} ) (?<= @midst . ) (?P<x>{known}) (?! {more} | {area} )",
    ),
    ("end of a longer name", "(?P<spoken> {Name} | {name} ) (?<= @midst . ) @unsure (?= {area} )"),
    ("name after", "@little {Name}"),
    ("a tribe", "@x {Name}? {tribe}"),
    ("a tribe", "@little {elders}"),
    ("one who speaks", "@unsure {saying}"),
    ("in an institution's name", "@x (?= @proper )"),
    ("in an institution's name", "@x (?P<proper> (?P<spoken> 'police' ) ) (?! {Name} )"),
    ("in an institution's name", "@little (?P<proper> 'hospital' )"),
    ("in an institution's name", "(?P<proper> (?: {school} | {corps} ) 'of'? ) @x"),
)
ROLES: Final[tuple[tuple[tuple[Role, str], str], ...]] = (
    (("embedded", "end of a route"), "@x (?: (?P<joined> @y ) ){1,2} {route}"),
    (("embedded", "end of a route"), r"@y (?P<joined> @x) (?: [—]? @y )? {route}"),
    (("embedded", "end of a route"), "@y [—] @x {route}"),
    (("embedded", "end of a route"), "@x [—] @y {route}"),
    (("embedded", "part of a compound"), "@x (?P<joined> {compound} )"),
    (("attributive", "owner"), r"@x \x27 {word}"),
    (
        ("metonymic", "government in"),
        "{polity} 'in' @seat (?! ','? (?: 'on' | {this day} | {weekday} | {date} ) )",
    ),
    (("literal", "located"), "{site} (?: 'the' )? {qualifier}? @x"),
    (("metonymic", "between governments"), "'between' @seat 'and' @y"),
    (("metonymic", "between governments"), "'between' @y 'and' @seat"),
    (("attributive", "owner"), "@x {owned}"),
    (("attributive", "owner"), "{owned} 'of' @x"),
    (("metonymic", "one who speaks"), "@seat (?: 'and' @y | {manner} | 'on' {weekday} )? {speech}"),
    (("metonymic", "one addressed"), "{relation} @seat"),
)
CUES: Final = (
    ("located", "{site} (?: 'the' | 'a' | {qualifier} | {area} 'of'? ){0,4} @x"),
    ("area word", "@x {qualifier}? (?: {area} | {feature} )"),
    ("area word", "{area} 'of' (?: 'the' )? @x"),
    ("area word", "{unit word} @x"),
    ("within a place", "@x (?: [,/] | '(' | ','? (?: 'in' | 'of' ) ) 'the'? {settled}"),
    ("of a place", r"{settled} {more}* (?: \x27 {word} | '(' | '/' ) @x"),
    ("attack named after it", "@x {incident}"),
    ("after a preposition", "{locative} (?: 'the' )? (?P<x> [KM] )"),
)
HINTS: Final = (
    "@x {qualifier}? (?P<hint> {area} )",
    "(?P<hint> {area} ) (?<! {named} {area} ) 'of' (?: 'the' )? @x",
    "(?P<hint> {unit word} ) @x",
)
RUN: Final = "@y (?: @joint (?: @y | {Name}{1,2} (?= @joint @y ) ) )+"
DATELINES: Final = (
    r"(?P<run> {toponym} (?<! [^\n\x22•*—-] {toponym} ) {more}*"
    r" (?: (?: [/&,—-] | 'and' )? @y ){0,3} )"
    r" (?: ','? {Name} ){0,2}? @credit? @day? @credit? @day? @credit? [:—-] (?= [^\n]{8} )",
    "(?P<run> @y (?: ',' @y )? ) '(' @day ')'",
)
UNDASHED: Final = (
    r"(?P<run> {toponym} (?<! [^\n\x22•*—-] {toponym} ) {more}* ) @credit (?= [^\n]{8} )"
)
"""All in capitals: "KABUL (BNA) The special forces"."""
CUED: Final = frozenset({"located", "area word"})
YIELDING: Final = frozenset({"one who speaks"})
"""Reasons against a name that yield to a clear cue: "officials in Wana said"."""
CANDIDATES: Final = frozenset(SHAPES["toponym"])


@dataclass(slots=True)
class Judged:
    """What the rules say of the candidates, by the unit at which each begins."""

    refused: dict[int, str]
    roles: dict[int, tuple[Role, str]]
    cued: dict[int, str]
    hints: dict[int, str]


def judge(tokens: Tokens) -> Judged:
    """Judge the candidates laid over tokens."""
    cued = _claims(tokens, CUES)
    refused = {
        unit: why
        for unit, why in _claims(tokens, NO_PLACE).items()
        if not (why in YIELDING and cued.get(unit) in CUED)
    }
    said = Judged(refused, {}, cued, {})
    _datelines(tokens, said)
    for unit, role in _claims(tokens, ROLES).items():
        said.roles.setdefault(unit, role)
    for pattern in HINTS:
        for found in expanded(pattern).finditer(tokens.tags):
            said.hints.setdefault(found.start("x"), _words(tokens, found))
    for found in expanded(RUN).finditer(tokens.tags):
        units = _members(tokens, found)
        _share_hint(tokens, said, units, found.end())
        _share_cue(tokens, said, units)
        _share_role(tokens, said, units)
    return said


def _claims(tokens: Tokens, rules: Iterable[tuple[Claim, str]]) -> dict[int, Claim]:
    """Return what the first rule that speaks of a candidate says of it, by the candidate's unit."""
    claims: dict[int, Claim] = {}
    for claim, pattern in rules:
        for found in expanded(pattern).finditer(tokens.tags):
            if _holds(tokens, found):
                claims.setdefault(found.start("x"), claim)
    return claims


@lru_cache(maxsize=256)
def expanded(pattern: str) -> re.Pattern[str]:
    """Compile a rule that may use the words of ``MACROS``."""
    for macro, meaning in MACROS.items():
        pattern = pattern.replace(macro, meaning)
    return rule(pattern)


def _holds(tokens: Tokens, found: re.Match[str]) -> bool:
    """Whether the capitals and hyphens that a rule asks for are there."""
    spans = found.re.groupindex
    if "proper" in spans and not _proper(tokens.said(*found.span("proper"))):
        return False
    if "spoken" in spans and tokens.said(*found.span("spoken")).isupper():
        return False
    return "joined" not in spans or tokens.text[tokens.starts[found.start("joined")] - 1] in HYPHENS


def _proper(said: str) -> bool:
    """Whether a name is written with capitals; in a line of capitals only one word is believed."""
    words = said.split()
    if said.isupper() and len(words) > 1:
        return False
    return all(
        word[0].isupper() or not word[0].isalpha() or word in {"of", "and", "for"} for word in words
    )


def _words(tokens: Tokens, found: re.Match[str]) -> str:
    return " ".join(fold(tokens.said(*found.span("hint"))).replace("-", " ").split())


def _datelines(tokens: Tokens, said: Judged) -> None:
    for pattern in (*DATELINES, UNDASHED):
        for found in expanded(pattern).finditer(tokens.tags):
            if pattern is UNDASHED and not tokens.said(*found.span()).isupper():
                continue
            for unit in _members(tokens, found, "run"):
                said.refused.pop(unit, None)
                said.roles[unit] = ("dateline", "dateline")
                said.cued[unit] = "dateline"


def _members(tokens: Tokens, found: re.Match[str], group: str | int = 0) -> list[int]:
    return [u for u in range(*found.span(group)) if tokens.tags[u] in CANDIDATES]


def _share_hint(tokens: Tokens, said: Judged, units: list[int], after: int) -> None:
    """Let a list share its generic word: "in Bannu, Lakki Marwat and Tank districts"."""
    if after < len(tokens.tags) and "area" in kinds_of(tokens.tags[after]):
        word = fold(tokens.said(after, after + 1))
        if word.endswith("s") and not word.endswith("pass"):
            for unit in units:
                said.hints.setdefault(unit, word)


def _share_cue(tokens: Tokens, said: Judged, units: list[int]) -> None:
    """Let what stands in a list with a place be one; a mere hamlet only if the first is located."""
    if any(u in said.cued or tokens.tags[u] in SHAPES["settled"] for u in units):
        for unit in units:
            if tokens.tags[unit] != "H" or units[0] in said.cued:
                said.cued.setdefault(unit, "in a list of places")


def _share_role(tokens: Tokens, said: Judged, units: list[int]) -> None:
    if any(said.roles.get(u) and said.roles[u][0] == "metonymic" for u in units):
        for unit in units:
            if tokens.tags[unit] in SHAPES["seat"]:
                said.roles.setdefault(unit, ("metonymic", "in a list of governments"))
