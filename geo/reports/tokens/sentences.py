"""Where each sentence of a line ends, and the sentences of a tokenised text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo.reports.documents.layout import Line
from geo.reports.tokens.lexicon import words
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Sentence", "sentence_spans", "sentences"]

LONGEST: Final = 1500
"""Characters; what runs on for longer is no sentence and is cut at a space."""
STOP: Final = re.compile(
    r"[.!?۔؟](?:(?<=[۔؟])|(?<![.!?]{2})[.!?]*+[\"”’')\]]*+(?=\s+[\"“‘'(\[]?[A-Z0-9])"
    r"|(?<=[a-z]{2}\.)(?=[A-Z][a-z]))"
)
"""An end of a sentence; each run of stops is looked at once, from its first."""
SPACE: Final = re.compile(r"\s*")
BEFORE: Final = 24
"""Characters before a full stop in which an abbreviation is looked for."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The units of one sentence; ``kind`` of its line, ``line`` counts lines (paragraphs)."""

    first: int
    last: int
    kind: str
    line: int


def sentences(rows: Iterable[Line], tokens: Tokens) -> Iterator[Sentence]:
    """Yield the sentences of an item, page furniture left out."""
    for number, row in enumerate(rows):
        if row.kind == "furniture":
            continue
        for start, end in sentence_spans(row.text, row.start):
            first, last = tokens.units(start, end)
            if first < last:
                yield Sentence(first, last, row.kind, number)


def sentence_spans(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of one line; abbreviations end none."""
    first = 0
    for stop in STOP.finditer(text):
        at = stop.start()
        if text[at] == "." and _abbreviated(text[max(first, at - BEFORE) : at]):
            continue
        yield from _bounded(text, first, stop.end(), start)
        first = SPACE.match(text, stop.end()).end()  # type: ignore[union-attr]  # matches nothing too
    if first < len(text) and not text[first:].isspace():
        yield from _bounded(text, first, len(text), start)


def _abbreviated(before: str) -> bool:
    """Whether the word that ends ``before`` is an initial or an abbreviation."""
    parts = before.rsplit(None, 1)
    if not parts or before[-1].isspace():
        return False
    word = parts[-1].lstrip('(“"‘').casefold()
    return word.rstrip(".") in words("abbreviation") or (len(word) == 1 and word.isalpha())


def _bounded(text: str, first: int, last: int, start: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence in pieces no longer than ``LONGEST``, so that reading stays linear."""
    while last - first > LONGEST:
        space = text.rfind(" ", first + 1, first + LONGEST)
        cut = space if space > first else first + LONGEST
        yield start + first, start + cut
        first = cut
    yield start + first, start + last
