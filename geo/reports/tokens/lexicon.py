"""The reader's word lists, and the tags that they give to the words of a text.

Each word or phrase of the word lists (``seeds/vocabulary.csv``, ``actors.csv``, ``masks.csv``) is
one *entry* with one tag of its own, a single character, and the *kinds* it belongs to. A text
becomes a row of tags, one a unit (:mod:`geo.reports.tokens.tokenise`), so a rule is a short
regular expression over tags: ``{weekday}`` stands for any entry of that kind, ``'ago'`` for that
one entry, ``~4`` for up to four units within a sentence. Rules see meanings, not characters: they
are short and run in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, product
from typing import Final

from geo.files.seeds import seed_rows

__all__ = [
    "HYPHENS",
    "SHAPES",
    "TOKEN",
    "Actor",
    "Entry",
    "Node",
    "entry",
    "fold",
    "kinds_of",
    "root",
    "rule",
    "words",
]

FILE: Final = "vocabulary.csv"

TOKEN: Final = re.compile(
    r"[^\W\d_]+ ?|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th)\b)? ?|[\n\r\u2028\u2029\f]+|[^\w\s] ?|_ ?"
    r"|[^\S\n\r\u2028\u2029\f]+|."
)
"""Cuts a text into words, numbers, marks (each with the blank behind it), line ends and blanks;
nothing is left over."""
SHAPES: Final = {
    "dd": "D",  # a whole number from 1 to 31
    "year": "Y",  # 1900 to 2099 in digits
    "digits": "DNY",  # any whole number in digits
    "ordinal": "O",  # 7th
    "figure": "T",  # other figures: 22.02.2023, 10:30
    "Name": "A",  # a capitalised word in no list
    "word": "a",  # any other word in no list
    "place": "PGC",  # a toponym's first unit (laid over the text once places are known)
    "gate": "G",  # a border crossing
    "country": "C",
    "more": "p",  # further units of a toponym
    "toponym": "PGCSKMHL",  # any name of the gazetteer, while it is judged
    "settled": "PGCSK",  # one that needs no cue
    "named": "PGCSKMHLpAa",  # what an area word may belong to
    "unsure": "KMHL",
    "little": "MH",
    "known": "K",  # a place of the hand-made list
    "seat": "CS",  # a country, or a city that stands for its government
    "date": "d",  # a unit of a date expression (laid over once dates are known)
}
"""Letters of units that are in no list, by the name rules call them."""

HEADS: Final = frozenset({"people", "one person", "killed", "state man", "attacker", "civilian"})
"""Kinds that a phrase has from its last word."""
FIRST_LETTER: Final = 0xE000
HYPHENS: Final = "-‐‑"
"""Within a word they are passed over: "cross-border" is "cross border"."""
ELEMENT: Final = re.compile(r"\{(?P<kind>[A-Za-z][\w ]*)\}|'(?P<word>[^']+)'|~(?P<gap>\d+)|\s+")
CHOICE: Final = re.compile(r"\(([^()]*)\)")
FOLDED: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the authority list; ``kind`` is militant, government, civilians and so on."""

    name: str
    kind: str
    country: str
    parent: str


@dataclass(slots=True)
class Entry:
    """A word or phrase of the lists: its tag, its kinds and, for a party's name, the party."""

    text: str
    tag: str
    kinds: set[str] = field(default_factory=set)
    actor: Actor | None = None


@dataclass(slots=True)
class Node:
    """A node of the tree of phrases, word by word; ``strict`` ends a phrase said in capitals."""

    after: dict[str, Node] = field(default_factory=dict)
    loose: Entry | None = None
    strict: Entry | None = None


def fold(word: str) -> str:
    """Return a word as the lists hold it: any case, straight apostrophes."""
    return word.casefold().translate(FOLDED)


def root() -> Node:
    """Return the root of the tree of phrases."""
    return _lexicon().tree


def entry(tag: str) -> Entry | None:
    """Return the entry that a tag stands for, or None for a mere shape."""
    return _lexicon().entries.get(tag)


@lru_cache(maxsize=16384)
def kinds_of(tag: str) -> frozenset[str] | set[str]:
    """Return the kinds of the entry that a tag stands for."""
    found = _lexicon().entries.get(tag)
    return found.kinds if found else frozenset()


