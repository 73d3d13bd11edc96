"""Plane geometry behind the shipped layers: one coverage from two sources, then its web form.

Country outlines come from one source and provinces from another, older and coarser one. Here the
provinces are cut to the countries, what they leave uncovered goes to the nearest province, and
the result is one coverage: neighbours share every vertex, nothing overlaps, nothing is left out.
Coordinates are plain degrees; no function here knows where the data came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError

__all__ = ["GRID", "Area", "merged", "shared_line", "simplify_pair", "tile_countries"]

GRID: Final = 1e-5
"""Coordinates are multiples of this many degrees (about a metre)."""

SAMPLE: Final = 0.02
"""Spacing in degrees of the points that decide which province is nearest."""

Area = Polygon | MultiPolygon


def shared_line(first: BaseGeometry, second: BaseGeometry) -> LineString:
    """Return the edge two areas share, as one line from its western to its eastern end.

    Raises
    ------
    DataError
        If the areas do not meet in exactly one connected line.
    """
    shared = shapely.intersection(first.boundary, second.boundary)
    line = shapely.line_merge(shapely.multilinestrings(_lines([shared])))
    if not isinstance(line, LineString):
        raise DataError(f"The two countries meet in a {type(line).__name__}, not in one line.")
    return line if line.coords[0][0] <= line.coords[-1][0] else line.reverse()


def merged(areas: Iterable[Area]) -> Area:
    """Return the union of areas that share their vertices and do not overlap."""
    union = shapely.coverage_union_all(list(areas))
    parts = shapely.get_parts(shapely.get_parts(union))
    return Polygon(parts[0]) if len(parts) == 1 else MultiPolygon(list(parts))


def simplify_pair(
    first: Polygon, second: Polygon, *, edge: float, outer: float
) -> tuple[Polygon, Polygon]:
    """Simplify two neighbours so that they still share one edge, vertex for vertex.

    Parameters
    ----------
    first, second
        Polygons that meet in one line, without holes.
    edge, outer
        Tolerances in degrees: of the shared edge (Visvalingam–Whyatt, as
        ``shapely.coverage_simplify`` defines it) and of all the rest (Douglas–Peucker).

    Returns
    -------
    tuple of Polygon
        Rounded to ``GRID``, valid, interiors disjoint.

    Raises
    ------
    DataError
        If the shared edge is not one line or the result is not a valid coverage.
    """
    pair = shapely.coverage_simplify([first, second], edge, simplify_boundary=False)
    line = shared_line(*pair)
    rest = [shapely.line_merge(area.boundary.difference(line)) for area in pair]
    closed = [_closed(_rounded(line), _rounded(shapely.simplify(side, outer))) for side in rest]
    if not all(area.is_valid for area in closed) or not shapely.coverage_is_valid(closed):
        raise DataError("Simplifying made the countries overlap: use a smaller tolerance.")
    return closed[0], closed[1]


def tile_countries(
    countries: Mapping[str, Polygon], provinces: Mapping[str, Mapping[str, Area]]
) -> dict[str, dict[str, Area]]:
    """Make the provinces of each country tile it exactly.

    Parameters
    ----------
    countries
        Code to outline, on the ``GRID``; neighbours share their vertices.
    provinces
        Code to name to area, from a source that need not agree with ``countries``.

    Returns
    -------
    dict
        Code to name to area, in the order given; all of them together one valid coverage.
        Ground of a country that none of its provinces covers goes to the province whose outline
        is nearest (in degrees, to about ``SAMPLE``); ground that two cover goes to the first.
    """
    reach = {iso: _nearest_areas(parts) for iso, parts in provinces.items()}
    work: list[BaseGeometry] = [area.boundary for area in countries.values()]
    for iso, country in countries.items():
        work += _cuts(country, provinces[iso], reach[iso])
    noded = shapely.union_all(shapely.multilinestrings(_lines(work)), grid_size=GRID)
    faces = np.array(shapely.get_parts(shapely.polygonize([noded])))
    return {
        iso: _dissolve(faces, country, provinces[iso], reach[iso])
        for iso, country in countries.items()
    }


def _cuts(
    country: Polygon, parts: Mapping[str, Area], reach: Mapping[str, BaseGeometry]
) -> list[BaseGeometry]:
    """Return the lines that divide ``country``: province edges, and Voronoi edges where bare."""
    bare = country.difference(shapely.union_all(list(parts.values())))
    edges = [area.boundary.intersection(country) for area in parts.values()]
    return edges + [
        area.boundary.intersection(bare) for area in reach.values() if not area.is_empty
    ]


def _dissolve(
    faces: np.ndarray,
    country: Polygon,
    parts: Mapping[str, Area],
    reach: Mapping[str, BaseGeometry],
) -> dict[str, Area]:
    """Give every face inside ``country`` to a province and merge them."""
    shapely.prepare(country)
    points = shapely.point_on_surface(faces)
    inside = shapely.contains(country, points)
    faces, points = faces[inside], points[inside]
    owner = np.full(len(faces), -1)
    for layer in (parts, reach):
        for number, name in enumerate(parts):
            shapely.prepare(layer[name])
            owner[(owner < 0) & shapely.covers(layer[name], points)] = number
    owner = _attach_scraps(faces, owner)
    return {name: merged(faces[owner == i]) for i, name in enumerate(parts)}


def _nearest_areas(provinces: Mapping[str, Area]) -> dict[str, BaseGeometry]:
    """Return for each province the ground nearer to its outline than to any other's (Voronoi)."""
    coords, owner = [], []
    for number, area in enumerate(provinces.values()):
        outline = shapely.get_coordinates(shapely.segmentize(area.boundary, SAMPLE))
        coords.append(outline)
        owner.append(np.full(len(outline), number))
    points, first = np.unique(np.round(np.concatenate(coords), 6), axis=0, return_index=True)
    owners = np.concatenate(owner)[first]
    wide = shapely.box(*shapely.total_bounds(list(provinces.values()))).buffer(5)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=wide, ordered=True)
    )
    reach = {n: shapely.union_all(cells[owners == i]) for i, n in enumerate(provinces)}
    # A province whose every outline point is shared with an earlier one is never the nearest.
    return {name: area if area.area else Polygon() for name, area in reach.items()}


