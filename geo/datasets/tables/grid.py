"""Any table file as chunks of text cells: CSV in all its shapes, a workbook, GeoJSON, or a zip.

Every batch gives frames of strings indexed by the line each row stands on (rows of a workbook and
features of GeoJSON count from 1 as well). Nothing is interpreted here but the shape of the file.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, Final, TextIO

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.datasets.tables.archive import check_members, is_workbook, open_table
from geo.datasets.tables.decoding import open_text
from geo.datasets.tables.faults import Faults
from geo.datasets.tables.shielded import rows_apart
from geo.errors import InputError
from geo.files import limits

__all__ = ["CHUNK", "Batch", "Grid", "open_grid"]

CHUNK: Final = 20_000
DELIMITERS: Final = ",;\t|"
HXL: Final = "#"
"""The second row of a table from HDX holds hashtags (hxlstandard.org), not an event."""

Row = tuple[int, list[str]]
Mask = npt.NDArray[np.bool_]
Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table, as lists of cells until somebody asks for columns of them."""

    columns: tuple[str, ...]
    lines: list[int]
    cells: list[list[str]]

    def frame(self, names: Mapping[str, str], keep: Mask | None = None) -> pd.DataFrame:
        """Return columns of text: new name → header; the rows under ``keep``, index ``line``."""
        kept = range(len(self.lines)) if keep is None else np.flatnonzero(keep).tolist()
        index = pd.Index([self.lines[n] for n in kept], dtype="int64", name="line")
        at = {header: number for number, header in enumerate(self.columns)}
        data = {}
        for own, header in names.items():
            column = at[header]
            data[own] = pd.array([self.cells[n][column] for n in kept], dtype="string")
        return pd.DataFrame(data, index=index)


@dataclass(slots=True)
class Grid:
    """A table being read. ``rows`` counts the rows so far; ``notes`` say how it was read."""

    label: str
    columns: tuple[str, ...]
    lines: Iterator[Row]
    faults: Faults
    notes: list[str] = field(default_factory=list)
    rows: int = 0

    def batches(self, size: int = CHUNK) -> Iterator[Batch]:
        """Yield the rows in batches; rows that are too short or too long are refused."""
        width = len(self.columns)
        while rows := _some(self.lines, size):
            self.rows += len(rows)
            whole = [(line, cells) for line, cells in rows if self._fits(line, cells, width)]
            yield Batch(self.columns, [line for line, _ in whole], [cells for _, cells in whole])

    def _fits(self, line: int, cells: list[str], width: int) -> bool:
        if line in self.faults.found:
            return False
        if len(cells) == width:
            return True
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            text = f"{len(cells)} cells under {width} columns"
            self.faults.add(line, "", cells[0] if cells else "", f"{text}: the row is broken")
            return False
        return True


def _some(lines: Iterator[Row], most: int) -> list[Row]:
    """Return the next rows: ``most`` of them, fewer if they are very wide or long."""
    rows: list[Row] = []
    cells = characters = 0
    for row in lines:
        rows.append(row)
        cells += len(row[1])
        characters += sum(map(len, row[1]))
        if len(rows) == most or cells > limits.BATCH_CELLS or characters > limits.BATCH_CHARACTERS:
            break
    return rows


@contextmanager
def open_grid(
    path: Path, known: Known, *, encoding: str = "", progress: Callable[[int], object] = int
) -> Iterator[Grid]:
    """Open a table file.

    Parameters
    ----------
    path
        CSV (comma, semicolon, tab or bar), XLSX, GeoJSON, or a zip with one of them.
    known
        Whether a header cell is a column that the caller looks for: this tells the delimiter.
    encoding
        Of a CSV; guessed from its bytes when empty.
    progress
        Called now and then with the bytes read since the last call.

    Raises
    ------
    InputError
        If it is no table, or holds a header and nothing else.
    """
    if path.is_file() and is_workbook(path):
        size = check_members(path)
        with path.open("rb") as stream:
            yield _apart("workbook", stream, path, size)
        return
    with open_table(path) as stream:
        if _is_json(stream):
            yield _apart("GeoJSON", stream, path, stream.seek(0, os.SEEK_END))
            return
        text, note = open_text(stream, str(path), encoding)
        grid = _delimited(text, path, known, _bytes_read(stream, progress))
        grid.notes += [note] if note else []
        yield grid
        progress(0)


