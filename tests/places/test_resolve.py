"""One toponym at a time: the case table over the shipped gazetteer, context, ranking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Place
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.resolve import Context, locate, resolve
from tests.case_tables import rows

ROWS = rows("toponyms.csv")


def place(id, name, kind, lat, lon, *, country="PK", admin1="A", admin2="", radius=None, people=0):
    return Place(id, name, kind, country, admin1, admin2, lat, lon, "made up", radius, people)


def gazetteer(*places, aliases=None):
    return Gazetteer([(one, (aliases or {}).get(one.id, ())) for one in places])


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['text']}-{r['admin1']}-{r['why']}")
def test_case_table(row):
    context = Context(row["country"], row["admin1"], row["admin2"])
    found = resolve(row["text"], load(), context)
    answer = found.place.id if found.place else found.status
    assert (answer, found.precision) == (row["expected"], row["precision"]), found.reason


def test_a_crossing_takes_the_side_that_is_asked():
    assert resolve("Torkham", load(), Context("AF")).place.admin1 == "Nangarhar"
    assert resolve("Torkham", load(), Context("PK")).place.admin1 == "Khyber Pakhtunkhwa"


def test_a_district_asked_is_admin2_even_if_only_the_town_is_known():
    known = gazetteer(place("t", "Zarkot", "town", 30, 67))
    found = resolve("Zarkot district", known)
    assert (found.place.id, found.precision, found.uncertainty_km) == ("t", "admin2", 40.0)
    assert "district asked" in found.reason


def test_twins_far_apart_are_ambiguous_and_both_are_shown():
    twins = gazetteer(
        place("a", "Kotkai", "village", 30, 67), place("b", "Kotkai", "village", 33, 70, admin1="B")
    )
    found = resolve("Kotkai", twins)
    assert (found.place, found.status) == (None, "ambiguous")
    assert {candidate.place.id for candidate in found.candidates} == {"a", "b"}
    assert resolve("Kotkai", twins, Context(admin1="B")).place.id == "b"


def test_twins_close_together_are_one_site():
    twins = gazetteer(
        place("a", "Kotkai", "village", 30, 67), place("b", "Kotkai", "village", 30.1, 67)
    )
    assert resolve("Kotkai", twins).status == "resolved"


def test_places_in_the_same_text_decide_between_twins():
    anchor = place("n", "Anchor", "town", 33.1, 70, admin1="B")
    twins = gazetteer(
        place("a", "Kotkai", "village", 30, 67),
        place("b", "Kotkai", "village", 33, 70, admin1="B"),
        anchor,
    )
    assert resolve("Kotkai", twins, Context(near=(anchor,))).place.id == "b"


def test_canonical_name_ranks_before_another_place_s_alias():
    known = gazetteer(
        place("x", "Far", "city", 24, 91, country="BD", admin1="C"),
        place("c", "Islamabad", "city", 33.7, 73),
        aliases={"x": ("Islamabad",)},
    )
    found = resolve("Islamabad", known)
    assert [candidate.place.id for candidate in found.candidates] == ["c", "x"]
    assert found.status == "resolved"


def test_each_step_away_from_the_name_lowers_the_score():
    known = gazetteer(place("p", "Ghulamabad", "town", 30, 67), aliases={"p": ("Other Name",)})
    scores = [
        resolve(name, known).score
        for name in ("Ghulamabad", "Other Name", "Gulam Abad", "Ghulamabat")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_fuzzy_wants_five_letters_and_the_first_one_right():
    known = gazetteer(place("p", "Barikot", "town", 30, 67), place("q", "Wana", "town", 31, 68))
    assert resolve("Barikat", known).place.id == "p"
    assert resolve("Marikot", known).status == "unmatched"
    assert resolve("Wanu", known).status == "unmatched"


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_any_text_gets_an_answer_with_a_score_between_0_and_1(name, admin1, admin2):
    for found in (resolve(name, load()), locate(name, load(), admin1=admin1, admin2=admin2)):
        assert 0.0 <= found.score <= 1.0
        assert (found.place is not None) == (found.status == "resolved")
        assert all(0.0 <= candidate.score <= 1.0 for candidate in found.candidates)
