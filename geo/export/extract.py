"""The rows of a file, in one form from which every format is written.

The form is an Arrow table in batches: text without what no format can hold, unknown as null, days
as days. What a source forbids passing on is left out here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from geo.export.about import NOTHING_SAID, About
from geo.export.cell_text import cleaned
from geo.model import PRECISIONS
from geo.schema import COLUMNS, IMPORT_COLUMNS, LINK_COLUMNS, optional_columns

__all__ = ["AREA", "JSON_COLUMNS", "POSITION", "Extract", "withheld", "wkb_points"]

Mask = npt.NDArray[np.bool_]

JSON_COLUMNS: Final = ("sources", "tellings", "geocode_candidates")
"""Columns whose text is a JSON array."""
POSITION: Final = ("lon", "lat")
AREA: Final = "place_is_area"
BATCH: Final = 4_096
"""Rows: few enough that a batch as XML takes some tens of megabytes."""
NOT_A_POINT: Final = frozenset(PRECISIONS) - {"exact", "near"}
KINDS: Final = COLUMNS | IMPORT_COLUMNS | LINK_COLUMNS | {"lon": "float64", "lat": "float64"}
ARROW: Final = {
    "string": pa.string(),
    "Int32": pa.int32(),
    "float64": pa.float64(),
    "datetime64[ms]": pa.date32(),
    "bool": pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class Extract:
    """What goes into a file.

    ``table`` is what :func:`geo.schema.read_points` gives (lon, lat in degrees WGS 84), ``mask``
    says which of its rows (bool, shape ``(n,)``). Rows whose source forbids passing them on are
    left out unless ``restricted``. ``progress`` is called with the number of rows written.
    """

    table: pd.DataFrame
    mask: Mask
    about: About = NOTHING_SAID
    restricted: bool = False
    progress: Callable[[int], object] = int

    def kept(self) -> Mask:
        """Return which rows of the table go into the file."""
        return self.mask if self.restricted else self.mask & ~_restricted(self.table)

    def __len__(self) -> int:
        return int(self.kept().sum())

    def schema(self) -> pa.Schema:
        """Return the columns of the file: ``event_id`` first, then lon and lat, then the rest."""
        return self._arrow(self.table.iloc[:0]).schema

    def batches(self) -> Iterator[pa.Table]:
        """Yield the rows in their order, as tables of :meth:`schema`.

        Text is cleaned, an empty text null, days are ``date32``, a place that is not known is null
        in both ``lon`` and ``lat``; ``place_is_area`` says whether the point stands for an area.
        """
        at = np.flatnonzero(self.kept())
        for start in range(0, len(at), BATCH):
            rows = at[start : start + BATCH]
            yield self._arrow(self.table.iloc[rows])
            self.progress(len(rows))

    def arrow(self) -> pa.Table:
        """Return all of :meth:`batches` as one table."""
        return pa.concat_tables(self.batches()) if len(self) else self.schema().empty_table()

    def _arrow(self, rows: pd.DataFrame) -> pa.Table:
        columns = {"event_id": _column(pd.Series(rows.index), "string")}
        for name in (*POSITION, *self._names()):
            columns[name] = _column(rows[name], KINDS.get(name, ""))
        if gone := self._gone():
            for name in columns.keys() & {"linked_ids", "part_of"}:
                columns[name] = _without(rows[name], gone)
        area = rows["precision"].isin(list(NOT_A_POINT)).to_numpy(bool)
        return pa.table(columns | {AREA: pa.array(area)})

    def _names(self) -> list[str]:
        names = [*COLUMNS, *optional_columns(self.table)]
        # a group of rows that tell one event may be named after a row that is left out
        secret = LINK_COLUMNS if self._gone() else ()
        return [n for n in names if n in self.table.columns and n not in secret]

    def _gone(self) -> frozenset[str]:
        """Return the ids that the file must not name: every row that may not be passed on."""
        if self.restricted:
            return frozenset()
        return frozenset(self.table.index[_restricted(self.table)])


def withheld(table: pd.DataFrame, mask: Mask) -> int:
    """Return how many rows under ``mask`` a file leaves out for their source's terms."""
    return int((mask & _restricted(table)).sum())


def _restricted(table: pd.DataFrame) -> Mask:
    if "restricted" not in table.columns:
        return np.zeros(len(table), dtype=bool)
    return table["restricted"].astype("boolean").fillna(value=False).to_numpy(bool)


def _column(values: pd.Series[Any], kind: str) -> pa.ChunkedArray:
    """Return a column in the Arrow type of the schema's ``kind``, by its own type where unknown."""
    kind = kind or ("float64" if pd.api.types.is_numeric_dtype(values.dtype) else "string")
    if kind == "datetime64[ms]":
        return _chunked(pa.array(values.to_numpy("datetime64[D]")))
    if kind == "bool":
        values = values.astype("boolean")
    elif kind == "string":
        return cleaned(_chunked(pa.array(values.astype("string"), type=ARROW[kind])))
    return _chunked(pa.array(values, type=ARROW[kind], from_pandas=True))


def _chunked(column: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def _without(column: pd.Series[Any], gone: frozenset[str]) -> pa.ChunkedArray:
    def rest(cell: str) -> str:
        return "; ".join(name for name in cell.split("; ") if name not in gone)

    return _column(column.map(rest, na_action="ignore"), "string")


def wkb_points(batch: pa.Table) -> pa.Array:
    """Return ``lon``, ``lat`` (degrees, EPSG:4326) as well-known binary, null without a place."""
    lon, lat = (batch[name].to_numpy() for name in POSITION)
    unknown = np.isnan(lon) | np.isnan(lat)
    points = shapely.to_wkb(shapely.points(lon, lat))
    return pa.array(np.where(unknown, None, points), type=pa.binary())
