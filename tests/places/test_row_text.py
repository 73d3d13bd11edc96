"""The place text of a row, on a small made-up gazetteer that shows each rule."""

import pytest

from geo.model import Place
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.resolve import locate
from geo.places.row_text import phrases


def place(id, name, kind, lat, lon, admin1="West", admin2="", radius=None):
    return Place(id, name, kind, "PK", admin1, admin2, lat, lon, "made up", radius)


KNOWN = Gazetteer(
    [
        (Place("pk", "Pakistan", "country", "PK", "", "", 30, 70, "made up", 500.0), ()),
        (place("west", "West", "admin1", 30, 67, radius=200.0), ("Old West",)),
        (place("east", "East", "admin1", 30, 73, "East", radius=200.0), ()),
        (place("zar", "Zarghun", "admin2", 30, 67, admin2="Zarghun", radius=40.0), ()),
        (place("tor", "Torwam", "admin2", 31, 68, admin2="Torwam", radius=40.0), ()),
        (place("zar-town", "Zarghun", "town", 30.1, 67.1, admin2="Zarghun"), ()),
        (place("kili", "Barikot", "village", 30.05, 67.0, admin2="Zarghun"), ("Barikut",)),
        (place("far", "Durkhel", "village", 30.3, 67.3, admin2="Zarghun"), ()),
        (place("off", "Offtown", "town", 30, 73, "East"), ()),
        (
            Place("gate", "Gate", "crossing", "AF/PK", "North/West", "Nor/Zarghun", 30, 67, "x"),
            (),
        ),
    ]
)
ZARGHUN = {"country": "PK", "admin1": "West", "admin2": "Zarghun"}


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("Barikot", "kili", "exact"),
        ("Barikot village", "kili", "exact"),
        ("Barikot (Xyzabad) village", "kili", "exact"),
        ("Xyzabad (Barikut)", "kili", "exact"),
        ("Barikot police station", "kili", "near"),
        ("Barikot area", "kili", "near"),
        ("Barikot border outpost", "kili", "near"),
        ("Xyzabad post, Barikot", "kili", "near"),
        ("Barikot, Zarghun", "kili", "exact"),
        ("Barikot and Xyzabad", "kili", "near"),
        ("Xyzabad / Barikot", "kili", "near"),
        ("Offtown and Barikot", "kili", "near"),
        ("Barikot and Durkhel", "zar", "admin2"),
        ("Barikot-Durkhel road", "zar", "admin2"),
        ("Zarghun", "zar-town", "exact"),
        ("Zarghun district", "zar", "admin2"),
        ("Zarghun district (Xyzabad and other villages)", "zar", "admin2"),
        ("Zarghun district, border", "zar", "admin2"),
        ("Taxi stand, Zarghun", "zar-town", "near"),
        ("Big Stadium, Zarghun", "zar-town", "near"),
        ("Xyzabad, Zarghun", "zar", "admin2"),
        ("Xyzabad police station, Zarghun", "zar", "admin2"),
        ("Xyzabad", "zar", "admin2"),
        ("Offtown", "zar", "admin2"),
        ("", "zar", "admin2"),
        ("Gate", "gate", "exact"),
    ],
)
def test_row_in_a_named_district(text, expected, precision):
    found = locate(text, KNOWN, **ZARGHUN)
    assert (found.place.id, found.precision, found.status) == (expected, precision, "resolved")


def test_the_reason_says_when_only_the_unit_is_known():
    assert locate("Xyzabad", KNOWN, **ZARGHUN).reason == (
        "'Xyzabad' is not in the gazetteer; its district is"
    )
    assert "province" in locate("Xyzabad", KNOWN, country="PK", admin1="West").reason
    assert "country" in locate("Xyzabad", KNOWN, country="PK").reason
    assert "25 km apart" in locate("Barikot and Durkhel", KNOWN, **ZARGHUN).reason


def test_smaller_units_are_surer():
    scores = [
        locate("Xyzabad", KNOWN, **units).score
        for units in (ZARGHUN, {"country": "PK", "admin1": "West"}, {"country": "PK"})
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[1] < 0.9


def test_several_provinces_are_the_country_without_a_pin():
    found = locate("Border areas", KNOWN, country="PK", admin1="West;East")
    assert (found.place.id, found.precision) == ("pk", "country")
    assert found.reason == "several provinces are named: West;East"


def test_nothing_known_is_unmatched():
    assert locate("Xyzabad", KNOWN).status == "unmatched"
    assert locate("", KNOWN).status == "unmatched"
    assert locate("Offtown", KNOWN, admin1="Nowhere", country="ZZ").status == "unmatched"


def test_later_parts_fill_empty_units():
    assert locate("Xyzabad, Zarghun district, West", KNOWN).place.id == "zar"
    assert locate("Barikot, East", KNOWN).place.id == "east"


def test_a_province_in_brackets_tells_namesakes_apart_and_is_no_other_name():
    assert locate("Barikot (West)", KNOWN).place.id == "kili"
    assert locate("Barikot (East)", KNOWN).place.id == "east"
    unknown = locate("Xyzabad (East)", KNOWN)
    assert (unknown.place.id, unknown.precision) == ("east", "admin1")
    assert "its province is" in unknown.reason


def test_an_old_name_of_the_province_agrees():
    assert locate("Barikot", KNOWN, country="PK", admin1="Old West").place.id == "kili"


def test_a_crossing_stands_on_the_side_that_the_row_names():
    found = locate("Gate", KNOWN, country="AF", admin1="North", admin2="Nor")
    assert (found.place.id, found.place.country, found.place.admin2) == ("gate", "AF", "Nor")


def test_phrases_come_from_most_to_least_specific():
    tries = [one.names for one in phrases("Margha (Marghi) market, Barmal")]
    assert tries == [("Margha market",), ("Margha",), ("Marghi",), ("Barmal",)]
