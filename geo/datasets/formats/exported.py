"""Our own exports read back: every column as it was, the same events under the same ids.

A CSV that went through a spreadsheet is read too: days in its way of writing, TRUE for true. What
a person changed in it is checked like any import. The border's columns are computed anew, so that
they are true of the coordinates in the file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.datasets.tables.cells import days
from geo.datasets.tables.faults import Faults
from geo.datasets.tables.grid import Batch, Grid, open_grid
from geo.files.formulas import unguarded
from geo.model import CERTAINTIES, DATE_PRECISIONS, GROUP_OF, PRECISIONS
from geo.schema import EVENT_COLUMNS, IMPORT_COLUMNS, SOURCE_PREFIXES, validate
from geo.settings import CRS

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["NOTE", "is_export", "is_export_file", "read_export"]

NOTE: Final = "an export of this map: its columns and ids are taken as they are"
SIGNS: Final = frozenset(
    {
        *("event_id", "dataset", "event_type", "date_precision", "precision", "tellings"),
        *("geocode_status", "geocode_reason", "evidence_start", "place_is_area"),
    }
)
"""Columns that no other table has all of."""
POSITION: Final = {"lon": ("lon", "longitude", 180), "lat": ("lat", "latitude", 90)}
"""Column to its names in our CSV and in GeoJSON as read, and its largest value in degrees."""
DERIVED: Final = "admin2_source"
JSON_ARRAYS: Final = ("sources", "tellings", "geocode_candidates")
WORDS: Final[dict[str, Collection[str]]] = {
    "event_type": GROUP_OF,
    "precision": PRECISIONS,
    "date_precision": DATE_PRECISIONS,
    "certainty": CERTAINTIES,
}
FLAGS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
KINDS: Final = EVENT_COLUMNS | IMPORT_COLUMNS
LARGEST: Final = 2**31 - 1


def is_export(columns: Iterable[str]) -> bool:
    """Whether a table with these columns is a file of ours."""
    return set(columns) >= SIGNS


def is_export_file(path: Path) -> bool:
    """Whether the table at ``path`` is a file of ours.

    Raises
    ------
    InputError
        If it is no table.
    """
    with open_grid(path, SIGNS.__contains__) as grid:
        return is_export(grid.columns)


def read_export(grid: Grid) -> tuple[gpd.GeoDataFrame, str, str]:
    """Read a file of ours.

    Returns
    -------
    tuple
        The event frame without the border's columns, rows in the file's order; the licences and
        the citations that the rows carry, empty where the file does not say them by row. Rows that
        break the contract are refused in ``grid.faults``.
    """
    seen: dict[str, int] = {}
    terms: dict[str, dict[str, None]] = {"licence": {}, "citation": {}}
    drafts = []
    for batch in grid.batches():
        drafts.append(_typed(batch, grid.faults, seen))
        for name in terms.keys() & set(batch.columns):
            said = batch.frame({name: name})[name]
            terms[name] |= dict.fromkeys(_text(said).dropna().unique())
    return _frame(drafts), "; ".join(terms["licence"]), " ".join(terms["citation"])


def _typed(batch: Batch, faults: Faults, seen: dict[str, int]) -> pd.DataFrame:
    """Return the sound rows of a batch, typed, index ``line``."""
    kept = [n for n in batch.columns if n in KINDS or n.startswith(SOURCE_PREFIXES)]
    place = {own: next(n for n in names[:2] if n in batch.columns) for own, names in _names(batch)}
    raw = batch.frame({"event_id": "event_id", **{n: n for n in kept}, **place})
    rows = pd.DataFrame({n: _cast(raw[n], KINDS.get(n, "string"), faults) for n in kept})
    rows.insert(0, "event_id", _text(raw["event_id"]))
    for own in POSITION:
        rows[own] = _cast(raw[own], "float64", faults)
    if DERIVED in batch.columns:  # a district that was worked out is worked out anew
        said = batch.frame({DERIVED: DERIVED})[DERIVED]
        rows["admin2"] = rows["admin2"].mask(said.isin(["polygon", "gazetteer"]))
    _check(rows, raw, faults)
    _refuse_doubles(rows["event_id"], faults, seen)
    return rows[faults.sound(rows.index)]


def _names(batch: Batch) -> list[tuple[str, tuple[str, str, int]]]:
    return [(own, n) for own, n in POSITION.items() if set(n[:2]) & set(batch.columns)]


def _cast(column: pd.Series[Any], kind: str, faults: Faults) -> pd.Series[Any]:
    if kind == "string":
        return _text(column)
    if kind == "datetime64[ms]":
        return days(column, faults)
    if kind == "bool":
        return _flags(column, faults)
    return _numbers(column, faults, whole=kind == "Int32")


def _flags(column: pd.Series[Any], faults: Faults) -> pd.Series[Any]:
    """Return true or false; an empty cell is false."""
    said: Any = column.str.strip().str.lower().map(FLAGS | {"": False})
    faults.refuse(said.isna(), column, "is neither true nor false")
    flags: pd.Series[Any] = said.astype("boolean").fillna(value=False).astype(bool)
    return flags


def _numbers(column: pd.Series[Any], faults: Faults, *, whole: bool) -> pd.Series[Any]:
    text: Any = column.str.strip()
    text = text.mask(text == "")
    number: pd.Series[Any] = pd.to_numeric(text, errors="coerce").astype("float64")
    faults.refuse(text.notna() & ~np.isfinite(number), column, "is no number")
    if not whole:
        return number
    odd = number.notna() & ((number % 1 != 0) | (number.abs() > LARGEST))
    faults.refuse(odd, column, "is no whole number; leave it empty if not stated")
    return number.mask(odd).astype("Int32")


def _text(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return the text as it was before the export guarded it; an empty cell is null."""
    plain = pd.array(unguarded(pa.array(column, type=pa.string())).to_pylist(), dtype="string")
    text: pd.Series[Any] = pd.Series(plain, index=column.index, name=column.name)
    return text.mask(text == "")


