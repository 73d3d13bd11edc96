"""The place text of a spreadsheet row, taken apart: which names to try, in which order.

"Margha (Marghi) market, Barmal" → try Margha market, Margha, Marghi, then Barmal.
Pure text: nothing here knows the gazetteer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.places.names import normalise

__all__ = ["Phrase", "in_town", "phrases", "segments", "without_facility"]

_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_PAIR: Final = re.compile(r"\s*(?:/|&|\band\b|\bor\b|;)\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[-–—]\s*(?=[A-Z])")
_WAYS: Final = frozenset(("road", "highway", "line", "motorway"))

_SECURITY_WORDS: Final = (
    "police station stations post posts checkpost checkpoint checkpoints outpost outposts fort "
    "camp base compound headquarters hq garrison cantonment lines line training centre center "
    "ctd fc levies constabulary federal frontier corps army military border sector sectors "
)
_CIVIL_WORDS: Final = (
    "mosque madrasa madrassa seminary school high primary college university cadet hospital civil "
    "office offices passport embassy consulate ministry bank market markets bazaar bazar chowk "
    "square stadium stand taxi bus railway airport airbase port complex authority bridge tunnel "
    "mine mines coal hotel court jail prison refugee refugees "
)
_LAND_WORDS: Final = (
    "area areas region mountains mountain hills hill road highway bypass ring crossing gate point "
    "zone belt side town city village villages valley pass near outskirts suburb "
    "the of at in on along several some other incl including"
)
_CITY_WORDS: Final = frozenset(
    (
        *("embassy", "consulate", "ministry", "stadium", "university", "hospital", "bank"),
        *("hotel", "chowk", "square", "airport", "railway", "cantonment", "garrison", "court"),
        "mosque",
    )
)
_FACILITY_WORDS: Final = frozenset(f"{_SECURITY_WORDS} {_CIVIL_WORDS} {_LAND_WORDS}".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing to try: ``names`` are several where the text says "X and Y".

    ``loose`` when a facility or area word was taken off, so the answer is only near;
    ``segment`` counts the comma-separated parts, the most specific first.
    """

    names: tuple[str, ...]
    loose: bool
    segment: int


def segments(text: str) -> tuple[list[str], list[str]]:
    """Return the comma-separated parts outside and those inside brackets, in order."""
    inside = [part for found in _BRACKETS.findall(text) for part in found if part]
    outside = _BRACKETS.sub(" ", text)
    return _commas(outside), [part for group in inside for part in _commas(group)]


def phrases(text: str) -> list[Phrase]:
    """Return what to try, the most specific first and each as written before it is loosened."""
    outside, inside = segments(text)
    if not outside:
        outside, inside = inside, []
    tries: list[Phrase] = []
    for number, part in enumerate(outside):
        tries += _tries(part, number)
        if number == 0:
            for other in inside:
                tries += _tries(other, 0)
    return list(dict.fromkeys(tries))


def in_town(text: str) -> bool:
    """Whether the most specific part is of the kind that stands in the town named after it.

    A bare facility ("Taxi stand, Chaman") or a city one ("Shahwani Stadium, Quetta") is; the
    police station of a place we do not know ("X police station, Peshawar") need not be.
    """
    first = (segments(text)[0] or [""])[0]
    bare = first and not without_facility(first)
    return bool(bare) or bool(_CITY_WORDS & set(normalise(first).split()))


def _commas(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(",") if part.strip()]


def _tries(part: str, number: int) -> list[Phrase]:
    tries = [Phrase((part,), False, number)]
    pieces = [piece for piece in _PAIR.split(part) if piece]
    if len(pieces) == 1 and _WAYS & set(normalise(part).split()):
        pieces = [piece for piece in _BETWEEN.split(part) if piece]
    if len(pieces) > 1:
        tries.append(Phrase(tuple(pieces), True, number))
    core = without_facility(part)
    if core and core != part:
        tries.append(Phrase((core,), True, number))
    return tries


def without_facility(part: str) -> str:
    """Return the part without facility and area words at its ends; empty when it is only such."""
    words = part.split()
    while words and _is_facility(words[-1]):
        words.pop()
    while words and _is_facility(words[0]):
        words.pop(0)
    return " ".join(words)


def _is_facility(word: str) -> bool:
    plain = normalise(word)
    return plain in _FACILITY_WORDS or plain.isdigit()
