"""A text as tokens: one tag for each word or phrase, with its span in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from geo.reports.tokens.lexicon import (
    TOKEN,
    Entry,
    Node,
    entry,
    fold,
    root,
)

__all__ = ["Tokens", "tokenise"]

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


Shape = tuple[str, str, Node | None, int]
"""A token by itself: its tag (none for a blank), its folded form, the tree of longer phrases
that it may begin, and its length without the blank behind it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as units: unit ``i`` is ``text[starts[i]:ends[i]]`` with the tag ``tags[i]``."""

    text: str
    tags: str
    starts: list[int]
    ends: list[int]

    def units(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the units that begin in ``text[start:end]``."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the (start, end) in the text of the units ``first`` to ``last``, end exclusive."""
        if first >= last or first >= len(self.starts):
            return 0, 0
        return self.starts[first], self.ends[last - 1]

    def said(self, first: int, last: int) -> str:
        """Return the words of the units ``first`` to ``last``, end exclusive."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def entry(self, unit: int) -> Entry | None:
        """Return the list entry that a unit is, or None."""
        return entry(self.tags[unit])

    def overlaid(self, spans: Iterable[tuple[int, int, str, str]]) -> Tokens:
        """Lay tags over spans of text.

        Parameters
        ----------
        spans
            (start, end, tag of the first unit, tag of the further ones); a span that does
            not begin at a unit is passed over.
        """
        tags = list(self.tags)
        for start, end, head, more in spans:
            first, last = self.units(start, end)
            if first < last and self.starts[first] == start:
                tags[first:last] = [head, *more * (last - first - 1)]
        return Tokens(self.text, "".join(tags), self.starts, self.ends)


def tokenise(text: str) -> Tokens:
    """Spell a text; the longest phrase of the word lists wins at each place. Never raises."""
    cut = TOKEN.findall(text)
    shapes = list(map(SHAPE.__getitem__, cut))
    spots = list(accumulate(map(len, cut), initial=0))
    tags: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at, count = 0, len(shapes)
    while at < count:
        tag, _, node, width = shapes[at]
        start = spots[at]
        end = start + width
        after = at + 1
        if node:
            found, last = _longest(node, shapes, spots, at, text)
            if found:
                tag, after, end = found.tag, last + 1, spots[last] + shapes[last][3]
        if not _passed(tag, text, start):
            tags.append(tag)
            starts.append(start)
            ends.append(end)
        at = after
    return Tokens(text, "".join(tags), starts, ends)


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
    bare = token.rstrip(" ")
    first = token[0]
    if first in "\n\r\u2028\u2029\f":
        return LINE, "", None, len(token)
    if not bare or first.isspace():
        return "", "", None, len(token)
    folded, width = fold(bare), len(bare)
    tag = _letter(bare)
    node = root().after.get(folded)
    if node is None or node.after:
        return tag, folded, node, width
    entry = (node.strict if bare[:2].isupper() else None) or node.loose
    return entry.tag if entry else tag, folded, None, width


def _letter(bare: str) -> str:
    if bare[0].isalpha():
        return "A" if bare[0].isupper() else "a"
    return _figure(bare) if bare[0].isdecimal() else MARKS.get(bare, OTHER_MARK)


def _longest(
    node: Node | None, shapes: list[Shape], spots: list[int], at: int, text: str
) -> tuple[Entry | None, int]:
    """Return the longest entry that begins at a token, and its last token."""
    loud = text[spots[at] : spots[at] + 2].isupper()
    found, last = None, at
    while node:
        if here := (node.strict if loud else None) or node.loose:
            found, last = here, at
        at += 1
        while at < len(shapes) and _passed(shapes[at][0], text, spots[at]):
            at += 1
        node = node.after.get(shapes[at][1]) if at < len(shapes) else None
    return found, last


def _passed(tag: str, text: str, start: int) -> bool:
    """Whether a token is no unit: a blank, or a hyphen inside a word."""
    return not tag or (tag == "-" and _inner(text, start))


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
