"""Who is named in a text, by the authority list ``seeds/actors.csv``.

A name stands for its canonical form; the words as said (a label such as "Fitna al Hindustan")
stay in the evidence, and the label is never put in the canonical form's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.reports.oldlexicon import table

__all__ = ["Actor", "ActorMention", "find_actors", "masked_spans"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the authority list; ``kind`` is militant, government, civilians and so on."""

    name: str
    kind: str
    country: str
    parent: str


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named at ``text[start:end]``."""

    actor: Actor
    start: int
    end: int


def find_actors(text: str, start: int = 0) -> list[ActorMention]:
    """Find the actors named in ``text``, in order, longest name first; offsets from ``start``."""
    pattern, actors = _actors()
    return [
        ActorMention(actors[_key(m.group())], start + m.start(), start + m.end())
        for m in pattern.finditer(text)
    ]


def masked_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of organisations, outlets and armed groups, whose words are no toponyms.

    Governments and lower-case descriptions ("Pakistan military") are not masked: there the
    country is named.
    """
    for match in _masks().finditer(text):
        yield match.span()
    for mention in find_actors(text):
        said = text[mention.start : mention.end]
        proper = mention.actor.kind == "state force" and said.istitle()
        if mention.actor.kind == "militant" or (proper and " " in said):
            yield mention.start, mention.end


@lru_cache(maxsize=1)
def _actors() -> tuple[re.Pattern[str], dict[str, Actor]]:
    actors = {}
    for row in table("actors.csv"):
        actor = Actor(row["name"], row["kind"], row["country"], row["parent"])
        for alias in (row["name"], *row["aliases"].split(";")):
            actors[_key(alias)] = actor
    return _any(actors), actors


@lru_cache(maxsize=1)
def _masks() -> re.Pattern[str]:
    return _any(row["phrase"] for row in table("masks.csv"))


def _any(names: Iterable[str]) -> re.Pattern[str]:
    """Compile an alternation, longest first; spaces, dashes and apostrophes may vary."""
    longest = sorted(names, key=len, reverse=True)
    body = "|".join(
        re.escape(name).replace(r"\ ", r"[\s\-–—]+").replace("’", "'").replace("'", "['’]")
        for name in longest
    )
    return re.compile(rf"(?<![\w])(?:{body})(?![\w])")


def _key(name: str) -> str:
    return re.sub(r"[\s\-–—]+", " ", name).replace("’", "'").strip()
