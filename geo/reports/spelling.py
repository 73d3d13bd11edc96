"""A text spelled for the rules: one letter for each word or phrase, with its span in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from geo.reports.lexicon import TOKEN, Entry, Node, entry, fold, root

__all__ = ["Spelled", "spell"]

MARKS: Final = {
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("–—―−", "—"),
    **dict.fromkeys("‐‑", "-"),
    "؟": ".",
    "۔": ".",
    "!": ".",
    "?": ".",
    **{mark: mark for mark in ".,;:()[]\"'-—/&%$•*@#+"},
}
OTHER_MARK: Final = "^"
MOST_SHAPES: Final = 100_000
LINE: Final = "\n"


Shape = tuple[str, str, Node | None]
"""A token by itself: its letter (none for a blank), its folded form, the phrases it may begin."""
Token = tuple[Shape, int, int]
"""A shape with its span in the text."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as units: unit ``i`` is ``text[starts[i]:ends[i]]`` and is spelled ``letters[i]``."""

    text: str
    letters: str
    starts: list[int]
    ends: list[int]

    def units(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the units that begin in ``text[start:end]``."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def said(self, first: int, last: int) -> str:
        """Return the words of the units ``first`` to ``last``, end exclusive."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def entry(self, unit: int) -> Entry | None:
        """Return the list entry that a unit is, or None."""
        return entry(self.letters[unit])

    def overlaid(self, spans: Iterable[tuple[int, int, str, str]]) -> Spelled:
        """Lay letters over spans of text.

        Parameters
        ----------
        spans
            (start, end, letter of the first unit, letter of the further ones); a span that does
            not begin at a unit is passed over.
        """
        letters = list(self.letters)
        for start, end, head, more in spans:
            first, last = self.units(start, end)
            if first < last and self.starts[first] == start:
                letters[first:last] = [head, *more * (last - first - 1)]
        return Spelled(self.text, "".join(letters), self.starts, self.ends)


def spell(text: str) -> Spelled:
    """Spell a text; the longest phrase of the word lists wins at each place. Never raises."""
    cut = TOKEN.findall(text)
    spots = accumulate(map(len, cut), initial=0)
    tokens = [
        (shape, start, start + len(token))
        for token, start in zip(cut, spots, strict=False)
        if (shape := SHAPE[token])[0] and (shape[0] != "-" or not _inner(text, start))
    ]
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at, count = 0, len(tokens)
    while at < count:
        (letter, _, node), start, _ = tokens[at]
        size = 1
        if node:
            found, length = _longest(node, tokens, at, text[start : start + 2].isupper())
            if found:
                letter, size = found.letter, length
        at += size
        letters.append(letter)
        starts.append(start)
        ends.append(tokens[at - 1][2])
    return Spelled(text, "".join(letters), starts, ends)


def _inner(text: str, start: int) -> bool:
    """Whether a hyphen stands inside a word: "cross-border", "12-year", not "3-5"."""
    return text[start - 1 : start].isalpha() and text[start + 1 : start + 2].isalnum()


class _Shapes(dict[str, Shape]):
    """The shape of every token met, up to a bound: most words of a report are old friends."""

    def __missing__(self, token: str) -> Shape:
        if len(self) > MOST_SHAPES:
            self.clear()
        self[token] = shape = _shape(token)
        return shape


def _shape(token: str) -> Shape:
    folded = fold(token)
    node = root().after.get(folded)
    first = token[0]
    if first in "\n\r\u2028\u2029\f":
        return LINE, "", None
    if first.isspace():
        return "", "", None
    if first.isalpha():
        return "A" if first.isupper() else "a", folded, node
    if first.isdecimal():
        return _figure(token), folded, node
    return MARKS.get(token, OTHER_MARK), folded, node


def _longest(
    node: Node | None, tokens: list[Token], at: int, loud: bool
) -> tuple[Entry | None, int]:
    """Return the longest entry that begins at a token, and its length in tokens."""
    found, length, size = None, 0, 1
    while node:
        here = (node.strict if loud else None) or node.loose
        if here:
            found, length = here, size
        if at + size >= len(tokens):
            break
        node = node.after.get(tokens[at + size][0][1])
        size += 1
    return found, length


def _figure(token: str) -> str:
    if token[-1].isalpha():
        return "O"
    bare = token.replace(",", "")
    if not bare.isdecimal() or not bare.isascii():
        return "T"
    if bare == token and len(token) == 4 and token[:2] in {"19", "20"}:
        return "Y"
    return "D" if len(bare) <= 2 and 0 < int(bare) <= 31 else "N"


SHAPE: Final = _Shapes()
