"""Match the districts of a boundary file to the gazetteer's, so that both have one name.

Sources romanise freely ("Muhmand Dara", "Chitral Lower", "Khost(Matun)"). A district is matched
within its own province only, each place of the gazetteer once, surest matches first; what stays
over keeps the source's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import shapely
from rapidfuzz.fuzz import ratio

from geo.border.units.coverage import Area
from geo.model import Place
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.names import normalise

__all__ = ["MATCHES", "Match", "Unit", "match_names", "without_polygon"]

MATCHES: Final = ("exact", "alias", "folded", "fuzzy", "inside", "none")
"""How a district was matched, the surest first: the gazetteer's four steps; ``inside``: its
polygon holds the centre of a gazetteer district whose name is similar; ``none``."""

SIMILAR: Final = 60.0
"""Least similarity in percent (indel ratio) of the names of an ``inside`` match."""

_RANKS: Final = ("Lower", "Upper", "Central", "North", "South", "East", "West")
_BRACKETS: Final = re.compile(r"\s*\(([^)]*)\)\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """One district as a source has it: its names, country, province and polygon in degrees."""

    name: str
    others: tuple[str, ...]
    country: str
    admin1: str
    area: Area


class Match(NamedTuple):
    """What a unit is called here: its district, its province, and how that was found."""

    name: str
    admin1: str
    how: str


def match_names(units: Sequence[Unit], gazetteer: Gazetteer | None = None) -> list[Match]:
    """Return what each unit is called here, in order; ``how`` is one of ``MATCHES``.

    A unit that nothing in its own province answers to is looked for in the rest of its country,
    but only by what its polygon holds: provinces were redrawn, and outlines of them disagree.
    """
    held = load() if gazetteer is None else gazetteer
    provinces = _provinces(held)
    found: dict[int, Match] = {}
    for members in _by_province(units).values():
        first = units[members[0]]
        if own := provinces.get((first.country, first.admin1)):
            found |= _match_province(units, members, own)
    named = [found.get(n, Match(unit.name, unit.admin1, "none")) for n, unit in enumerate(units)]
    for place in without_polygon(units, named, held):
        for number, unit in enumerate(units):
            if named[number].how == "none" and _holds(unit, place):
                named[number] = Match(place.name, place.admin1, "inside")
                break
    return named


def without_polygon(
    units: Sequence[Unit], names: Iterable[Match], gazetteer: Gazetteer | None = None
) -> list[Place]:
    """Return the districts of the gazetteer that no unit was matched to, in the file's order."""
    held = load() if gazetteer is None else gazetteer
    taken = {(u.country, m.admin1, m.name) for u, m in zip(units, names, strict=True)}
    return [
        place
        for place in held.places
        if place.kind == "admin2" and (place.country, place.admin1, place.name) not in taken
    ]


def _provinces(gazetteer: Gazetteer) -> dict[tuple[str, str], Gazetteer]:
    """Return a small gazetteer of the districts of each province."""
    rows: dict[tuple[str, str], list[tuple[Place, tuple[str, ...]]]] = defaultdict(list)
    for place, aliases in zip(gazetteer.places, gazetteer.aliases, strict=True):
        if place.kind == "admin2":
            rows[place.country, place.admin1].append((place, aliases))
    return {province: Gazetteer(districts) for province, districts in rows.items()}


def _by_province(units: Sequence[Unit]) -> dict[tuple[str, str], list[int]]:
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        members[unit.country, unit.admin1].append(number)
    return members


def _match_province(
    units: Sequence[Unit], members: Sequence[int], own: Gazetteer
) -> dict[int, Match]:
    claims = [claim for number in members for claim in _claims(number, units[number], own)]
    claims.sort(key=lambda claim: (MATCHES.index(claim[0]), -claim[1]))
    found: dict[int, Match] = {}
    taken: set[str] = set()
    for how, _, number, place in claims:
        if number not in found and place not in taken:
            found[number] = Match(place, units[number].admin1, how)
            taken.add(place)
    return found


def _claims(number: int, unit: Unit, own: Gazetteer) -> Iterator[tuple[str, float, int, str]]:
    """Yield (how, similarity, unit, place name) for everything the unit might be."""
    for written in _spellings(unit):
        for hits in own.steps(written):
            for hit in hits:
                yield hit.step, ratio(unit.name, hit.place.name), number, hit.place.name
    for place in own.places:
        if _holds(unit, place):
            yield "inside", ratio(unit.name, place.name), number, place.name


def _holds(unit: Unit, place: Place) -> bool:
    near = ratio(normalise(unit.name), normalise(place.name)) >= SIMILAR
    same = near and unit.country == place.country
    return same and bool(shapely.contains_xy(unit.area, place.lon, place.lat))


def _spellings(unit: Unit) -> Iterator[str]:
    for written in (unit.name, *unit.others):
        yield written
        yield from _BRACKETS.findall(written)
        yield _BRACKETS.sub(" ", written).strip()
        words = written.split()
        if words[-1] in _RANKS:
            yield " ".join((words[-1], *words[:-1]))
        if words[0] in _RANKS:
            yield " ".join((*words[1:], words[0]))