def _apart(kind: str, stream: IO[bytes], path: Path, size: int) -> Grid:
    """Read a format that is not lines of text; rows that its reader refuses are faults."""
    faults = Faults()

    def rows() -> Iterator[Row]:
        for number, cells in rows_apart(kind, stream, str(path), size):
            if isinstance(cells, str):
                faults.add(number, "", "", cells)
            yield number, [] if isinstance(cells, str) else cells

    return _from_rows(path, rows(), faults)


def _delimited(text: TextIO, path: Path, known: Known, tick: Callable[[], None]) -> Grid:
    csv.field_size_limit(limits.CELL)
    lines = _guarded(text, path, tick)
    sample = list(islice(lines, 20))
    delimiter = max(DELIMITERS, key=lambda mark: _fitness(sample, mark, known))
    faults = Faults()
    records = _records(chain(sample, lines), delimiter, faults)
    grid = _from_rows(path, records, faults)
    if delimiter != ",":
        names = {";": "semicolons", "\t": "tabs", "|": "bars"}
        grid.notes.append(f"columns are separated by {names[delimiter]}")
    return grid


def _fitness(sample: list[str], mark: str, known: Known) -> tuple[int, int]:
    """Rate a delimiter: known columns it gives, then all columns."""
    heads = next(csv.reader(sample[:1], delimiter=mark), [])
    return sum(known(head) for head in heads), len(heads)


def _records(lines: Iterable[str], delimiter: str, faults: Faults) -> Iterator[Row]:
    """Yield (first line, cells) of each record that is not blank; a broken one is refused."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            span = f"lines {start} to {reader.line_num}: " if reader.line_num > start else ""
            faults.add(start, "", "", f"{span}quotation marks do not match ({error})")
            yield start, []
            continue
        if any(map(str.strip, cells)):
            yield start, cells


def _from_rows(path: Path, rows: Iterator[Row], faults: Faults | None = None) -> Grid:
    """Take the header off, and the row of HXL tags if the second one is that."""
    first = next(rows, None)
    if first is None or not first[1]:
        raise InputError(f"{path}: there is no header; the first line must name the columns.")
    if len(first[1]) > limits.COLUMNS:
        raise InputError(
            f"{path}: {len(first[1]):,} columns; at most {limits.COLUMNS:,} are read. "
            "Keep those that tell of the events."
        )
    heads = _unique([head.strip().lstrip("\ufeff") for head in first[1]])
    second = next(rows, None)
    if second is None:
        raise InputError(f"{path}: holds a header and no rows: nothing to import.")
    tagged = [cell.strip() for cell in second[1] if cell.strip()]
    tags = bool(tagged) and all(cell.startswith(HXL) for cell in tagged)
    rest = rows if tags else chain([second], rows)
    notes = ["the second line holds HXL tags and is no row"] if tags else []
    return Grid(str(path), heads, rest, faults or Faults(), notes)


def _unique(heads: list[str]) -> tuple[str, ...]:
    """Name every column: empty ones by position, doubled ones by a number."""
    while heads and not heads[-1]:
        heads.pop()
    seen: dict[str, int] = {}
    named = []
    for position, head in enumerate(heads, 1):
        name = head or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(named)


def _guarded(text: TextIO, path: Path, tick: Callable[[], None]) -> Iterator[str]:
    """Yield lines without NUL, with the error of a bad byte made ours."""
    number = 0
    try:
        for number, line in enumerate(iter(partial(text.readline, limits.LINE), ""), 1):
            if number % 5_000 == 0:
                tick()
            if len(line) == limits.LINE:
                raise InputError(f"{path}, line {number}: endless; a row needs a line of its own.")
            yield line.replace("\0", "") if "\0" in line else line
    except UnicodeError as error:
        raise InputError(
            f"{path}, line {number + 1}: bytes that are no {getattr(text, 'encoding', '')} text; "
            "save the table as UTF-8 or say what it is with --encoding NAME."
        ) from error


def _bytes_read(stream: IO[bytes], progress: Callable[[int], object]) -> Callable[[], None]:
    at = 0

    def tick() -> None:
        nonlocal at
        here = stream.tell() if not stream.closed else at
        progress(here - at)
        at = here

    return tick


def _is_json(stream: IO[bytes]) -> bool:
    head = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    stream.seek(0)
    return head.startswith((b"{", b"["))
