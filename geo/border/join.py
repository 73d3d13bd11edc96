"""What the border says of an event, all of it in one pass.

Every column is a function from a frame to a named Series on the same index. The line, the units and
the gates have theirs in their own rooms; the side, which asks line and units, is here, and
:func:`join_events` looks the points up once and puts the columns together.
"""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.border.gates.crossings import nearest_crossing
from geo.border.gates.status import crossing_status, status_timeline
from geo.border.line.distance import border_distance_km, line_km, signed_border_km
from geo.border.units.containing import (
    ISO,
    ContainingUnits,
    admin1_name,
    admin2_filled,
    admin2_name,
    admin2_source,
    containing_units,
)
from geo.border.units.reach import border_km_range

__all__ = [
    "admin1_name",
    "admin2_name",
    "admin2_source",
    "border_distance_km",
    "border_km_range",
    "border_side",
    "country_code",
    "join_events",
    "line_km",
    "nearest_crossing",
    "signed_border_km",
]

LINE_ERROR_KM: Final = 0.15
"""How far the shipped line strays from the one it was simplified from, at most (measured)."""
AT_LINE_KM: Final = 2.0
"""A crossing within this distance of the line is on it."""
UNITS: Final = ("admin1", "admin2", "admin3")
LOOSE: Final = ("near", "region", *UNITS)


def country_code(events: gpd.GeoDataFrame, units: ContainingUnits | None = None) -> pd.Series[Any]:
    """Return the country each point lies in: AF, PK or null (outside both, or no point).

    A point on the line itself touches both; it goes to the country its row names, else to AF.
    ``units`` is :func:`geo.border.units.containing.containing_units` of the same frame, if it is
    at hand.
    """
    at = containing_units(events) if units is None else units
    return pd.Series(at.country, index=events.index, name="country", dtype="string")


def border_side(
    events: gpd.GeoDataFrame,
    distance: pd.Series[Any] | None = None,
    units: ContainingUnits | None = None,
) -> pd.Series[Any]:
    """Return the side of the line: AF, PK, straddles or unknown.

    - A province, district or tehsil that the row puts in one country, or that has a polygon here,
      ends at the line, so it is on that country's side however far its circle reaches.
    - ``straddles`` is said of what is known only to lie within a circle that reaches the line: a
      place *near* a point, a *region*, a unit whose country is not known; of a crossing on the
      line, which belongs to both; and of an *exact* place nearer to the line than the line's own
      error (``LINE_ERROR_KM``).
    - ``unknown`` has no point or lies outside both countries.

    Parameters
    ----------
    events
        Points or null, EPSG:4326, columns ``precision``, ``uncertainty_km``, ``country``,
        ``place_kind``.
    distance, units
        :func:`geo.border.line.distance.border_distance_km` and
        :func:`geo.border.units.containing.containing_units` of the same frame, if they are at hand.
    """
    km = border_distance_km(events) if distance is None else distance
    at = containing_units(events) if units is None else units
    side = country_code(events, at).fillna("unknown").rename("border_side")
    held = (side != "unknown").to_numpy(bool)
    precision, spread = events["precision"], events["uncertainty_km"].astype("float64")
    unit, named = precision.isin(UNITS).to_numpy(bool), events["country"].isin(ISO).to_numpy(bool)
    side[held & unit & named] = events["country"][held & unit & named]
    unit = unit & (named | (at.district >= 0))
    loose = precision.isin(LOOSE).to_numpy(bool) & ~unit & (km < spread).to_numpy(bool)
    exact = precision.eq("exact").to_numpy(bool) & (km < LINE_ERROR_KM).to_numpy(bool)
    gate = events["place_kind"].eq("crossing").fillna(False).to_numpy(bool)
    gate = gate & (km < AT_LINE_KM).to_numpy(bool)
    side[held & (loose | exact | gate)] = "straddles"
    return side


def join_events(
    events: gpd.GeoDataFrame, timeline: pd.DataFrame | None = None, *, fetched: bool = True
) -> gpd.GeoDataFrame:
    """Add the border's columns to an event frame.

    Parameters
    ----------
    events
        Points or null, EPSG:4326, with the columns ``precision``, ``uncertainty_km``, ``country``,
        ``admin1``, ``place_kind``, ``date_start``, if there is one ``admin2``, and without
        ``timeline`` also ``event_type``, ``date_end``, ``date_precision``, ``certainty``,
        ``aggregate``.
    timeline
        What is known of the crossings (:func:`geo.border.gates.status.status_timeline`); by default
        what these events and the rows of ``seeds/crossing_status.csv`` tell.
    fetched
        Whether to use district polygons where they have been fetched. Without, the columns depend
        on nothing but the frame and what ships.

    Returns
    -------
    GeoDataFrame
        A copy with ``schema.JOIN_COLUMNS``; rows, order and index as given. ``country``,
        ``admin1`` and ``admin2`` are filled where null and kept where the row gives them;
        ``admin2_source`` says which.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326 or holds a geometry that is no point.
    """
    units, distance = containing_units(events, fetched=fetched), border_distance_km(events)
    joined = events.copy()
    joined["border_side"] = border_side(events, distance, units)
    joined["country"] = events["country"].fillna(country_code(events, units))
    joined["admin1"] = events["admin1"].fillna(admin1_name(events, units))
    joined[["border_km_min", "border_km_max"]] = border_km_range(events, distance, units)
    joined[["admin2", "admin2_source"]] = admin2_filled(events, units)
    joined["border_km"] = distance
    joined[["nearest_crossing", "crossing_km"]] = nearest_crossing(events)
    known = status_timeline(joined) if timeline is None else timeline
    joined["crossing_status"] = crossing_status(joined, known)
    return joined
