"""From a name to a place: one toponym (``resolve``) or the place text of a row (``locate``).

"No match" and "ambiguous" are answers: a name whose candidates all contradict the named
province is never pinned elsewhere. ``Resolution.place`` is set only when the status is resolved;
the candidates are always there, best first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from geo.model import Candidate, Place, Precision, Resolution, Status
from geo.places.gazetteer.lookup import Gazetteer, Hit
from geo.places.names import fold, normalise, split_generic
from geo.places.nearness import elsewhere
from geo.places.rank import SETTLEMENTS, Context, Ranked, precision_of, rank
from geo.places.row_text import (
    Phrase,
    in_town,
    phrases,
    segments,
    without_facility,
)

__all__ = ["Context", "locate", "resolve"]

NO_CONTEXT: Final = Context()
_SHOWN: Final = 8
_UNITS: Final = frozenset(("admin1", "admin2", "admin3"))
_CLEAR_SHARE: Final = 0.6
_ENOUGH: Final = 0.4
_POSSIBLE: Final = 0.1
_UNIT_SCORE: Final[dict[Precision, float]] = {"admin2": 0.92, "admin1": 0.6, "country": 0.3}
"""What is left of a score when only the district, province or country of a place is known."""


def resolve(name: str, gazetteer: Gazetteer, context: Context = NO_CONTEXT) -> Resolution:
    """Resolve one toponym, which may carry a generic word ("Kalat district").

    Parameters
    ----------
    name
        The name as written, in any script.
    gazetteer
        Places to choose from.
    context
        Country, province and district constrain; a kind asked for and places already resolved
        in the same text weigh.

    Returns
    -------
    Resolution
        ``resolved`` with a place and a score in [0, 1]; ``ambiguous`` when rivals over 25 km
        away hold more than 40 % of the weight; ``unmatched`` when no name matches or every
        candidate contradicts the context.
    """
    held: list[Ranked] = []
    live: list[tuple[Hit, str]] = []
    best: list[Ranked] = []
    for hits in _levels(name, gazetteer):
        ranked = rank([*live, *hits], gazetteer, context)
        held += ranked
        if ranked and not ranked[0].agrees.contradicted:
            live += hits
            best = ranked
            if not _only_namesakes(ranked):
                break
    if best:
        return _decide(best, held)
    if held:
        shown = _shown(held)
        asked = ", ".join(filter(None, (context.admin2, context.admin1, context.country)))
        return Resolution(None, "unknown", "unmatched", shown, 0.0, f"no '{name}' known in {asked}")
    return Resolution(None, "unknown", "unmatched", (), 0.0, f"'{name}' is not in the gazetteer")


def locate(
    name: str, gazetteer: Gazetteer, *, country: str = "", admin1: str = "", admin2: str = ""
) -> Resolution:
    """Resolve the place text of a spreadsheet row.

    Parameters
    ----------
    name
        Free text: parts from most to least specific, brackets, "X and Y", facility words.
    gazetteer
        Places to choose from.
    country, admin1, admin2
        ISO 3166 alpha-2 code and unit names as the row has them, or empty. Several provinces
        are separated by ``;``.

    Returns
    -------
    Resolution
        As :func:`resolve`; where the text names nothing known, the district, else the province,
        else the country, with that precision, and a reason that says so.
    """
    if len(_several(admin1)) > 1:
        found = _country(gazetteer, country)
        return replace(found, reason=f"several provinces are named: {admin1}")
    province = _province_in_brackets(name, gazetteer)
    context = _with_later_parts(name, gazetteer, Context(country, admin1 or province, admin2))
    unsure: list[Candidate] = []
    for phrase in phrases(name):
        if phrase.names == (province,):
            continue  # "Muqur district (Ghazni)" is not in Ghazni city when Muqur is unknown
        answers = [_answer(one, phrase, gazetteer, context) for one in phrase.names]
        unsure += [c for answer in answers for c in answer.candidates if c.score > _POSSIBLE]
        placed = [answer for answer in answers if answer.status == "resolved"]
        if placed and (answer := _judge(phrase, placed, gazetteer, context, name)):
            return answer
    return _area(name, gazetteer, context, unsure)


def _answer(name: str, phrase: Phrase, gazetteer: Gazetteer, context: Context) -> Resolution:
    found = resolve(name, gazetteer, context)
    bare = without_facility(name) if len(phrase.names) > 1 else ""
    if found.status != "resolved" and bare not in {"", name}:
        return resolve(bare, gazetteer, context)
    return found


def _levels(name: str, gazetteer: Gazetteer) -> Iterator[list[tuple[Hit, str]]]:
    """Yield hits with the kind asked for, step by step, of the whole name and of its bare form."""
    bare, asked = split_generic(name)
    gates = (f"{bare} crossing", f"{bare} border") if asked == "crossing" else ()
    texts = tuple(dict.fromkeys((name, *gates, bare)))
    known: set[str] = set()
    for step in (gazetteer.direct, gazetteer.folded, gazetteer.fuzzy):
        if known and step == gazetteer.fuzzy:
            return
        # what is called "Gomal Bazaar" as a whole is meant before a Gomal that is no bazaar
        found = next((held for text in texts if (held := step(text))), ())
        hits = [hit for hit in found if hit.place.id not in known]
        known |= {hit.place.id for hit in hits}
        if hits:
            yield [(hit, asked) for hit in hits]


def _only_namesakes(ranked: list[Ranked]) -> bool:
    """Whether a district was asked and only villages are called just so ("Lalpur district")."""
    asked = ranked[0].asked
    kinds = {one.candidate.place.kind for one in ranked if not one.agrees.contradicted}
    return asked in _UNITS and asked not in kinds


def _decide(ranked: list[Ranked], held: list[Ranked]) -> Resolution:
    best = ranked[0]
    shown = _shown([*ranked, *held])
    score, reason, place = best.candidate.score, best.candidate.reason, best.candidate.place
    if best.share < _CLEAR_SHARE or score < _ENOUGH:
        return Resolution(None, "unknown", "ambiguous", shown, score, reason)
    precision = precision_of(place, best.asked)
    return Resolution(place, precision, "resolved", shown, score, reason)


def _shown(ranked: list[Ranked]) -> tuple[Candidate, ...]:
    """Return the first few candidates, each place once."""
    candidates: dict[str, Candidate] = {}
    for one in ranked:
        candidates.setdefault(one.candidate.place.id, one.candidate)
    return tuple(candidates.values())[:_SHOWN]


def _several(admin: str) -> list[str]:
    return [part for part in map(str.strip, admin.split(";")) if part]


def _with_later_parts(name: str, gazetteer: Gazetteer, context: Context) -> Context:
    """Let "…, Barmal district, Paktika" fill the units that the row leaves empty."""
    for part in reversed(segments(name)[0][1:]):
        hits = [
            hit.place for hit in gazetteer.lookup(part) or gazetteer.lookup(split_generic(part)[0])
        ]
        for kind in ("country", "admin1", "admin2"):
            found = next((place for place in hits if place.kind == kind), None)
            if found and not getattr(context, kind):
                context = _filled(context, kind, found)
                break
    return context


def _province_in_brackets(name: str, gazetteer: Gazetteer) -> str:
    """Return the province that brackets add to tell namesakes apart, or an empty text."""
    outside, inside = segments(name)
    if len(inside) != 1 or not outside or in_town(name):
        return ""
    named = any(hit.place.kind == "admin1" for hit in gazetteer.direct(inside[0]))
    return inside[0] if named else ""


def _filled(context: Context, kind: str, place: Place) -> Context:
    if kind == "country":
        return replace(context, country=place.country)
    if kind == "admin1":
        return replace(context, admin1=place.name)
    return replace(context, admin2=place.name)


def _judge(
    phrase: Phrase,
    placed: list[Resolution],
    gazetteer: Gazetteer,
    context: Context,
    name: str,
) -> Resolution | None:
    """Return the answer of a phrase some of whose names resolved, or None to try further."""
    first = placed[0]
    places = [answer.place for answer in placed if answer.place]
    if any(elsewhere(places[0], other) for other in places[1:]):
        why = f"'{name}' names places more than 25 km apart"
        return _unit(gazetteer, context, why) or None
    if phrase.segment and first.place and first.place.kind in SETTLEMENTS:
        if not in_town(name) and _same(first.place.name, context.admin2):
            return None  # a village we do not know in the district of this town's name
        return _loosened(first, f"'{segments(name)[0][0]}' is not in the gazetteer")
    if phrase.loose or len(placed) < len(phrase.names):
        return _loosened(first, "")
    return first


def _loosened(answer: Resolution, why: str) -> Resolution:
    pin = answer.precision == "exact"
    precision: Precision = "near" if pin else answer.precision
    reason = "; ".join(filter(None, (why, answer.reason, "taken as near it" if pin else "")))
    return replace(answer, precision=precision, reason=reason)


def _same(one: str, other: str) -> bool:
    return bool(other) and fold(normalise(one)) == fold(normalise(split_generic(other)[0]))


def _area(
    name: str, gazetteer: Gazetteer, context: Context, unsure: Iterable[Candidate]
) -> Resolution:
    """Fall back to the smallest named unit that is known."""
    why = f"'{name}' is not in the gazetteer" if name.strip() else "no place is named"
    shown = tuple({c.place.id: c for c in unsure}.values())[:_SHOWN]
    found = _unit(gazetteer, context, why)
    if found is None and context.country and not shown:
        found = replace(_country(gazetteer, context.country), reason=f"{why}; its country is")
    if found is None:
        status: Status = "ambiguous" if shown else "unmatched"
        best = max((c.score for c in shown), default=0.0)
        return Resolution(None, "unknown", status, shown, best, why)
    return replace(found, candidates=(*found.candidates, *shown)[:_SHOWN])


def _unit(gazetteer: Gazetteer, context: Context, why: str) -> Resolution | None:
    """Return the district, else the province of the context as an areal answer."""
    tries: tuple[tuple[str, Context, Precision, str], ...] = (
        (context.admin2, replace(context, admin2="", kind_hint="admin2"), "admin2", "district"),
        (
            context.admin1,
            replace(context, admin1="", admin2="", kind_hint="admin1"),
            "admin1",
            "province",
        ),
    )
    for unit, inside, precision, word in tries:
        if not unit.strip():
            continue
        found = resolve(unit, gazetteer, inside)
        if found.status == "resolved" and found.precision in {precision, "admin3", "region"}:
            score = round(found.score * _UNIT_SCORE[precision], 4)
            return replace(found, score=score, reason=f"{why}; its {word} is")
    return None


def _country(gazetteer: Gazetteer, iso: str) -> Resolution:
    place = gazetteer.country(iso.strip().upper())
    if place is None:
        return Resolution(None, "unknown", "unmatched", (), 0.0, f"country '{iso}' is not known")
    score = _UNIT_SCORE["country"]
    candidate = Candidate(place, score, "country code")
    return Resolution(place, "country", "resolved", (candidate,), score, "country code")
