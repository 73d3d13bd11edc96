"""Who says so: the parties named in a clause, how sure it is, which party claims it, and what.

A party is named by the authority list ``seeds/actors.csv``: a name stands for its canonical form;
the words as said (a label such as "Fitna al Hindustan") stay in the evidence, and the label is
never put in the canonical form's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.model import Certainty, Claim
from geo.reports.casualties.figures import Figure
from geo.reports.events.clause import Clause
from geo.reports.tokens.lexicon import Actor, rule
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Attribution", "attribute"]

SPEAKERS: Final = frozenset({"militant", "government", "state force", "source"})
UNNAMED: Final = frozenset({"Unidentified militants", "Unidentified gunmen", "Baloch militants"})
AFTER: Final = 20
"""Characters by which an actor after the verb counts as farther than one before it."""
GOVERNMENTS: Final = {
    "{pk party}": "Pakistan government",
    "{af party}": "Afghan Taliban (interim government)",
}
REACH: Final = 80
"""Characters within which the actor named nearest a verb of saying is taken for the speaker."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The parties that a clause names, how sure it is, who says so and what that party claims."""

    actors: tuple[str, ...]
    certainty: Certainty
    claimed_by: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named at ``text[start:end]``, the unit ``unit``."""

    actor: Actor
    start: int
    end: int
    unit: int


def attribute(tokens: Tokens, clause: Clause, figures: Sequence[Figure]) -> Attribution:
    """Return who a clause names, and who says what it tells."""
    sentence = clause.sentence
    named = _actors(tokens, sentence.first, sentence.last)
    claimant = _claimant(tokens, clause, named)
    return Attribution(
        _parties(tokens, clause, named),
        _certainty(tokens, clause),
        claimant,
        tuple(_claims(tokens.text, claimant, figures)),
    )


def _actors(tokens: Tokens, first: int, last: int) -> list[ActorMention]:
    """Return the actors named in the units ``first`` to ``last``, in order."""
    found = []
    for match in rule("{actor}").finditer(tokens.tags, first, last):
        unit = match.start()
        entry = tokens.entry(unit)
        if entry and entry.actor:
            spot = tokens.starts[unit], tokens.ends[unit]
            found.append(ActorMention(entry.actor, *spot, unit))
    return found


def _parties(tokens: Tokens, clause: Clause, sentence: Sequence[ActorMention]) -> tuple[str, ...]:
    """Return the parties and people named in a clause, in order, by their canonical names.

    Where no party is named, a country or its capital that acts stands for its government.
    """
    found = [a.actor for a in sentence if clause.first <= a.unit < clause.last]
    names = [actor.name for actor in found if actor.kind != "source"]
    if not any(actor.kind in SPEAKERS for actor in found):
        for kind, government in GOVERNMENTS.items():
            if rule(kind).search(tokens.tags, clause.first, clause.last):
                names.append(government)
    return tuple(dict.fromkeys(names))


def _certainty(tokens: Tokens, clause: Clause) -> Certainty:
    """Return how sure a clause is of what it tells: reported, claimed or alleged."""
    units = clause.first, clause.last
    if rule("{responsibility}").search(tokens.tags, *units):
        return "reported"
    if clause.lead and clause.lead.event_type == "airspace_violation":
        return "alleged"
    if rule("{alleged}").search(tokens.tags, *units):
        return "alleged"
    claimed = rule("('claimed'|'claims'|'claim')").search(tokens.tags, *units)
    return "claimed" if claimed else "reported"


def _claimant(tokens: Tokens, clause: Clause, actors: Sequence[ActorMention]) -> str:
    """Return the party that says so: the actor named nearest a verb of saying, or ""."""
    sentence, tags = clause.sentence, tokens.tags
    verb = rule("{responsibility}").search(tags, clause.first, clause.last) or rule(
        "{saying}"
    ).search(tags, sentence.first, sentence.last)
    named = [a for a in actors if a.actor.kind in SPEAKERS and a.actor.name not in UNNAMED]
    if verb is None or not named:
        return ""
    spot = tokens.starts[verb.start()]
    near = min(named, key=lambda a: _gap(a, spot))
    return near.actor.name if abs(near.start - spot) < REACH else ""


def _gap(actor: ActorMention, spot: int) -> int:
    """Return how far an actor is from a verb; the one after it seldom is its subject."""
    return spot - actor.end if actor.end <= spot else actor.start - spot + AFTER


def _claims(text: str, claimant: str, figures: Sequence[Figure]) -> list[Claim]:
    """Return the claim that a party makes of the dead, if it makes one."""
    figure = next((f for f in figures if f.what == "killed"), None)
    if not claimant or not figure:
        return []
    said = text[figure.start : figure.end]
    return [Claim(claimant, "fatalities", said, figure.start, figure.end)]
