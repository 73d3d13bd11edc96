"""The event table as the browser gets it: one small binary of columns, fetched once by address.

Layout, little-endian::

    4 bytes  "EVT2"            4 bytes  n, the number of rows (uint32)
    4 x float64                west, north: corner of the box that holds every place, in Web
                               Mercator fractions of the world; width and height of one step
    the rest, deflated (zlib): the columns below, ``n`` values each, one after another, every
    column as its byte planes, lowest byte first (all low bytes, then all next bytes ...)

    3 bytes  x, then y         steps from the corner; 16777215 in both = no place
    2 bytes  deaths            best figure, at most 65534; 65535 = not stated (0 means none)
    2 bytes  uncertainty       tenths of a km, at most 65534; 65535 = not known
    2 bytes  day               first day, days since 1970-01-01, at least 1; 0 = not known
    2 bytes  span              days from the first to the last day; 0 = one day
    1 byte   group             position in model.EVENT_GROUPS; 255 = none of them
    1 byte   precision         position in model.PRECISIONS

A step is 0.2 m where the places lie within 30 degrees of one another and 2.4 m at worst. The
planes are what makes the columns small: 100,000 scattered events take 0.8 MB, and places that
repeat take next to nothing. Neither ids nor any text travel: the browser answers with a row
number. The reader is ``geo/webmap/js/core/eventdata.js``.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.errors import SchemaError
from geo.model import EVENT_GROUPS, PRECISIONS, UNCERTAINTY_KM

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["MAGIC", "NEEDED", "NO_PLACE", "UNKNOWN", "encode", "mercator"]

MAGIC: Final = b"EVT2"
NO_PLACE: Final = 2**24 - 1
UNKNOWN: Final = 2**16 - 1
NEEDED: Final = (
    "lon",
    "lat",
    "event_group",
    "precision",
    "uncertainty_km",
    "fatalities_best",
    "date_start",
    "date_end",
)
MERCATOR_LIMIT: Final = 85.05


def encode(table: pd.DataFrame) -> bytes:
    """Return ``table`` in the layout above, rows in the order given.

    Parameters
    ----------
    table
        Has the columns ``NEEDED`` as :func:`geo.schema.read_points` gives them; ``lon`` and
        ``lat`` in degrees WGS 84, both null where the event has no place; a null ``date_end``
        means the day of ``date_start``.

    Raises
    ------
    SchemaError
        If a column is missing.
    """
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise SchemaError(f"The map needs the columns {', '.join(missing)}.")
    x, y = mercator(_numbers(table["lon"]), _numbers(table["lat"]))
    (west, step_x), (north, step_y) = _grid(x), _grid(y)
    days = _days(table["date_start"])
    columns = (
        (_steps(x, west, step_x), 3),
        (_steps(y, north, step_y), 3),
        (_capped(_numbers(table["fatalities_best"])), 2),
        (_capped(_uncertainty(table) * 10), 2),
        (days, 2),
        (_spans(days, _days(table["date_end"])), 2),
        (_codes(table["event_group"], tuple(EVENT_GROUPS), absent=255), 1),
        (_codes(table["precision"], PRECISIONS, absent=PRECISIONS.index("unknown")), 1),
    )
    body = b"".join(_planes(values, width) for values, width in columns)
    head = struct.pack("<4sI4d", MAGIC, len(table), west, north, step_x, step_y)
    return head + zlib.compress(body, 6)


def mercator(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Project degrees to Web Mercator (EPSG:3857) fractions of the world, y growing southwards.

    Latitudes beyond 85.05 degrees are moved to it; a null in either gives NaN in both.
    Formula: ``y = (1 - atanh(sin(lat)) / pi) / 2`` (Snyder 1987, spherical Mercator).
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    sine = np.sin(np.radians(np.clip(np.where(known, lat, 0), -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    x = (np.where(known, lon, 0) + 180) / 360
    y = 0.5 - np.arctanh(sine) / (2 * np.pi)
    return np.where(known, x, np.nan), np.where(known, y, np.nan)


def _grid(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the least of ``values`` and the step that reaches the greatest."""
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 1.0
    low = float(known.min())
    return low, max(float(known.max()) - low, 1e-9) / (NO_PLACE - 1)


def _steps(values: NDArray[np.float64], low: float, step: float) -> NDArray[np.uint32]:
    steps = np.rint((values - low) / step)
    return np.where(np.isnan(steps), NO_PLACE, steps).astype("<u4")


def _planes(values: NDArray[Any], width: int) -> bytes:
    """Return the ``width`` lowest bytes of every value, all lowest bytes first."""
    size = values.dtype.itemsize
    pieces = np.frombuffer(values.tobytes(), np.uint8).reshape(-1, size)
    return pieces[:, :width].T.tobytes()


def _numbers(column: pd.Series[Any]) -> NDArray[np.float64]:
    return column.to_numpy(dtype="float64", na_value=np.nan)


def _uncertainty(table: pd.DataFrame) -> NDArray[np.float64]:
    own = _numbers(table["uncertainty_km"])
    usual = _numbers(table["precision"].map(UNCERTAINTY_KM).astype("float64"))
    return np.where(np.isnan(own), usual, own)


def _capped(values: NDArray[np.float64]) -> NDArray[np.uint16]:
    whole = np.clip(np.rint(np.nan_to_num(values, nan=0)), 0, UNKNOWN - 1)
    return np.where(np.isnan(values), UNKNOWN, whole).astype("<u2")


def _days(column: pd.Series[Any]) -> NDArray[np.uint16]:
    days = column.to_numpy(dtype="datetime64[D]")
    known = ~np.isnat(days)
    return np.where(known, np.clip(days.astype("int64"), 1, UNKNOWN), 0).astype("<u2")


def _spans(first: NDArray[np.uint16], last: NDArray[np.uint16]) -> NDArray[np.uint16]:
    length = last.astype("int64") - first
    return np.where((first > 0) & (last > 0), np.clip(length, 0, UNKNOWN), 0).astype("<u2")


def _codes(column: pd.Series[Any], words: tuple[str, ...], absent: int) -> NDArray[np.uint8]:
    position = {word: index for index, word in enumerate(words)}
    return column.map(position).fillna(absent).to_numpy().astype(np.uint8)
