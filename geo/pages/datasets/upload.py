"""A visitor's table read into the visitor's own session: nothing of it is kept on disk.

Unless the owner of the map wants it on the map: then it is imported as by ``geo import``.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.errors import InputError
from geo.files import limits
from geo.model import PRECISIONS
from geo.store.place import here
from geo.words import CROSSING_WORDS, PRECISION_WORDS, TYPE_WORDS

if TYPE_CHECKING:
    import geopandas as gpd
    from pandas.api.typing import NaTType

    from geo.datasets.formats.format import ColumnMap
    from geo.datasets.importing import Outcome

__all__ = ["FIELDS", "Glance", "Upload", "glance", "import_upload", "read_upload"]

UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+|^\.+")
LONGEST_NAME: Final = 100
SURE: Final = 0.6
"""Share of a format's needed columns from which a file is taken to be of that format."""
FIELDS: Final[dict[str, str]] = {
    "date": "Date",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "event_type": "Kind of event",
    "place": "Place",
    "fatalities": "Deaths",
    "injured": "Injured",
    "actors": "Actor",
    "summary": "What happened",
    "id": "Row's own id",
}
"""Columns of a plain table that can be corrected on the page, and what it calls them."""
SHOWN: Final[dict[str, str]] = {
    "date_start": "First day",
    "date_end": "Last day",
    "event_type": "Kind",
    "place": "Place",
    "precision": "How well placed",
    "border_km": "km from the border",
    "nearest_crossing": "Nearest crossing",
    "crossing_status": "Crossing that day",
    "fatalities_best": "Deaths",
    "actors": "Actors",
    "summary": "What happened",
}


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first rows tell: the headers, the likely format, the guessed columns."""

    headers: tuple[str, ...]
    format: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: counts by outcome, rows to show, refused rows, points (lat, lon)."""

    name: str
    format: str
    version: str
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    reasons: Mapping[str, int]
    rows: pd.DataFrame
    refused: pd.DataFrame
    refused_csv: bytes
    points: tuple[tuple[float, float], ...]
    first: str
    last: str


def glance(content: bytes, name: str) -> Glance:
    """Look at the head of a file and say what it seems to be.

    Raises
    ------
    InputError
        If it is no table.
    """
    from geo.datasets.formats.column_map import guess_map
    from geo.datasets.formats.format import NOTHING_GIVEN, headed
    from geo.datasets.importing import FORMATS
    from geo.datasets.tables.grid import open_grid

    plain = FORMATS["table"]
    with _on_disk(content, name) as path:
        with open_grid(path, plain.known) as grid:
            headers = grid.columns
        kind = _likely(headers)
        try:
            guessed = guess_map(path) if kind == "table" else NOTHING_GIVEN
        except InputError:  # a needed column was not found: the page asks for it
            guessed = headed(replace(plain, needed=()), headers, NOTHING_GIVEN, name)
    return Glance(headers, kind, dict(guessed.columns))


def read_upload(
    content: bytes,
    name: str,
    kind: str,
    columns: Mapping[str, str],
    progress: Callable[[float], object] = float,
) -> Upload:
    """Read a file held in memory.

    Parameters
    ----------
    kind
        A key of :data:`geo.datasets.importing.FORMATS`.
    columns
        For a plain table: our column → header, an empty one where the file lacks it; the rest is
        guessed.
    progress
        Called with the part read, 0 to 1.

    Raises
    ------
    InputError
        If the file as a whole cannot be used; names the file and the way out.
    """
    from geo.datasets.formats.column_map import guess_map
    from geo.datasets.importing import FORMATS, joined_to_border
    from geo.datasets.reading import read_dataset

    version = FORMATS[kind].version_of(name)
    with _on_disk(content, name) as path:
        given = _map_of(columns)
        given = guess_map(path, given) if kind == "table" else given
        advance = _parts(path, progress)
        reading = read_dataset(path, FORMATS[kind], given, version=version, progress=advance)
        listed = path.with_name("refused.csv")
        reading.faults.write(listed)
        refused = listed.read_bytes()
    frame = joined_to_border(reading.frame) if len(reading.frame) else reading.frame
    faults = [fault for _, fault in sorted(reading.faults.found.items())]
    return Upload(
        name=name,
        format=kind,
        version=version,
        counts=reading.counts(),
        notes=reading.notes,
        reasons=reading.faults.reasons(),
        rows=_shown(frame),
        refused=pd.DataFrame(
            [(f.line, f.column, f.value, f.reason) for f in faults],
            columns=["Line", "Column", "Value", "Why it was refused"],
        ),
        refused_csv=refused,
        points=_points(frame),
        first=_day(frame["date_start"].min()),
        last=_day(frame["date_end"].fillna(frame["date_start"]).max()),
    )


