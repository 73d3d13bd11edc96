"""Counts by area and by time: what a shaded map and the story of a place add up.

Counted are events that stand for one event each, as :func:`geo.counts.single_events` has it: of
rows linked as one event one counts; period totals, parts of another event, planned and denied
events never do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.counts import Mask, single_events, toll_bounds

__all__ = ["AreaCounts", "TimeCounts", "by_area", "by_time"]

MONTHS_SHOWN: Final = 48
"""Beyond four years a month is too thin to see in a panel: then it is years."""
_FINE: Final = {
    "M": ("day", "day_range", "week", "month"),
    "Y": ("day", "day_range", "week", "month", "year"),
}


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Counts by area, and what is in none of them.

    ``events``, ``deaths_low``, ``deaths_high``, ``toll_unknown``: int64, shape ``(areas,)``; the
    last counts events without any figure. ``elsewhere`` counts events whose area is not known,
    ``left_out`` rows under the mask that are not counted at all.
    """

    events: npt.NDArray[np.int64]
    deaths_low: npt.NDArray[np.int64]
    deaths_high: npt.NDArray[np.int64]
    toll_unknown: npt.NDArray[np.int64]
    elsewhere: int
    left_out: int


@dataclass(frozen=True, slots=True)
class TimeCounts:
    """Counts by month or year: ``counts`` has a row a period, none skipped, a column a group.

    ``period`` is ``M`` or ``Y``; ``undated`` counts events not dated to one period.
    """

    counts: pd.DataFrame
    period: str
    undated: int


def by_area(table: pd.DataFrame, mask: Mask, numbers: npt.NDArray[Any], size: int) -> AreaCounts:
    """Count the rows under ``mask`` by area.

    Parameters
    ----------
    table
        Columns as :func:`geo.counts.totals` reads them.
    mask
        bool, shape ``(n,)``.
    numbers
        Number of each row's area, shape ``(n,)``, -1 where it is not known.
    size
        How many areas there are.
    """
    counted = single_events(table, mask)
    rows = np.flatnonzero(counted & (numbers >= 0))
    at = numbers[rows].astype(np.int64)
    bottom, top = (bound[rows] for bound in toll_bounds(table))

    def summed(values: npt.NDArray[Any] | None = None) -> npt.NDArray[np.int64]:
        weights = None if values is None else np.nan_to_num(values)
        return np.bincount(at, weights, minlength=size).astype(np.int64)

    return AreaCounts(
        events=summed(),
        deaths_low=summed(bottom),
        deaths_high=summed(top),
        toll_unknown=summed(np.isnan(bottom) & np.isnan(top)),
        elsewhere=int(counted.sum()) - len(rows),
        left_out=int((mask & ~counted).sum()),
    )


def by_time(table: pd.DataFrame, counted: Mask) -> TimeCounts:
    """Count events by the month or the year in which they began, stacked by group.

    An event counts where its date is known to one period: from its first to its last day, or as
    exactly as the source says. ``counted`` as :func:`geo.counts.single_events` returns it.
    """
    rows = table.loc[counted, ["date_start", "date_end", "date_precision", "event_group"]]
    dated = rows["date_start"].dropna()
    period = "Y"
    if len(dated):
        months = dated.dt.year * 12 + dated.dt.month
        period = "M" if months.max() - months.min() < MONTHS_SHOWN else "Y"
    begun, ended = (rows[name].dt.to_period(period) for name in ("date_start", "date_end"))
    sure = begun.notna() & ((begun == ended) | rows["date_precision"].isin(_FINE[period]))
    counts = pd.crosstab(begun[sure], rows.loc[sure, "event_group"])
    if len(counts):
        every = pd.period_range(counts.index.min(), counts.index.max(), freq=period)
        counts = counts.reindex(every, fill_value=0)
    return TimeCounts(counts, period, int((~sure).sum()))
