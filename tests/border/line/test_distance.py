"""Kilometres to the line and along it, against a dense geodesic reference."""

import numpy as np
import pytest

from geo.border import join, layers
from geo.border.line.distance import GEOD
from tests.border.frames import frame, near_the_line, reference_km, scattered


@pytest.mark.parametrize("within_km", [5, 50, 450])
def test_the_distance_is_the_dense_geodesic_one(within_km):
    points = near_the_line(700, within_km)
    off = np.abs(join.border_distance_km(frame(points)).to_numpy() - reference_km(points))
    assert np.median(off) < 0.01
    assert off.max() < 0.3


def test_points_all_over_the_box_are_as_good():
    events, lon, lat = scattered(700)
    km = join.border_distance_km(events).to_numpy()
    near = ~np.isnan(km)
    off = np.abs(km - reference_km(list(zip(lon, lat, strict=True))))[near]
    assert np.median(off) < 0.01
    assert off.max() < 0.3


def test_it_is_null_beyond_five_hundred_km_and_nought_on_the_line():
    vertex = layers.border_line().coords[1000]
    km = join.border_distance_km(frame([(2.35, 48.85), vertex]))
    assert np.isnan(km.iloc[0])
    assert km.iloc[1] == pytest.approx(0, abs=0.01)


def test_the_sign_tells_the_side():
    events = frame([(71.578, 34.008), (65.71, 31.61), (90.0, 30.0), None])
    signed = join.signed_border_km(join.border_distance_km(events), join.country_code(events))
    assert signed.name == "border_km_signed"
    assert (signed.iloc[0] > 0, signed.iloc[1] < 0) == (True, True)
    assert signed.iloc[2:].isna().all()


def test_the_line_is_measured_from_its_south_west_end():
    line = layers.border_line()
    length = GEOD.geometry_length(line) / 1000
    km = join.line_km(frame([line.coords[0], line.coords[-1], (66.437, 30.956), (71.093, 34.123)]))
    assert km.iloc[0] == pytest.approx(0, abs=0.01)
    assert km.iloc[1] == pytest.approx(length, abs=0.1)
    assert 0 < km.iloc[2] < km.iloc[3] < length
    assert join.line_km(frame([None, (2.35, 48.85)])).isna().all()


def test_along_the_line_the_kilometres_only_grow():
    vertices = layers.border_line().coords[::50]
    assert np.all(np.diff(join.line_km(frame(vertices)).to_numpy()) > 0)
