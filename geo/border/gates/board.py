"""The crossings as a board: what is known of each over a span of days, and what happened near it.

Rows run from the south-west end of the line to the north-east. What no report tells is a row's
own interval, ``unknown``: a gap is shown as a gap and never taken for open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.border.gates import crossings
from geo.border.gates.status import COLUMNS
from geo.border.line.distance import line_km
from geo.counts import Mask, dated_to_period, first_of, floats
from geo.schema import records

__all__ = ["UNKNOWN", "NearCrossings", "board", "by_period", "gates_along", "latest_known"]

UNKNOWN: Final = "unknown"
_DAY: Final = pd.Timedelta(days=1)


class NearCrossings(NamedTuple):
    """What :func:`by_period` counted, and how many events near a crossing it could not count.

    ``wide``: the point is near enough, but the place is known no better than to a wider circle.
    ``undated``: the date is known no better than to several periods.
    """

    counts: pd.DataFrame
    wide: int
    undated: int


def gates_along() -> pd.DataFrame:
    """Return the crossings from south-west to north-east.

    Index ``id``; columns ``name``, ``kind``, ``precision`` and ``line_km`` (float64, km along the
    line from its south-west end to the crossing's nearest point of it).
    """
    layer = crossings.load()
    table = pd.DataFrame(layer[["name", "kind", "precision"]]).assign(line_km=line_km(layer))
    return table.sort_values("line_km", kind="stable")


def board(timeline: pd.DataFrame, names: Iterable[str], first: date, last: date) -> pd.DataFrame:
    """Fill the days from ``first`` to ``last`` of every crossing with intervals, without a gap.

    Parameters
    ----------
    timeline
        As :func:`geo.border.gates.status.status_timeline` returns it.
    names
        Names of the crossings, in the order of the rows wanted.
    first, last
        Inclusive days.

    Returns
    -------
    DataFrame
        :data:`geo.border.gates.status.COLUMNS`, intervals cut to the span; where nothing is
        known the status is ``unknown`` and basis and evidence are empty. No rows if ``first`` >
        ``last``.
    """
    span = pd.Timestamp(first), pd.Timestamp(last)
    known = timeline[(timeline["start"] <= span[1]) & (timeline["end"] >= span[0])]
    rows = [
        (name, *interval)
        for name in names
        for interval in _filled(known[known["crossing"] == name], *span)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"start": "datetime64[ms]", "end": "datetime64[ms]"})


def latest_known(timeline: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the latest interval that began by ``day``, of each crossing that has one.

    :data:`geo.border.gates.status.COLUMNS` and ``holds``, whether the interval still covers
    ``day``; the most lately known first.
    """
    begun = timeline[timeline["start"] <= pd.Timestamp(day)].sort_values("start")
    latest = begun.groupby("crossing", sort=True).tail(1)
    latest = latest.assign(holds=latest["end"] >= pd.Timestamp(day))
    return latest.sort_values("end", ascending=False, kind="stable").reset_index(drop=True)


def by_period(
    events: pd.DataFrame, counted: Mask, within_km: float, *, period: str = "M"
) -> NearCrossings:
    """Count events near each crossing by the month or year in which they began.

    An event belongs to its nearest crossing only, so rows may be added up. It counts where its
    point lies within ``within_km`` of the crossing and its place is known at least as well as
    that; a date known no better than to several periods counts in none.

    Parameters
    ----------
    events
        Columns ``nearest_crossing, crossing_km, uncertainty_km, date_start, date_end,
        date_precision, event_group`` and the bounds of ``fatalities``.
    counted
        Which rows may be counted (:func:`geo.counts.single_events`), shape ``(n,)``.
    within_km
        Geodesic km from the crossing.
    period
        ``M`` for months, ``Y`` for years.

    Returns
    -------
    NearCrossings
        ``counts`` has a row for each crossing, period and group with any: ``crossing, start``
        (first day of the period), ``event_group, events, deaths_low, deaths_high, toll_unknown``.
    """
    near = counted & (floats(events["crossing_km"]) <= within_km)
    sure = floats(events["uncertainty_km"]) <= within_km
    timed = dated_to_period(events, period)
    rows = near & sure & timed
    begun = events.loc[rows, "date_start"].dt.to_period(period)
    return NearCrossings(
        counts=_summed(events[rows], begun.dt.to_timestamp()),
        wide=int((near & ~sure).sum()),
        undated=int((near & sure & ~timed).sum()),
    )


def _summed(rows: pd.DataFrame, start: pd.Series[Any]) -> pd.DataFrame:
    low, best, high = (floats(rows[f"fatalities_{bound}"]) for bound in ("low", "best", "high"))
    bottom, top = first_of(low, best), first_of(high, best, low)
    known = ~np.isnan(first_of(bottom, top))
    table = pd.DataFrame(
        {
            "crossing": rows["nearest_crossing"].to_numpy(object),
            "start": start.to_numpy("datetime64[ms]"),
            "event_group": rows["event_group"].to_numpy(object),
            "events": 1,
            "deaths_low": np.where(np.isnan(bottom), 0, bottom).astype(np.int64),
            "deaths_high": np.where(np.isnan(top), 0, top).astype(np.int64),
            "toll_unknown": (~known).astype(np.int64),
        }
    )
    keys = ["crossing", "start", "event_group"]
    return table.groupby(keys, sort=True, as_index=False).sum()


def _filled(
    known: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> Iterator[tuple[Any, ...]]:
    """Yield the intervals of one crossing, cut to the span, with the gaps between them."""
    at = first
    for row in records(known.sort_values("start")):
        start, end = max(row["start"], first), min(row["end"], last)
        if start > at:
            yield at, start - _DAY, UNKNOWN, "", ""
        yield start, end, row["status"], row["basis"], row["evidence"]
        at = end + _DAY
    if at <= last:
        yield at, last, UNKNOWN, "", ""
