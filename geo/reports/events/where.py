"""Where a clause says it happened.

The finest place named nearest the trigger; not where the speaker sits, where the wounded were
taken or somebody comes from, nor a government called by its capital.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from geo.model import Place
from geo.places.nearness import km_between
from geo.reports.events.clause import Clause
from geo.reports.events.compatible import AREAL, COARSENESS, contains
from geo.reports.events.item import Item, Mentions, start_of
from geo.reports.events.triggers import Trigger
from geo.reports.places.disambiguate import Toponym
from geo.reports.tokens.lexicon import rule

__all__ = ["places_of"]

SEATED: Final = "{saying} [^.,;\n]{0,3}? {spokes} [^.,;\n]{0,2} ('in'|'from') (?:'the')? $"
"""Before a place that says where the speaker sits: "said an official in X"."""
SPEAKS: Final = "[pP]* (?:','? {aux}? {saying}|{aux} 'investigating')"
SPOKESMAN: Final = "[pP]* ',' (?:(?!{boundary})[^.,;\n]){0,4} {spokes} [^.;\n]{0,7}? {saying}"
"""After a place where a spokesman sits: "In X, the governor's spokesman said"."""
ELSEWHERE: Final = (
    "{rescue} (?:(?!{boundary})[^.,;\n]){0,6} $"
    " | ({origin}|{direction}) (?:(?!{boundary})[^.,;\n]){0,2} $"
    " | [(] {age given}? ':'? {digits} 'years' [^()\n]{0,6} $"
)
"""Before a place where somebody was taken, comes from or is bound for, or that gives a
bearing; and the home of someone whose age is told."""
JOINED: Final = (
    "p* (?:'(' A{1,3} ')' | ')')? a? (?: ',' {locative} 'the'? {direction} )?"
    " (?: ',' | ','? 'and' | 'or' ) {locative}? 'the'? {qualifier}?"
)
TREATED: Final = "p* (?:(?!{locative}|{died})[^.,;\n]){0,2} 'hospital'"
"""After the place of a hospital where the wounded died or are treated."""
BETWEEN: Final = "'between' (?:[pP]* (?:[^.,;\n] (?!{locative})){0,2} 'and')? 'the'? $"
NEAR: Final = (
    "{nearness} (?:(?!{boundary}|{locative})[^.,;\n]){0,2} $"
    f" | {{direction}} 'of'? 'the'? $ | {BETWEEN}"
)
"""Before a name that only says what it was near: "close to X", "in the limits of X"."""
AROUND: Final = "[pP]* {Name}? {surrounding}"
"""After a name that only says what it was near: "the X area", "the hills of X"."""
ITS_SEAT: Final = "p* {area}? (?:','|'of'|'in')"
"""Between a place and the area that holds it, called like its city: "X district, Kandahar"."""
TAKEN_FROM: Final = frozenset({"abduction"})
"""Triggers of what is taken from where it was: "abducted from X", "recovered from X"."""
TOPIC_REACH: Final = 16
APART_KM: Final = 15.0


def places_of(item: Item, clause: Clause, trigger: Trigger) -> list[Toponym]:
    """Return the place of a clause; several only where they are named in one breath."""
    if trigger.event_type == "airspace_violation":
        return _airspace(item, clause)
    tags = item.overlaid.tags
    near = _candidates(tags, clause, clause.mentions) or _candidates(tags, clause, clause.around)
    if trigger.group == "diplomacy":
        near = [t for t in near if _seat(tags, t) and not _topic(tags, t)]
        near = [t for t in near if COARSENESS[t.resolution.precision] <= COARSENESS["admin2"]]
    if not near:
        return []
    finest = min(COARSENESS[t.resolution.precision] for t in near)
    if finest == COARSENESS["country"]:
        literal = [t for t in near if t.mention.role == "literal"]
        return literal[:1] if trigger.group in {"violence", "airspace"} else []
    best = min(
        (t for t in near if COARSENESS[t.resolution.precision] <= max(finest, 1)),
        key=lambda t: _gap(t, trigger),
    )
    return [_loosened(tags, t) for t in (best, *_tied(tags, best, near))]


def _loosened(tags: str, toponym: Toponym) -> Toponym:
    """Return a point as "near" where its words do not say that it happened in it."""
    answer, unit = toponym.resolution, toponym.unit
    about = rule(NEAR).search(tags, max(0, unit - 8), unit)
    if answer.precision != "exact" or not (about or rule(AROUND).match(tags, unit + 1)):
        return toponym
    reason = f"{answer.reason}; only said to be near it"
    return replace(toponym, resolution=replace(answer, precision="near", reason=reason))


def _candidates(tags: str, clause: Clause, named: Mentions) -> list[Toponym]:
    found = [t for t in named.toponyms if t.usable]
    found = [t for i, t in enumerate(found) if not (i and _province(tags, found[i - 1], t))]
    here = [t for t in found if not _elsewhere(tags, clause, t)]
    sites = [t for t in here if not _treated(tags, t)]
    return sites or here or [t for t in found if _bearing(tags, t)]


def _province(tags: str, inner: Toponym, outer: Toponym) -> bool:
    """Whether a city's name stands for the province or district of the place named before it."""
    one, two = inner.place, outer.place
    if one is None or two is None or two.kind in AREAL or two.name not in (one.admin1, one.admin2):
        return False
    return rule(ITS_SEAT).fullmatch(tags, inner.unit + 1, outer.unit) is not None


