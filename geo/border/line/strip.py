"""Where along the line events lie: the kilometre, the stretch it may be, and cells to count in."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.border.line.distance import GEOD, line_km
from geo.border.points import Floats, coordinates
from geo.counts import Mask
from geo.settings import CRS

__all__ = ["framed", "line_cells", "line_length_km", "line_stretch"]

_BEARINGS: Final = np.arange(0.0, 360.0, 22.5)


def framed(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return ``table`` as :func:`geo.schema.read_points` reads it with its points, EPSG:4326.

    ``lon`` and ``lat`` in degrees; NaN becomes an empty point, which has no place.
    """
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=CRS)
    return gpd.GeoDataFrame(table, geometry=points)


def line_stretch(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return where along the line each event lies and the stretch on which it may lie.

    Parameters
    ----------
    events
        Points or null, EPSG:4326, with ``uncertainty_km`` (radius in km, NaN if unknown).

    Returns
    -------
    DataFrame
        ``line_km``, ``line_km_min``, ``line_km_max`` (float64, km from the south-west end) on the
        index of ``events``; NaN without a point and beyond 500 km. The stretch reaches over the
        nearest points of the line to sixteen points on the circle of the uncertainty, so it
        follows the line's bends; without a radius it is the kilometre itself.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326 or holds a geometry that is no point.
    """
    lon, lat = coordinates(events)
    spread = events["uncertainty_km"].to_numpy(dtype=np.float64, na_value=np.nan)
    # many events share a place: each place is measured once
    places = pd.DataFrame({"lon": lon, "lat": lat, "spread": np.nan_to_num(spread)})
    unique = places.drop_duplicates().dropna().reset_index(drop=True)
    measured = unique.assign(**_measured(*(unique[name].to_numpy() for name in places)))
    found = places.merge(measured, on=list(places), how="left")
    return found[["line_km", "line_km_min", "line_km_max"]].set_axis(events.index)


def line_length_km() -> float:
    """Return the length of the line as drawn, in km: the greatest ``line_km`` there is."""
    from geo.border.layers import border_line

    end = border_line().coords[-1]
    last = gpd.GeoDataFrame(geometry=gpd.points_from_xy([end[0]], [end[1]], crs=CRS))
    return float(line_km(last).iloc[0])


def line_cells(strip: pd.DataFrame, counted: Mask, km: float, period: str) -> pd.DataFrame:
    """Count events by stretch of the line and month or year, for when they are too many to draw.

    Parameters
    ----------
    strip
        Columns ``line_km``, ``date_start`` and ``event_group``.
    counted
        Which rows to count, shape ``(n,)``; those without a kilometre or a date are left out.
    km
        Length of a stretch.
    period
        ``M`` for months, ``Y`` for years.

    Returns
    -------
    DataFrame
        ``line_km`` (the middle of the stretch), ``start`` (first day of the period),
        ``event_group`` and ``events``.
    """
    rows = strip[counted & (strip["line_km"].notna() & strip["date_start"].notna()).to_numpy(bool)]
    cells = pd.DataFrame(
        {
            "line_km": (rows["line_km"].to_numpy() // km + 0.5) * km,
            "start": rows["date_start"].dt.to_period(period).dt.to_timestamp().to_numpy(),
            "event_group": rows["event_group"].to_numpy(object),
        }
    )
    return cells.value_counts(sort=False).rename("events").reset_index()


def _measured(lon: Floats, lat: Floats, spread: Floats) -> dict[str, Any]:
    centre = _along(lon, lat)
    ways = len(_BEARINGS)
    rim_lon, rim_lat, _ = GEOD.fwd(
        np.repeat(lon, ways),
        np.repeat(lat, ways),
        np.tile(_BEARINGS, len(lon)),
        np.repeat(spread * 1000, ways),
    )
    rim = _along(np.asarray(rim_lon), np.asarray(rim_lat)).reshape(len(lon), ways)
    both = np.column_stack([centre, rim])
    known = ~np.isnan(centre)
    low, high = np.full(len(lon), np.nan), np.full(len(lon), np.nan)
    low[known], high[known] = np.nanmin(both[known], axis=1), np.nanmax(both[known], axis=1)
    return {"line_km": centre, "line_km_min": low, "line_km_max": high}


def _along(lon: Floats, lat: Floats) -> Floats:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=CRS))
    where: Floats = line_km(points).to_numpy(np.float64)
    return where
