"""Files read back by the libraries that others use, put into one form that can be compared."""

import io
import json
import tempfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import strategies as st

from geo import model
from geo.export.about import About, Origin
from geo.export.extract import JSON_COLUMNS, Extract
from geo.export.formats import FORMATS, to_bytes
from geo.model import Tally
from geo.schema import COLUMNS, IMPORT_COLUMNS, LINK_COLUMNS
from tests.sample_events import TORKHAM, UNPLACED, day, event, place, placed, table

SUFFIXES = [suffix for suffix in FORMATS if suffix != ".html"]
"""Formats that are read back; the web page is tested by tests/webmap."""
KINDS = COLUMNS | IMPORT_COLUMNS | LINK_COLUMNS
ABOUT = About(
    selection="within 50 km",
    view="km=50",
    data_version="0123abcd",
    made="2026-11-25",
    origins=(
        Origin("chronology", 5, "MIT", "The map & its <sources>"),
        Origin("ucdp", 1, "CC BY 4.0", "Sundberg and Melander (2013)", "25.1"),
    ),
)
HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        *("=1+1", "'=1+1", "''@x", "\t-1", "＝1", '"', "a,b", "]]>", "<b>&amp;</b>", "</name>"),
        *("NULL", "NaN", "true", "1e5", "2023-01-01", " padded ", "\r\n", "a\rb", "\x00", "\x1f"),
        *("\ufffe", "ہلاک", "\u202egpj.exe", "😀", "[1]", "{}", "\\", "\\n", "#N/A", "-"),
    ]
)
DTYPES = {pa.string(): pd.StringDtype("pyarrow"), pa.int32(): pd.Int32Dtype()}


def with_texts(texts: list[str]) -> pd.DataFrame:
    """Return a row for each text, which stands in columns of every kind of text."""
    rows = pd.concat([sample()] * (len(texts) // 6 + 1)).iloc[: len(texts)]
    rows.index = pd.Index([f"e{number}" for number in range(len(rows))], name="event_id")
    column = pd.array(texts, dtype="string")
    return rows.assign(summary=column, place=column, actors=column, ucdp_best=column)


@cache
def sample() -> pd.DataFrame:
    """Return rows of every kind: placed, areas, unplaced, undated, with and without figures."""
    west = model.Place("w", "West", "town", "PK", "", "", -1.5, -2.5, "test")
    rows = table(
        [
            event("a", fatalities=Tally(0, 2, 5), summary='Said "so", on two\nlines; ہلاک <b>&'),
            event("b", resolution=placed(TORKHAM, "admin2"), when=day("2023-02-19", "2023-02-22")),
            event("c", resolution=UNPLACED, when=model.DateSpan(), event_type="border_closure"),
            event("d", resolution=placed(place("Wana", 32.3, 69.57), "near"), aggregate=True),
            event("e", resolution=placed(west, "admin1"), fatalities=Tally(0, 0, 0)),
            event("f", dataset="ucdp", summary="=1+1"),
        ],
        border_km=[3.25, None, None, 40.0, 12.0, 0.1],
        border_side=["PK", None, None, "straddles", "AF", "PK"],
    )
    return rows.assign(
        ucdp_best=[None, None, None, None, None, "3"],
        source_id=[None, None, None, None, None, "=9"],
        restricted=False,
    ).astype({"source_id": "string", "ucdp_best": "string"})


def extract(rows: pd.DataFrame, mask=None, **more) -> Extract:
    """Return everything, or what ``mask`` keeps, with terms."""
    return Extract(
        rows, np.ones(len(rows), bool) if mask is None else np.array(mask), ABOUT, **more
    )


def expected(of: Extract) -> pd.DataFrame:
    """Return the rows as they must come back, with ``lon`` and ``lat``, index ``event_id``."""
    frame = of.arrow().to_pandas(types_mapper=DTYPES.get).set_index("event_id")
    for name in ("date_start", "date_end"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[ms]")
    return _parsed(frame)


def read(data: bytes, suffix: str) -> gpd.GeoDataFrame:
    """Return the file as GeoPandas reads it (a CSV as pandas does)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(data)
        if suffix == ".parquet":
            return gpd.read_parquet(path).reset_index()
        if suffix == ".csv":
            kinds = {"event_id": "string"}
            return pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])
        return gpd.read_file(path, **({"layer": "events"} if suffix == ".gpkg" else {}))


def comparable(frame: gpd.GeoDataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of ``like`` in its types; a format may add others."""
    if isinstance(frame, gpd.GeoDataFrame):
        frame = frame.assign(lon=frame.geometry.x, lat=frame.geometry.y)
    frame = pd.DataFrame(frame).set_index("event_id")[like.columns.to_list()]
    for name in ("date_start", "date_end"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[ms]")
    kinds = {name: kind for name, kind in like.dtypes.items() if name not in JSON_COLUMNS}
    return _parsed(frame.astype(kinds))


def round_trip(of: Extract, suffix: str) -> pd.DataFrame:
    """Return an extract written and read, in the types of :func:`expected`."""
    return comparable(read(to_bytes(of, suffix), suffix), expected(of))


def same(got: pd.DataFrame, want: pd.DataFrame) -> None:
    """Fail unless rows, order, values and nulls are equal to the last digit."""
    pd.testing.assert_frame_equal(
        got, want, check_exact=True, check_dtype=False, check_index_type=False,
        check_column_type=False,
    )  # fmt: skip


def lines(data: bytes) -> io.StringIO:
    """Return a CSV as text with its line ends as they are."""
    return io.StringIO(data.decode("utf-8-sig"), newline="")


def _parsed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return JSON columns as text of one spelling: GDAL writes the spaces its own way."""

    def spelled(cell):
        value = json.loads(cell) if isinstance(cell, str) else cell
        return json.dumps(value, ensure_ascii=False)

    one = {name: frame[name].map(spelled, na_action="ignore") for name in JSON_COLUMNS}
    return frame.assign(**one).astype(dict.fromkeys(JSON_COLUMNS, "string"))