def import_upload(
    content: bytes,
    name: str,
    kind: str,
    columns: Mapping[str, str],
    progress: Callable[[float], object] = float,
) -> Outcome:
    """Import a file held in memory for everybody; parameters as :func:`read_upload`.

    Whether the visitor may do so is for the caller to ask.

    Raises
    ------
    InputError
        If the file as a whole cannot be used; names the file and the way out.
    """
    from geo.datasets.importing import FORMATS, import_file

    with _on_disk(content, name) as path:
        return import_file(
            path,
            FORMATS[kind],
            _map_of(columns),
            store=here(),
            progress=_parts(path, progress),
        )


def _parts(path: Path, progress: Callable[[float], object]) -> Callable[[int], object]:
    """Return what turns bytes read, as readers count them, into the part read, 0 to 1."""
    from geo.datasets.tables.archive import table_size

    whole, done = max(1, table_size(path)), 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(min(1.0, done / whole))

    return advance


def _likely(headers: tuple[str, ...]) -> str:
    from geo.datasets.formats.format import NOTHING_GIVEN, headed
    from geo.datasets.importing import FORMATS

    for name, kind in FORMATS.items():
        if name == "table":  # what is no other format may still be one
            continue
        found = headed(replace(kind, needed=()), headers, NOTHING_GIVEN, "").columns
        if sum(need in found for need in kind.needed) >= SURE * len(kind.needed):
            return name
    return "table"


def _map_of(columns: Mapping[str, str]) -> ColumnMap:
    from geo.datasets.formats.format import ColumnMap

    return ColumnMap(columns=dict(columns))


@contextmanager
def _on_disk(content: bytes, name: str) -> Iterator[Path]:
    """Give the readers a path for as long as they read; errors name the visitor's file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (UNSAFE.sub("_", name)[-LONGEST_NAME:] or "table")
        path.write_bytes(content)
        try:
            _check_size(path)
            yield path
        except InputError as error:
            raise InputError(str(error).replace(str(path), name)) from error


def _check_size(path: Path) -> None:
    from geo.datasets.tables.archive import check_members, is_zip

    if is_zip(path) and (size := check_members(path)) > limits.UNPACKED_FOR_VISITORS:
        raise InputError(
            f"{path} unpacks to {size / 1e6:,.0f} MB; here at most "
            f"{limits.UNPACKED_FOR_VISITORS / 1e6:,.0f} MB are read. "
            "Cut it to the two countries, or run the map on your own computer."
        )


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame({words: frame.get(name) for name, words in SHOWN.items()})
    known = {code: PRECISION_WORDS.get(code, code) for code in PRECISIONS}
    table["How well placed"] = table["How well placed"].map(known)
    table["Kind"] = table["Kind"].map(TYPE_WORDS)
    table["Crossing that day"] = table["Crossing that day"].map(CROSSING_WORDS)
    return table.reset_index(drop=True)


def _points(frame: gpd.GeoDataFrame) -> tuple[tuple[float, float], ...]:
    here = frame.geometry[frame.geometry.notna()]
    pairs = pd.DataFrame({"lat": here.y, "lon": here.x}).round(3).drop_duplicates()
    return tuple((float(lat), float(lon)) for lat, lon in pairs.to_numpy())


def _day(value: pd.Timestamp | NaTType) -> str:
    return "" if pd.isna(value) else str(value.date())
