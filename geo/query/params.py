"""The address of a view: short readable keys for the fields of a filter, and back.

Whatever cannot be read is left out and said in a note, never an error: addresses are typed,
cut off in mails and kept for years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from geo.query.dimension import Field, Written
from geo.query.dimensions import fields
from geo.words import LINE_WORDS, clip

__all__ = [
    "BESIDE",
    "PAGE_KEYS",
    "View",
    "keys",
    "read_page_params",
    "read_params",
    "write_params",
    "write_view",
]

View = tuple[float, float, int]
"""Latitude and longitude of a map's middle in degrees WGS 84, and its zoom."""
MAX_ZOOM: Final = 20
VERSION: Final = re.compile(r"[0-9a-f]{4,40}")
TRACKING: Final = ("utm_", "fbclid", "gclid", "embed")
"""Keys that mail and social services append; not worth telling the reader about."""


def keys() -> dict[str, Field]:
    """Return the keys of the address that belong to the filter, each with its field."""
    return {field.key: field for field in fields().values()}


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
    return _read(params, keys(), allowed)


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
    params: Mapping[str, str], known: Mapping[str, Field], allowed: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    notes: list[str] = []
    for key, text in params.items():
        field = known.get(key)
        if field is None:
            if not key.startswith(TRACKING):
                notes.append(f"The address says “{clip(key)}”, which this page does not know.")
            continue
        try:
            value = field.written.read(text)
        except ValueError:
            expected = field.written.expected
            notes.append(f"The address says {key}={clip(text)}, which is not {expected}.")
            continue
        if isinstance(value, tuple) and field.name in allowed:
            unknown = [item for item in value if item not in allowed[field.name]]
            notes += [f"Nothing here is called “{clip(item)}” ({key})." for item in unknown]
            value = tuple(item for item in value if item not in unknown)
        values[field.name] = value
    return values, notes


def write_params(values: Mapping[str, Any]) -> dict[str, str]:
    """Return URL parameters for ``values`` by field name, in the order of the keys."""
    return {
        key: field.written.write(values[field.name])
        for key, field in keys().items()
        if field.name in values
    }


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


PAGE_KEYS: Final[dict[str, Field]] = {
    one.key: one
    for one in (
        Field(
            *("view", "view", None),
            Written("view", _view, write_view, "a place and a zoom like 34.1,71.1,8"),
        ),
        Field(
            *("line", "line", "border"),
            Written("line", _line, str, f"a name of the line ({' or '.join(LINE_WORDS)})"),
        ),
        Field(
            *("marks", "marks", ()),
            Written("marks", _marks, ",".join, "known, heat or both"),
        ),
        Field(*("data", "data", ""), Written("data", _version, str, "a version of the data")),
    )
}
"""What every page keeps in the address beside the filter."""
BESIDE: Final = ("gate", "on", "near", "place", "shade", *PAGE_KEYS)
"""Every key beside the filter, those that one page alone reads first."""
