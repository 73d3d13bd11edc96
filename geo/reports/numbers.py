"""Numbers in words and digits: "twenty-one", "1,200", "two lakh", "dozens"."""

from __future__ import annotations

import re
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
    "million": 1_000_000,
    "crore": 10_000_000,
}
VAGUE: Final[dict[str, tuple[int, int | None]]] = {
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "several": (3, None),
    "a dozen": (12, 12),
    "two dozen": (24, 24),
    "a": (1, 1),
    "an": (1, 1),
}
"""Bounds of words for numbers; "several" is at least three, "dozens" at least two dozen."""


def parse_number(text: str) -> tuple[int | None, int | None]:
    """Return (low, high) of a number in digits or words; (None, None) when it is none."""
    bare = text.casefold().strip().replace(",", "")
    if bare in VAGUE:
        return VAGUE[bare]
    value = whole = 0
    seen = False
    for token in re.split(r"[\s-]+", bare):
        if token.isdigit():
            value, seen = value + int(token), True
        elif token in UNITS or token in TENS:
            value, seen = value + UNITS.get(token, TENS.get(token, 0)), True
        elif token in SCALES:
            value, seen = max(value, 1) * SCALES[token], True
            if SCALES[token] >= 1000:
                whole, value = whole + value, 0
        elif token != "and":
            return None, None
    return (whole + value, whole + value) if seen else (None, None)
