"""The map under the events: two countries, their provinces, the border line and its crossings.

streamlit-folium keeps a map's frame alive as long as the script of the map stays the same, so
:func:`base_map` holds addresses and settings only, never data, and gives the same script for the
same arguments. Polygons, lines and crossings are fetched by the browser
(``js/map/base-layers.js``).
"""

from __future__ import annotations

from typing import Any, Final

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.model import EVENT_GROUPS, PRECISIONS
from geo.webmap import assets, palette
from geo.webmap.event_layer import EventLayer
from geo.words import GROUP_WORDS, SPAN_FORMS

__all__ = [
    "BELT",
    "MAX_ZOOM",
    "MIN_ZOOM",
    "TILES_URL",
    "bare_map",
    "base_map",
    "base_settings",
    "event_settings",
]

Bounds = tuple[tuple[float, float], tuple[float, float]]

TILES_URL: Final = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
"""The only address outside the app that the map asks for, and only with ``tiles=True``."""

BELT: Final[Bounds] = ((29.0, 61.2), (36.9, 73.6))
"""South-west and north-east corner (lat, lon) of the first view: the whole border line."""

MAX_ZOOM: Final = 17
MIN_ZOOM: Final = 4


class BaseLayers(JSCSSMixin, MacroElement):
    """The scripts, the styles and everything on the map that does not depend on a filter."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "BorderMap.base({{ this._parent.get_name() }}, {{ this.settings|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        """Take plain JSON values for ``base-layers.js``."""
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "BaseLayers"
        self.settings = settings
        self.default_js = [("border_map", assets.url("built/map.js"))]
        self.default_css = [("border_map_css", assets.url("built/map.css"))]


def base_map(events_url: str, *, tiles: bool = True, dark: bool = False) -> folium.Map:
    """Return a new Folium map with the base layers and the (still unfiltered) event layer.

    Parameters
    ----------
    events_url
        Address from :func:`geo.webmap.event_layer.publish`.
    tiles
        Whether to ask OpenStreetMap for tiles. Where they do not come, the map's own polygons,
        always drawn beneath them, stay visible.
    dark
        Dark colours; tiles are dimmed to match.

    Notes
    -----
    Call :func:`geo.webmap.assets.ensure` once before. Other arguments make another script, and
    with it a new frame: do not tie them to anything that changes while the map is in use.
    """
    page = bare_map(tiles=tiles, dark=dark)
    page.add_child(EventLayer(events_url, event_settings(dark=dark)))
    return page


def bare_map(*, tiles: bool = True, dark: bool = False, bounds: Bounds = BELT) -> folium.Map:
    """Return a new Folium map with the base layers alone, first shown within ``bounds``.

    ``tiles`` and ``dark`` as for :func:`base_map`; ``bounds`` are the south-west and the
    north-east corner as (lat, lon) in degrees.
    """
    (south, west), (north, east) = bounds
    page = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=6,
        tiles=None,
        attribution_control=False,
    )
    # Folium gives these two to the tile layer only, and there is none of Folium's here
    page.options |= {"maxZoom": MAX_ZOOM, "minZoom": MIN_ZOOM}
    page.default_js = [("leaflet", assets.url("vendor/leaflet.js"))]
    page.default_css = [("leaflet_css", assets.url("vendor/leaflet.css"))]
    page.add_child(BaseLayers(base_settings(tiles=tiles, dark=dark, bounds=bounds)))
    return page


def base_settings(*, tiles: bool, dark: bool, bounds: Bounds) -> dict[str, Any]:
    """Return what ``js/map/base-layers.js`` is told; arguments as for :func:`bare_map`."""
    files = {
        "admin1": "built/admin1.geojson",
        "border": "built/border_line.geojson",
        "cities": "built/cities.json",
        "countries": "built/countries.geojson",
        "crossings": "built/crossings.json",
    }
    return {
        "belt": bounds,
        "dark": dark,
        "maxZoom": MAX_ZOOM,
        "tiles": TILES_URL if tiles else None,
        "urls": {name: assets.url(path) for name, path in files.items()},
    }


def event_settings(*, dark: bool) -> dict[str, Any]:
    """Return what ``js/map/event-layer.js`` is told, all but the address of the events."""
    groups = [
        {"name": name, "label": GROUP_WORDS[name], "colour": palette.GROUP_COLOURS[name]}
        for name in EVENT_GROUPS
    ]
    districts = assets.BUILT / "districts.geojson"  # there once they were fetched
    return {
        "accent": palette.ACCENT,
        "admin1": assets.url("built/admin1.geojson"),
        "dark": dark,
        "districts": assets.url("built/districts.geojson") if districts.exists() else None,
        "groups": groups,
        "precisions": PRECISIONS,
        "spans": SPAN_FORMS,
    }
