"""How near to the line and how far from it an event may have been, given how well it is placed.

An event known to a district or province lies somewhere in that unit's polygon; without a polygon,
and for every other precision, somewhere in the circle of its uncertainty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.border import layers
from geo.border.line.distance import km_from_area, km_from_line
from geo.border.points import Numbers
from geo.border.units.containing import ContainingUnits
from geo.border.units.coverage import Area
from geo.places.names import normalise

__all__ = ["area_reach", "border_km_range"]

_EDGE_DEGREES: Final = 0.02
_LATTICE_DEGREES: Final = 0.1
_NOWHERE: Final = (np.nan, np.nan)


def border_km_range(
    events: gpd.GeoDataFrame, distance: pd.Series[Any], units: ContainingUnits
) -> pd.DataFrame:
    """Return the nearest and the farthest the event can have been from the line, in km.

    Parameters
    ----------
    events
        Columns ``precision``, ``uncertainty_km``, ``country`` and, where known, ``admin1``,
        ``admin2``.
    distance, units
        Of the same frame.

    Returns
    -------
    DataFrame
        ``border_km_min`` and ``border_km_max``, float64, NaN where the distance is. The unit is
        the one the row names, else the one that holds its point. A circle's farthest point is
        taken straight away from the line, which can be too far where the line bends.
    """
    spread = events["uncertainty_km"].astype("float64").to_numpy()
    km = distance.to_numpy()
    low, high = np.clip(km - spread, 0.0, None), km + spread
    for precision, numbers_of, reach in (
        ("admin2", _districts, _district_reach(units.districts)),
        ("admin1", _provinces, _province_reach),
    ):
        rows = np.flatnonzero((events["precision"] == precision).to_numpy(bool))
        own = numbers_of(events.iloc[rows], units, rows)
        known, place = np.unique(own, return_inverse=True)
        if not len(known) or known[-1] < 0:
            continue
        near, far = np.array([reach(int(n)) if n >= 0 else _NOWHERE for n in known]).T[:, place]
        here = own >= 0
        # the point itself is never outside what is said of it
        low[rows[here]] = np.fmin(near, km[rows])[here]
        high[rows[here]] = np.fmax(far, km[rows])[here]
    unknown = np.isnan(km)
    low[unknown], high[unknown] = np.nan, np.nan
    return pd.DataFrame({"border_km_min": low, "border_km_max": high}, index=events.index)


def area_reach(area: Area) -> tuple[float, float]:
    """Return the km from the line to the nearest and to the farthest point of a polygon.

    Degrees in, geodesic km out. The nearest is exact to the projection; the farthest is the
    largest over the outline every 2 km and a lattice of 10 km inside, so at most about 1 km short.
    """
    edge = shapely.get_coordinates(shapely.segmentize(area.boundary, _EDGE_DEGREES))
    west, south, east, north = area.bounds
    lon, lat = np.meshgrid(
        np.arange(west, east, _LATTICE_DEGREES), np.arange(south, north, _LATTICE_DEGREES)
    )
    inside = shapely.contains_xy(area, lon.ravel(), lat.ravel())
    points = np.vstack([edge, np.column_stack([lon.ravel(), lat.ravel()])[inside]])
    return km_from_area(area), float(np.nanmax(km_from_line(points[:, 0], points[:, 1])))


def _district_reach(held: gpd.GeoDataFrame | None) -> Callable[[int], tuple[float, float]]:
    low, high = ([], []) if held is None else (held["km_min"].tolist(), held["km_max"].tolist())
    return lambda number: (low[number], high[number])


@lru_cache(maxsize=64)
def _province_reach(number: int) -> tuple[float, float]:
    area: Area = layers.admin1().geometry.to_numpy()[number]
    return area_reach(area)


def _districts(events: gpd.GeoDataFrame, units: ContainingUnits, rows: Numbers) -> Numbers:
    held = units.districts
    if held is None:
        return units.district[rows]
    known = _index(held["country"], held["admin1"], held["admin2"])
    loose = _index(held["country"], held["admin2"])
    own = _looked_up(events, known, ("country", "admin1", "admin2"))
    own = np.where(own < 0, _looked_up(events, loose, ("country", "admin2")), own)
    return np.where(own < 0, units.district[rows], own)


def _provinces(events: gpd.GeoDataFrame, units: ContainingUnits, rows: Numbers) -> Numbers:
    layer = layers.admin1()
    own = _looked_up(events, _index(layer["country"], layer["name"]), ("country", "admin1"))
    return np.where(own < 0, units.province[rows], own)


def _index(*columns: pd.Series[Any]) -> dict[tuple[str, ...], int]:
    """Return names to row number; names that two rows share stand for neither."""
    keys = list(
        zip(*([normalise(str(word)) for word in column] for column in columns), strict=True)
    )
    count = Counter(keys)
    return {key: n for n, key in enumerate(keys) if count[key] == 1}


def _looked_up(
    events: gpd.GeoDataFrame, index: dict[tuple[str, ...], int], columns: tuple[str, ...]
) -> Numbers:
    if not len(events) or not set(columns) <= set(events.columns):
        return np.full(len(events), -1, dtype=np.int64)
    words = events[list(columns)].astype("string").fillna("")
    codes, unique = pd.MultiIndex.from_frame(words).factorize()
    own = [index.get(tuple(normalise(str(word)) for word in row), -1) for row in unique]
    numbers: Numbers = np.asarray(own, dtype=np.int64)
    return np.asarray(numbers[codes], dtype=np.int64)
