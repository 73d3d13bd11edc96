"""The crossings of the border (``seeds/crossings.csv``) and the one nearest to an event."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.border.line.distance import FAR_KM, GEOD
from geo.border.points import Floats, coordinates
from geo.errors import DataError
from geo.settings import CRS, SEEDS

if TYPE_CHECKING:  # a second's import, which the bare list does not need
    import geopandas as gpd

__all__ = ["CROSSINGS_FILE", "listed", "load", "nearest_crossing"]

CROSSINGS_FILE: Final = SEEDS / "crossings.csv"
_BLOCK: Final = 100_000


@lru_cache(maxsize=1)
def load() -> gpd.GeoDataFrame:
    """Return the crossings: index ``id``, the file's columns and Point geometry, EPSG:4326.

    Raises
    ------
    DataError
        If the file is missing.
    """
    import geopandas as gpd

    table = listed()
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=CRS)
    return gpd.GeoDataFrame(table, geometry=points)


@lru_cache(maxsize=1)
def listed() -> pd.DataFrame:
    """Return the crossings as a plain table: index ``id``, the file's columns, in its order.

    ``lat`` and ``lon`` in degrees WGS 84, ``accuracy_km`` in km; text columns empty if not known.

    Raises
    ------
    DataError
        If the file is missing.
    """
    if not CROSSINGS_FILE.exists():
        raise DataError(f"{CROSSINGS_FILE} is missing: restore it from the repository.")
    table = pd.read_csv(CROSSINGS_FILE, dtype=str, keep_default_na=False, index_col="id")
    return table.astype({"lat": float, "lon": float, "accuracy_km": float})


def nearest_crossing(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the nearest crossing and the geodesic km to it.

    Columns ``nearest_crossing`` (name) and ``crossing_km`` (float64) on the index of ``events``;
    null without a point and beyond 500 km. Of two gates equally near the first in the file wins.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326.
    """
    layer = load()
    lon, lat = coordinates(events)
    gate_lon, gate_lat = layer["lon"].to_numpy(), layer["lat"].to_numpy()
    km = np.full(len(events), np.nan)
    name = np.full(len(events), None, dtype=object)
    known = np.flatnonzero(~np.isnan(lon))
    if len(known) and len(layer):
        best = _nearest(lon[known], lat[known], _geocentric(gate_lon, gate_lat))
        ways = GEOD.inv(lon[known], lat[known], gate_lon[best], gate_lat[best])
        km[known] = ways[2] / 1000.0
        name[known] = layer["name"].to_numpy(object)[best]
    far = ~(km <= FAR_KM)
    km[far], name[far] = np.nan, None
    names: pd.Series[Any] = pd.Series(name, index=events.index, dtype="string")
    return pd.DataFrame({"nearest_crossing": names, "crossing_km": km}, index=events.index)


def _nearest(lon: Floats, lat: Floats, gates: Floats) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the number of the gate nearest to each point, in blocks that fit the cache."""
    starts = range(0, len(lon), _BLOCK)
    blocks = (_geocentric(lon[s : s + _BLOCK], lat[s : s + _BLOCK]) for s in starts)
    half = (gates**2).sum(axis=1) / 2
    return np.concatenate([(half - block @ gates.T).argmin(axis=1) for block in blocks])


def _geocentric(lon: Floats, lat: Floats) -> Floats:
    """Return geocentric coordinates on WGS 84 in km, shape (n, 3).

    Straight through the ellipsoid the nearest gate is the same as along a geodesic, to a part in
    a million; on a sphere one in two hundred would be another.
    """
    lam, phi = np.radians(lon), np.radians(lat)
    across = GEOD.a / 1000 / np.sqrt(1 - GEOD.es * np.sin(phi) ** 2)
    x, y = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam)
    z = (1 - GEOD.es) * np.sin(phi)
    return np.column_stack([across * x, across * y, across * z])
