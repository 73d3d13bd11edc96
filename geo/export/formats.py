"""The formats a selection can be had in, by the suffix of the file, and the file itself.

CSV, GeoJSON and GeoParquet are written here; GeoPackage and KML, which carry styles, beside. A file
on disk is there whole, or not at all.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from geo.errors import InputError
from geo.export import geopackage, kml
from geo.export.about import About
from geo.export.cell_text import json_text, run_together
from geo.export.extract import JSON_COLUMNS, POSITION, Extract, wkb_points
from geo.files.formulas import formula_safe
from geo.files.writing import replacing
from geo.settings import CRS

__all__ = ["FORMATS", "Format", "format_of", "save", "to_bytes"]

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Byte-order mark: without it spreadsheets take UTF-8 for a code page and garble Urdu."""
TERMS: Final = ("licence", "citation", "data_version")
"""Columns at the end: the terms of each row's dataset, since a CSV holds nothing but rows."""
Column = Any
WHOLE: Final = r"^(-?\d+)$"
BETWEEN: Final = ",\n"
GEOJSON_END: Final = b"\n]}\n"
DTYPES: Final = {
    pa.string(): pd.StringDtype("pyarrow"),
    pa.int32(): pd.Int32Dtype(),
}


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the file's suffix, its media type, what it is good for, its writer."""

    label: str
    suffix: str
    mime: str
    good_for: str
    write: Callable[[Extract, BinaryIO], None]


def _csv(extract: Extract, out: BinaryIO) -> None:
    """Write CSV (RFC 4180, UTF-8 with a byte-order mark): unknown is an empty cell.

    Text that a spreadsheet would take for a formula gets a leading apostrophe. ``lon`` and ``lat``
    are degrees WGS 84, days are ISO 8601.
    """
    out.write(BYTE_ORDER_MARK)
    schema = _with_terms(extract.schema().empty_table(), extract.about).schema
    options = arrow_csv.WriteOptions(eol="\r\n")
    with arrow_csv.CSVWriter(out, schema, write_options=options) as writer:
        for batch in extract.batches():
            writer.write_table(_with_terms(batch, extract.about))


def _with_terms(batch: pa.Table, about: About) -> pa.Table:
    for name, text in _terms_of(batch["dataset"], about).items():
        batch = batch.append_column(name, text)
    for at, field in enumerate(batch.schema):
        if pa.types.is_string(field.type):
            batch = batch.set_column(at, field, formula_safe(batch[field.name]))
    return batch


def _terms_of(dataset: pa.ChunkedArray, about: About) -> dict[str, pa.ChunkedArray]:
    """Return :data:`TERMS` for a column of dataset names."""
    names = [name for name in pc.unique(dataset).to_pylist() if name is not None]
    origins = [about.origin(name) for name in names]
    at = pc.index_in(dataset, pa.array(names, pa.string()))
    said = {
        "licence": [one.licence or None for one in origins],
        "citation": [one.citation or None for one in origins],
        "data_version": [about.data_version or None] * len(names),
    }
    return {name: pc.take(pa.array(said[name], pa.string()), at) for name in TERMS}


def _geojson(extract: Extract, out: BinaryIO) -> None:
    """Write a FeatureCollection in UTF-8, a feature a line.

    A row without a place has ``"geometry": null``, an unknown value is ``null``; the event's id is
    the feature's ``id`` and its property ``event_id``. What the file is and on whose terms stands
    in the foreign member ``metadata`` (RFC 7946, 6.1), before the features.
    """
    facts = extract.about.facts()
    said = facts | {"origins": json.loads(facts["origins"])}
    head = json.dumps({"type": "FeatureCollection", "metadata": said}, ensure_ascii=False)
    out.write(f'{head[:-1]}, "features": [\n'.encode())
    first = True
    for batch in extract.batches():
        for text in run_together(_features(batch)):
            out.write(text[len(BETWEEN) :] if first else text)
            first = False
    out.write(GEOJSON_END)


