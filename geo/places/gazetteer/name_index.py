"""Every name of a gazetteer found in a text, in one pass of an Aho–Corasick automaton.

The text is flattened letter by letter, so that offsets stay true: lower case, no diacritics, one
shape of each Arabic letter, a blank for every mark. A name is held between two blanks, so the
automaton itself sees to word boundaries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import ahocorasick

from geo.places.gazetteer.lookup import Gazetteer

__all__ = ["Found", "NameIndex", "flat", "name_index"]

SHORTEST: Final = 3
ACRONYM: Final = 5
SOFT: Final = frozenset({"e", "i", "wa", "o", "u", "al", "ul", "the", "of", "and", "aw", "or"})
"""Links inside a name that may be in lower case."""
LINKS: Final = ((" e ", " i "), (" i ", " e "), (" wa ", " aw "), (" aw ", " wa "))
"""Links written either way: Pul-e Khumri and Pul-i-Khumri, Kuran wa Munjan."""
STRAIGHT: Final = tuple(
    (mark, " ") for mark in "’‘“”–—‐‑−…•·ʼʻ\u00a0\u200b\u200e\u200f\ufeff\u2028\u2029"
)
LETTERS: Final = {
    **dict.fromkeys("يېىۍ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ەههھةۀہ", "ہ"),
    **dict.fromkeys("أإٱآ", "ا"),
    "ؤ": "و",
    "ګ": "گ",
    "ړ": "ڑ",
    "ډ": "ڈ",
    "ټ": "ٹ",
    "ı": "i",
    "ł": "l",
    "ø": "o",
}

Found = tuple[int, int, int]
"""Start and end in the text, and the number of the name."""


class _Flat(dict[int, str]):
    """Translation table: one letter to one letter."""

    def __missing__(self, code: int) -> str:
        letter = LETTERS.get(chr(code), chr(code))
        base = unicodedata.normalize("NFKD", letter).casefold()[:1]
        self[code] = plain = base if base.isalnum() else " "
        return plain


FLAT: Final = _Flat()
ASCII: Final = {code: FLAT[code] for code in range(128)}


def flat(text: str) -> str:
    """Return a text flattened, letter for letter: as long as it was."""
    if not text.isascii():
        for mark, plain in STRAIGHT:
            text = text.replace(mark, plain)
    # most English news is plain letters by now, for which translating is twenty times faster
    return text.translate(ASCII if text.isascii() else FLAT)


class NameIndex:
    """The names of a gazetteer as an automaton, and the places that each may mean."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.names: list[str] = []
        self._meant: list[int | tuple[int, ...]] = []
        self._strict: list[bool] = []
        self._automaton: Any = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        self._fill(gazetteer)
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a text, the longest at each place, from left to right.

        A name must be written with capitals, unless its script has none; a short name in capitals
        ("UAE") must be all capitals. What is in lower case throughout is yielded too.
        """
        reach, names, strict = 0, self.names, self._strict
        matches = [
            (end - len(names[k]) - 1, len(names[k]), k)
            for end, k in self._automaton.iter(f" {flat(text)} ")
        ]
        matches.sort(key=_leftmost)
        for start, length, k in matches:
            end = start + length
            if start < reach:
                continue
            said = text[start:end]
            if said.isupper() or (not strict[k] and _written_as_name(said)):
                yield start, end, k
                reach = end

    def meant(self, name: int) -> tuple[int, ...]:
        """Return the numbers of the places that a name may mean."""
        held = self._meant[name]
        return (held,) if isinstance(held, int) else held

    def _fill(self, gazetteer: Gazetteer) -> None:
        number: dict[str, int] = {}
        for name, index in gazetteer.names():
            key = (name.translate(ASCII) if name.isascii() else flat(name)).strip()
            acronym = len(name) <= ACRONYM and name.isascii() and name.isupper()
            if len(key) < SHORTEST and not acronym:
                continue
            self._add(number, key, index, acronym)
            if " " in key:
                for one, other in LINKS:
                    if one in key:
                        self._add(number, key.replace(one, other), index, acronym)

    def _add(self, number: dict[str, int], key: str, index: int, acronym: bool) -> None:
        k = number.get(key)
        if k is None:
            number[key] = k = len(self.names)
            self.names.append(key)
            self._meant.append(index)
            self._strict.append(acronym)
            self._automaton.add_word(f" {key} ", k)
            return
        self._strict[k] = self._strict[k] and acronym
        held = self._meant[k]
        meant = (held,) if isinstance(held, int) else held
        if index not in meant:
            self._meant[k] = (*meant, index)


@lru_cache(maxsize=2)
def name_index(gazetteer: Gazetteer) -> NameIndex:
    """Return the index of a gazetteer, built once per process."""
    return NameIndex(gazetteer)


def _leftmost(match: Found) -> tuple[int, int]:
    return match[0], -match[1]


def _written_as_name(said: str) -> bool:
    """Whether every word has its capital, or none has one: "Mir Ali", "mir ali", not "mir Ali"."""
    if " " not in said and "-" not in said:
        return True
    words = said.replace("-", " ").split()
    lower = [word[:1].islower() for word in words if word not in SOFT]
    return not any(lower) or all(lower)
