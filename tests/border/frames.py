"""Builders that make the border's tests read like a specification."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.border import layers

GEOD = pyproj.Geod(ellps="WGS84")
BOX = (60.0, 23.0, 78.0, 39.0)


def frame(points, **columns):
    """Build an event frame at (lon, lat) points; None is an event without a place."""
    shapes = [None if point is None else shapely.Point(point) for point in points]
    index = pd.Index([f"e{i}" for i in range(len(points))], name="event_id", dtype="string")
    base = {
        "precision": "exact",
        "uncertainty_km": 2.0,
        "country": None,
        "admin1": None,
        "admin2": None,
        "place_kind": "town",
        "event_type": "armed_attack",
        "date_start": pd.Timestamp("2023-01-01"),
        "date_end": pd.Timestamp("2023-01-01"),
        "certainty": "reported",
        "date_precision": "day",
        "aggregate": False,
    }
    table = pd.DataFrame({**base, **columns}, index=index)
    words = ("country", "admin1", "admin2", "place_kind")
    table = table.astype(dict.fromkeys(words, "string"))
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, index=index, crs="EPSG:4326"))


def scattered(count):
    """Return an event frame of points spread evenly over the box, quickly, and lon and lat."""
    rng = np.random.default_rng(20261124)
    lon, lat = rng.uniform(BOX[0], BOX[2], count), rng.uniform(BOX[1], BOX[3], count)
    events = frame([None]).iloc[np.zeros(count, dtype=int)]
    events.index = pd.Index(np.arange(count).astype(str), name="event_id")
    return events.set_geometry(gpd.points_from_xy(lon, lat, crs="EPSG:4326")), lon, lat


def near_the_line(count, within_km=50.0):
    """Return points at random distances and bearings from random spots of the line."""
    rng = np.random.default_rng(20261124)
    line = layers.border_line()
    spots = shapely.get_coordinates(
        shapely.line_interpolate_point(line, rng.uniform(0, line.length, count))
    )
    lon, lat, _ = GEOD.fwd(
        spots[:, 0], spots[:, 1], rng.uniform(0, 360, count), rng.uniform(0, within_km * 990, count)
    )
    return list(zip(lon, lat, strict=True))


def reference_km(points, step_km=0.05, candidates=600):
    """Return the geodesic km to the nearest vertex of the line, a vertex every 50 m.

    No projection: candidates by chord through the sphere, then the geodesic to each.
    """
    dense = shapely.get_coordinates(shapely.segmentize(layers.border_line(), step_km / 111.32))
    ball = _on_ball(dense)
    found = []
    for lon, lat in points:
        near = dense[np.argpartition(-(ball @ _on_ball([(lon, lat)])[0]), candidates)[:candidates]]
        ones = np.ones(len(near))
        found.append(GEOD.inv(lon * ones, lat * ones, near[:, 0], near[:, 1])[2].min() / 1000)
    return np.array(found)


def _on_ball(points):
    lam, phi = np.radians(np.asarray(points, dtype=float)).T
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
