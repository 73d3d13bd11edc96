"""Where places lie to each other: distinct sites, and the draw of places named nearby."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, hypot, inf, radians, sin, sqrt
from typing import Final

from geo.model import Place

__all__ = ["Anchors", "anchors", "elsewhere", "km_between", "near_factor", "rivals_of"]

_EARTH_KM: Final = 6371.0088
_ELSEWHERE_KM: Final = 25.0
_DEGREE_KM: Final = 111.19
"""Kilometres in a degree of latitude on the sphere of :func:`km_between`."""
_UNITS: Final = frozenset(("country", "admin1", "admin2", "admin3"))


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the haversine distance in km between two points in degrees WGS 84.

    Mean Earth radius 6371.0088 km (IUGG); within 0.6 % of the geodesic. Formula: Sinnott,
    "Virtues of the Haversine", Sky and Telescope 68 (1984).
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2
    half += cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def elsewhere(one: Place, other: Place) -> bool:
    """Whether two places are distinct sites: over 25 km apart and neither inside the other."""
    reach = max(_ELSEWHERE_KM, one.radius_km or 0.0, other.radius_km or 0.0)
    apart = abs(one.lat - other.lat) * _DEGREE_KM > reach
    if not apart and km_between(one.lat, one.lon, other.lat, other.lon) <= reach:
        return False
    return not (_holds(one, other) or _holds(other, one))


def _holds(unit: Place, other: Place) -> bool:
    if unit.kind not in {"admin1", "admin2"} or not unit.admin1 or unit.admin1 != other.admin1:
        return False
    return unit.kind == "admin1" or (bool(unit.admin2) and unit.admin2 == other.admin2)


def rivals_of(place: Place, live: list[tuple[float, Place]]) -> list[tuple[float, Place]]:
    """Return what lies elsewhere; most points of one name are told apart by latitude alone."""
    point, lat, far = _is_point(place), place.lat, _ELSEWHERE_KM / _DEGREE_KM
    return [
        other
        for other in live
        if (point and abs(other[1].lat - lat) > far and _is_point(other[1]))
        or (other[1].id != place.id and elsewhere(place, other[1]))
    ]


def _is_point(place: Place) -> bool:
    return place.radius_km is None and place.kind not in _UNITS


@dataclass(frozen=True, slots=True)
class Anchors:
    """The places in the text that draw a candidate to them, and all their countries."""

    points: tuple[tuple[float, float, str], ...]
    admin1: frozenset[str]
    countries: frozenset[str]


def anchors(near: tuple[Place, ...]) -> Anchors:
    """Return what the places named in a text say of where it plays."""
    held = [place for place in near if place.kind != "country"]
    return Anchors(
        tuple((place.lat, place.lon, place.id) for place in held),
        frozenset(place.admin1 for place in held if place.admin1),
        frozenset(place.country for place in near if place.country),
    )


def near_factor(place: Place, drawn: Anchors) -> float:
    """Return the factor by which a candidate gains or loses from the places named nearby."""
    factor = 1.0
    nearest = _nearest_km(place, drawn)
    if nearest < inf:
        factor = 2.5 if nearest <= 60 else 1.3 if nearest <= 200 else 0.7 if nearest <= 500 else 0.4
        factor *= 1.5 if place.admin1 in drawn.admin1 else 1.0
    foreign = bool(drawn.countries) and place.country not in drawn.countries
    return factor * (0.7 if foreign else 1.0)


def _nearest_km(place: Place, drawn: Anchors) -> float:
    """Return the distance on a plane: within 1 % up to the few hundred km that are told apart."""
    lat, lon, own = place.lat, place.lon, place.id
    across = cos(radians(lat))
    return _DEGREE_KM * min(
        (
            hypot((east - lon) * across, north - lat)
            for north, east, other in drawn.points
            if other != own
        ),
        default=inf,
    )
