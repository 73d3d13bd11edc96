"""When nothing matches: the smallest change to one limit of a filter that shows something.

How far a limit is widened is said by its dimension (:mod:`geo.query.dimensions`); one that is not
widened can only be taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.query.dimensions import DIMENSIONS
from geo.query.filter import EventFilter

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Way", "ways"]


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
        rows = rest.mask(table)
        if not rows.any():
            continue
        change = DIMENSIONS[name].widened(want.values(), table, rows)
        wider = want.changed(**change) if change else rest
        count = int(wider.mask(table).sum())
        found.append(Way(name, wider, count, taken_away=wider == rest))
    return sorted(found, key=lambda way: (way.taken_away, -way.count if way.taken_away else 0))
