"""A land of a dozen hand-made provinces: two countries and a winding line between them."""

from functools import cache

import geopandas as gpd
import numpy as np
import shapely

from geo.border import layers

CRS = "EPSG:4326"
EDGES = {"AF": (66.0, 68.0), "PK": (74.0, 72.0)}
"""Each country's outer edge and the meridian that parts its outer provinces from the inner."""
NAMES = {
    "AF": [("Helmand", "Kandahar"), ("Ghazni", "Zabul"), ("Kabul", "Khost")],
    "PK": [("Sindh", "Balochistan"), ("Kashmir", "Punjab"), ("Islamabad", "Khyber Pakhtunkhwa")],
}
"""From south to north: the outer province, and the one at the line."""


def _strip(iso, south):
    """Return the outer and the inner province of a strip of two degrees."""
    outer, middle = EDGES[iso]
    north = np.linspace(south, south + 2, 101)
    line = np.column_stack([70 + 0.05 * np.sin(9 * north), north])
    corners = [(outer, south), (outer, south + 2), (middle, south + 2), (middle, south)]
    return shapely.Polygon(corners), shapely.Polygon([*line, *corners[2:]])


def _uneven(corners):
    """Move corners off the even grid: no four of a map's corners lie on one circle."""
    east, north = corners.T
    moved = [east + 0.1 * np.sin(1.7 * north), north + 0.1 * np.sin(2.3 * east)]
    return np.column_stack(moved).round(5)


@cache
def provinces():
    """Return the twelve provinces as :func:`geo.border.layers.admin1` does."""
    rows = [
        (name, iso, shapely.transform(area, _uneven))
        for iso, strips in NAMES.items()
        for south, names in zip((30, 32, 34), strips, strict=True)
        for name, area in zip(names, _strip(iso, south), strict=True)
    ]
    return gpd.GeoDataFrame(rows, columns=["name", "country", "geometry"], crs=CRS)


@cache
def countries():
    """Return the two countries as :func:`geo.border.layers.countries` does."""
    parts = provinces().groupby("country")["geometry"]
    shapes = [shapely.coverage_union_all(list(areas)) for _, areas in parts]
    return gpd.GeoDataFrame({"iso": list(parts.groups)}, geometry=shapes, crs=CRS)


def simplified(iso):
    """Return a country's provinces, name to polygon, each simplified for itself: edges differ."""
    layer = layers.admin1()
    layer = layer[layer["country"] == iso]
    shapes = shapely.simplify(layer.geometry.to_numpy(), 0.02)
    return dict(zip(layer["name"], shapes, strict=True))
