"""The event table as the browser gets it: one small binary of columns, fetched once by address.

Layout, little-endian, no padding, ``n`` rows, 16 bytes a row::

    4 bytes  "EVT1"            4 bytes  n (uint32)
    n x uint32  x, then y      Web Mercator in [0, 1) times 2**32 (0.01 px at zoom 18);
                               4294967295 in both = no place
    n x uint16  deaths         best figure, at most 65534; 65535 = not stated (0 means none)
    n x uint16  uncertainty    tenths of a km, at most 65534; 65535 = not known
    n x uint16  day            first day, days since 1970-01-01; 0 = not known
    n x uint8   group          position in model.EVENT_GROUPS; 255 = none of them
    n x uint8   precision      position in model.PRECISIONS

Neither ids nor any text travel: the browser answers with a row number. The reader is
``static/eventdata.js``.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.errors import SchemaError
from geo.model import EVENT_GROUPS, PRECISIONS, UNCERTAINTY_KM

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["MAGIC", "NEEDED", "NO_PLACE", "UNKNOWN", "encode", "mercator"]

MAGIC: Final = b"EVT1"
NO_PLACE: Final = 2**32 - 1
UNKNOWN: Final = 2**16 - 1
NEEDED: Final = (
    "lon",
    "lat",
    "event_group",
    "precision",
    "uncertainty_km",
    "fatalities_best",
    "date_start",
)
MERCATOR_LIMIT: Final = 85.05


def encode(table: pd.DataFrame) -> bytes:
    """Return ``table`` in the layout above, rows in the order given.

    Parameters
    ----------
    table
        Has the columns ``NEEDED`` as :func:`geo.schema.read_points` gives them; ``lon`` and
        ``lat`` in degrees WGS 84, both null where the event has no place.

    Raises
    ------
    SchemaError
        If a column is missing.
    """
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise SchemaError(f"The map needs the columns {', '.join(missing)}.")
    x, y = mercator(_numbers(table["lon"]), _numbers(table["lat"]))
    columns = (
        x.astype("<u4"),
        y.astype("<u4"),
        _capped(_numbers(table["fatalities_best"])),
        _capped(_uncertainty(table) * 10),
        _days(table["date_start"]),
        _codes(table["event_group"], tuple(EVENT_GROUPS), absent=255),
        _codes(table["precision"], PRECISIONS, absent=PRECISIONS.index("unknown")),
    )
    return b"".join([MAGIC, struct.pack("<I", len(table)), *(c.tobytes() for c in columns)])


def mercator(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Project degrees to Web Mercator (EPSG:3857) fractions of the world times 2**32.

    Latitudes beyond 85.05 degrees are moved to it; a null in either gives ``NO_PLACE`` in both.
    Formula: ``y = (1 - atanh(sin(lat)) / pi) / 2`` (Snyder 1987, spherical Mercator).
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    sine = np.sin(np.radians(np.clip(np.where(known, lat, 0), -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    x = (np.where(known, lon, 0) + 180) / 360
    y = 0.5 - np.arctanh(sine) / (2 * np.pi)
    scaled = [np.clip(np.floor(v * 2.0**32), 0, NO_PLACE - 1).astype(np.uint32) for v in (x, y)]
    return np.where(known, scaled[0], np.uint32(NO_PLACE)), np.where(
        known, scaled[1], np.uint32(NO_PLACE)
    )


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
    return np.clip(np.where(known, days.astype("int64"), 0), 0, UNKNOWN).astype("<u2")


def _codes(column: pd.Series[Any], words: tuple[str, ...], absent: int) -> NDArray[np.uint8]:
    position = {word: index for index, word in enumerate(words)}
    return column.map(position).fillna(absent).to_numpy().astype(np.uint8)
