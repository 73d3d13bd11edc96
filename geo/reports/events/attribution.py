"""Who says so: how sure a clause is, which party claims it, and what each party claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from geo.model import Certainty, Claim
from geo.reports.casualties.add_up import Figure
from geo.reports.events.actors import ActorMention, find_actors
from geo.reports.events.clause import Clause
from geo.reports.events.item import Item
from geo.reports.tokens.lexicon import rule

__all__ = ["certainty_of", "claimant_of", "claims_of", "parties_of"]

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


def certainty_of(item: Item, clause: Clause) -> Certainty:
    """Return how sure a clause is of what it tells: reported, claimed or alleged."""
    tags = item.said.tags
    if rule("{responsibility}").search(tags, clause.first, clause.last):
        return "reported"
    lead = clause.lead
    if lead and lead.event_type == "airspace_violation":
        return "alleged"
    if rule("{alleged}").search(tags, clause.first, clause.last):
        return "alleged"
    claimed = rule("('claimed'|'claims'|'claim')").search(tags, clause.first, clause.last)
    return "claimed" if claimed else "reported"


def parties_of(item: Item, clause: Clause) -> tuple[str, ...]:
    """Return the parties and people named in a clause, in order, by their canonical names.

    Where no party is named, a country or its capital that acts stands for its government.
    """
    found = find_actors(item.said, clause.first, clause.last)
    names = [a.actor.name for a in found if a.actor.kind != "source"]
    if not any(a.actor.kind in SPEAKERS for a in found):
        for kind, government in GOVERNMENTS.items():
            if rule(kind).search(item.said.tags, clause.first, clause.last):
                names.append(government)
    return tuple(dict.fromkeys(names))


def claimant_of(item: Item, clause: Clause, actors: Sequence[ActorMention]) -> str:
    """Return the party that says so: the actor named nearest a verb of saying, or ""."""
    sentence = clause.sentence
    tags = item.said.tags
    verb = rule("{responsibility}").search(tags, clause.first, clause.last) or rule(
        "{saying}"
    ).search(tags, sentence.first, sentence.last)
    named = [a for a in actors if a.actor.kind in SPEAKERS and a.actor.name not in UNNAMED]
    if verb is None or not named:
        return ""
    spot = item.said.starts[verb.start()]
    near = min(named, key=lambda a: _gap(a, spot))
    return near.actor.name if abs(near.start - spot) < REACH else ""


def _gap(actor: ActorMention, spot: int) -> int:
    """Return how far an actor is from a verb; the one after it seldom is its subject."""
    return spot - actor.end if actor.end <= spot else actor.start - spot + AFTER


def claims_of(item: Item, claimant: str, figures: Sequence[Figure]) -> Iterator[Claim]:
    """Yield the claim that a party makes of the dead."""
    figure = next((f for f in figures if f.what == "killed"), None)
    if claimant and figure:
        said = item.document.text[figure.start : figure.end]
        yield Claim(claimant, "fatalities", said, figure.start, figure.end)
