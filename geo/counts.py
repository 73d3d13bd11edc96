"""Counts over a selection of events: how many, how many without a place, how many deaths.

What may be added up and what may not is decided here, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "AreaCounts",
    "Mask",
    "TimeCounts",
    "Totals",
    "by_area",
    "by_time",
    "dated_to_period",
    "first_of",
    "floats",
    "single_events",
    "toll_bounds",
    "totals",
]

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over what is shown. Deaths are sums of bounds over the ``counted`` events only."""

    shown: int
    total: int
    without_place: int
    counted: int
    deaths_low: int
    deaths_high: int
    toll_unknown: int
    left_out: int
    """Events shown but never added up: period totals, parts of another, planned or denied."""
    linked: int = 0
    """Rows shown that tell an event which another row shown tells already: counted once."""


def totals(table: pd.DataFrame, mask: Mask) -> Totals:
    """Count what is shown and sum the deaths that may be summed.

    Period totals (``aggregate``), parts of another event (``part_of``) and planned or denied
    events are counted as shown but left out of the sums. A missing bound is taken from the best
    figure, else 0 below and the other bound above; no figure at all counts as unknown. Of rows
    linked as one event (``link_group``) the first with a figure counts, and none of them where one
    is left out, since then its whole or total speaks for it.
    """
    out = table["aggregate"].to_numpy(bool) | table["part_of"].notna().to_numpy(bool)
    out = (out | table["certainty"].isin(["planned", "denied"]).to_numpy(bool)) & mask
    bottom, top = toll_bounds(table)
    stated = ~np.isnan(first_of(bottom, top))
    again = _told_before(table, mask, out, stated)
    known = mask & ~out & ~again & stated
    return Totals(
        shown=int(mask.sum()),
        total=len(table),
        without_place=int((mask & np.isnan(floats(table["lon"]))).sum()),
        counted=int(known.sum()),
        deaths_low=int(np.nansum(bottom[known])),
        deaths_high=int(np.nansum(top[known])),
        toll_unknown=int((mask & ~out & ~again & ~known).sum()),
        left_out=int(out.sum()),
        linked=int(again.sum()),
    )


def _told_before(table: pd.DataFrame, mask: Mask, out: Mask, stated: Mask) -> Mask:
    """Return which shown rows add nothing, because a row of their group speaks for them."""
    again = np.zeros(len(table), dtype=bool)
    if "link_group" not in table:
        return again
    rows = np.flatnonzero(mask & table["link_group"].notna().to_numpy(bool))
    groups = table["link_group"].to_numpy()[rows]
    # the speaker of a group: a row that is left out, else the first with a figure, else the first
    order = np.lexsort((rows, ~stated[rows], ~out[rows]))
    _, first = np.unique(groups[order].astype(str), return_index=True)
    speakers = rows[order][first]
    again[rows] = True
    again[speakers] = False
    return again & ~out


def toll_bounds(table: pd.DataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the least and the most deaths of each row, NaN where nothing bounds that side.

    A missing lower bound is the best figure; a missing upper bound the best figure, else the lower.
    Both NaN: not stated.
    """
    low, best, high = (floats(table[f"fatalities_{bound}"]) for bound in ("low", "best", "high"))
    return first_of(low, best), first_of(high, best, low)


def floats(column: pd.Series[Any]) -> npt.NDArray[np.float64]:
    """Return ``column`` as float64, shape ``(n,)``, unknown as NaN."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def first_of(*values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return, row by row, the first of ``values`` that is not NaN."""
    result = values[0].copy()
    for value in values[1:]:
        np.copyto(result, value, where=np.isnan(result))
    return result


def single_events(table: pd.DataFrame, mask: Mask) -> Mask:
    """Return which rows under ``mask`` stand for one event each, so that counting rows is honest.

    Left out, as in :func:`totals`, are period totals (``aggregate``), parts of another event
    (``part_of``), planned and denied events. Of rows linked as one event (``link_group``, where
    there is one) the first with a figure stays, and none where one of them is left out: its whole
    or total speaks for it. Shape ``(n,)``, bool.
    """
    out = table["aggregate"].to_numpy(bool) | table["part_of"].notna().to_numpy(bool)
    out |= table["certainty"].isin(["planned", "denied"]).to_numpy(bool)
    keep: Mask = mask & ~out
    if "link_group" not in table:
        return keep
    groups = table["link_group"].reset_index(drop=True)
    keep &= ~(groups.isin(groups[mask & out]) & groups.notna()).to_numpy(bool)
    figure = first_of(*(floats(table[f"fatalities_{bound}"]) for bound in ("low", "best", "high")))
    held = groups[keep].dropna()
    ranked = held.iloc[np.argsort(np.isnan(figure[held.index]), kind="stable")]
    keep[ranked.index[ranked.duplicated()]] = False
    return keep


MONTHS_SHOWN: Final = 48
"""Beyond four years a month is too thin to see in a panel: then it is years."""
_TO_A_MONTH: Final = ("day", "day_range", "week", "month")
_FINE: Final = {"M": _TO_A_MONTH, "Y": (*_TO_A_MONTH, "year")}
"""Precisions of a date that name one month, one year."""


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


def dated_to_period(events: pd.DataFrame, period: str) -> Mask:
    """Return which events are known to one ``period`` (``M`` a month, ``Y`` a year).

    From its first to its last day, or as exactly as the source says. Columns ``date_start,
    date_end, date_precision``; shape ``(n,)``.
    """
    begun, ended = (events[name].dt.to_period(period) for name in ("date_start", "date_end"))
    fine = events["date_precision"].isin(_FINE[period])
    known: Mask = (begun.notna() & ((begun == ended) | fine)).to_numpy(bool)
    return known


def by_time(table: pd.DataFrame, counted: Mask) -> TimeCounts:
    """Count events by the month or the year in which they began, stacked by group.

    An event counts where it is :func:`dated_to_period`; ``counted`` as
    :func:`geo.counts.single_events` returns it.
    """
    rows = table.loc[counted, ["date_start", "date_end", "date_precision", "event_group"]]
    dated = rows["date_start"].dropna()
    period = "Y"
    if len(dated):
        months = dated.dt.year * 12 + dated.dt.month
        period = "M" if months.max() - months.min() < MONTHS_SHOWN else "Y"
    sure = dated_to_period(rows, period)
    begun = rows.loc[sure, "date_start"].dt.to_period(period)
    counts = pd.crosstab(begun, rows.loc[sure, "event_group"])
    if len(counts):
        every = pd.period_range(counts.index.min(), counts.index.max(), freq=period)
        counts = counts.reindex(every, fill_value=0)
    return TimeCounts(counts, period, int((~sure).sum()))
