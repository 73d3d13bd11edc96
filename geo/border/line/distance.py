"""Kilometres to the border line and along it.

The nearest point of the line is found in an azimuthal equidistant projection centred on the
border, on the line densified to a kilometre so that its edges stay where the polygons have them
(straight in degrees); the kilometres themselves are geodesics on WGS 84 (Karney 2013, *Journal of
Geodesy* 87, as ``pyproj.Geod`` has them).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.border.layers import border_line
from geo.border.points import Floats, coordinates
from geo.settings import BORDER_BBOX, CRS

if TYPE_CHECKING:  # a second's import, which kilometres do not need
    import geopandas as gpd

__all__ = [
    "FAR_KM",
    "GEOD",
    "border_distance_km",
    "km_from_area",
    "km_from_line",
    "line_km",
    "signed_border_km",
]

GEOD: Final = pyproj.Geod(ellps="WGS84")
FAR_KM: Final = 500.0
"""Beyond this the distance to the line says nothing and is left unknown."""

_DEGREES_FAR: Final = 6.0
_STEP_DEGREES: Final = 0.009
_PROJECTION: Final = "+proj=aeqd +lat_0=32.5 +lon_0=68.5 +datum=WGS84 +units=m"


class _Line(NamedTuple):
    """The densified line: in degrees, projected, and the geodesic km before each vertex."""

    degrees: npt.NDArray[np.float64]
    plane: shapely.LineString
    before: Floats
    forward: pyproj.Transformer


def border_distance_km(events: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return the unsigned geodesic distance to the border line in km.

    Float64 on the index of ``events``, named ``border_km``; NaN without a point and beyond
    500 km.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326.
    """
    lon, lat = coordinates(events)
    km = km_from_line(lon, lat)
    km[km > FAR_KM] = np.nan
    return pd.Series(km, index=events.index, name="border_km")


def signed_border_km(distance: pd.Series[Any], country: pd.Series[Any]) -> pd.Series[Any]:
    """Return the distance with a sign: below zero in Afghanistan, above in Pakistan.

    Parameters
    ----------
    distance
        :func:`border_distance_km`.
    country
        :func:`geo.border.join.country_code` on the same index.

    Returns
    -------
    Series of float64
        ``border_km_signed``; NaN outside both countries and where the distance is unknown.
    """
    sign = country.map({"AF": -1.0, "PK": 1.0}).astype("float64")
    return (distance * sign).rename("border_km_signed")


def line_km(events: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return where along the line the nearest point of it lies, in km from its south-west end.

    Float64 on the index of ``events``, named ``line_km``: geodesic kilometres along the line as
    drawn, so they depend on how finely it is drawn (here 2,667 km in all). NaN without a point and
    beyond 500 km of the line.
    """
    lon, lat = coordinates(events)
    where = np.full(len(lon), np.nan)
    rows, near_lon, near_lat = _nearest(lon, lat)
    line = _line()
    if len(rows):
        x, y = line.forward.transform(near_lon, near_lat)
        number = _segments().nearest(shapely.points(x, y))
        start = line.degrees[number]
        into = GEOD.inv(start[:, 0], start[:, 1], near_lon, near_lat)[2]
        far = GEOD.inv(lon[rows], lat[rows], near_lon, near_lat)[2] > FAR_KM * 1000
        where[rows] = np.where(far, np.nan, line.before[number] + into / 1000)
    return pd.Series(where, index=events.index, name="line_km")


def km_from_line(lon: Floats, lat: Floats) -> Floats:
    """Return the geodesic km from points in degrees to the line, however far; NaN for no point.

    Points outside :data:`geo.settings.BORDER_BBOX` and six degrees around it are too far for the
    projection and give NaN.
    """
    km = np.full(len(lon), np.nan)
    rows, near_lon, near_lat = _nearest(lon, lat)
    if len(rows):
        km[rows] = GEOD.inv(lon[rows], lat[rows], near_lon, near_lat)[2] / 1000
    return km


def km_from_area(area: shapely.Geometry) -> float:
    """Return the geodesic km between the line and the nearest point of ``area`` (degrees)."""
    line = _line()
    flat = shapely.transform(area, lambda xy: np.column_stack(line.forward.transform(*xy.T)))
    ends = shapely.get_coordinates(shapely.shortest_line(line.plane, flat))
    lon, lat = line.forward.transform(ends[:, 0], ends[:, 1], direction="INVERSE")
    return float(GEOD.inv(lon[0], lat[0], lon[1], lat[1])[2]) / 1000


def _nearest(lon: Floats, lat: Floats) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """Return the rows near enough for the projection, and the line's nearest point to each."""
    west, south, east, north = BORDER_BBOX
    near = (lon > west - _DEGREES_FAR) & (lon < east + _DEGREES_FAR)
    near &= (lat > south - _DEGREES_FAR) & (lat < north + _DEGREES_FAR)
    rows = np.flatnonzero(near)
    line = _line()
    x, y = line.forward.transform(lon[rows], lat[rows])
    ways = shapely.shortest_line(line.plane, shapely.points(x, y))
    on = shapely.get_coordinates(ways)[::2]
    near_lon, near_lat = line.forward.transform(on[:, 0], on[:, 1], direction="INVERSE")
    return rows, np.asarray(near_lon), np.asarray(near_lat)


@lru_cache(maxsize=1)
def _line() -> _Line:
    forward = pyproj.Transformer.from_crs(CRS, _PROJECTION, always_xy=True)
    degrees = shapely.get_coordinates(shapely.segmentize(border_line(), _STEP_DEGREES))
    x, y = forward.transform(degrees[:, 0], degrees[:, 1])
    plane = shapely.LineString(np.column_stack([x, y]))
    shapely.prepare(plane)  # holds an index of its facets: 30 times quicker from a point to it
    steps = GEOD.line_lengths(degrees[:, 0], degrees[:, 1])
    return _Line(degrees, plane, np.concatenate([[0.0], np.cumsum(steps) / 1000]), forward)


@lru_cache(maxsize=1)
def _segments() -> shapely.STRtree:
    plane = shapely.get_coordinates(_line().plane)
    return shapely.STRtree(
        np.asarray(shapely.linestrings(np.stack([plane[:-1], plane[1:]], axis=1)))
    )
