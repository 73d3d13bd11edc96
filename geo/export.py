"""What is shown, as a file: CSV that a spreadsheet cannot be tricked by, GeoJSON that keeps nulls.

Both are made from the table without GeoPandas, so that the app can offer them at once.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.model import PRECISIONS
from geo.schema import COLUMNS, optional_columns

__all__ = ["to_csv", "to_geojson", "withheld"]

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
JSON_COLUMNS: Final = ("sources", "tellings", "geocode_candidates")
NOT_A_POINT: Final = frozenset(PRECISIONS) - {"exact", "near"}


def to_csv(table: pd.DataFrame, mask: npt.NDArray[np.bool_], *, restricted: bool = False) -> bytes:
    """Return the rows under ``mask`` as CSV (UTF-8 with a byte-order mark).

    Rows whose source forbids passing them on are left out unless ``restricted``; see
    :func:`withheld` for their number. Text that a spreadsheet would take for a formula gets a
    leading apostrophe; unknown values are empty cells. ``lon`` and ``lat`` are degrees WGS 84.
    """
    rows = _exported(table, mask, restricted=restricted)
    for name in rows.columns:
        if not pd.api.types.is_numeric_dtype(rows[name].dtype):
            rows[name] = _days(rows[name]).map(_harmless, na_action="ignore")
    rows.index = rows.index.map(_harmless)
    return rows.to_csv(lineterminator="\r\n").encode("utf-8-sig")


def to_geojson(
    table: pd.DataFrame, mask: npt.NDArray[np.bool_], *, restricted: bool = False
) -> bytes:
    """Return the rows under ``mask`` as a GeoJSON FeatureCollection (RFC 7946).

    Every row is a feature; one without a place has ``"geometry": null``, an unknown value is
    ``null``, and nested columns are real arrays. ``place_is_area`` warns that the point only
    stands for an area. Rows whose source forbids passing them on are left out unless
    ``restricted``.
    """
    rows = _exported(table, mask, restricted=restricted)
    features = [
        {
            "type": "Feature",
            "id": event_id,
            "geometry": _point(row.pop("lon"), row.pop("lat")),
            "properties": {str(name): _value(str(name), value) for name, value in row.items()}
            | {"place_is_area": row["precision"] in NOT_A_POINT},
        }
        for event_id, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def withheld(table: pd.DataFrame, mask: npt.NDArray[np.bool_]) -> int:
    """Return how many rows under ``mask`` an export leaves out for their source's terms."""
    return int((mask & _restricted(table)).sum())


def _exported(
    table: pd.DataFrame, mask: npt.NDArray[np.bool_], *, restricted: bool
) -> pd.DataFrame:
    asked = [*COLUMNS, *optional_columns(table), "lon", "lat"]
    columns = [name for name in asked if name in table.columns]
    keep = mask if restricted else mask & ~_restricted(table)
    rows = table.loc[keep, columns].rename_axis("event_id")
    if not restricted and "linked_ids" in rows:  # nor is a withheld row named by another
        gone = frozenset(table.index[_restricted(table)])
        rows["linked_ids"] = rows["linked_ids"].map(lambda c: _without(c, gone), na_action="ignore")
        rows = rows.drop(columns="link_group", errors="ignore")
    return rows


def _without(cell: str, gone: frozenset[str]) -> str:
    return "; ".join(name for name in cell.split("; ") if name not in gone)


def _restricted(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    if "restricted" not in table.columns:
        return np.zeros(len(table), dtype=bool)
    return table["restricted"].to_numpy(bool)


def _days(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        days: pd.Series[Any] = column.dt.strftime("%Y-%m-%d").astype("string")
        return days
    return column


def _harmless(value: object) -> object:
    guarded = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    return f"'{value}" if guarded else value


def _point(lon: float, lat: float) -> dict[str, Any] | None:
    if math.isnan(lon) or math.isnan(lat):
        return None
    return {"type": "Point", "coordinates": [lon, lat]}


def _value(name: str, value: Any) -> object:  # noqa: ANN401 - cells of any column
    if pd.isna(value):
        return None
    if name in JSON_COLUMNS:
        return json.loads(value)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if isinstance(value, np.generic) else value
