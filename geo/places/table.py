"""Geocoding a table: the same rows in the same order, each with what was found and a status.

The table is read and written row by row. A row that cannot be used is carried through and says
why; only a file that is no table of names at all is refused.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Final, Protocol, TextIO

from geo.errors import InputError
from geo.files import limits
from geo.files.writing import replacing
from geo.model import Resolution
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.resolve import locate

__all__ = [
    "LOCATED",
    "Find",
    "Found",
    "Table",
    "finder",
    "locate_file",
    "located",
    "read_table",
    "stands_in",
]

LOCATED: Final = (
    *("place_id", "lat", "lon", "precision", "score", "status"),
    *("place_source", "reason"),
)
"""Columns added to a table. A column of that name in the input is kept as ``given_…``."""

CONTEXT: Final = ("country", "admin1", "admin2")
LONGEST_NAME: Final = 400
"""More is no place text but a paragraph, or a quotation mark that was never closed."""
DELIMITERS: Final = ",;\t|"
REPORT_EVERY: Final = 200
NOT_HELD: Final = "is not in the gazetteer; its "
"""What :func:`geo.places.resolve.locate` says where it answers with the unit of the row."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer and its status: that of the resolution, or why there is none.

    ``status`` is resolved, ambiguous or unmatched; for a row that was not looked up ``no name``,
    ``name too long``, ``unknown country`` or ``too many cells``; ``error`` where a service that
    was asked failed, whatever the gazetteer may have.
    """

    resolution: Resolution
    status: str


class Find(Protocol):
    """What answers a row: name and units as written, empty where the row has none."""

    def __call__(self, name: str, country: str, admin1: str, admin2: str) -> Found:
        """Return the answer; never raises for odd input."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table while it is read: header cells as given, the delimiter, and the rows to come."""

    columns: tuple[str, ...]
    delimiter: str
    rows: Iterator[list[str]]

    def position(self, column: str) -> int | None:
        """Return where a column stands, in any case and with spaces around, or None."""
        heads = [head.strip().casefold() for head in self.columns]
        return heads.index(column) if column in heads else None


def stands_in(found: Resolution) -> bool:
    """Whether the name itself is unknown and the answer is but the unit that the row names."""
    return found.place is not None and NOT_HELD in found.reason


def finder(gazetteer: Gazetteer) -> Find:
    """Return what looks rows up in ``gazetteer``; countries by code or by name."""

    def find(name: str, country: str, admin1: str, admin2: str) -> Found:
        if not name:
            return _refused("no name", "the row names no place")
        if len(name) > LONGEST_NAME:
            return _refused("name too long", f"more than {LONGEST_NAME} characters")
        iso = _country_code(gazetteer, country)
        if iso is None:
            return _refused("unknown country", f"'{country[:40]}' is no country the gazetteer has")
        found = locate(name, gazetteer, country=iso, admin1=admin1, admin2=admin2)
        return Found(found, found.status)

    return find


def read_table(lines: TextIO, label: str) -> Table:
    """Read the header of a delimited table; the rows follow as they are asked for.

    Parameters
    ----------
    lines
        Text opened with ``newline=""`` and ``encoding="utf-8-sig"``.
    label
        What error messages call the table, usually its file name.

    Returns
    -------
    Table
        Its delimiter is the one of comma, semicolon, tab and bar that gives a column ``name``.

    Raises
    ------
    InputError
        If there is no header with a column ``name``. Reading on raises it where the text is not
        UTF-8, or a line or cell is larger than any table has; the message has the line.
    """
    csv.field_size_limit(limits.CELL_OF_NAMES)
    guarded = _text_lines(lines, label)
    first = next(guarded, "")
    if not first.strip():
        raise InputError(f"{label} is empty: its first line must name the columns.")
    for delimiter in DELIMITERS:
        heads = next(csv.reader([first], delimiter=delimiter))
        if "name" in [head.strip().casefold() for head in heads]:
            break
    else:
        shown = ", ".join(head.strip()[:40] for head in next(csv.reader([first]))[:12])
        raise InputError(f"{label}: there is no column 'name'; found {shown}.")
    rows = _rows(csv.reader(chain([first], guarded), delimiter=delimiter), label)
    columns = tuple(next(rows))
    if len(columns) > limits.COLUMNS:
        raise InputError(f"{label}: {len(columns):,} columns; at most {limits.COLUMNS:,} are read.")
    return Table(columns, delimiter, rows)


