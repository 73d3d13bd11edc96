"""The shipped layers are what they say: one line, two countries, provinces that tile them."""

import pyproj
import pytest
import shapely

from geo.border import layers

GEOD = pyproj.Geod(ellps="WGS84")


def test_the_border_is_one_line_of_the_right_length_from_south_west_to_north_east():
    line = layers.border_line()
    assert line.geom_type == "LineString"
    assert line.is_simple
    assert 2600 < GEOD.geometry_length(line) / 1000 < 2800
    assert line.coords[0] < line.coords[-1]


def test_the_countries_are_valid_and_share_nothing_but_the_line():
    shapes = layers.countries().set_index("iso").geometry
    assert list(shapes.index) == ["AF", "PK"]
    assert shapes.is_valid.all()
    assert shapes["AF"].intersection(shapes["PK"]).area == 0
    assert shapes["AF"].intersection(shapes["PK"]).length == pytest.approx(
        layers.border_line().length
    )


def test_the_provinces_tile_the_two_countries():
    provinces = layers.admin1()
    assert provinces["country"].value_counts().to_dict() == {"AF": 34, "PK": 7}
    assert provinces["name"].is_unique
    assert shapely.coverage_is_valid(provinces.geometry.to_numpy())
    whole = shapely.area(layers.countries().geometry.to_numpy()).sum()
    assert shapely.area(provinces.geometry.to_numpy()).sum() == pytest.approx(whole, rel=1e-9)
