"""Toponyms in news text: every gazetteer name with context rules, then joint resolution.

The names are found in one pass (:mod:`geo.places.gazetteer.name_index`), laid over the tokens
text by what they may mean, and judged by :mod:`geo.reports.places.roles`; what stands is resolved
together (:mod:`geo.reports.places.disambiguate`).

Names that stand where only a place stands are found too, though no gazetteer lists them so spelled:
"Sambaza area of Zhob district", "near Zardalu". The mention is true even where the map can but show
the district round it; a name that sounds like a listed one is taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.model import Mention
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.gazetteer.name_index import NameIndex, name_index
from geo.places.names import normalise
from geo.reports.places.disambiguate import Toponym, resolve_jointly
from geo.reports.places.roles import Judged, expanded, judge
from geo.reports.tokens.lexicon import SHAPES, Entry, fold, kinds_of, words
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Toponym", "find_mentions", "find_toponyms"]

MAJOR: Final = frozenset({"admin1", "region", "boundary"})
TOWN_PEOPLE: Final = 30_000
"""A town of fewer people, outside the hand-made list, counts only where a cue speaks for it."""
SURE_LETTERS: Final = 4
LOWER_LETTERS: Final = 5
DUMP: Final = "gn-"
NAMING: Final = frozenset({"wordlike", "seat"})
"""Kinds of the word lists whose entries are place names."""
PART: Final = "(?: {Name} | {name} | {suffix} )"
PARTS: Final = f"(?P<x> (?: @y | {PART} ) (?: {{word}}? {PART} ){{0,3}} )"
ENDED: Final = "(?! {Name} | {name} | {suffix} | {institution} | {feature} | {route} )"
UNLISTED: Final = (
    (
        "area word",
        "{locative} (?: 'the' )? {qualifier}? "
        + PARTS
        + " {qualifier}? (?P<hint> {area} | {market} )",
    ),
    ("area word", "(?: {area} 'of' | {unit word} ) (?: 'the' )? " + PARTS),
    ("in a list of places", "{locative} " + PARTS + " (?= @joint @y {area} )"),
    (
        "within a place",
        "{site} " + PARTS + " (?= (?: [,] | 'of' | ','? 'in' ) (?: 'the' )? {settled} )",
    ),
    ("described so", "{locative} " + PARTS + " (?= [,] {article} ~3 (?: {area} | {hamlet} ) )"),
    ("so far from another", "{site} " + PARTS + " (?= [,] ~2 (?: {digits} | {number} ) {unit} )"),
    ("of a place", r"{settled} {more}* \x27 {word} " + PARTS + ENDED),
    ("a village's name", "{locative} (?P<x> (?: {Name} | @y ) {Name}? {suffix} )"),
    ("a village's name", "(?P<x> {killi} {Name}{1,2} )"),
    ("beside it", "{beside} (?: 'the' )? " + PARTS + ENDED),
)
SOUNDING: Final = "{locative} (?: 'the' )? (?P<x> {Name}{1,3} )"
LINKS: Final = frozenset({"e", "i", "wa", "o", "u", "al", "ul"})
NEW: Final = frozenset(SHAPES["Name"])
SHORTEST: Final = 4


@dataclass(slots=True)
class Candidate:
    """A name of the gazetteer in the text: its span, its units, its number in the index."""

    start: int
    end: int
    first: int
    last: int
    name: int
    tag: str


def find_toponyms(tokens: Tokens, gazetteer: Gazetteer) -> list[Toponym]:
    """Find and resolve the toponyms of one item.

    Parameters
    ----------
    tokens
        The item's tokens; dates may be laid over it.
    gazetteer
        The names to look for; their index is built at the first call (a second for the full tier).

    Returns
    -------
    list of Toponym
        In order of the text; persons, demonyms and names of organisations are none.
    """
    return resolve_jointly(tokens, find_mentions(tokens, gazetteer), gazetteer)


def find_mentions(tokens: Tokens, gazetteer: Gazetteer) -> list[Mention]:
    """Find the toponyms of an item without resolving them."""
    index = name_index(gazetteer)
    inner, free = _candidates(tokens, gazetteer, index)
    overlaid = _overlaid(tokens, free)
    judged = judge(overlaid)
    named = {index.names[c.name] for c in free if _stands(c, judged, tokens)}
    found = [_owner(tokens, c) for c in inner]
    taken = {u for c in free if c.first not in judged.refused for u in range(c.first, c.last)}
    found += _unlisted_mentions(overlaid, taken, gazetteer)
    for c in free:
        same = c.tag not in "HL" and index.names[c.name] in named - words("wordlike")
        if _stands(c, judged, tokens) or (same and c.first not in judged.refused):
            found.append(_mention(tokens, c, judged))
    return sorted(found, key=_start)


def _candidates(
    tokens: Tokens, gazetteer: Gazetteer, index: NameIndex
) -> tuple[list[Candidate], list[Candidate]]:
    """Return the names that stand within a party's name, and those that stand free."""
    inner: list[Candidate] = []
    free: list[Candidate] = []
    for start, end, name in index.find(tokens.text):
        first, last = tokens.units(start, end)
        inside = first == last or tokens.starts[first] != start
        first -= inside
        tag = _letter(gazetteer, name)
        if tokens.text[start].islower():
            tag = "L" if _plain_enough(tag, tokens, start, end) else ""
        held = tokens.entry(first) if first >= 0 else None
        candidate = Candidate(start, end, first, last, name, tag)
        if inside or tokens.ends[last - 1] > end:
            if (
                tag
                and tag not in "MHL"
                and held
                and not _masked(held, tokens.said(first, first + 1))
            ):
                inner.append(candidate)
        elif tag and not (held and _plain_word(held, candidate)):
            free.append(candidate)
    return inner, free


