"""How near and how far an event can have been: circles, provinces, districts."""

import pytest
import shapely

from geo.border import join, layers
from geo.border.units.reach import area_reach
from tests.border.frames import frame, reference_km


def test_a_circle_widens_the_distance_and_never_below_zero():
    joined = join.join_events(frame([(71.578, 34.008)], precision="near", uncertainty_km=25.0))
    km = joined["border_km"].item()
    assert joined["border_km_min"].item() == pytest.approx(km - 25)
    assert joined["border_km_max"].item() == pytest.approx(km + 25)
    close = join.join_events(frame([(71.093, 34.13)], precision="near", uncertainty_km=25.0))
    assert close["border_km_min"].item() == 0


def test_a_province_is_its_polygon_and_not_a_circle():
    events = frame([(65.7, 31.2)], precision="admin1", uncertainty_km=900.0, admin1="Kandahar")
    joined = join.join_events(events)
    assert joined["border_km_min"].item() == pytest.approx(0, abs=0.01)
    assert 100 < joined["border_km_max"].item() < 250


def test_the_reach_of_an_area_is_that_of_its_points():
    area = shapely.box(66.0, 33.0, 66.5, 33.5)
    edge = shapely.get_coordinates(shapely.segmentize(area.boundary, 0.01))
    km = reference_km(edge)
    low, high = area_reach(area)
    assert low == pytest.approx(km.min(), abs=0.3)
    assert high == pytest.approx(km.max(), abs=1.5)


def test_the_point_is_never_outside_what_is_said_of_it():
    # the row names a province that its point does not lie in
    events = frame([(71.578, 34.008)], precision="admin1", uncertainty_km=50.0, admin1="Sindh")
    joined = join.join_events(events.assign(country="PK"))
    km = joined["border_km"].item()
    assert joined["border_km_min"].item() <= km <= joined["border_km_max"].item()
    assert layers.districts() is None
