"""The crossings (``seeds/crossings.csv``) and what the events say of their being open or closed.

A gate's status is known only from reports: a closure says closed, a reopening says open, and
neither holds for ever. What no report tells is unknown, never open by default.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.errors import DataError
from geo.settings import CRS, SEEDS

__all__ = ["CROSSINGS_FILE", "OPEN_DAYS", "load", "status_intervals", "status_on"]

CROSSINGS_FILE: Final = SEEDS / "crossings.csv"
AT_GATE_KM: Final = 10.0
"""A closure or reopening tells of the nearest gate within this distance of its place."""
OPEN_DAYS: Final = 30
"""After a reopening the gate is taken to be open for so many days, unless closed again."""
UNREAL: Final = ("planned", "denied")
DAY: Final = pd.Timedelta(days=1)


@lru_cache(maxsize=1)
def load() -> gpd.GeoDataFrame:
    """Return the crossings: index ``id``, the file's columns and Point geometry, EPSG:4326.

    Raises
    ------
    DataError
        If the file is missing.
    """
    if not CROSSINGS_FILE.exists():
        raise DataError(f"{CROSSINGS_FILE} is missing: restore it from the repository.")
    table = pd.read_csv(CROSSINGS_FILE, dtype=str, keep_default_na=False, index_col="id")
    table = table.astype({"lat": float, "lon": float})
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=CRS)
    return gpd.GeoDataFrame(table, geometry=points)


def status_intervals(events: pd.DataFrame) -> pd.DataFrame:
    """Derive when each crossing was open or closed.

    A closure counts from its first to its last day; where its end is not told (both are one day)
    it says nothing of the days after. A reopening counts from its last day for
    ``OPEN_DAYS``, or to the day before the next closure. Planned and denied events, period
    totals, events dated no better than to a week, and events farther than ``AT_GATE_KM`` from a
    gate or known to no better than a district tell nothing.

    Parameters
    ----------
    events
        Columns ``event_type, date_start, date_end, date_precision, certainty, precision,
        aggregate, nearest_crossing, crossing_km``.

    Returns
    -------
    DataFrame
        Columns ``crossing`` (name), ``start``, ``end`` (inclusive days), ``status`` (open or
        closed), ordered by crossing and start.
    """
    told = events[
        events["event_type"].isin(["border_closure", "border_reopening"])
        & events["date_start"].notna()
        & ~events["certainty"].isin(UNREAL)
        & events["precision"].isin(["exact", "near"])
        & events["date_precision"].isin(["day", "day_range"])
        & ~events["aggregate"]
        & (events["crossing_km"] <= AT_GATE_KM)
    ]
    spans = [
        span
        for name, gate in told.groupby("nearest_crossing", sort=True)
        for span in _gate_spans(str(name), gate.sort_values(["date_start", "event_type"]))
    ]
    table = pd.DataFrame(spans, columns=["crossing", "start", "end", "status"])
    return table.astype({"start": "datetime64[ms]", "end": "datetime64[ms]"})


def status_on(events: pd.DataFrame, intervals: pd.DataFrame) -> pd.Series[str]:
    """Return the status of each event's nearest crossing on its first day.

    Parameters
    ----------
    events
        Columns ``date_start`` and ``nearest_crossing``.
    intervals
        As :func:`status_intervals` returns them.

    Returns
    -------
    Series of str
        ``crossing_status``: closed, open or unknown, on the index of ``events``. Closed wins
        where a gate closed and reopened on one day.
    """
    status = pd.Series("unknown", index=events.index, name="crossing_status", dtype="string")
    for word in ("open", "closed"):
        chosen = intervals[intervals["status"] == word]
        for name, first, last, _ in chosen.itertuples(index=False, name=None):
            here = events["nearest_crossing"].eq(name).fillna(False).to_numpy(bool)
            then = events["date_start"].between(first, last).to_numpy(bool)
            status[here & then] = word
    return status


def _gate_spans(name: str, gate: pd.DataFrame) -> list[tuple[str, pd.Timestamp, pd.Timestamp, str]]:
    closed = gate[gate["event_type"] == "border_closure"]
    opened = _days(gate.loc[gate["event_type"] == "border_reopening", "date_end"])
    starts = _days(closed["date_start"])
    spans = []
    for first, last in zip(closed["date_start"], closed["date_end"], strict=True):
        spans.append((name, first, last, "closed"))
    for first in opened:
        spans.append((name, first, _open_until(starts, first), "open"))
    return sorted(spans, key=lambda span: (span[1], span[3]))


def _days(column: pd.Series[Any]) -> list[pd.Timestamp]:
    return sorted(pd.Timestamp(day) for day in column)


def _open_until(closures: list[pd.Timestamp], first: pd.Timestamp) -> pd.Timestamp:
    """Return the day before the next closure, ``OPEN_DAYS`` after ``first`` at the latest."""
    later = (day - DAY for day in closures if day > first)
    return min(next(later, first + OPEN_DAYS * DAY), first + OPEN_DAYS * DAY)