def _overlaid(tokens: Tokens, candidates: list[Candidate]) -> Tokens:
    """Lay the candidates' tags over the text; their units are known, so that it is quick."""
    tags = list(tokens.tags)
    for c in candidates:
        tags[c.first : c.last] = [c.tag, *"p" * (c.last - c.first - 1)]
    return Tokens(tokens.text, "".join(tags), tokens.starts, tokens.ends)


@lru_cache(maxsize=1 << 16)
def _letter(gazetteer: Gazetteer, name: int) -> str:
    """Return the tag of what a name may mean: P, S, C, G (sure), K, M, H (ever less so)."""
    index = name_index(gazetteer)
    key = index.names[name]
    places = [gazetteer.place(i) for i in index.meant(name)]
    kinds = {place.kind for place in places}
    people = max(place.population for place in places)
    curated = any(not place.id.startswith(DUMP) for place in places)
    big = bool(kinds & MAJOR) or "city" in kinds or (curated and people >= TOWN_PEOPLE)
    parts = key.split()
    if "country" in kinds:
        return "C"
    if key in words("seat"):
        return "S"
    if key in words("wordlike"):
        return "M"
    if len(parts) <= 2 and not big and any(part in words("name") for part in parts):
        return "M" if curated else "H"
    if big:
        return "P"
    if curated:
        return "G" if "crossing" in kinds else "K" if len(key) >= SURE_LETTERS else "M"
    return "K" if people >= TOWN_PEOPLE else "M" if people else "H"


def _plain_enough(tag: str, tokens: Tokens, start: int, end: int) -> bool:
    """Whether a name in lower case may be one: well known, long, no description."""
    generic = "area" in kinds_of(tokens.tags[tokens.units(start, end)[1] - 1])
    return tag in {"P", "G", "C", "S"} and end - start >= LOWER_LETTERS and not generic


def _masked(held: Entry, said: str) -> bool:
    """Whether an entry is a proper name whose words are no toponyms; a description is none."""
    if "mask" in held.kinds or "militant" in held.kinds:
        return True
    return "state force" in held.kinds and said.istitle() and " " in said