def _features(batch: pa.Table) -> Column:
    names = [name for name in batch.column_names if name not in POSITION]
    members: list[Column] = []
    for name in names:
        comma = ", " if members else ""
        members += [f"{comma}{json.dumps(name)}: ", _member(name, batch[name])]
    return pc.binary_join_element_wise(
        f'{BETWEEN}{{"type": "Feature", "id": ', json_text(batch["event_id"]), ', "geometry": ',
        _geometry(batch), ', "properties": {', *members, "}}", "",
    )  # fmt: skip


def _member(name: str, column: Column) -> Column:
    kind, text = column.type, pc.cast(column, pa.string())
    if pa.types.is_floating(kind):  # with a point, or a reader takes a column of 2, 25 for integers
        text = pc.replace_substring_regex(text, WHOLE, r"\1.0")
    elif not (name in JSON_COLUMNS or pa.types.is_integer(kind) or pa.types.is_boolean(kind)):
        text = json_text(text)
    return pc.fill_null(text, "null")


def _geometry(batch: pa.Table) -> Column:
    lon, lat = (pc.cast(batch[name], pa.string()) for name in POSITION)
    point = pc.binary_join_element_wise(
        '{"type": "Point", "coordinates": [', lon, ", ", lat, "]}", ""
    )
    return pc.fill_null(point, "null")


def _geoparquet(extract: Extract, out: BinaryIO) -> None:
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


def _page(extract: Extract, out: BinaryIO) -> None:
    from geo.webmap.standalone import to_html  # brings the map's scripts: only when asked for

    page = to_html(
        extract.table,
        extract.mask,
        title=extract.about.title,
        restricted=extract.restricted,
        version=extract.about.data_version,
    )
    out.write(page)
    extract.progress(len(extract))


_ALL: Final = (
    Format(
        "CSV",
        ".csv",
        "text/csv",
        "a table for spreadsheets; can be imported here again",
        _csv,
    ),
    Format(
        "GeoPackage",
        ".gpkg",
        "application/geopackage+sqlite3",
        "QGIS and other GIS; opens with colours and time set",
        geopackage.write,
    ),
    Format(
        "GeoJSON",
        ".geojson",
        "application/geo+json",
        "web maps and scripts; sources kept as lists",
        _geojson,
    ),
    Format(
        "GeoParquet",
        ".parquet",
        "application/vnd.apache.parquet",
        "GeoPandas, R, DuckDB; smallest, with exact types",
        _geoparquet,
    ),
    Format(
        "KML",
        ".kml",
        "application/vnd.google-earth.kml+xml",
        "Google Earth, with its time slider; best under 20,000 events",
        kml.write,
    ),
    Format(
        "Web page",
        ".html",
        "text/html",
        "the map itself in one file, for a browser without a network",
        _page,
    ),
)
FORMATS: Final[dict[str, Format]] = {one.suffix: one for one in _ALL}


def to_bytes(extract: Extract, suffix: str) -> bytes:
    """Return the file of an extract; ``suffix`` is a key of :data:`FORMATS`."""
    out = io.BytesIO()
    FORMATS[suffix].write(extract, out)
    return out.getvalue()


def format_of(path: Path) -> Format:
    """Return the format that the suffix of ``path`` stands for.

    Raises
    ------
    InputError
        If it stands for none; lists those there are.
    """
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(f"{suffix} ({one.label})" for suffix, one in FORMATS.items())
        raise InputError(f"{path}: its suffix must name a format: {known}.") from None


def save(extract: Extract, path: Path, *, force: bool = False) -> int:
    """Write an extract in the format of the suffix; returns the bytes written.

    The file is made beside ``path`` and put in its place when it is whole.

    Raises
    ------
    InputError
        If the suffix names no format, the file is there already (unless ``force``), or it cannot
        be written there; what was there stays.
    """
    kind = format_of(path)
    if path.is_dir() or (path.exists() and not force):
        raise InputError(f"{path} is there already: --force replaces it, or give another name.")
    try:
        with replacing(path) as draft, draft.open("wb") as out:
            kind.write(extract, out)
            size = out.tell()
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error
    return size