def located(table: Table, find: Find) -> Iterator[list[str]]:
    """Yield the header and every row with the columns ``LOCATED`` added; a blank line stays blank.

    A short row is filled up. Of a row with more cells than columns nothing is looked up, since
    its cells may have shifted; the surplus follows the added columns.
    """
    width = len(table.columns)
    kept = {head.strip().casefold() for head in table.columns}
    at = [table.position(column) for column in ("name", *CONTEXT)]
    yield [*(_given(head, kept) for head in table.columns), *LOCATED]
    for cells in table.rows:
        if not cells:
            yield []
            continue
        full, surplus = cells[:width] + [""] * (width - len(cells)), cells[width:]
        if any(cell.strip() for cell in surplus):
            found = _refused("too many cells", f"{len(cells)} cells under {width} columns")
        else:
            found = find(*("" if i is None else full[i].strip() for i in at))
        yield [*full, *_fields(found), *surplus]


def locate_file(
    source: Path, target: Path, find: Find, progress: Callable[[int], object] = int
) -> Counter[str]:
    """Geocode a table file into another, written in one step when it is whole.

    Parameters
    ----------
    source, target
        Delimited UTF-8 text; the output keeps the delimiter. They may be the same file.
    find
        From :func:`finder`, or the same with an online fall-back.
    progress
        Called now and then with the number of bytes read since the last call.

    Returns
    -------
    Counter of str
        Rows by status.

    Raises
    ------
    InputError
        If ``source`` cannot be read as a table of names or ``target`` cannot be written; an
        older ``target`` is then left as it is.
    """
    if not source.is_file():
        raise InputError(f"{source}: no such file.")
    try:
        with (
            source.open(encoding="utf-8-sig", newline="") as lines,
            replacing(target) as draft,
            draft.open("w", encoding="utf-8", newline="") as out,
        ):
            counts = _copy(read_table(lines, str(source)), out, find, _BytesRead(lines, progress))
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}).") from error
    return counts


class _BytesRead:
    """Tells how many bytes of a file were read since it was last asked."""

    def __init__(self, lines: TextIO, progress: Callable[[int], object]) -> None:
        self._bytes, self._progress, self._told = lines.buffer, progress, 0

    def tell(self) -> None:
        now = self._bytes.tell()
        self._progress(now - self._told)
        self._told = now


def _copy(table: Table, out: TextIO, find: Find, read: _BytesRead) -> Counter[str]:
    writer = csv.writer(out, delimiter=table.delimiter)
    status = len(table.columns) + LOCATED.index("status")
    counts: Counter[str] = Counter()
    rows = located(table, find)
    writer.writerow(next(rows))
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if row:
            counts[row[status]] += 1
        if number % REPORT_EVERY == 0:
            read.tell()
    read.tell()
    return counts


def _text_lines(lines: TextIO, label: str) -> Iterator[str]:
    number = 0
    try:
        for number, line in enumerate(iter(partial(lines.readline, limits.LINE), ""), 1):
            if len(line) == limits.LINE:
                raise InputError(
                    f"{label}, line {number}: endless; a table has a line for each row."
                )
            yield line
    except UnicodeDecodeError as error:
        raise InputError(
            f"{label}: not UTF-8 text (after line {number}); save it as 'CSV UTF-8'."
        ) from error


def _rows(reader: Iterator[list[str]], label: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(f"{label}: not a readable table ({error}).") from error


def _given(head: str, kept: set[str]) -> str:
    plain = head.strip().casefold()
    return f"given_{plain}" if plain in LOCATED and f"given_{plain}" not in kept else head


@lru_cache(maxsize=1024)
def _country_code(gazetteer: Gazetteer, text: str) -> str | None:
    """Return the ISO code that ``text`` is or names, "" for none asked, None if unknown."""
    if not text:
        return ""
    if gazetteer.country(text.upper()) is not None:
        return text.upper()
    named = [hit.place for hit in gazetteer.direct(text) if hit.place.kind == "country"]
    return named[0].country if named else None


def _refused(status: str, why: str) -> Found:
    return Found(Resolution(None, "unknown", "unmatched", (), 0.0, why), status)


def _fields(found: Found) -> list[str]:
    answer, place = found.resolution, found.resolution.place
    where = [place.id, str(place.lat), str(place.lon)] if place else ["", "", ""]
    looked_up = place is not None or found.status in {"ambiguous", "unmatched"}
    known = [answer.precision, str(round(answer.score, 3))] if looked_up else ["", ""]
    return [*where, *known, found.status, place.source if place else "", answer.reason]
