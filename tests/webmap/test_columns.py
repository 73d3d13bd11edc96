"""The binary is read back here as its own description says, not with the code that wrote it."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import SchemaError
from geo.model import EVENT_GROUPS, PRECISIONS
from geo.webmap import columns
from tests.webmap import conftest

LAYOUT = {
    "x": 3,
    "y": 3,
    "deaths": 2,
    "km": 2,
    "day": 2,
    "span": 2,
    "group": 1,
    "precision": 1,
}


def read(body: bytes) -> dict[str, np.ndarray]:
    magic, rows, west, north, step_x, step_y = struct.unpack_from("<4sI4d", body)
    assert magic == b"EVT2"
    planes, found, at = zlib.decompress(body[40:]), {}, 0
    for name, width in LAYOUT.items():
        pieces = np.frombuffer(planes, np.uint8, rows * width, at).reshape(width, rows)
        found[name] = sum(pieces[n].astype(int) << (8 * n) for n in range(width))
        at += rows * width
    assert at == len(planes)
    found["west"], found["north"] = west + found["x"] * step_x, north + found["y"] * step_y
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
    assert got["x"][0] == got["y"][0] == 2**24 - 1
    assert got["x"][1] < 2**24 - 1


def test_missing_radius_takes_the_usual_one_of_the_precision(table):
    body = columns.encode(table({"precision": "admin2", "uncertainty_km": None}))
    assert read(body)["km"][0] == 400


def test_missing_date_and_group_have_their_own_codes(table):
    got = read(columns.encode(table({"date_start": None, "event_group": None})))
    assert (got["day"][0], got["group"][0]) == (0, 255)


def test_missing_columns_are_named(table):
    with pytest.raises(SchemaError, match="lat, precision"):
        columns.encode(table({}).drop(columns=["lat", "precision"]))


def test_spans_end_where_they_end_and_never_before_they_start(table):
    body = columns.encode(
        table(
            {"date_start": "2023-02-19", "date_end": "2023-02-22"},
            {"date_start": "2023-02-19"},
            {"date_start": None},
            {"date_start": "1947-08-14", "date_end": "1947-08-15"},
        )
    )
    got = read(body)
    assert list(got["span"]) == [3, 0, 0, 0]
    assert got["day"][3] == 1  # before 1970: the first day there is, not an unknown one


def test_a_hundred_thousand_rows_take_less_than_a_megabyte(table):
    chance = np.random.default_rng(1)
    rows = table({}).sample(100_000, replace=True)
    rows["lon"], rows["lat"] = chance.uniform(60, 78, 100_000), chance.uniform(23, 39, 100_000)
    rows["fatalities_best"] = chance.poisson(2, 100_000)
    rows["date_start"] += chance.integers(0, 4000, 100_000).astype("timedelta64[D]")
    assert len(columns.encode(rows)) < 1_000_000


@given(lon=st.floats(60, 78), lat=st.floats(23, 39))
def test_places_are_right_to_a_fifth_of_a_pixel_at_zoom_17(lon, lat):
    frame = conftest.build_table(
        {"lon": 60.0, "lat": 23.0}, {"lon": lon, "lat": lat}, {"lon": 78.0, "lat": 39.0}
    )
    got = read(columns.encode(frame))
    pixel = 360 / (256 * 2**17)
    assert degrees(got["west"][1], got["north"][1]) == pytest.approx((lon, lat), abs=pixel / 5)


def test_one_place_alone_is_where_it_is(table):
    got = read(columns.encode(table({"lon": 71.093, "lat": 34.123})))
    assert degrees(got["west"][0], got["north"][0]) == pytest.approx((71.093, 34.123), abs=1e-6)
