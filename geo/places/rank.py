"""Ranking of what a name may mean: reliability of the match, prior of the place, context.

The score of a candidate is ``reliability x share``: how sure a match of this step with this
agreement is, times the part of all weight that lies at its site (a town and its district are
one site; candidates over 25 km away and not nested are rivals).
The constants are set by hand, not fitted; what the scores are worth is measured in
``docs/accuracy.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Final

from geo.model import Candidate, Place, Precision
from geo.places.agreement import Agreement, Units, agreement, units
from geo.places.gazetteer.lookup import Gazetteer, Hit, Step
from geo.places.nearness import anchors, near_factor, rivals_of

__all__ = ["SETTLEMENTS", "Context", "Ranked", "precision_of", "rank"]

SETTLEMENTS: Final = frozenset(("city", "town", "village"))
_REGIONAL: Final = frozenset(("valley", "area", "road", "river", "region", "boundary"))
_UNCOUNTED: Final = 0.05
"""Weight of a hamlet that a large gazetteer adds without saying that anyone lives there."""
_UNPROVEN: Final = 0.2
"""Doubt added where a province is named and nothing tells whether the place lies in it, and to a
hamlet that nothing but its name speaks for."""

_ADMIN: Final[dict[str, Precision]] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "admin3": "admin3",
}
_REGION_KM: Final = 30.0
_RANKED: Final = 8
"""Candidates ranked in full; the others only weigh."""
_HOME: Final = frozenset(("AF", "PK"))

_RELIABILITY: Final[dict[Step, float]] = {
    "exact": 0.94,
    "alias": 0.91,
    "folded": 0.84,
    "fuzzy": 0.66,
}
_STEP_WEIGHT: Final[dict[Step, float]] = {"exact": 1.0, "alias": 0.5, "folded": 0.3, "fuzzy": 0.1}
_PRIOR: Final = {
    **{"country": 8.0, "crossing": 6.0, "city": 5.0, "admin1": 4.0, "town": 3.5, "admin2": 3.0},
    **{"boundary": 3.0, "admin3": 2.0, "pass": 2.0, "valley": 2.0, "village": 1.5, "area": 1.5},
    **{"region": 1.5, "fort": 1.2, "bazaar": 1.2, "facility": 1.0, "river": 0.8, "road": 0.8},
}
_HINT_MATCHES, _HINT_KIN, _HINT_MISSES = 4.0, 2.0, 0.5
_KIN: Final = {
    "admin2": {"admin3"},
    "admin3": {"admin2"},
    "crossing": {"pass", "bazaar"},
    "pass": {"crossing", "valley"},
    "bazaar": {"town", "village", "city"},
    "valley": {"area", "region"},
    "area": {"region", "valley", "admin2", "admin3", "town", "village", "city", "crossing"},
    **{kind: set(SETTLEMENTS) for kind in SETTLEMENTS},
}
_STEP_WORDS: Final[dict[Step, str]] = {
    "exact": "name",
    "alias": "other name",
    "folded": "spelling variant",
    "fuzzy": "similar name",
}
_KIND_WORDS: Final = {"admin1": "province", "admin2": "district", "admin3": "tehsil"}


@dataclass(frozen=True)
class Context:
    """What is known beside the name: units as written, a kind asked for, places in the text."""

    country: str = ""
    admin1: str = ""
    admin2: str = ""
    kind_hint: str = ""
    near: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what ranked it; ``asked`` is the kind that the words asked for."""

    candidate: Candidate
    share: float
    agrees: Agreement
    step: Step
    asked: str


def rank(hits: Sequence[tuple[Hit, str]], gazetteer: Gazetteer, context: Context) -> list[Ranked]:
    """Rank hits, best first.

    Parameters
    ----------
    hits
        Pairs of a hit and the kind asked for by the generic word split off to find it.
    gazetteer
        Where the hits come from.
    context
        Constraints; hits that contradict its units come last, with a score of at most 0.1.

    Returns
    -------
    list of Ranked
        The best eight, scores in [0, 1], falling.
    """
    asked_units = units(gazetteer, context.country, context.admin1, context.admin2)
    drawn = anchors(context.near)
    rows: dict[str, tuple[float, Place, Hit, Agreement, str]] = {}
    for hit, asked in hits:
        place, agrees = _best_side(gazetteer.sides(hit.place), asked_units)
        weight = _weight(place, hit.step, agrees, asked or context.kind_hint, context)
        weight *= near_factor(place, drawn)
        if place.id not in rows or rows[place.id][0] < weight:
            rows[place.id] = (weight, place, hit, agrees, asked or context.kind_hint)
    ordered = sorted(rows.values(), key=lambda row: (row[3].contradicted, -row[0], row[1].id))
    live = [(weight, place) for weight, place, _, agrees, _ in ordered if not agrees.contradicted]
    return [_ranked(row, live, bool(context.admin1.strip())) for row in ordered[:_RANKED]]


