"""Names that stand where only a place stands, though no gazetteer lists them so spelled.

"Sambaza area of Zhob district", "near Zardalu": the mention is true even where the map can but
show the district round it. A name that sounds like a listed one is taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from geo.model import Mention
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.names import normalise
from geo.reports.places.roles import expanded
from geo.reports.tokens.lexicon import SHAPES, fold, words
from geo.reports.tokens.tokenise import Tokens

__all__ = ["unlisted_mentions"]

PART: Final = "(?: {Name} | {name} | {suffix} )"
PARTS: Final = f"(?P<x> (?: @y | {PART} ) (?: {{word}}? {PART} ){{0,3}} )"
ENDED: Final = "(?! {Name} | {name} | {suffix} | {institution} | {feature} | {route} )"
RULES: Final = (
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


def unlisted_mentions(
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
    for why, pattern in RULES:
        for found in expanded(pattern).finditer(tokens.tags):
            units = range(*found.span("x"))
            if held.isdisjoint(units) and _is_name(tokens, units):
                held.update(units)
                yield _mention(tokens, found, f"unlisted, {why}")
    for found in expanded(SOUNDING).finditer(tokens.tags):
        units = range(*found.span("x"))
        said = tokens.said(*found.span("x"))
        if held.isdisjoint(units) and _sounds(said, gazetteer):
            held.update(units)
            yield _mention(tokens, found, "another spelling")


def _mention(tokens: Tokens, found: re.Match[str], why: str) -> Mention:
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