@lru_cache(maxsize=1024)
def rule(pattern: str) -> re.Pattern[str]:
    """Compile a rule over tags.

    Parameters
    ----------
    pattern
        A regular expression whose units are ``{kind}`` (an entry of that kind, or a shape of
        ``SHAPES``), ``'word'`` (an entry or a mark such as ``','``), and ``~n`` (up to n units of
        the same sentence, as few as will do). Spaces mean nothing.

    Raises
    ------
    KeyError
        If a kind or word is in no list: a list that is gone must not pass for an empty one.
    """
    return re.compile(ELEMENT.sub(_letters, pattern))


@lru_cache(maxsize=64)
def words(kind: str) -> frozenset[str]:
    """Return the entries of a kind as texts, folded; KeyError if there is no such kind."""
    return frozenset(one.text for one in _lexicon().kinds[kind])


class _Lexicon:
    """All entries: by tag, by kind, and as a tree of phrases."""

    def __init__(self) -> None:
        self.tree = Node()
        self.entries: dict[str, Entry] = {}
        self.kinds: dict[str, list[Entry]] = {}
        self._next = count(FIRST_LETTER)

    def add(self, text: str, kinds: Iterable[str], actor: Actor | None = None) -> None:
        """Add an entry, or more kinds to the one that is there; capitals are kept as such."""
        strict = len(text) > 1 and text[:2].isupper() and " " not in text
        node = self.tree
        for word in _units(text):
            node = node.after.setdefault(word, Node())
        held = node.strict if strict else node.loose
        if held is None:
            held = Entry(fold(text), chr(next(self._next)))
            self.entries[held.tag] = held
            if strict:
                node.strict = held
            else:
                node.loose = held
        held.actor = held.actor or actor
        for kind in kinds:
            if kind not in held.kinds:
                held.kinds.add(kind)
                self.kinds.setdefault(kind, []).append(held)

    def inherit(self) -> None:
        """Let a phrase be people where its last word is: "border guards" are guards."""
        single = {one.text: one for one in self.entries.values() if " " not in one.text}
        for one in self.entries.values():
            head = single.get(one.text.rsplit(" ", 1)[-1]) if " " in one.text else None
            for kind in head.kinds & HEADS if head else ():
                if kind not in one.kinds:
                    one.kinds.add(kind)
                    self.kinds[kind].append(one)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    lexicon = _Lexicon()
    for row in seed_rows(FILE):
        for text in _spelled_out(row["entry"]):
            lexicon.add(text, (row["kind"],))
    for row in seed_rows("actors.csv"):
        actor = Actor(row["name"], row["kind"], row["country"], row["parent"])
        for alias in filter(None, (row["name"].split(" (")[0], *row["aliases"].split(";"))):
            lexicon.add(alias, ("actor", row["kind"]), actor)
    for row in seed_rows("masks.csv"):
        lexicon.add(row["phrase"], ("mask",))
    lexicon.inherit()
    return lexicon


def _spelled_out(text: str) -> Iterator[str]:
    """Spell out choices: "labo(u)rer(s)" is four words, "(police|security) man" two."""
    parts = CHOICE.split(text)
    fixed, choices = parts[::2], parts[1::2]
    options = [c.split("|") if "|" in c else ["", c] for c in choices]
    for chosen in product(*options):
        yield " ".join("".join(a + b for a, b in zip(fixed, [*chosen, ""], strict=True)).split())


def _units(text: str) -> Iterator[str]:
    for token in map(str.strip, TOKEN.findall(fold(text))):
        if token and token not in HYPHENS:
            yield token


def _letters(match: re.Match[str]) -> str:
    if match["gap"]:
        return rf"[^.;\n]{{0,{match['gap']}}}?"
    if match["word"]:
        return _word_letter(match["word"])
    if not match["kind"]:
        return ""
    shape = SHAPES.get(match["kind"])
    tags = shape or "".join(one.tag for one in _lexicon().kinds[match["kind"]])
    return f"[{tags}]" if len(tags) > 1 else tags


def _word_letter(word: str) -> str:
    if not any(c.isalnum() for c in word):
        return re.escape(word)
    node = root()
    for unit in _units(word):
        node = node.after[unit]
    found = [one.tag for one in (node.loose, node.strict) if one]
    if not found:
        raise KeyError(word)
    return f"[{''.join(found)}]"
