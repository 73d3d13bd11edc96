"""The address of a view: short readable keys for the fields of a filter, and back.

Whatever cannot be read is left out and said in a note, never an error: addresses are typed,
cut off in mails and kept for years.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.words import LINE_WORDS, clip

__all__ = ["PAGE_KEYS", "View", "read_page_params", "read_params", "write_params", "write_view"]

View = tuple[float, float, int]
"""Latitude and longitude of a map's middle in degrees WGS 84, and its zoom."""
MAX_TEXT: Final = 200
MAX_ZOOM: Final = 20
VERSION: Final = re.compile(r"[0-9a-f]{4,40}")
TRACKING: Final = ("utm_", "fbclid", "gclid", "embed")
"""Keys that mail and social services append; not worth telling the reader about."""


def read_params(
    params: Mapping[str, str], allowed: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Any], list[str]]:
    """Read URL parameters into field values.

    Parameters
    ----------
    params
        Key to text, as in the address.
    allowed
        For a list field, the values it may hold; a field not named here takes any.

    Returns
    -------
    tuple
        The values by field name, and one sentence for each thing that was left out.
    """
    return _read(params, KEYS, allowed)


def read_page_params(params: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Read what a page keeps beside the filter; other keys of ``params`` are left alone.

    Returns
    -------
    tuple
        Values by key (``view``: latitude and longitude in degrees WGS 84, zoom; ``marks``: what is
        switched on on the map; ``line``: a key of :data:`geo.words.LINE_WORDS`; ``data``: a version
        of the data), and a sentence for each that makes no sense.
    """
    return _read({key: text for key, text in params.items() if key in PAGE_KEYS}, PAGE_KEYS, {})


def _read(
    params: Mapping[str, str], keys: Mapping[str, Param], allowed: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    notes: list[str] = []
    for key, text in params.items():
        param = keys.get(key)
        if param is None:
            if not key.startswith(TRACKING):
                notes.append(f"The address says “{clip(key)}”, which this page does not know.")
            continue
        try:
            value = param.read(text)
        except ValueError:
            notes.append(f"The address says {key}={clip(text)}, which is not {param.expected}.")
            continue
        if isinstance(value, tuple) and param.field in allowed:
            unknown = [item for item in value if item not in allowed[param.field]]
            notes += [f"Nothing here is called “{clip(item)}” ({key})." for item in unknown]
            value = tuple(item for item in value if item not in unknown)
        values[param.field] = value
    return values, notes


def write_params(values: Mapping[str, Any]) -> dict[str, str]:
    """Return URL parameters for ``values`` by field name, in the order of the keys."""
    return {
        key: param.write(values[param.field])
        for key, param in KEYS.items()
        if param.field in values
    }


@dataclass(frozen=True, slots=True)
class Param:
    """How one field is written in the address; ``expected`` completes "is not …"."""

    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    expected: str = "understood"


def _listing(separator: str) -> tuple[Callable[[str], tuple[str, ...]], Callable[[Any], str]]:
    def read(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in text.split(separator) if part.strip()))

    return read, separator.join


def _km(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(text)
    return int(text)


def _flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text)
    return text == "yes"


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _view(text: str) -> View:
    lat, lon, zoom = text.split(",")
    view = float(lat), float(lon), int(zoom)
    if not (abs(view[0]) <= 85 and abs(view[1]) <= 180 and 0 <= view[2] <= MAX_ZOOM):
        raise ValueError(text)
    return view


def write_view(view: View) -> str:
    """Return ``view`` (latitude, longitude, zoom) as the address says it."""
    return f"{view[0]:g},{view[1]:g},{view[2]}"


def _marks(text: str) -> tuple[str, ...]:
    marks = tuple(text.split(","))
    if not set(marks) <= {"known", "heat"}:
        raise ValueError(text)
    return marks


def _line(text: str) -> str:
    if text not in LINE_WORDS:
        raise ValueError(text)
    return text


def _version(text: str) -> str:
    if not VERSION.fullmatch(text):
        raise ValueError(text)
    return text


def _text(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT]


CODES, NAMES = _listing(","), _listing(";")
DAY: Final = "a day like 2023-02-19"
YES: Final = "yes or no"

KEYS: Final[dict[str, Param]] = {
    "from": Param("first", date.fromisoformat, date.isoformat, DAY),
    "to": Param("last", date.fromisoformat, date.isoformat, DAY),
    "undated": Param("undated", _flag, _yes_no, YES),
    "what": Param("what", *CODES),
    "side": Param("side", *CODES),
    "province": Param("province", *NAMES),
    "district": Param("district", *NAMES),
    "crossing": Param("crossing", *NAMES),
    "km": Param("max_km", _km, "{:g}".format, "a number of kilometres"),
    "kmunknown": Param("far_unknown", _flag, _yes_no, YES),
    "deaths": Param("min_deaths", _count, str, "a whole number"),
    "tollunknown": Param("deaths_unknown", _flag, _yes_no, YES),
    "placed": Param("precision", *CODES),
    "outlet": Param("outlet", *NAMES),
    "dataset": Param("dataset", *NAMES),
    "q": Param("text", _text, str),
    "event": Param("selected", _text, str),
}

PAGE_KEYS: Final[dict[str, Param]] = {
    "view": Param("view", _view, write_view, "a place and a zoom like 34.1,71.1,8"),
    "marks": Param("marks", _marks, ",".join, "known, heat or both"),
    "line": Param("line", _line, str, f"a name of the line ({' or '.join(LINE_WORDS)})"),
    "data": Param("data", _version, str, "a version of the data"),
}
"""What a page keeps in the address beside the filter."""
