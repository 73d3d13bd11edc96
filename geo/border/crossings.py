"""The crossings of the border (``seeds/crossings.csv``) and the one nearest to an event."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.border.circles import unit_vectors
from geo.border.distance import FAR_KM, GEOD
from geo.border.points import Floats, coordinates
from geo.errors import DataError
from geo.settings import CRS, SEEDS

__all__ = ["CROSSINGS_FILE", "KINDS", "load", "nearest_crossing"]

CROSSINGS_FILE: Final = SEEDS / "crossings.csv"
KINDS: Final = ("formal", "trade", "pedestrian", "informal")
_BLOCK: Final = 100_000


@lru_cache(maxsize=1)
def load() -> gpd.GeoDataFrame:
    """Return the crossings: index ``id``, the file's columns and Point geometry, EPSG:4326.

    Raises
    ------
    DataError
        If the file is missing.
    """
    if not CROSSINGS_FILE.exists():
        raise DataError(f"{CROSSINGS_FILE} is missing: restore it from the repository.")
    table = pd.read_csv(CROSSINGS_FILE, dtype=str, keep_default_na=False, index_col="id")
    table = table.astype({"lat": float, "lon": float, "accuracy_km": float})
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=CRS)
    return gpd.GeoDataFrame(table, geometry=points)


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
        best = _nearest(lon[known], lat[known], unit_vectors(gate_lon, gate_lat))
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
    vectors = (unit_vectors(lon[s : s + _BLOCK], lat[s : s + _BLOCK]) for s in starts)
    return np.concatenate([(block @ gates.T).argmax(axis=1) for block in vectors])
