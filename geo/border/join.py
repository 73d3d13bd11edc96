"""What the border says of an event: side, kilometres to the line, nearest crossing, province.

Every column is a function from a frame to a named Series on the same index; ``join_events`` puts
them together. Distances are geodesic kilometres on WGS 84. Candidates are found in an azimuthal
equidistant projection centred on the border, where the error within 500 km of the line is far
below the spacing of its vertices.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.border import crossings as gates
from geo.border.layers import admin1, border_line, countries
from geo.errors import InputError
from geo.settings import CRS

__all__ = [
    "admin1_name",
    "border_distance_km",
    "border_side",
    "country_code",
    "join_events",
    "nearest_crossing",
]

FAR_KM: Final = 500.0
"""Beyond this the distance to the line says nothing and is left unknown."""
DEGREES_FAR: Final = 6.0
STEP_M: Final = 1000.0
"""The line is densified to this step before projecting, so that its edges stay geodesics."""
PROJECTION: Final = "+proj=aeqd +lat_0=32.5 +lon_0=68.5 +datum=WGS84 +units=m"
GEOD: Final = pyproj.Geod(ellps="WGS84")
UNITS: Final = ("admin1", "admin2", "admin3")
LOOSE: Final = ("near", "region")
AT_LINE_KM: Final = 2.0
"""A crossing within this distance of the line is on it."""
Floats = npt.NDArray[np.float64]


def join_events(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the border's columns to an event frame.

    Parameters
    ----------
    events
        Points or null, EPSG:4326, with the columns ``precision``, ``uncertainty_km``, ``country``,
        ``admin1``, ``place_kind``, and for the crossing status ``event_type``, ``date_start``,
        ``date_end``, ``certainty``.

    Returns
    -------
    GeoDataFrame
        A copy with ``schema.JOIN_COLUMNS``; rows, order and index as given. ``country`` and
        ``admin1`` are filled where null and kept where the place record gives them.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326.
    """
    joined = events.copy()
    joined["country"] = joined["country"].fillna(country_code(events))
    joined["admin1"] = joined["admin1"].fillna(admin1_name(joined))
    distance = border_distance_km(events)
    spread = events["uncertainty_km"].astype("float64")
    joined["border_side"] = border_side(joined, distance)
    joined["border_km"] = distance
    joined["border_km_min"] = (distance - spread).clip(lower=0.0)
    joined["border_km_max"] = distance + spread
    joined[["nearest_crossing", "crossing_km"]] = nearest_crossing(events)
    joined["crossing_status"] = gates.status_on(joined, gates.status_intervals(joined))
    return joined


