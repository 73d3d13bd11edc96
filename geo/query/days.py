"""The test of a dimension on a span of days, in Python and as data for a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.query.dimension import Field, Values
from geo.words import SPAN_FORMS, range_words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from geo.counts import Mask

__all__ = ["Days"]

DAY_WORDS: Final = {
    "from": "from {}",
    "until": "until {}",
    "all": "all dates",
    "unknown": "{} or undated",
}


@dataclass(frozen=True, slots=True)
class Days:
    """Events on at least one day from ``first`` to ``last``, those without a date if asked for."""

    first: Field
    last: Field
    undated: Field
    labels: tuple[str, str, str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Both ends, and whether undated events are kept."""
        return self.first, self.last, self.undated

    def mask(self, values: Values, table: pd.DataFrame) -> Mask:
        """Return which rows overlap the span, both ends included."""
        import numpy as np

        start, end = _spans(table)
        first, last, undated = (values[one.name] for one in self.fields)
        keep: Mask = ~np.isnat(start)
        if first:
            keep &= end >= np.datetime64(first)
        if last:
            keep &= start <= np.datetime64(last)
        return keep | np.isnat(start) if undated else keep

    def words(self, values: Values) -> str:
        """Say the span: ``19–22 Feb 2023 or undated``."""
        first, last, undated = (values[one.name] for one in self.fields)
        if first and last:
            said = range_words(first, last)
        elif first or last:
            day = first or last
            said = DAY_WORDS["from" if first else "until"].format(range_words(day, day))
        else:
            said = DAY_WORDS["all"]
        return DAY_WORDS["unknown"].format(said) if undated else said

    def widened(self, values: Values, table: pd.DataFrame, rows: Mask) -> dict[str, Any]:
        """Move the end that is nearer to an event, as far as it and no further."""
        import numpy as np

        start, end = (days[rows] for days in _spans(table))
        known = ~np.isnat(start)
        if not known.any():
            return {self.undated.name: True}
        start, end = start[known], end[known]
        first = np.datetime64(values[self.first.name] or date.min)
        last = np.datetime64(values[self.last.name] or date.max)
        gaps: dict[int, dict[str, Any]] = {}
        if (before := end < first).any():
            day = end[before].max()
            gaps[int((first - day).astype(int))] = {self.first.name: day.item()}
        if (after := start > last).any():
            day = start[after].min()
            gaps.setdefault(int((day - last).astype(int)), {self.last.name: day.item()})
        return gaps[min(gaps)]

    def righted(self, values: dict[str, Any]) -> bool:
        """Swap the ends in ``values`` where they are the wrong way round; say whether they were."""
        first, last = (values.get(one.name) for one in (self.first, self.last))
        wrong = bool(first and last and first > last)
        if wrong:
            values[self.first.name], values[self.last.name] = last, first
        return wrong

    def as_data(self, table: pd.DataFrame) -> dict[str, Any]:
        """Return the words; rows bring their days to the map, which has the one axis of time."""
        return {"kind": "days", "labels": self.labels, "forms": {**SPAN_FORMS, **DAY_WORDS}}


def _spans(
    table: pd.DataFrame,
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.datetime64]]:
    """Return first and last day of each row, NaT where not known; one day has no other end."""
    import numpy as np

    start = table["date_start"].to_numpy("datetime64[D]")
    end = table["date_end"].to_numpy("datetime64[D]")
    return start, np.where(np.isnat(end), start, end)