def _attach_scraps(faces: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Give each detached scrap of a province to the neighbour it shares most outline with.

    A scrap is a part below a hundredth of its province: what the two sources' disagreement
    cuts off. Islands in water have no neighbour and stay.
    """
    tree = shapely.STRtree(faces)
    for number in np.unique(owner):
        mine = np.flatnonzero(owner == number)
        parts = shapely.get_parts(merged(faces[mine]))
        small = parts[shapely.area(parts) < 0.01 * shapely.area(parts).sum()]
        for part in small:
            near = tree.query(part, predicate="intersects")
            scrap = np.intersect1d(near, mine)
            scrap = scrap[shapely.contains(part, shapely.point_on_surface(faces[scrap]))]
            beside = np.setdiff1d(near, mine)
            shared = shapely.length(shapely.intersection(faces[beside], part.boundary))
            if shared.size and shared.max() > 0:
                owner[scrap] = owner[beside[shared.argmax()]]
    return owner


def _lines(shapes: list[BaseGeometry]) -> list[LineString]:
    """Return the line parts of ``shapes``; points where lines merely touch are left out."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return [part for part in parts if isinstance(part, LineString) and part.length > 0]


def _rounded(line: LineString) -> LineString:
    coords = np.round(shapely.get_coordinates(line) / GRID) * GRID
    keep = np.r_[True, np.any(np.diff(coords, axis=0) != 0, axis=1)]
    return LineString(np.round(coords[keep], 5))


def _closed(line: LineString, rest: LineString) -> Polygon:
    way = list(rest.coords)
    if way[0] != line.coords[-1]:
        way.reverse()
    return Polygon([*line.coords, *way[1:]])
