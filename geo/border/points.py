"""Points of an event frame, and which polygon of a tiling each lies in.

One tree over the points answers for every polygon at once: the polygons, prepared, ask the tree,
which is far quicker than each point asking polygons of thousands of vertices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import InputError
from geo.settings import CRS

if TYPE_CHECKING:  # a second's import, which looking a point up does not need
    import geopandas as gpd

__all__ = [
    "Floats",
    "Numbers",
    "PointTree",
    "Words",
    "containing_polygons",
    "coordinates",
    "point_tree",
]

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]

_MISS: Final = np.iinfo(np.int64).max


def coordinates(events: gpd.GeoDataFrame) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes in degrees, NaN where there is no point.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326 or holds a geometry that is no point.
    """
    if events.crs is None or not events.crs.equals(CRS):
        raise InputError(
            f"The events are in {events.crs}, the border in {CRS}: convert with .to_crs({CRS!r})."
        )
    geometry = events.geometry.to_numpy()
    if (empty := shapely.is_empty(geometry)).any():
        geometry = geometry.copy()
        geometry[empty] = None
    other = np.flatnonzero(shapely.get_type_id(geometry) > 0)
    if len(other):
        raise InputError(
            f"Event {events.index[other[0]]} is no point: use .representative_point() before."
        )
    return shapely.get_x(geometry), shapely.get_y(geometry)


class PointTree(NamedTuple):
    """An index of points: the tree, the rows of those in it, and how many rows there are in all."""

    tree: shapely.STRtree
    rows: Numbers
    length: int


def point_tree(lon: Floats, lat: Floats) -> PointTree:
    """Index points in degrees; NaN is no point."""
    rows = np.flatnonzero(~np.isnan(lon))
    points = np.asarray(shapely.points(lon[rows], lat[rows]))
    return PointTree(shapely.STRtree(points), rows, len(lon))


def containing_polygons(
    points: PointTree, areas: npt.NDArray[Any], country: Words, named: Words
) -> Numbers:
    """Return for each point the number of the polygon that holds it, -1 for none.

    Parameters
    ----------
    points
        From :func:`point_tree`, n rows.
    areas
        Polygons in degrees, shape (m,), in the order that decides ties.
    country
        Code of each polygon, shape (m,).
    named
        Code that each point's row names, shape (n,); anything else names none.

    Notes
    -----
    The tie rule. Edges belong to both neighbours. A point on one goes to the polygon of the
    country its row names; among those, or where it names none, to the first in the given order.
    """
    area, point = points.tree.query(areas, predicate="intersects")
    rows = points.rows[point]
    rank = area + len(areas) * (country[area] != named[rows])
    best = np.full(points.length, _MISS, dtype=np.int64)
    np.minimum.at(best, rows, rank)
    return np.where(best == _MISS, -1, best % len(areas))