def precision_of(place: Place, asked: str = "") -> Precision:
    """Return the precision of ``place`` when a name with the generic kind ``asked`` meant it.

    A unit asked for and only its town known is still the unit; a pass, crossing, valley or
    bazaar asked for and only the settlement known is near it.
    """
    if place.kind in _ADMIN:
        return _ADMIN[place.kind]
    if place.kind in _REGIONAL:
        return "region" if (place.radius_km or 0.0) > _REGION_KM else "near"
    if asked in _ADMIN:
        return _ADMIN[asked]
    if place.kind in SETTLEMENTS and asked and asked not in SETTLEMENTS:
        return "near"
    return "near" if place.radius_km else "exact"


def _best_side(sides: tuple[Place, ...], asked: Units) -> tuple[Place, Agreement]:
    if len(sides) == 1:
        return sides[0], agreement(sides[0], asked)
    judged = [(side, agreement(side, asked)) for side in reversed(sides)]
    return max(judged, key=lambda pair: (not pair[1].contradicted, _agreed(pair[1])))


def _agreed(agrees: Agreement) -> int:
    return sum(level is True for level in (agrees.country, agrees.admin1, agrees.admin2))


def _weight(place: Place, step: Step, agrees: Agreement, asked: str, context: Context) -> float:
    weight = _PRIOR.get(place.kind, 1.0) * _STEP_WEIGHT[step]
    if place.kind in SETTLEMENTS and place.population:
        weight *= 1.0 + 0.3 * max(0.0, log10(place.population / 10_000))
    if _uncounted(place):
        weight *= _UNCOUNTED
    if place.country not in _HOME and place.kind not in {"country", "city"}:
        weight *= 0.5
    if context.admin1 and agrees.admin1 is not True:
        weight *= 0.4
    if context.admin2 and agrees.admin2 is not True:
        weight *= 0.3
    return weight * _hint_factor(place.kind, asked)


def _uncounted(place: Place) -> bool:
    from_dump = place.id.startswith("gn-") and not place.population
    return from_dump and place.kind in {"village", "area"}


def _hint_factor(kind: str, asked: str) -> float:
    if not asked:
        return 1.0
    if kind == asked:
        return _HINT_MATCHES
    return _HINT_KIN if kind in _KIN.get(asked, ()) else _HINT_MISSES


def _ranked(
    row: tuple[float, Place, Hit, Agreement, str],
    live: list[tuple[float, Place]],
    admin1_named: bool,
) -> Ranked:
    _, place, hit, agrees, asked = row
    rivals = rivals_of(place, live)
    here = sum(other for other, _ in live) - sum(other for other, _ in rivals)
    share = here / (here + sum(other for other, _ in rivals)) if live else 0.0
    score = _reliability(hit.step, place, agrees, asked, admin1_named) * share
    if agrees.contradicted:
        share, score = 0.0, min(0.1, 0.1 * score)
    reason = _reason(hit, place, agrees, asked, len(rivals))
    return Ranked(Candidate(place, round(score, 4), reason), share, agrees, hit.step, asked)


def _reliability(
    step: Step, place: Place, agrees: Agreement, asked: str, admin1_named: bool
) -> float:
    doubt = 1.0 - _RELIABILITY[step]
    if agrees.admin2 is True:
        doubt *= 0.35
    elif agrees.admin1 is True:
        doubt *= 0.6
    elif _uncounted(place) or (admin1_named and place.kind not in _REGIONAL | {"country"}):
        doubt += _UNPROVEN
    elif agrees.country is True:
        doubt *= 0.9
    sure = 1.0 - doubt
    return sure * 0.95 if asked and _hint_factor(place.kind, asked) < 1.0 else sure


def _reason(hit: Hit, place: Place, agrees: Agreement, asked: str, rivals: int) -> str:
    parts = [f"{_STEP_WORDS[hit.step]} '{hit.matched}'"]
    if asked:
        known = (
            "" if place.kind == asked else f", a {_KIND_WORDS.get(place.kind, place.kind)} known"
        )
        parts.append(f"{_KIND_WORDS.get(asked, asked)} asked{known}")
    for word, level in (
        ("country", agrees.country),
        ("province", agrees.admin1),
        ("district", agrees.admin2),
    ):
        if level is not None:
            parts.append(f"{word} {'agrees' if level else 'contradicts'}")
    if rivals:
        parts.append(f"{rivals} more of that name elsewhere")
    return "; ".join(parts)
