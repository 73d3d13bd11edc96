"""The formats that are not lines of text: bytes to rows of text cells, run by ``child.py``.

A format is one function from an open binary file to rows, and its line in :data:`READERS`. The
first row is the header. A row that cannot be used is its number and, instead of cells, the reason.
What is wrong with the file as a whole is an InputError that says so without the file's name. A
reader may well crash, run for ever or ask for all memory: only its own process ends.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, Final
from xml.etree import ElementTree

from geo.errors import InputError
from geo.files import limits

__all__ = ["READERS", "Reader", "Row"]

Row = tuple[int, list[str] | str]
Reader = Callable[[IO[bytes]], Iterator[Row]]

LONGEST_WHOLE: Final = 20
"""Digits of a number that is read as one; a longer one stays as it is written."""
_BLOCK: Final = 1 << 20
_LONGEST_TAG: Final = 1 << 12
_FILLED: Final = re.compile(rb""" r=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>""")
"""A cell of a sheet that is not just a style; its column and row."""


def geojson(stream: IO[bytes]) -> Iterator[Row]:
    """Yield a header, then the properties of each feature with ``longitude``, ``latitude``."""
    features = _feature_list(stream)
    sound = [feature for feature in features if isinstance(_facts(feature), dict)]
    heads = list(dict.fromkeys(name for one in sound for name in _facts(one)))
    own = [name for name in heads if name.casefold() not in {"longitude", "latitude"}]
    yield 0, [*own, "longitude", "latitude"]
    for number, feature in enumerate(features, 1):
        facts = _facts(feature)
        if not isinstance(facts, dict):
            yield number, "the feature has no properties that could be read"
            continue
        try:
            yield number, [*(_text(facts.get(name)) for name in own), *_lon_lat(feature)]
        except RecursionError:
            yield number, "a property is nested too deep"


def _feature_list(stream: IO[bytes]) -> list[Any]:
    if stream.seek(0, os.SEEK_END) > limits.JSON_BYTES:
        raise InputError(f"more than {limits.JSON_BYTES / 1e6:,.0f} MB of GeoJSON; use CSV.")
    stream.seek(0)
    try:
        whole = json.load(stream, parse_int=_whole)
    except RecursionError:
        raise InputError("brackets are nested too deep for GeoJSON; use CSV.") from None
    except ValueError as error:
        raise InputError(f"no GeoJSON FeatureCollection ({error}).") from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise InputError("no GeoJSON FeatureCollection: it has no list of features.")
    return features


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_WHOLE else digits


def _facts(feature: Any) -> Any:  # noqa: ANN401 - JSON
    return (feature.get("properties") or {}) if isinstance(feature, dict) else None


def _lon_lat(feature: dict[str, Any]) -> tuple[str, str]:
    """Return a point's coordinates as text; another shape is named, so that it is refused."""
    geometry = feature.get("geometry")
    if not geometry:
        return "", ""
    kind, at = (
        (geometry.get("type"), geometry.get("coordinates"))
        if isinstance(geometry, dict)
        else (geometry, None)
    )
    if kind == "Point" and isinstance(at, list) and len(at) > 1:
        return str(at[0]), str(at[1])
    said = str(kind) if kind != "Point" else "a point without two coordinates"
    return said, said


def workbook(stream: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of the first sheet that are not blank, by their number in it."""
    import python_calamine as calamine  # only for those who bring a workbook

    _check_extents(stream)
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
        sheet = book.get_sheet_by_index(0)
    except calamine.CalamineError as error:
        raise InputError(f"the workbook cannot be read ({error}); save it anew.") from error
    before = [""] * sheet.start[1] if sheet.start else []  # empty columns, left out by iter_rows
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [*before, *(_text(cell) for cell in cells)]
        if any(texts):
            yield number, texts


def _check_extents(stream: IO[bytes]) -> None:
    """Refuse a workbook whose first sheet has a cell far outside its table, before it is opened.

    What reads it makes room for every cell up to the last filled one.
    """
    with zipfile.ZipFile(stream) as archive, archive.open(_first_sheet(archive)) as sheet:
        filled, columns, rows = _extents(sheet)
    stream.seek(0)
    extent = columns * rows
    sparse = extent > max(limits.EXTENT_FREE, filled * limits.EXTENT_RATIO)
    if extent > limits.EXTENT or sparse:
        raise InputError(
            f"the first sheet reaches to row {rows:,}, column {columns:,}, and holds {filled:,} "
            "cells: delete the rows and columns outside the table and save it, or save it as CSV."
        )


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Return the member that holds the first sheet."""
    try:
        sheet = _first(archive, "xl/workbook.xml", "sheet")
        wanted = next(value for name, value in sheet.items() if name.endswith("}id"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        target = next(one.get("Target", "") for one in links if one.get("Id") == wanted)
    except (ElementTree.ParseError, KeyError, StopIteration) as error:
        raise InputError(f"the workbook names no sheet ({error!r}); save it anew.") from error
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _first(archive: zipfile.ZipFile, member: str, tag: str) -> ElementTree.Element:
    tree = ElementTree.fromstring(archive.read(member))
    return next(one for one in tree.iter() if one.tag.rpartition("}")[2] == tag)


def _extents(sheet: IO[bytes]) -> tuple[int, int, int]:
    """Return how many cells are filled, and the last column and row that one of them names."""
    filled, letters, rows, rest = 0, {b"A"}, {b"1"}, b""
    while block := sheet.read(_BLOCK):
        whole, mark, begun = (rest + block).rpartition(b"<")
        rest = mark + begun if len(begun) < _LONGEST_TAG else b""
        found = _FILLED.findall(whole)
        filled += len(found)
        letters.update(column for column, _ in found)
        rows = {max(rows | {row for _, row in found}, key=int)}
    return filled, max(map(_column_number, letters)), max(map(int, rows))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(value: object) -> str:
    """Return a cell as the text a CSV would hold: whole numbers without ``.0``, ISO days."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


READERS: Final[dict[str, Reader]] = {"GeoJSON": geojson, "workbook": workbook}
"""What the messages call a format → what reads it."""
