"""A small map of the places that a name may mean: the base map and a numbered mark for each.

A mark is drawn as large as the place is known: a dot for a settlement, a circle for an area.
Nothing but numbers goes into the map; names stand beside it, on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.webmap import base_map

__all__ = ["PlaceMark", "extent", "place_map", "points_map"]

KM_PER_DEGREE: Final = 111.32
LEAST_KM: Final = 30.0
"""At least so much land is shown around a place, so that it can be recognised."""
WIDEST_KM: Final = 400.0
INK: Final = {False: "#1d2327", True: "#f2f4f5"}


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """Where a candidate lies, in degrees WGS 84; ``radius_km`` where it is an area."""

    lat: float
    lon: float
    radius_km: float | None = None


def place_map(
    marks: Sequence[PlaceMark], *, chosen: bool = True, tiles: bool = True, dark: bool = False
) -> folium.Map:
    """Return a map that shows ``marks``, numbered from 1; the first stands out if it is ``chosen``.

    Call :func:`geo.webmap.assets.ensure` once before. Without marks it shows the whole border.
    """
    bounds = extent(marks) if marks else base_map.BELT
    page = base_map.bare_map(tiles=tiles, dark=dark, bounds=bounds)
    for number in range(len(marks), 0, -1):  # the first is drawn last, above the others
        _add(page, marks[number - 1], number, first=chosen and number == 1, dark=dark)
    return page


class _Points(MacroElement):
    """Many equal dots on one canvas above gates and names, drawn from bare numbers."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{ const map = {{ this._parent.get_name() }};"
        "map.createPane('dots').style.zIndex = 460;"
        "const renderer = L.canvas({ pane: 'dots' });"
        "for (const at of {{ this.points|tojson }}) {"
        "L.circleMarker(at, { ...{{ this.style|tojson }}, pane: 'dots', renderer }).addTo(map); } }"
        "{% endmacro %}"
    )

    def __init__(self, points: Sequence[tuple[float, float]], *, dark: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "Points"
        self.points = points
        ink, edge = INK[dark], INK[not dark]
        self.style = {"radius": 4, "weight": 1, "color": edge, "fillColor": ink}
        self.style |= {"fillOpacity": 0.8, "interactive": False}


def points_map(
    points: Sequence[tuple[float, float]], *, tiles: bool = True, dark: bool = False
) -> folium.Map:
    """Return a map with a dot at each of ``points`` (lat, lon in degrees), all of one kind.

    The points stand in the map itself, which goes to one browser: nothing is written to disk.
    Call :func:`geo.webmap.assets.ensure` once before. Without points it shows the whole border.
    """
    bounds = extent([PlaceMark(lat, lon) for lat, lon in points]) if points else base_map.BELT
    page = base_map.bare_map(tiles=tiles, dark=dark, bounds=bounds)
    page.add_child(_Points(points, dark=dark))
    return page


def extent(marks: Sequence[PlaceMark]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return south-west and north-east corner (lat, lon) around the marks and their areas."""
    corners = []
    for mark in marks:
        reach = min(max(LEAST_KM, 1.2 * (mark.radius_km or 0.0)), WIDEST_KM) / KM_PER_DEGREE
        wide = reach / max(0.2, cos(radians(mark.lat)))
        corners.append((mark.lat - reach, mark.lon - wide, mark.lat + reach, mark.lon + wide))
    south, west, north, east = zip(*corners, strict=True)
    return (min(south), min(west)), (max(north), max(east))


def _add(page: folium.Map, mark: PlaceMark, number: int, *, first: bool, dark: bool) -> None:
    where = [mark.lat, mark.lon]
    if mark.radius_km:
        folium.Circle(
            where,
            radius=mark.radius_km * 1000.0,
            color=INK[dark],
            weight=2 if first else 1,
            dash_array="5 4",
            fill=True,
            fill_color=INK[dark],
            fill_opacity=0.1 if first else 0.03,
        ).add_to(page)
    icon = folium.DivIcon(
        html=str(number),
        icon_size=(22, 22),
        icon_anchor=(11, 11),
        class_name=f"border-map-rank{' first' if first else ''}",
    )
    folium.Marker(where, icon=icon, z_index_offset=1000 - number, keyboard=False).add_to(page)
