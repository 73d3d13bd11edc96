"""Which points concern this border: in either country or within 50 km of one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geo.border.layers import countries
from geo.settings import CRS

__all__ = ["MARGIN_KM", "concerns"]

MARGIN_KM: Final = 50.0
PLANE: Final = "+proj=aeqd +lat_0=32.5 +lon_0=68.5 +datum=WGS84 +units=km"
"""Azimuthal equidistant, centred on the border: the margin is right to 1 km everywhere here."""
TOLERANCE_KM: Final = 0.5

Floats = npt.NDArray[np.float64]


def concerns(lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
    """Return which points (degrees, shape (n,)) lie in AF or PK or within ``MARGIN_KM`` of them.

    NaN is not inside.
    """
    west, south, east, north = countries().total_bounds
    near = (lon > west - 1) & (lon < east + 1) & (lat > south - 1) & (lat < north + 1)
    inside: npt.NDArray[np.bool_] = np.zeros(len(lon), dtype=bool)
    if near.any():
        area, forward = _area()
        x, y = forward.transform(lon[near], lat[near])
        inside[near] = shapely.contains_xy(area, x, y)
    return inside


@lru_cache(maxsize=1)
def _area() -> tuple[Any, pyproj.Transformer]:
    forward = pyproj.Transformer.from_crs(CRS, PLANE, always_xy=True)
    whole = shapely.union_all(countries().geometry.to_numpy())
    flat = shapely.transform(whole, lambda xy: np.column_stack(forward.transform(*xy.T)))
    area = shapely.simplify(flat, TOLERANCE_KM).buffer(MARGIN_KM, quad_segs=4)
    shapely.prepare(area)
    return area, forward
