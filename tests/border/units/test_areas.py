"""Areas by name and number, and which of them an event happened in."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.border import layers
from geo.border.units import areas

# four squares of one degree around (66, 30): two districts called Ghar in two provinces of AF
SQUARES = [
    ("AF", "Badghis", "Ghar", 64, 31),
    ("AF", "Farah", "Ghar", 65, 31),
    ("AF", "Farah", "Lar", 64, 30),
    ("PK", "Balochistan", "Kalat", 65, 30),
]


@pytest.fixture
def districts(tmp_path, monkeypatch):
    """Fetched districts: the squares above."""
    rows = [
        {
            "country": country,
            "admin1": province,
            "admin2": name,
            "geometry": shapely.to_wkb(shapely.box(west, south, west + 1, south + 1)),
        }
        for country, province, name, west, south in SQUARES
    ]
    path = tmp_path / "districts.parquet"
    pd.DataFrame(rows).to_parquet(path)
    monkeypatch.setattr(layers, "DISTRICTS_FILE", path)


@pytest.fixture
def no_districts(tmp_path, monkeypatch):
    monkeypatch.setattr(layers, "DISTRICTS_FILE", tmp_path / "nothing.parquet")


def rows(*given):
    usual = {
        "country": "AF",
        "admin1": None,
        "admin2": None,
        "admin2_source": None,
        "precision": "exact",
        "lon": np.nan,
        "lat": np.nan,
    }
    words = {n: "string" for n in usual if n not in {"lon", "lat"}}
    return pd.DataFrame([{**usual, **row} for row in given]).astype(words)


def test_provinces_ship_with_their_size():
    table = areas.areas("admin1")
    assert len(table) == 41
    # Afghanistan has 652,864 km² by its own count and 641,750 within these outlines
    assert table.loc[table["country"] == "AF", "km2"].sum() == pytest.approx(641_750, rel=0.01)
    assert table.loc["admin1:PK:Balochistan", "km2"] == pytest.approx(347_190, rel=0.07)


def test_a_square_degree_has_the_size_of_its_latitude(districts):
    # cos(30.5°) * 111.3 km * 110.9 km
    assert areas.areas("admin2").loc["admin2:AF:Lar", "km2"] == pytest.approx(10_630, rel=0.005)


def test_without_districts_there_are_none_and_no_event_is_in_one(no_districts):
    assert areas.areas("admin2") is None
    assert areas.find("admin2:PK:Kalat") is None
    table = rows({"lon": 65.5, "lat": 30.5})
    assert areas.area_numbers(table, "admin2").tolist() == [-1]
    assert areas.with_district(table) is table
    assert not layers.has_districts()


def test_a_district_is_named_with_its_province_where_two_have_its_name(districts):
    keys = list(areas.areas("admin2").index)
    assert keys == [
        "admin2:AF:Badghis:Ghar",
        "admin2:AF:Farah:Ghar",
        "admin2:AF:Lar",
        "admin2:PK:Kalat",
    ]
    assert areas.find("admin2:AF:Farah:Ghar") == ("admin2", 1)
    assert areas.find("admin2:PK:Balochistan:Kalat") == ("admin2", 3)
    assert areas.find("admin2:AF:Ghar") is None  # either would be a guess


@pytest.mark.parametrize("key", ["", "admin1", "admin1:", "admin9:PK:X", "admin1:PK:Nowhere", "::"])
def test_nonsense_is_no_area(districts, key):
    assert areas.find(key) is None


def test_the_row_s_own_name_decides_before_its_point(districts):
    table = rows(
        {"admin1": "Farah", "admin2": "Ghar", "admin2_source": "record", "lon": 64.5, "lat": 31.5},
        {
            "admin1": "Farah",
            "admin2": "Ghar",
            "admin2_source": "gazetteer",
            "lon": 64.5,
            "lat": 31.5,
        },
        {"admin2": "Lar", "admin2_source": "record"},  # no province named, no point: still one Lar
    )
    # the second was only guessed from a circle: its point lies in the other Ghar
    assert areas.area_numbers(table, "admin2").tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("precision", "district", "province"),
    [
        ("exact", True, True),
        ("near", True, True),
        ("admin3", True, True),
        ("admin2", True, True),
        ("admin1", False, True),
        ("region", False, False),
        ("country", False, False),
        ("unknown", False, False),
    ],
)
def test_what_is_known_more_widely_is_put_nowhere(districts, precision, district, province):
    table = rows({"lon": 64.5, "lat": 30.5, "precision": precision, "admin1": "Farah"})
    assert (areas.area_numbers(table, "admin2")[0] >= 0) == district
    assert (areas.area_numbers(table, "admin1")[0] >= 0) == province


def test_a_point_in_the_other_country_than_the_row_names_is_in_no_area(districts):
    table = rows(
        {"country": "PK", "lon": 64.5, "lat": 30.5}, {"country": None, "lon": 64.5, "lat": 30.5}
    )
    assert areas.area_numbers(table, "admin2").tolist() == [-1, 2]


def test_the_column_holds_names_whose_codes_are_the_numbers(districts):
    table = areas.with_district(rows({"lon": 65.5, "lat": 30.5, "country": "PK"}, {}))
    assert table["district"].tolist()[0] == "PK:Balochistan:Kalat"
    assert table["district"].isna().tolist() == [False, True]
    assert table["district"].cat.codes.tolist() == [3, -1]


def test_neighbours_share_an_edge_the_longest_first(districts):
    beside = areas.neighbours("admin2", 2)
    # Lar: a degree of latitude with Kalat (110.9 km), one of longitude at 31° with Ghar (95.5 km)
    assert [number for number, _ in beside] == [3, 0]
    assert [round(km) for _, km in beside] == pytest.approx([111, 95], abs=1)
    areas.neighbours.cache_clear()


def test_a_province_s_neighbours_lie_on_both_sides_of_the_line():
    table = areas.areas("admin1")
    _, number = areas.find("admin1:PK:Balochistan")
    names = [table["name"].iloc[other] for other, _ in areas.neighbours("admin1", number)]
    assert {"Kandahar", "Nimroz", "Sindh", "Khyber Pakhtunkhwa"} <= set(names)
    assert "Kabul" not in names
