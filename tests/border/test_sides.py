"""Side, province and district: against the polygons, on edges, and as precision allows."""

import numpy as np
import pytest
import shapely

from geo.border import join, layers
from tests.border.frames import frame, near_the_line, scattered


def test_the_side_of_a_hundred_thousand_points_is_that_of_the_polygons():
    events, lon, lat = scattered(100_000)
    countries, sides = join.country_code(events), join.border_side(events)
    close = (join.border_distance_km(events) < 0.15).to_numpy()
    for iso, polygon in layers.countries().set_index("iso").geometry.items():
        shapely.prepare(polygon)
        inside = shapely.contains_xy(polygon, lon, lat)
        assert ((countries == iso).fillna(False).to_numpy() == inside).all()
        assert ((sides == iso).to_numpy() == inside)[~close].all()
    held = countries.notna().to_numpy()
    assert (sides[close & held] == "straddles").all()
    assert (sides[~held] == "unknown").all()


def test_ten_thousand_points_near_the_line_too():
    points = near_the_line(10_000, 5)
    countries = join.country_code(frame(points))
    for iso, polygon in layers.countries().set_index("iso").geometry.items():
        inside = shapely.contains_xy(polygon, *np.array(points).T)
        assert ((countries == iso).fillna(False).to_numpy() == inside).all()


def test_a_point_on_the_line_goes_to_the_country_its_row_names_else_to_the_first():
    vertices = layers.border_line().coords[1000:1200:20]
    assert (join.country_code(frame(vertices, country="PK")) == "PK").all()
    assert (join.country_code(frame(vertices, country="IR")) == "AF").all()
    assert (join.country_code(frame(vertices)) == "AF").all()


def test_a_point_on_a_shared_edge_goes_to_the_first_province_by_name():
    provinces = layers.admin1().set_index("name").geometry
    shared = provinces["Kandahar"].intersection(provinces["Helmand"])
    corner = shapely.get_coordinates(shared)[5]
    assert join.admin1_name(frame([corner])).item() == "Helmand"


def test_a_row_keeps_its_country_and_gets_no_province_of_the_other():
    joined = join.join_events(frame([(71.2, 34.05)], country="AF"))
    assert joined["country"].item() == "AF"
    assert joined["admin1"].isna().item()


def test_an_exact_place_within_the_lines_own_error_may_be_on_either_side():
    on_it, off_it = layers.border_line().coords[1000], (71.12, 34.10)
    assert list(join.border_side(frame([on_it, off_it]))) == ["straddles", "PK"]


def test_a_crossing_straddles_the_line_and_a_dry_port_far_away_does_not():
    assert join.border_side(frame([(71.093, 34.13)], place_kind="crossing")).item() == "straddles"
    far = frame([(74.57, 31.6)], place_kind="crossing", country="PK")
    assert join.border_side(far).item() == "PK"


@pytest.mark.parametrize(("km", "side"), [(25.0, "straddles"), (5.0, "PK")])
@pytest.mark.parametrize("precision", ["near", "region", "admin2"])
def test_a_circle_that_reaches_the_line_straddles_it(precision, km, side):
    events = frame([(71.2, 34.1)], precision=precision, uncertainty_km=km)
    assert join.border_side(events).item() == side


@pytest.mark.parametrize("country", ["AF", "PK"])
def test_a_unit_of_one_country_ends_at_the_line(country):
    district = frame([(71.0, 34.0)], precision="admin2", uncertainty_km=40.0, country=country)
    assert join.border_side(district).item() == country


def test_what_is_known_more_widely_gets_no_province_and_no_district():
    spot = [(71.578, 34.008)] * 6
    words = ["exact", "near", "admin3", "admin2", "admin1", "region"]
    events = frame(spot, precision=words)
    assert join.admin1_name(events).isna().tolist() == [False] * 5 + [True]
    assert join.admin2_name(events).isna().tolist() == [False] * 4 + [True] * 2


def test_without_polygons_the_district_is_the_gazetteers_and_says_so():
    joined = join.join_events(frame([(71.578, 34.008), (71.578, 34.008)], admin2=["Khyber", None]))
    assert list(joined["admin2"]) == ["Khyber", "Peshawar"]
    assert list(joined["admin2_source"]) == ["record", "gazetteer"]
