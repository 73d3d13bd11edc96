"""Provinces and districts: which ones a point lies in, and where that knowledge comes from.

The province polygons ship. Districts are polygons once ``geo fetch districts`` has run, and then
decide the province too, so that both always agree; until then a district is a circle of the
gazetteer, a centre and a radius, and ``admin2_source`` says which of the two answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.border import layers
from geo.border.points import (
    Floats,
    Numbers,
    PointTree,
    Words,
    containing_polygons,
    coordinates,
    point_tree,
)
from geo.places.gazetteer.lookup import load

__all__ = [
    "ISO",
    "ContainingUnits",
    "admin1_name",
    "admin2_filled",
    "admin2_name",
    "admin2_source",
    "circle_district",
    "containing_units",
]

ISO: Final = ("AF", "PK")
_IN_PROVINCE: Final = ("exact", "near", "admin3", "admin2", "admin1")
_IN_DISTRICT: Final = ("exact", "near", "admin3", "admin2")
_EARTH_KM: Final = 6371.0088
_BLOCK: Final = 50_000


class _Circles(NamedTuple):
    """The districts of the gazetteer: ``centre`` on the unit sphere, shape (n, 3)."""

    country: Words
    admin1: Words
    name: Words
    centre: Floats
    radius_km: Floats


@dataclass(frozen=True, slots=True)
class ContainingUnits:
    """What lies under each point of a frame, in its order; None and -1 for nothing.

    ``country`` is the polygon's. ``admin1``, ``admin2`` and the numbers of both in their layers
    are left out where the row names the other country. ``districts`` is the layer that was asked,
    None where there is none.
    """

    country: Words
    admin1: Words
    admin2: Words
    province: Numbers
    district: Numbers
    districts: gpd.GeoDataFrame | None


def containing_units(events: gpd.GeoDataFrame, *, fetched: bool = True) -> ContainingUnits:
    """Look all points of a frame up at once.

    Points in EPSG:4326 or null; a column ``country`` helps to decide ties (see
    :func:`geo.border.points.containing_polygons`). Without ``fetched`` only what ships is asked, so
    that the answer is the same everywhere.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326.
    """
    lon, lat = coordinates(events)
    named = _named(events)
    districts = layers.districts() if fetched else None
    provinces = layers.admin1()
    points = point_tree(lon, lat)
    province, country = _held(points, provinces, named)
    other = np.isin(named, ISO) & (named != country)
    province = np.where(other, -1, province)
    admin1 = _taken(provinces["name"].to_numpy(object), province)
    if districts is None:
        none = np.full(len(lon), -1)
        return ContainingUnits(
            country, admin1, _taken(np.empty(0, object), none), province, none, None
        )
    # the provinces decide the country: districts follow the line to about a metre only
    district, side = _held(points, districts, country)
    district = np.where(other | (side != country), -1, district)
    finer = _taken(districts["admin1"].to_numpy(object), district)
    admin1 = np.where(district < 0, admin1, finer)
    admin2 = _taken(districts["admin2"].to_numpy(object), district)
    return ContainingUnits(country, admin1, admin2, _provinces(admin1), district, districts)


def admin1_name(events: gpd.GeoDataFrame, units: ContainingUnits | None = None) -> pd.Series[Any]:
    """Return the province each point lies in, of the country its row names; null outside both.

    Null too for what is known only to a region or a country: its point stands for a wider area.
    ``units`` is :func:`containing_units` of the same frame, if it is at hand.
    """
    at = containing_units(events) if units is None else units
    words = _only(at.admin1, _known_to(events, _IN_PROVINCE))
    return pd.Series(words, index=events.index, name="admin1", dtype="string")


def admin2_name(events: gpd.GeoDataFrame, units: ContainingUnits | None = None) -> pd.Series[Any]:
    """Return the district each point lies in; null where its place is known only more widely.

    From the district polygons where they have been fetched; else the district of the gazetteer
    whose circle the point lies deepest in.
    """
    return _admin2(events, units)[0]


def admin2_source(events: gpd.GeoDataFrame, units: ContainingUnits | None = None) -> pd.Series[Any]:
    """Return what :func:`admin2_name` rests on: polygon, gazetteer, or null where it is null."""
    return _admin2(events, units)[1]


def admin2_filled(events: gpd.GeoDataFrame, units: ContainingUnits) -> pd.DataFrame:
    """Return ``admin2`` and ``admin2_source``: the row's own name first, else the lookup's."""
    named = events["admin2"] if "admin2" in events else pd.Series(None, events.index, dtype="str")
    own = named.fillna("").ne("").to_numpy(bool)
    admin2, source = _admin2(events, units)
    return pd.DataFrame(
        {
            "admin2": admin2.mask(own, named.astype("string")),
            "admin2_source": source.mask(own, "record"),
        }
    )


def _admin2(events: gpd.GeoDataFrame, units: ContainingUnits | None) -> tuple[pd.Series[Any], ...]:
    at = containing_units(events) if units is None else units
    if at.districts is None:
        word = "gazetteer"
        lon, lat = coordinates(events)
        found = circle_district(lon, lat, _country(events, at), at.admin1)
    else:
        word, found = "polygon", at.admin2
    words = _only(found, _known_to(events, _IN_DISTRICT))
    admin2 = pd.Series(words, index=events.index, name="admin2", dtype="string")
    source = pd.Series(None, index=events.index, name="admin2_source", dtype="string")
    return admin2, source.mask(admin2.notna(), word)


def _held(points: PointTree, layer: gpd.GeoDataFrame, named: Words) -> tuple[Numbers, Words]:
    """Return the number of the unit that holds each point, and its country."""
    codes = layer["country"].to_numpy(object)
    held = containing_polygons(points, layer.geometry.to_numpy(), codes, named)
    return held, _taken(codes, held)


def _named(events: gpd.GeoDataFrame) -> Words:
    if "country" not in events:
        return np.full(len(events), "", dtype=object)
    return events["country"].fillna("").to_numpy(object)


def _country(events: gpd.GeoDataFrame, units: ContainingUnits) -> Words:
    named = _named(events)
    return np.where(np.isin(named, ISO), named, units.country)


def _known_to(events: gpd.GeoDataFrame, precisions: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    if "precision" not in events:
        return np.ones(len(events), dtype=bool)
    return events["precision"].isin(precisions).to_numpy(bool)


def _only(words: Words, keep: npt.NDArray[np.bool_]) -> Words:
    kept = words.copy()
    kept[~keep] = None
    return kept


def _taken(words: Words, numbers: Numbers) -> Words:
    """Return ``words[numbers]`` with None for -1."""
    return np.append(words, [None])[numbers] if len(numbers) else np.empty(0, dtype=object)


def _provinces(names: Words) -> Numbers:
    number = {name: n for n, name in enumerate(layers.admin1()["name"])}
    return pd.Series(names).map(number).fillna(-1).to_numpy(np.int64)


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
