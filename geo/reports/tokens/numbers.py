"""Numbers in words and digits: "twenty-one", "1,200", "two lakh", "dozens", "10 to 15"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["SCALES", "TENS", "UNITS", "VAGUE", "parse_number"]

UNITS: Final = {
    word: value
    for value, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen"),
        )
    )
}
TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES: Final = {
    "hundred": 100,
    "thousand": 1000,
    "lakh": 100_000,
    "lac": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
}
VAGUE: Final[dict[str, tuple[int, int | None]]] = {
    "thousands": (2000, None),
    "hundreds": (200, None),
    "scores": (40, None),
    "dozens": (24, None),
    "several": (3, None),
    "multiple": (3, None),
    "a few": (3, None),
    "numerous": (4, None),
    "a couple": (2, 2),
    "half a dozen": (6, 6),
    "a dozen": (12, 12),
    "two dozen": (24, 24),
    "three dozen": (36, 36),
    "four dozen": (48, 48),
    "a": (1, 1),
    "an": (1, 1),
}
"""Bounds of words for numbers; "several" is at least three, "dozens" at least two dozen."""
RANGE: Final = re.compile(r"(?:between |from )?(.{1,60}?)(?: ?[-‐‑–—] ?(?=\d)| to | or )(.{1,60})")
BETWEEN: Final = re.compile(r"between (.{1,60}?) and (.{1,60})")
MOST_CHARACTERS: Final = 130
"""Longer texts are no numbers: the longest range in words is about this long."""


@lru_cache(maxsize=4096)
def parse_number(text: str) -> tuple[int | None, int | None]:
    """Return (low, high) of a number or a range in digits or words.

    ``high`` is None where the words set no upper bound ("dozens"); (None, None) is no number.
    """
    bare = " ".join(text.casefold().replace(",", "").split())
    if len(bare) > MOST_CHARACTERS:
        return None, None
    vague = VAGUE.get(bare.removesuffix(" of"))
    if vague:
        return vague
    span = BETWEEN.fullmatch(bare) or RANGE.fullmatch(bare)
    if not span:
        return _exactly(bare), _exactly(bare)
    low, high = _exactly(span[1]), _exactly(span[2])
    return (
        (min(low, high), max(low, high)) if low is not None and high is not None else (None, None)
    )


def _exactly(text: str) -> int | None:
    """Return the one number that the words are, or None."""
    value, whole, seen = 0.0, 0.0, False
    for token in re.split(r"[\s‐‑–-]+", text):
        if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", token):
            value, seen = value + float(token), True
        elif token in UNITS or token in TENS:
            value, seen = value + UNITS.get(token, TENS.get(token, 0)), True
        elif token in SCALES:
            value, seen = max(value, 1) * SCALES[token], True
            if SCALES[token] >= SCALES["thousand"]:
                whole, value = whole + value, 0
        elif token not in {"and", "a"}:
            return None
    return round(whole + value) if seen else None
