"""The small map of candidates: areas as circles, numbers only, a view that holds them all."""

import pytest

from geo.webmap import assets, base_map
from geo.webmap.place_map import PlaceMark, extent, place_map


@pytest.fixture(scope="module", autouse=True)
def files():
    assets.ensure()


def script(marks, **more):
    return place_map(marks, **more).get_root().render()


def test_the_view_holds_every_mark_and_its_area():
    (south, west), (north, east) = extent([PlaceMark(34, 71), PlaceMark(30, 66, 100.0)])
    assert south < 30 - 100 / 111.4
    assert west < 66 - 100 / 111.4
    assert north > 34
    assert east > 71


def test_one_village_is_shown_with_the_land_around_it():
    (south, west), (north, east) = extent([PlaceMark(34, 71)])
    assert 0.2 < north - south < 1
    assert 0.2 < east - west < 1


def test_a_country_does_not_shrink_the_map_to_the_world():
    (south, _), (north, _) = extent([PlaceMark(34, 66, 5000.0)])
    assert north - south < 10


def test_a_mark_for_each_and_a_circle_for_an_area():
    text = script([PlaceMark(34, 71), PlaceMark(30, 66, 40.0)])
    assert text.count("L.marker(") == 2
    assert text.count("L.circle(") == 1
    assert '"radius": 40000.0' in text
    assert text.count("border-map-rank first") == 1


def test_none_stands_out_where_none_is_chosen():
    assert "border-map-rank first" not in script([PlaceMark(34, 71)], chosen=False)


def test_no_mark_shows_the_border_and_nothing_comes_from_elsewhere():
    page = place_map([], tiles=False)
    text = page.get_root().render()
    assert "L.marker(" not in text
    assert "BorderMap.events" not in text
    assert [url for _, url in page.default_js] == [assets.url("vendor/leaflet.js")]
    assert base_map.TILES_URL not in text
