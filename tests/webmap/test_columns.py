"""The binary is read back here as its own description says, not with the code that wrote it."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import SchemaError
from geo.model import EVENT_GROUPS, PRECISIONS
from geo.webmap import columns

LAYOUT = {
    "x": "<u4",
    "y": "<u4",
    "deaths": "<u2",
    "km": "<u2",
    "day": "<u2",
    "group": "u1",
    "precision": "u1",
}


def read(body: bytes) -> dict[str, np.ndarray]:
    assert body[:4] == b"EVT1"
    (rows,) = struct.unpack_from("<I", body, 4)
    found, at = {}, 8
    for name, kind in LAYOUT.items():
        found[name] = np.frombuffer(body, kind, rows, at)
        at += rows * np.dtype(kind).itemsize
    assert at == len(body)
    return found


def degrees(x: float, y: float) -> tuple[float, float]:
    """Undo Web Mercator (fractions of the world) with the Gudermannian function."""
    return x * 360 - 180, float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def test_every_column_survives(table):
    body = columns.encode(
        table(
            {"fatalities_best": 59, "event_group": "border", "uncertainty_km": 12.3},
            {"precision": "admin2", "uncertainty_km": 40, "date_start": "1970-01-11"},
        )
    )
    got = read(body)
    assert list(got["deaths"]) == [59, 0]
    assert list(got["km"]) == [123, 400]
    assert [list(EVENT_GROUPS)[code] for code in got["group"]] == ["border", "violence"]
    assert [PRECISIONS[code] for code in got["precision"]] == ["exact", "admin2"]
    assert got["day"][1] == 10


def test_unknown_deaths_are_not_zero(table):
    got = read(columns.encode(table({"fatalities_best": None}, {"fatalities_best": 0})))
    assert list(got["deaths"]) == [65535, 0]


def test_large_tolls_are_capped_below_the_mark_for_unknown(table):
    assert read(columns.encode(table({"fatalities_best": 1_000_000})))["deaths"][0] == 65534


def test_a_row_without_place_keeps_its_position(table):
    body = columns.encode(table({"lon": None, "lat": None}, {"lon": 71.093, "lat": 34.123}))
    got = read(body)
    assert got["x"][0] == got["y"][0] == 2**32 - 1
    assert got["x"][1] < 2**32 - 1


def test_missing_radius_takes_the_usual_one_of_the_precision(table):
    body = columns.encode(table({"precision": "admin2", "uncertainty_km": None}))
    assert read(body)["km"][0] == 400


def test_missing_date_and_group_have_their_own_codes(table):
    got = read(columns.encode(table({"date_start": None, "event_group": None})))
    assert (got["day"][0], got["group"][0]) == (0, 255)


def test_missing_columns_are_named(table):
    with pytest.raises(SchemaError, match="lat, precision"):
        columns.encode(table({}).drop(columns=["lat", "precision"]))


def test_a_hundred_thousand_rows_stay_small(table):
    body = columns.encode(table({}).sample(100_000, replace=True))
    assert len(body) == 8 + 16 * 100_000


@given(lon=st.floats(60, 78), lat=st.floats(23, 39))
def test_places_are_right_to_a_hundredth_of_a_pixel_at_zoom_17(lon, lat):
    x, y = columns.mercator(np.array([lon]), np.array([lat]))
    back = degrees(x[0] / 2**32, y[0] / 2**32)
    pixel = 360 / (256 * 2**17)
    assert back == pytest.approx((lon, lat), abs=pixel / 100)
