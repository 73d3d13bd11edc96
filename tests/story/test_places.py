"""Places with a story: their keys, what lies in them and around them."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.border import layers
from geo.border.units import areas
from geo.counts import single_events
from geo.story import places
from tests.sample_events import TORKHAM, event, place, placed, table


@pytest.fixture
def no_districts(tmp_path, monkeypatch):
    monkeypatch.setattr(layers, "DISTRICTS_FILE", tmp_path / "nothing.parquet")


@pytest.fixture
def khyber(tmp_path, monkeypatch):
    """Fetched districts: a box around Torkham and Landi Kotal."""
    box = shapely.to_wkb(shapely.box(70.8, 33.8, 71.5, 34.4))
    row = {"country": "PK", "admin1": "Khyber Pakhtunkhwa", "admin2": "Khyber", "geometry": box}
    path = tmp_path / "districts.parquet"
    pd.DataFrame([row]).to_parquet(path)
    monkeypatch.setattr(layers, "DISTRICTS_FILE", path)


def test_every_place_is_found_by_its_key_and_by_its_number():
    spots = places.every(districts=layers.has_districts())
    assert len({spot.key for spot in spots}) == len(spots)
    for spot in spots:
        assert places.find(spot.key) == spot
        assert places.numbered(spot.kind, spot.number) == spot
    kinds = [spot.kind for spot in spots]
    assert kinds.count("crossing") > 15
    assert kinds.count("admin1") == 41


@pytest.mark.parametrize(
    "key", ["", "x", "crossing:", "crossing:moon", "admin1:PK:<b>", "admin2:PK:X"]
)
def test_nonsense_is_no_place(key):
    assert places.find(key) is None


def test_a_number_beyond_its_layer_is_no_place(no_districts):
    assert places.numbered("crossing", 9999) is None
    assert places.numbered("admin1", 9999) is None
    assert places.numbered("admin2", 0) is None


def test_titles_say_what_a_place_is():
    assert places.find("crossing:torkham").title == "Torkham"
    assert places.find("admin1:PK:Balochistan").title == "Balochistan province"
    assert places.find("admin1:PK:Azad Kashmir").title == "Azad Kashmir"


def test_names_stand_in_their_own_script():
    found = places.scripts(places.find("crossing:torkham"))
    torkham = {name: language for language, name in found}
    assert torkham == {"طورخم": "Urdu", "تورخم": "Pashto, Dari"}
    assert ("", "بلوچستان") in places.scripts(places.find("admin1:PK:Balochistan"))


FAR = place("Landi Kotal", 34.10, 71.15)
EVENTS = [
    event("gate"),  # at Torkham itself
    event("near", resolution=placed(FAR, "near")),  # 5 km off, but known to 25 km only
    event("far", resolution=placed(FAR)),  # exact, 60 km off
    event("district", resolution=placed(TORKHAM, "admin2")),  # Khyber district
    event("province", resolution=placed(TORKHAM, "admin1")),  # Khyber Pakhtunkhwa
    event(
        "other",
        resolution=placed(place("Quetta", 30.2, 67.0, admin1="Balochistan", admin2="Quetta")),
    ),
    event("region", resolution=placed(TORKHAM, "region")),
]
JOINED = {
    "nearest_crossing": ["Torkham"] * 6 + [None],
    "crossing_km": [0.2, 5.0, 60.0, 3.0, 3.0, 400.0, None],
}


def told(key):
    made = table(EVENTS, **JOINED)
    spot = places.find(key)
    provinces = areas.area_numbers(made, "admin1")
    counted = single_events(made, np.ones(len(made), dtype=bool))
    here = places.inside(made, spot, provinces)
    return list(made.index[here]), places.wider(made, counted, spot, provinces)


def test_at_a_crossing_is_within_ten_km_and_known_that_well():
    here, wider = told("crossing:torkham")
    assert here == ["gate"]
    assert wider == [
        (1, "placed within 10 km but known less exactly than that"),
        (1, "known only to a district it lies in"),
        (1, "known only to a province it lies in"),
    ]


def test_in_a_province_is_what_is_known_to_it_or_better():
    here, wider = told("admin1:PK:Khyber Pakhtunkhwa")
    assert here == ["gate", "near", "far", "district", "province"]
    assert wider == [(1, "known only to a wider area of Pakistan")]


def test_of_a_district_what_is_known_to_the_province_only_is_told_apart(khyber):
    made = table(EVENTS, **JOINED)
    spot = places.find("admin2:PK:Khyber")
    numbers = areas.area_numbers(made, "admin2")
    assert list(made.index[places.inside(made, spot, numbers)]) == [
        "gate",
        "near",
        "far",
        "district",
    ]
    assert places.find("admin2:PK:Khyber Pakhtunkhwa:Khyber") == spot


def test_what_lies_around_a_crossing(no_districts):
    near = places.around(places.find("crossing:torkham"))
    along = [(one.spot.name, one.km) for one in near if one.how == "next"]
    assert [name for name, _ in along] == ["Kharlachi–Dand-e-Patan", "Nawa Pass"]
    assert along[0][1] < 0 < along[1][1], "south-west first"
    assert {one.spot.name for one in near if one.how == "within"} == {
        "Nangarhar",
        "Khyber Pakhtunkhwa",
    }


def test_what_lies_around_a_province(no_districts):
    near = places.around(places.find("admin1:AF:Kunar"))
    assert "Nawa Pass" in [one.spot.name for one in near if one.how == "part"]
    edges = {one.spot.name: one.km for one in near if one.how == "edge"}
    assert {"Nuristan", "Nangarhar", "Khyber Pakhtunkhwa"} <= set(edges)
    assert list(edges.values()) == sorted(edges.values(), reverse=True)