def _elsewhere(tags: str, clause: Clause, toponym: Toponym) -> bool:
    unit = toponym.unit
    told = [t.last for t in clause.triggers if t.last <= unit]
    lead = max(0, unit - 10, *told)  # past the deed, its own place begins
    lead_on = clause.lead
    taken = lead_on and lead_on.rule in TAKEN_FROM and lead_on.last <= unit
    if taken and rule("'from' 'the'? $").search(tags, lead, unit):
        return False
    if rule(SEATED).search(tags, lead, unit) or rule(ELSEWHERE).search(tags, lead, unit):
        return True
    return bool(rule(SPEAKS).match(tags, unit + 1) or rule(SPOKESMAN).match(tags, unit + 1))


def _treated(tags: str, toponym: Toponym) -> bool:
    unit = toponym.unit
    return rule(TREATED).match(tags, unit + 1) is not None


def _seat(tags: str, toponym: Toponym) -> bool:
    """Whether people can have met there: "in X", "X talks"; not "X and Y sign a deal"."""
    unit = toponym.unit
    before = rule("{locative} [^.,;\n]{0,4} $").search(tags, max(0, unit - 6), unit)
    return bool(before or rule("p* {talks}|p* {accord}").match(tags, unit + 1))


def _topic(tags: str, toponym: Toponym) -> bool:
    """Whether it is what was talked about: "discussed delays at X"."""
    unit = toponym.unit
    lead = max(0, unit - TOPIC_REACH)
    return rule("{discuss} [^.;\n]{0,14} $").search(tags, lead, unit) is not None


def _bearing(tags: str, toponym: Toponym) -> bool:
    """Whether it is the town that a bearing is given from: "20 km north of X" is near X."""
    unit = toponym.unit
    return rule("{direction} [^.,;\n]{0,3} $").search(tags, max(0, unit - 6), unit) is not None


def _tied(tags: str, best: Toponym, near: list[Toponym]) -> Iterator[Toponym]:
    """Yield the places named in one breath with ``best``: "in X and Y"."""
    ordered = sorted(near, key=start_of)
    for one, two in pairwise(ordered):
        first, last = one.unit + 1, two.unit
        joined = rule(JOINED).fullmatch(tags, first, last)
        if rule(BETWEEN).search(tags, max(0, first - 3), first - 1):
            return
        if joined and _apart(one.place, two.place) and best.place in (one.place, two.place):
            yield two if best.place == one.place else one


def _apart(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.id == b.id:
        return False
    return (
        not (contains(a, b) or contains(b, a)) and km_between(a.lat, a.lon, b.lat, b.lon) > APART_KM
    )


def _gap(toponym: Toponym, trigger: Trigger) -> int:
    unit = toponym.unit
    if unit >= trigger.last:
        return unit - trigger.last
    return max(0, trigger.first - unit) + 2  # what follows the verb is nearer than what precedes


def _airspace(item: Item, clause: Clause) -> list[Toponym]:
    """Return the finest place named in the clause, else the country whose airspace is named."""
    inner = [t for t in _candidates(item.overlaid.tags, clause, clause.mentions) if t.place]
    local = [t for t in inner if t.place and t.place.kind != "country"]
    if local:
        return local[:1]
    match = rule(
        "({af party}|{pk party}) ~2 {airspace}|{airspace} ~2 ({af party}|{pk party})"
    ).search(item.tokens.tags, clause.first, clause.last)
    afghan = match and rule("{af party}").search(match.group())
    code = "AF" if afghan else "PK" if match else ""
    country = item.countries.get(code)
    return [country] if country else inner[:1]
