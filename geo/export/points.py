"""Positions of an extract as Point geometries."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely

from geo.export.extract import POSITION

__all__ = ["wkb_points"]


def wkb_points(batch: pa.Table) -> pa.Array:
    """Return ``lon``, ``lat`` (degrees, EPSG:4326) as well-known binary, null without a place."""
    lon, lat = (batch[name].to_numpy() for name in POSITION)
    unknown = np.isnan(lon) | np.isnan(lat)
    points = shapely.to_wkb(shapely.points(lon, lat))
    return pa.array(np.where(unknown, None, points), type=pa.binary())
