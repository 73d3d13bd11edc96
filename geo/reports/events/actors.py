"""Who is named in a text, by the authority list ``seeds/actors.csv``.

A name stands for its canonical form; the words as said (a label such as "Fitna al Hindustan")
stay in the evidence, and the label is never put in the canonical form's place.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.reports.tokens.lexicon import Actor, rule
from geo.reports.tokens.tokenise import Tokens

__all__ = ["ActorMention", "find_actors"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named at ``text[start:end]``."""

    actor: Actor
    start: int
    end: int


def find_actors(tokens: Tokens, first: int = 0, last: int | None = None) -> list[ActorMention]:
    """Find the actors named in the units ``first`` to ``last``, in order."""
    end = len(tokens.tags) if last is None else last
    found = []
    for match in rule("{actor}").finditer(tokens.tags, first, end):
        unit = match.start()
        entry = tokens.entry(unit)
        if entry and entry.actor:
            found.append(ActorMention(entry.actor, tokens.starts[unit], tokens.ends[unit]))
    return found
