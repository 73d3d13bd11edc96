"""When nothing matches: the smallest change to one limit of a filter that shows something.

Dates are widened to the nearest events, a distance to the next of some round ones, a toll to the
greatest there is; any other limit can only be taken away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.counts import first_of, floats
from geo.query.filter import EventFilter

if TYPE_CHECKING:
    import pandas as pd

    from geo.counts import Mask

__all__ = ["ROUND_KM", "Way", "ways"]

ROUND_KM: Final = (5.0, 10.0, 25.0, 50.0, 100.0, 200.0)


@dataclass(frozen=True, slots=True)
class Way:
    """A filter that shows ``count`` events by changing the dimension ``name`` alone.

    ``taken_away`` is whether the limit is gone rather than widened.
    """

    name: str
    filter: EventFilter
    count: int
    taken_away: bool


def ways(want: EventFilter, table: pd.DataFrame) -> list[Way]:
    """Return what would show something: limits widened first, then those taken away, most first.

    ``table`` as for the filter's mask. Empty where no single limit is the cause.
    """
    found = []
    for name in want.active():
        rest = want.without(name)
        mask = rest.mask(table)
        if not mask.any():
            continue
        wider = WIDENED[name](want, table, mask) if name in WIDENED else rest
        count = int(wider.mask(table).sum())
        found.append(Way(name, wider, count, taken_away=wider == rest))
    return sorted(found, key=lambda way: (way.taken_away, -way.count if way.taken_away else 0))


def _dates(want: EventFilter, table: pd.DataFrame, mask: Mask) -> EventFilter:
    """Widen the dates on the side of the nearest event, as far as it and no further."""
    start = table["date_start"].to_numpy("datetime64[D]")[mask]
    end = table["date_end"].to_numpy("datetime64[D]")[mask]
    known = ~np.isnat(start)
    if not known.any():
        return replace(want, undated=True)
    start, end = start[known], np.where(np.isnat(end[known]), start[known], end[known])
    first, last = np.datetime64(want.first or date.min), np.datetime64(want.last or date.max)
    gaps: dict[int, EventFilter] = {}
    if (before := end < first).any():
        day = end[before].max()
        gaps[int((first - day).astype(int))] = replace(want, first=day.item())
    if (after := start > last).any():
        day = start[after].min()
        gaps.setdefault(int((day - last).astype(int)), replace(want, last=day.item()))
    return gaps[min(gaps)]


def _distance(want: EventFilter, table: pd.DataFrame, mask: Mask) -> EventFilter:
    km = floats(table["border_km"])[mask]
    if np.isnan(km).all():
        return replace(want, far_unknown=True)
    reached = [step for step in ROUND_KM if step >= np.nanmin(km)]
    return replace(want, max_km=reached[0]) if reached else want.without("distance")


def _deaths(want: EventFilter, table: pd.DataFrame, mask: Mask) -> EventFilter:
    toll = first_of(*(floats(table[f"fatalities_{b}"])[mask] for b in ("best", "high", "low")))
    if np.isnan(toll).all():
        return replace(want, deaths_unknown=True)
    return replace(want, min_deaths=int(np.nanmax(toll)))


WIDENED: Final = {"dates": _dates, "distance": _distance, "deaths": _deaths}
