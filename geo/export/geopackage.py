"""GeoPackage that QGIS opens styled: one layer of events, their style, and a table about the file.

The layer is written by GDAL; the two small tables go in by SQL afterwards, registered as the
standard asks (OGC 12-128r19, 1.1.3), since QGIS reads only tables that are.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, Final

import pyarrow as pa

from geo.export.about import About
from geo.export.extract import POSITION, Extract, wkb_points
from geo.export.style import STYLE_NAME, style_qml
from geo.settings import CRS

__all__ = ["LAYER", "write"]

LAYER: Final = "events"
GEOMETRY: Final = "geom"
NOW: Final = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"
STYLES: Final = f"""
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT ({NOW})
)"""
"""As QGIS makes it when a style is saved into a GeoPackage."""
ABOUT: Final = "CREATE TABLE about (id INTEGER PRIMARY KEY NOT NULL, name TEXT, said TEXT)"


def write(extract: Extract, out: BinaryIO) -> None:
    """Write a GeoPackage with the layer ``events`` (Point or null, EPSG:4326, days as DATE).

    What the file is and on whose terms stands in the table ``about``, in the layer's description
    and in the metadata tables. ``layer_styles`` holds the style that QGIS opens the layer with.
    """
    import pyogrio

    about = extract.about
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.gpkg"
        pyogrio.write_arrow(
            _stream(extract),
            path,
            layer=LAYER,
            driver="GPKG",
            geometry_name=GEOMETRY,
            geometry_type="Point",
            crs=CRS,
            layer_metadata=about.facts(),
            layer_options={"IDENTIFIER": about.title, "DESCRIPTION": about.text()},
        )
        with closing(sqlite3.connect(path)) as store, store:
            _tables(store, about)
        with path.open("rb") as written:
            copyfileobj(written, out)


def _stream(extract: Extract) -> pa.RecordBatchReader:
    """Return the rows as a stream, so that GDAL takes them batch by batch."""

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in extract.batches():
            yield from _located(batch).to_batches()

    return pa.RecordBatchReader.from_batches(
        _located(extract.schema().empty_table()).schema, batches()
    )


def _located(batch: pa.Table) -> pa.Table:
    field = pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    points = pa.chunked_array([wkb_points(batch)], pa.binary())
    located = batch.drop_columns(list(POSITION)).append_column(field, points)
    return located.combine_chunks()


def _tables(store: sqlite3.Connection, about: About) -> None:
    store.execute(ABOUT)
    store.executemany("INSERT INTO about (name, said) VALUES (?, ?)", about.facts().items())
    store.execute(STYLES)
    store.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui) "
        "VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', '')",
        (LAYER, GEOMETRY, STYLE_NAME, style_qml(), "Kind of event by colour, precision by form"),
    )
    for name, words in (("about", "What this file is and on whose terms"), ("layer_styles", "")):
        store.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
            f"last_change, srs_id) VALUES (?, 'attributes', ?, ?, {NOW}, 0)",
            (name, name, words),
        )
