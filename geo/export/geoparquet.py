"""GeoParquet: the frame itself, types and all, for GeoPandas, R, DuckDB and large selections."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import pandas as pd
import pyarrow as pa

from geo.export.extract import POSITION, Extract, wkb_points
from geo.settings import CRS

__all__ = ["write"]

DTYPES: Final = {
    pa.string(): pd.StringDtype("pyarrow"),
    pa.int32(): pd.Int32Dtype(),
}


def write(extract: Extract, out: BinaryIO) -> None:
    """Write GeoParquet 1.0 (zstd), index ``event_id``, geometry Point or null, EPSG:4326.

    The columns have the very types of :mod:`geo.schema`. What the file is and on whose terms is
    read back as ``attrs`` of the frame, and stands in the file's metadata as ``PANDAS_ATTRS``.
    """
    import geopandas as gpd

    table = extract.arrow()
    geometry = gpd.GeoSeries.from_wkb(wkb_points(table).to_pandas(), crs=CRS)
    frame = _typed(table.drop_columns(list(POSITION)))
    geometry.index = frame.index
    told = gpd.GeoDataFrame(frame, geometry=geometry)
    told.attrs.update(extract.about.facts())
    told.to_parquet(out, compression="zstd", index=True)


def _typed(table: pa.Table) -> pd.DataFrame:
    for at, field in enumerate(table.schema):
        if pa.types.is_date32(field.type):
            days: Any = table[field.name].cast(pa.timestamp("ms"))
            table = table.set_column(at, field.name, days)
    frame: Any = table.to_pandas(types_mapper=DTYPES.get)
    typed: pd.DataFrame = frame.set_index("event_id")
    return typed