def _check(rows: pd.DataFrame, raw: pd.DataFrame, faults: Faults) -> None:
    """Refuse the rows that :func:`geo.schema.validate` would not have."""
    faults.refuse(rows["event_id"].isna(), raw["event_id"], "an event needs its id")
    for name, words in WORDS.items():
        wrong = ~rows[name].isin(list(words))
        faults.refuse(wrong, raw[name], f"is none of {', '.join(words)}")
    for name in (n for n in JSON_ARRAYS if n in rows):
        faults.refuse(~rows[name].map(_is_array, na_action="ignore").fillna(True).astype(bool),
                      raw[name], "is no JSON array")  # fmt: skip
    for what in ("fatalities", "injured"):
        low, best, high = (rows[f"{what}_{bound}"] for bound in ("low", "best", "high"))
        wrong = ((low > best) | (best > high) | (low > high) | (low < 0)).fillna(False)
        faults.refuse(wrong, raw[f"{what}_best"], "lies outside the row's own low and high")
    late = rows["date_start"] > rows["date_end"]
    faults.refuse(late, raw["date_end"], "lies before the first day")
    for own, (_, _, most) in POSITION.items():
        faults.refuse(rows[own].abs() > most, raw[own], f"is not between -{most} and {most}")
    half = rows["lon"].isna() != rows["lat"].isna()
    faults.refuse(half, raw["lat"], "only one of latitude and longitude is there")


def _is_array(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except ValueError:
        return False


def _refuse_doubles(ids: pd.Series[Any], faults: Faults, seen: dict[str, int]) -> None:
    for line, event_id in ids[faults.sound(ids.index)].items():
        number = int(str(line))
        if seen.setdefault(event_id, number) != number:
            faults.add(number, "event_id", event_id, f"stands already on line {seen[event_id]}")


def _frame(drafts: list[pd.DataFrame]) -> gpd.GeoDataFrame:
    import geopandas as gpd

    rows = pd.concat(drafts)
    rows["event_group"] = rows["event_type"].map(GROUP_OF)
    absent: dict[str, Any] = {"restricted": False, "date_inferred": False, "aggregate": False}
    for name in (n for n in KINDS if n not in rows):
        rows[name] = absent.get(name)
    rows = rows.set_index("event_id")
    lon, lat = rows.pop("lon").to_numpy(float), rows.pop("lat").to_numpy(float)
    extra = [name for name in rows.columns if name not in KINDS]
    rows = rows[[*KINDS, *extra]].astype(KINDS)
    geometry = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=rows.index, crs=CRS)
    frame = gpd.GeoDataFrame(rows, geometry=geometry.where(~np.isnan(lon), None))
    validate(frame)
    return frame
