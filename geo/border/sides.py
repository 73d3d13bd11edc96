"""On which side of the line an event lies, and what cannot be said.

A point has the country whose polygon holds it. How well the place is known then decides whether
that is also the side: see :func:`border_side`.
"""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.border.line.distance import border_distance_km
from geo.border.units.containing import ISO, ContainingUnits, containing_units

__all__ = ["LINE_ERROR_KM", "border_side", "country_code"]

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