def country_code(events: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return the country each point lies in: AF, PK or null (outside both, or no point).

    A point on the shared edge touches both; the rule is that it goes to the country its place
    record names, else to AF, the first in the layer.
    """
    layer = countries()
    hits = _within(events, layer)
    codes = layer["iso"].to_numpy()
    found = pd.Series(None, index=events.index, name="country", dtype="string")
    for number in range(len(codes) - 1, -1, -1):
        found[hits[:, number]] = codes[number]
    both: npt.NDArray[np.bool_] = np.asarray(hits.all(axis=1), dtype=bool)
    if "country" in events and both.any():
        named = events["country"].where(events["country"].isin(codes))
        found[both] = named[both].fillna(found[both])
    return found


def admin1_name(events: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return the province each point lies in, of the country its row names; null outside both.

    A point on an edge goes to the first province in the layer's order (by country and name).
    """
    layer = admin1()
    found = pd.Series(None, index=events.index, name="admin1", dtype="string")
    hits = _within(events, layer)
    codes = [""] * len(events) if "country" not in events else events["country"].fillna("")
    named = np.asarray(codes, dtype=object)
    for number in range(len(layer) - 1, -1, -1):
        row = layer.iloc[number]
        other = (named != row["country"]) & ((named == "AF") | (named == "PK"))
        found[hits[:, number] & ~other] = row["name"]
    return found


def border_side(events: gpd.GeoDataFrame, distance: pd.Series[Any] | None = None) -> pd.Series[Any]:
    """Return the side of the line: AF, PK, straddles or unknown.

    A place that is a unit of one country (province, district, tehsil) is on that country's side,
    wherever its circle reaches. ``straddles`` is said of a crossing on the line, which belongs to
    both, and of a place known only to be near a point or in a wider region, whose circle of
    uncertainty reaches the line. ``unknown`` has no point, or lies outside both countries.
    ``distance`` is :func:`border_distance_km` of the same frame.
    """
    km = border_distance_km(events) if distance is None else distance
    side = country_code(events).fillna("unknown").rename("border_side")
    unit = events["precision"].isin(UNITS) & events["country"].isin(["AF", "PK"]).fillna(False)
    side = side.mask(unit & (side != "unknown"), events["country"])
    reaches = events["precision"].isin(LOOSE) & (km < events["uncertainty_km"].astype("float64"))
    gate = events["place_kind"].eq("crossing").fillna(False) & (km < AT_LINE_KM)
    return side.mask((side != "unknown") & (reaches | gate), "straddles")


def border_distance_km(events: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return the unsigned geodesic distance to the border line in km.

    Float64; NaN without a point and beyond 500 km. The nearest point is found on the line
    densified to 1 km in an azimuthal equidistant projection, the kilometres come from
    ``pyproj.Geod.inv`` (Karney 2013, *Journal of Geodesy* 87).
    """
    lon, lat = _coordinates(events)
    km = np.full(len(events), np.nan)
    west, south, east, north = border_line().bounds
    near = (lon > west - DEGREES_FAR) & (lon < east + DEGREES_FAR)
    near &= (lat > south - DEGREES_FAR) & (lat < north + DEGREES_FAR)
    rows = np.flatnonzero(near)
    if len(rows):
        forward, tree, segments = _projected_line()
        x, y = forward.transform(lon[rows], lat[rows])
        points = shapely.points(x, y)
        nearest = segments[tree.nearest(points)]
        ends = shapely.get_coordinates(shapely.shortest_line(points, nearest))[1::2]
        away_lon, away_lat = forward.transform(ends[:, 0], ends[:, 1], direction="INVERSE")
        km[rows] = GEOD.inv(lon[rows], lat[rows], away_lon, away_lat)[2] / 1000.0
    km[km > FAR_KM] = np.nan
    return pd.Series(km, index=events.index, name="border_km")


def nearest_crossing(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the nearest crossing and the geodesic km to it.

    Columns ``nearest_crossing`` (name) and ``crossing_km`` (float64) on the index of ``events``;
    null without a point and beyond 500 km. Of two gates equally near the first in the file wins.
    """
    layer = gates.load()
    lon, lat = _coordinates(events)
    gate_lon, gate_lat = layer["lon"].to_numpy(float), layer["lat"].to_numpy(float)
    km = np.full(len(events), np.nan)
    name = pd.Series(None, index=events.index, dtype="string")
    known = np.flatnonzero(~np.isnan(lon))
    if len(known) and len(layer):
        closeness = _unit_vectors(lon[known], lat[known]) @ _unit_vectors(gate_lon, gate_lat).T
        best = closeness.argmax(axis=1)
        ways = GEOD.inv(lon[known], lat[known], gate_lon[best], gate_lat[best])
        km[known] = ways[2] / 1000.0
        name.iloc[known] = layer["name"].to_numpy()[best]
    far = ~(km <= FAR_KM)
    km[far] = np.nan
    return pd.DataFrame({"nearest_crossing": name.mask(far), "crossing_km": km}, index=events.index)


def _unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return points on the unit sphere, shape (n, 3); the nearest gate has the largest product."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _coordinates(events: gpd.GeoDataFrame) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes, NaN where there is no point."""
    if events.crs is None or not events.crs.equals(CRS):
        raise InputError(
            f"The events are in {events.crs}, the border in {CRS}: convert with .to_crs({CRS!r})."
        )
    geometry = events.geometry.to_numpy()
    return shapely.get_x(geometry), shapely.get_y(geometry)


def _within(events: gpd.GeoDataFrame, layer: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Return which point touches which polygon, shape (points, polygons); edges count."""
    lon, lat = _coordinates(events)
    hits = np.zeros((len(events), len(layer)), dtype=bool)
    for number, area in enumerate(layer.geometry):
        west, south, east, north = area.bounds
        box = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        shapely.prepare(area)
        hits[box, number] = shapely.intersects_xy(area, lon[box], lat[box])
    return hits


@lru_cache(maxsize=1)
def _projected_line() -> tuple[pyproj.Transformer, shapely.STRtree, npt.NDArray[Any]]:
    forward = pyproj.Transformer.from_crs(CRS, PROJECTION, always_xy=True)
    dense = shapely.get_coordinates(shapely.segmentize(border_line(), STEP_M / 111_320.0))
    x, y = forward.transform(dense[:, 0], dense[:, 1])
    ends = np.stack([np.column_stack([x, y])[:-1], np.column_stack([x, y])[1:]], axis=1)
    segments: npt.NDArray[Any] = np.asarray(shapely.linestrings(ends))
    return forward, shapely.STRtree(segments), segments
