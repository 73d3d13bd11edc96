"""Whether a place lies in the country, province and district that its context names.

Each answer is True, False or None (cannot be told: the context is silent, the place is larger
than the unit, or the gazetteer does not know the unit). Names of units are compared through the
gazetteer's aliases and through folding, so "FATA", "Khowst" or "Kurram Agency" agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.model import UNCERTAINTY_KM, Place
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.names import fold, normalise, split_generic
from geo.places.nearness import km_between

__all__ = ["Agreement", "Units", "agreement", "units"]

_WIDER: Final = {
    "country": frozenset(("country", "region", "boundary", "river", "road")),
    "admin1": frozenset(("country", "region", "boundary", "river", "road")),
    "admin2": frozenset(("country", "region", "boundary", "river", "road", "admin1")),
}
_SLACK: Final = 1.15
"""A district's radius is a circle round a shape: a place a little outside may still be in it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Per level: True agrees, False contradicts, None cannot be told."""

    country: bool | None
    admin1: bool | None
    admin2: bool | None

    @property
    def contradicted(self) -> bool:
        """Whether any level says no."""
        return False in (self.country, self.admin1, self.admin2)


@dataclass(frozen=True, slots=True)
class Units:
    """The named units, resolved once: ISO country, names of the province, of the district."""

    country: str
    admin1: frozenset[str]
    admin1_known: bool
    admin2: frozenset[frozenset[str]]
    districts: tuple[Place, ...]


_UNTOLD: Final = Agreement(None, None, None)


@lru_cache(maxsize=4096)
def units(gazetteer: Gazetteer, country: str, admin1: str, admin2: str) -> Units:
    """Look up the units that a context names; names the gazetteer lacks stand for themselves."""
    iso = country.strip().upper()
    # a former unit, such as the tribal areas, is a region that names today's province
    provinces = _named(gazetteer, admin1, ("admin1", "region"), iso)
    names = frozenset(fold(normalise(p.admin1)) for p in provinces if p.admin1)
    spelled_admin1 = fold(normalise(split_generic(admin1)[0]))
    districts = tuple(
        place
        for place in _named(gazetteer, admin2, ("admin2", "admin3"), iso)
        if not names or not place.admin1 or fold(normalise(place.admin1)) in names
    )
    spelled = [admin2, *(place.name for place in districts), *(p.admin2 for p in districts)]
    named = frozenset(filter(None, map(_words, spelled)))
    return Units(iso, names or frozenset((spelled_admin1,)) - {""}, bool(names), named, districts)


def agreement(place: Place, asked: Units) -> Agreement:
    """Return how ``place`` agrees with the units asked."""
    if not (asked.country or asked.admin1 or asked.admin2):
        return _UNTOLD
    return Agreement(_country(place, asked), _admin1(place, asked), _admin2(place, asked))


def _named(gazetteer: Gazetteer, name: str, kinds: tuple[str, ...], iso: str) -> list[Place]:
    bare = split_generic(name)[0]
    for text in dict.fromkeys((name, bare)):
        for hits in gazetteer.steps(text):
            found = [
                hit.place
                for hit in hits
                if hit.place.kind in kinds and (not iso or hit.place.country == iso)
            ]
            if found:
                return found
    return []


@lru_cache(maxsize=8192)
def _words(name: str) -> frozenset[str]:
    return frozenset(filter(None, map(fold, normalise(split_generic(name)[0]).split())))


def _country(place: Place, asked: Units) -> bool | None:
    if not asked.country or not place.country:
        return None
    return place.country == asked.country


def _admin1(place: Place, asked: Units) -> bool | None:
    if not asked.admin1 or not place.admin1 or place.kind in _WIDER["admin1"]:
        return None
    if fold(normalise(place.admin1)) in asked.admin1:
        return True
    return False if asked.admin1_known else None


def _admin2(place: Place, asked: Units) -> bool | None:
    if not asked.admin2 or place.kind in _WIDER["admin2"]:
        return None
    own = _words(place.admin2)
    # "Lower Dir" and "Dir": districts are split and merged, their names keep the common word
    if own and any(own <= named or named <= own for named in asked.admin2):
        return True
    if place in asked.districts:
        return True
    if not asked.districts:
        return None
    inside = any(
        km_between(place.lat, place.lon, d.lat, d.lon) <= _SLACK * _radius(d)
        for d in asked.districts
    )
    if not inside:
        return False
    return None if own else True


def _radius(district: Place) -> float:
    return district.radius_km or UNCERTAINTY_KM["admin2"] or 0.0
