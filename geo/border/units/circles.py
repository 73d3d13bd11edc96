"""Districts as the gazetteer knows them: a centre and a radius. Used until polygons are fetched."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from geo.border.points import Floats, Words
from geo.places.gazetteer.lookup import load

__all__ = ["circle_district"]

_EARTH_KM: Final = 6371.0088
_BLOCK: Final = 50_000


class _Circles(NamedTuple):
    country: Words
    admin1: Words
    name: Words
    centre: Floats
    radius_km: Floats


def circle_district(lon: Floats, lat: Floats, country: Words, admin1: Words) -> Words:
    """Return the district of the gazetteer whose circle each point lies deepest in, or None.

    Only districts of the point's own province are asked; depth is distance over radius, so that
    a small district inside a large one's circle wins. Of equals the first in the file wins.

    Parameters
    ----------
    lon, lat
        Degrees, shape (n,), NaN for no point.
    country, admin1
        Code and province of each point, shape (n,); None answers None.
    """
    circles = _circles()
    found = np.full(len(lon), None, dtype=object)
    known = np.flatnonzero(~np.isnan(lon))
    for start in range(0, len(known), _BLOCK):  # in blocks: points times districts is wide
        rows = known[start : start + _BLOCK]
        closeness = _unit_vectors(lon[rows], lat[rows]) @ circles.centre.T
        depth = np.arccos(np.clip(closeness, -1, 1)) * _EARTH_KM / circles.radius_km
        other = country[rows, None] != circles.country
        other |= admin1[rows, None] != circles.admin1
        depth[other] = np.inf
        best = depth.argmin(axis=1)
        inside = depth[np.arange(len(rows)), best] <= 1
        found[rows[inside]] = circles.name[best[inside]]
    return found


def _unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return points on the unit sphere, shape (n, 3): the nearer, the larger the product."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


@lru_cache(maxsize=1)
def _circles() -> _Circles:
    units = [place for place in load().places if place.kind == "admin2" and place.radius_km]
    lon, lat = np.array([p.lon for p in units]), np.array([p.lat for p in units])
    return _Circles(
        np.array([p.country for p in units], dtype=object),
        np.array([p.admin1 for p in units], dtype=object),
        np.array([p.name for p in units], dtype=object),
        _unit_vectors(lon, lat),
        np.array([p.radius_km for p in units], dtype=float),
    )
