"""The words of the page that finds a place, and what they may never become."""

from dataclasses import replace

import pytest

from geo.border.nearby import nearby, spread_km
from geo.pages.places import candidates_html
from geo.places.gazetteer.lookup import load
from geo.places.resolve import Context, locate, resolve
from geo.story import candidates


def page_of(name, **more):
    found = locate(name, load(), **more)
    shown = candidates.answers(found)
    pins = candidates.pins(found, shown)
    return found, shown, pins, nearby(pins)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (1.0, "very likely right (1.00)"),
        (0.9, "very likely right (0.90)"),
        (0.6, "likely (0.60)"),
        (0.31, "possible (0.31)"),
        (0.0, "unlikely (0.00)"),
    ],
)
def test_scores_are_said(score, words):
    assert candidates.score_words(score) == words


def test_the_answer_comes_first_and_once():
    found, shown, pins, _ = page_of("Kalat")
    assert shown[0].place == found.place
    assert len({c.place.id for c in shown}) == len(shown)
    assert pins[0] == (found.place, "exact")


def test_without_an_answer_the_best_score_comes_first():
    found, shown, _, _ = page_of("قلات")
    assert found.place is None
    assert [c.score for c in shown] == sorted((c.score for c in shown), reverse=True)
    said = candidates.verdict("قلات", found, len(shown))
    assert "\u2068قلات\u2069" in said
    assert "none is chosen" in said


def test_a_crossing_and_a_district_say_their_distance_as_well_as_it_is_known():
    _, shown, pins, near = page_of("Torkham")
    text = candidates_html.first_html(shown[0], pins[0], near[0])
    assert "under 1 km" in text
    assert "possible)" not in text
    assert '<bdi dir="rtl">' in text
    _, shown, pins, near = page_of("Kurram Agency")
    text = candidates_html.first_html(shown[0], pins[0], near[0])
    assert "possible); Pakistani side" in text
    assert "known to the district" in text


def test_a_country_has_no_distance_and_a_far_city_is_over_500_km_away():
    _, shown, pins, near = page_of("Afghanistan")
    assert "too wide an area" in candidates_html.first_html(shown[0], pins[0], near[0])
    assert spread_km(*pins[0]) is not None
    _, shown, pins, near = page_of("Moscow")
    text = candidates_html.first_html(shown[0], pins[0], near[0])
    assert "over 500 km away" in text
    assert "Nearest crossing" not in text


def test_a_name_elsewhere_and_no_name_at_all_are_told_apart():
    elsewhere = resolve("Torkham", load(), Context("PK", "Balochistan"))
    shown = candidates.answers(elsewhere)
    assert [c.place.id for c in shown] == ["torkham"]
    assert "elsewhere" in candidates.verdict("Torkham", elsewhere, len(shown))
    nothing = locate("Xyzzyx", load())
    assert "is not in the gazetteer" in candidates.verdict("Xyzzyx", nothing, 0)


def test_a_province_that_stands_in_for_an_unknown_name_says_so():
    found, shown, _, _ = page_of("Xyzzyx", country="AF", admin1="Zabul")
    said = candidates.verdict("Xyzzyx", found, len(shown))
    assert "taken to be" not in said
    assert "is not in the gazetteer; shown is only" in said
    assert "Zabul" in said


def test_text_is_escaped_and_quoted_names_keep_their_direction():
    nothing = locate("<b>x</b>", load())
    assert "<bdi>&lt;b&gt;" in candidates_html.verdict_html("<b>x</b>", nothing, 0)
    _, shown, pins, near = page_of("Torkham")
    hostile = replace(shown[0], reason="<b>x</b>")
    assert "&lt;b&gt;" in candidates_html.first_html(hostile, pins[0], near[0])
    assert candidates.isolated("other name 'قلات'; 2 more") == (
        "other name \u2068'قلات'\u2069; 2 more"
    )


def test_the_others_keep_their_numbers():
    _, shown, pins, near = page_of("قلات")
    rows = zip(range(2, len(shown) + 1), shown[1:], pins[1:], near[1:], strict=True)
    text = candidates_html.others_html(rows)
    assert text.count('class="bm-other"') == len(shown) - 1
    assert '<span class="bm-rank">2</span>' in text
