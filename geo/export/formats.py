"""The formats a selection can be had in, by the suffix of the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final

from geo.export import (
    csv_file,
    geojson,
    geopackage,
    geoparquet,
    kml,
)
from geo.export.extract import Extract

__all__ = ["FORMATS", "Format", "to_bytes"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the file's suffix, its media type, what it is good for, its writer."""

    label: str
    suffix: str
    mime: str
    good_for: str
    write: Callable[[Extract, BinaryIO], None]


def to_bytes(extract: Extract, suffix: str) -> bytes:
    """Return the file of an extract; ``suffix`` is a key of :data:`FORMATS`."""
    out = io.BytesIO()
    FORMATS[suffix].write(extract, out)
    return out.getvalue()


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
        csv_file.write,
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
        geojson.write,
    ),
    Format(
        "GeoParquet",
        ".parquet",
        "application/vnd.apache.parquet",
        "GeoPandas, R, DuckDB; smallest, with exact types",
        geoparquet.write,
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
