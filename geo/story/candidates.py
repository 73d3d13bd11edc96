"""The places a name may mean, in plain words: what, where, how sure, how near the border."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from geo.border.nearby import Nearby, Pin, spread_km
from geo.model import Candidate, Place, Resolution
from geo.places.gazetteer.lookup import load
from geo.places.rank import precision_of
from geo.places.table import stands_in
from geo.words import NATIONS, PRECISION_WORDS, SIDE_WORDS, km_words

__all__ = [
    "ISOLATE",
    "POP",
    "answers",
    "facts",
    "isolated",
    "lines",
    "local_names",
    "pins",
    "score_words",
    "verdict",
    "what",
]

SHOWN: Final = 8
LOCAL_SHOWN: Final = 4
COORDINATE_DIGITS: Final = 4
KIND_WORDS: Final = {
    "admin1": "province",
    "admin2": "district",
    "admin3": "tehsil",
    "crossing": "border crossing",
    "facility": "site",
}
QUOTED: Final = re.compile(r"'[^']*'")
ISOLATE: Final = "\u2068"
POP: Final = "\u2069"
SCORES: Final = ((0.9, "very likely right"), (0.6, "likely"), (0.3, "possible"), (0.0, "unlikely"))


def score_words(score: float) -> str:
    """Say a score in [0, 1]: ``likely (0.74)``."""
    word = next(word for least, word in SCORES if score >= least)
    return f"{word} ({score:.2f})"


def isolated(reason: str) -> str:
    """Return ``reason`` with each quoted name kept apart from the writing direction around it."""
    return QUOTED.sub(f"{ISOLATE}\\g<0>{POP}", reason)


def answers(found: Resolution) -> list[Candidate]:
    """Return what to show: the answer first, then by score; each place once."""
    best = [Candidate(found.place, found.score, found.reason)] if found.place else []
    once = {candidate.place.id: candidate for candidate in (*found.candidates, *best)}
    answer = found.place.id if found.place else ""
    ordered = sorted(once.values(), key=lambda c: (c.place.id != answer, -c.score))
    return ordered[:SHOWN]


def pins(found: Resolution, shown: Sequence[Candidate]) -> tuple[Pin, ...]:
    """Return each place with its precision; that of the answer is what the words asked for."""
    answer = found.place.id if found.place else ""
    return tuple(
        (c.place, found.precision if c.place.id == answer else precision_of(c.place)) for c in shown
    )


def verdict(name: str, found: Resolution, others: int) -> str:
    """Say the outcome in a sentence; names are kept apart from the direction around them."""
    asked = f"“{_apart(name)}”"
    taken = f"{_apart(found.place.name)}, {what(found.place)}" if found.place else ""
    if found.place and stands_in(found):
        return (
            f"{asked} is not in the gazetteer; shown is only what it was said to lie in: {taken}."
        )
    if found.status == "resolved" and found.place:
        return f"{asked} is taken to be {taken}."
    if found.status == "ambiguous":
        return f"{asked} may mean any of these; without more to go by none is chosen."
    if others:
        return f"No {asked} is known there. Places of that name elsewhere:"
    return f"{asked} is not in the gazetteer. Try another spelling, or a larger place near it."


def facts(candidate: Candidate, pin: Pin, near: Nearby) -> list[tuple[str, str]]:
    """Return all that is known of a candidate: term and words."""
    place = candidate.place
    told = [
        ("How sure", score_words(candidate.score)),
        ("Found by", isolated(candidate.reason)),
        ("Place is", PRECISION_WORDS[pin[1]]),
        ("Border line", _line(pin, near)),
        ("Nearest crossing", _gate(near)),
        ("Latitude, longitude", _coordinates(place)),
        ("Source", place.source),
    ]
    return [(term, words) for term, words in told if words]


def lines(candidate: Candidate, pin: Pin, near: Nearby) -> list[str]:
    """Return the same in a few lines."""
    told = (
        f"{score_words(candidate.score)}; {isolated(candidate.reason)}",
        f"{PRECISION_WORDS[pin[1]]}; {_line(pin, near)}",
        f"nearest crossing {_gate(near)}" if near.crossing else "",
        _coordinates(candidate.place),
    )
    return [line for line in told if line]


def what(place: Place) -> str:
    """Say what a place is and where: ``district, Balochistan, Pakistan``."""
    kind = KIND_WORDS.get(place.kind, place.kind)
    units = [place.admin2, place.admin1, NATIONS.get(place.country, place.country)]
    if place.kind == "country":
        units = []
    around = [unit for unit in dict.fromkeys(units) if unit and unit != place.name]
    return f"{kind}, {', '.join(around)}" if around else kind


def local_names(place: Place) -> tuple[str, ...]:
    """Return its names in Arabic script, as the shipped gazetteer has them."""
    return _local_names().get(place.id, ())


def _apart(name: str) -> str:
    return f"{ISOLATE}{name}{POP}"


def _line(pin: Pin, near: Nearby) -> str:
    place, precision = pin
    if precision in {"country", "unknown"}:
        return "too wide an area for a distance"
    if near.line_km is None:
        return "over 500 km away"
    spread = spread_km(place, precision) or 0.0
    wide = spread if precision != "exact" else 0.0
    km = km_words(near.line_km, max(0.0, near.line_km - wide), near.line_km + wide)
    side = SIDE_WORDS[near.side] if near.side != "unknown" else ""
    return "; ".join(filter(None, (km, side)))


def _gate(near: Nearby) -> str:
    if near.crossing is None or near.crossing_km is None:
        return ""
    return f"{near.crossing}, {km_words(near.crossing_km)}"


def _coordinates(place: Place) -> str:
    return f"{place.lat:.{COORDINATE_DIGITS}f}, {place.lon:.{COORDINATE_DIGITS}f}"


@lru_cache(maxsize=1)
def _local_names() -> dict[str, tuple[str, ...]]:
    """Return place id → its names in Arabic script, as the shipped gazetteer has them."""
    held = load()
    return {
        place.id: local
        for place, names in zip(held.places, held.aliases, strict=True)
        if (local := tuple(name for name in names if "\u0600" <= name[0] <= "\u06ff")[:LOCAL_SHOWN])
    }
