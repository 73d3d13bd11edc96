"""What the filter reads of each row where no column says it outright: codes, and the toll.

Pandas is imported where a table is at hand, as in :mod:`geo.query.conditions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from geo.model import AT_GATE_KM

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from geo.counts import Mask

__all__ = [
    "at_crossing",
    "column",
    "crossings",
    "districts",
    "in_district",
    "in_province",
    "km_to_line",
    "outlets",
    "provinces",
    "sides",
    "told_by",
    "toll",
]

ONE_LINE: Final = 80
"""A longer name of a source is a passage that a dataset put there, nothing to choose from."""


def column(name: str) -> Callable[[pd.DataFrame], pd.Series[Any]]:
    """Return what gives the column ``name`` of a table."""
    return lambda table: table[name]


def sides(table: pd.DataFrame) -> pd.Series[Any]:
    """Return the side of the line, ``unknown`` where the event has no place."""
    return table["border_side"].fillna("unknown")


def provinces(table: pd.DataFrame) -> pd.Series[Any]:
    """Return ``PK:Balochistan``, null where country or province is not known."""
    named = (table["country"].fillna("") != "") & (table["admin1"].fillna("") != "")
    return (table["country"] + ":" + table["admin1"]).where(named)


def in_province(table: pd.DataFrame, wanted: Sequence[str]) -> Mask:
    """Return which rows are in one of the provinces, without naming that of each row."""
    import numpy as np

    keep: Mask = np.zeros(len(table), dtype=bool)
    for province in wanted:
        country, _, name = province.partition(":")
        here = (table["country"] == country) & (table["admin1"] == name)
        keep |= here.fillna(False).to_numpy(bool)
    return keep


def districts(table: pd.DataFrame) -> pd.Series[Any]:
    """Return ``PK:Balochistan:Kalat``, null where not known or no districts were fetched.

    Districts are those of the column that :func:`geo.border.units.areas.with_district` gives.
    """
    import pandas as pd

    if "district" in table:
        return table["district"]
    return pd.Series(pd.NA, index=table.index, dtype="string")


def in_district(table: pd.DataFrame, wanted: Sequence[str]) -> Mask:
    """Return which rows are in one of the districts."""
    found: Mask = districts(table).isin(list(wanted)).to_numpy(bool)
    return found


def at_crossing(table: pd.DataFrame, names: Iterable[str]) -> Mask:
    """Return which rows happened at one of the crossings ``names``.

    The crossing is the nearest, within ``AT_GATE_KM``, and the place is known at least that well.
    """
    from geo.counts import floats

    near = floats(table["crossing_km"]) <= AT_GATE_KM
    sure = floats(table["uncertainty_km"]) <= AT_GATE_KM
    named = table["nearest_crossing"].isin(list(names)).to_numpy(bool)
    found: Mask = near & sure & named
    return found


def crossings(table: pd.DataFrame) -> pd.Series[Any]:
    """Return the crossing at which each row happened, null where at none."""
    nearest = table["nearest_crossing"]
    return nearest.where(at_crossing(table, nearest.dropna().unique()))


def outlets(table: pd.DataFrame) -> pd.Series[Any]:
    """Return the tuple of outlets that tell each row, whatever is no name left out."""
    import pandas as pd

    told: dict[str, tuple[str, ...]] = {}
    for cell in table["sources"].dropna().unique():
        names = dict.fromkeys(str(source["outlet"]) for source in json.loads(cell))
        told[cell] = tuple(name for name in names if _is_name(name))
    names_of = [told.get(cell) for cell in table["sources"]]
    return pd.Series(names_of, index=table.index, dtype=object)


def told_by(table: pd.DataFrame, wanted: Sequence[str]) -> Mask:
    """Return which rows one of the outlets tells, without reading each row's sources."""
    import numpy as np

    from geo.query.text import contains

    # the cell is JSON: a quote inside a name is escaped there, so the match is exact
    named = [f'"outlet": {json.dumps(name, ensure_ascii=False)}' for name in wanted]
    keep: Mask = np.zeros(len(table), dtype=bool)
    for name in named:
        keep |= contains(table["sources"], name)
    return keep


def km_to_line(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the distance of the placed point to the line in km, NaN where it has none."""
    from geo.counts import floats

    return floats(table["border_km"])


def toll(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the best figure of deaths, else the highest, else the lowest; NaN if not stated."""
    from geo.counts import first_of, floats

    return first_of(*(floats(table[f"fatalities_{one}"]) for one in ("best", "high", "low")))


def _is_name(outlet: str) -> bool:
    return 0 < len(outlet) <= ONE_LINE and "\n" not in outlet and ";" not in outlet