def _plain_word(held: Entry, candidate: Candidate) -> bool:
    """Whether a little-known name is but a word of the language."""
    if _masked(held, "") or "month" in held.kinds or "weekday" in held.kinds:
        return candidate.last - candidate.first == 1
    special = held.kinds <= NAMING
    return candidate.tag in "MHL" and candidate.last - candidate.first == 1 and not special


def _stands(candidate: Candidate, judged: Judged, tokens: Tokens) -> bool:
    unit = candidate.first
    if unit in judged.refused:
        return False
    cue = judged.cued.get(unit)
    if candidate.tag in "MHL":
        return cue is not None or _native(tokens.text[candidate.start])
    return True


def _native(tag: str) -> bool:
    return "\u0600" <= tag <= "\u06ff"


def _mention(tokens: Tokens, candidate: Candidate, judged: Judged) -> Mention:
    unit = candidate.first
    role, why = judged.roles.get(unit, ("literal", ""))
    end = _closed(tokens.text, candidate.start, candidate.end)
    return Mention(
        tokens.text[candidate.start : end],
        candidate.start,
        end,
        role,
        judged.hints.get(unit, ""),
        why or judged.cued.get(unit, "a known name"),
    )


def _closed(text: str, start: int, end: int) -> int:
    """Return the end of a name with its last mark: "U.S.", "Punjab (India)"."""
    said, mark = text[start:end], text[end : end + 1]
    dotted = mark == "." and said[1:2] == "."
    return end + (dotted or (mark == ")" and "(" in said))


def _owner(tokens: Tokens, candidate: Candidate) -> Mention:
    said = tokens.text[candidate.start : candidate.end]
    why = f"in '{tokens.said(candidate.first, candidate.first + 1)}'"
    return Mention(said, candidate.start, candidate.end, "attributive", "", why)


def _start(mention: Mention) -> int:
    return mention.start


def _unlisted_mentions(
    tokens: Tokens, taken: Collection[int], gazetteer: Gazetteer
) -> Iterator[Mention]:
    """Yield mentions of places by names that the index does not hold.

    Parameters
    ----------
    tokens
        The text with the candidates laid over it.
    taken
        Units of candidates that stand: they are not named again.
    gazetteer
        Where a name may be held in another spelling.
    """
    held = set(taken)
    for why, pattern in UNLISTED:
        for found in expanded(pattern).finditer(tokens.tags):
            units = range(*found.span("x"))
            if held.isdisjoint(units) and _is_name(tokens, units):
                held.update(units)
                yield _unlisted(tokens, found, f"unlisted, {why}")
    for found in expanded(SOUNDING).finditer(tokens.tags):
        units = range(*found.span("x"))
        said = tokens.said(*found.span("x"))
        if held.isdisjoint(units) and _sounds(said, gazetteer):
            held.update(units)
            yield _unlisted(tokens, found, "another spelling")


def _unlisted(tokens: Tokens, found: re.Match[str], why: str) -> Mention:
    first, last = found.span("x")
    hint = found.groupdict().get("hint") and fold(tokens.said(*found.span("hint")))
    start, end = tokens.starts[first], tokens.ends[last - 1]
    return Mention(tokens.text[start:end], start, end, "literal", hint or "", why)


def _is_name(tokens: Tokens, units: range) -> bool:
    """Whether the words are a name: capitals but for links, something new, no mere acronym."""
    said = tokens.said(units.start, units.stop)
    if said.isupper() or len(said) < SHORTEST:
        return False
    parts = re.split(r"[\s\-‐‑]+", said)
    cased = all(part.istitle() or part in LINKS for part in parts if part)
    return cased and any(tokens.tags[unit] in NEW for unit in units)


@lru_cache(maxsize=1 << 14)
def _sounds(said: str, gazetteer: Gazetteer) -> bool:
    """Whether a well-known place is spelled nearly so."""
    if len(said) < SHORTEST or normalise(said) in words("name"):
        return False
    return any(not hit.place.id.startswith("gn-") for hit in gazetteer.folded(said))
