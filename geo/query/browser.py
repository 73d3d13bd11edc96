"""The table of dimensions as data: what a page without a server needs to filter by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.query.dimensions import DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd

    from geo.query.dimension import Condition

__all__ = ["dimensions_data"]


def dimensions_data(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every dimension as plain JSON values, with what it reads of each of ``rows``.

    Parameters
    ----------
    rows
        The events that travel, as the filter's mask takes them. What a condition holds of them is
        in their order; ``geo/webmap/js/standalone/filter.js`` says what each kind does with it.
    """
    return [
        {
            "name": name,
            "rest": one.rest,
            "joined": one.joined,
            "inline": one.inline,
            "conditions": [_condition(condition, rows) for condition in one.conditions],
        }
        for name, one in DIMENSIONS.items()
    ]


def _condition(condition: Condition, rows: pd.DataFrame) -> dict[str, Any]:
    keys = [
        {
            "key": field.key,
            "rest": field.rest,
            "written": field.written.kind,
            "separator": field.written.separator,
        }
        for field in condition.fields
    ]
    return {"fields": keys, **condition.as_data(rows)}
