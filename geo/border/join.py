"""What the border says of an event, all of it in one pass.

Every column is a function from a frame to a named Series on the same index, each in the module
of its noun; :func:`join_events` looks the points up once and puts the columns together.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.border.gates.crossings import nearest_crossing
from geo.border.gates.status import crossing_status, status_timeline
from geo.border.line.distance import border_distance_km, line_km, signed_border_km
from geo.border.sides import border_side, country_code
from geo.border.units.containing import (
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
