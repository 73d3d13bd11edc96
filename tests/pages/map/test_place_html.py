"""Every word of a place's story and of the shading, and that names stay text."""

import re
from datetime import date

import pandas as pd
import pytest

from geo.counts import TimeCounts, Totals
from geo.pages.map import place_html, shading
from geo.story import place_words, places
from geo.story.places import Near, Spot
from geo.webmap.choropleth import Shade

HOSTILE = "<img src=x onerror=alert(1)>"
TORKHAM = places.find("crossing:torkham")
KUNAR = places.find("admin1:AF:Kunar")


def text(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def sums(**more):
    usual = dict.fromkeys(("shown", "total", "without_place", "counted", "deaths_low"), 0)
    rest = {"deaths_high": 0, "toll_unknown": 0, "left_out": 0}
    return Totals(**{**usual, **rest, **more})


def test_the_head_says_name_scripts_and_where():
    said = text(place_html.head_html(TORKHAM))
    assert said.startswith(
        "Torkham طورخم Urdu · تورخم Pashto, Dari Official border crossing between"
    )
    assert "Mohmand Dara (Nangarhar, Afghanistan) and Khyber (Khyber Pakhtunkhwa, Pakistan)" in said
    assert "known to about 0.3 km" in said
    assert 'dir="rtl"' in place_html.head_html(TORKHAM)
    said = text(place_html.head_html(KUNAR))
    assert "Kunar province" in said
    assert re.search(r"Province of Afghanistan, 4,\d{3} km²", said)
    district = Spot("admin2:PK:X", "admin2", 0, "X", "PK", "Sindh", 1234.4)
    assert "District in Sindh, Pakistan, 1,234 km²" in text(place_html.head_html(district))


def test_counts_say_the_filter_the_range_and_what_is_left_out():
    made = sums(
        shown=9, counted=5, toll_unknown=2, deaths_low=3, deaths_high=1200, left_out=1, linked=1
    )
    said = text(place_html.counts_html(KUNAR, made, "Feb 2023"))
    assert said.startswith(
        "7 events here for: Feb 2023 · 3–1,200 deaths reported, 2 with no figure given"
    )
    assert "2 more are not counted" in said
    one = sums(shown=1, counted=1, deaths_low=4, deaths_high=4)
    assert text(place_html.counts_html(TORKHAM, one, "all events")) == (
        "1 event within 10 km · 4 deaths reported."
    )
    assert (
        text(place_html.counts_html(KUNAR, sums(), "with “x”")) == "No events here for: with “x”."
    )


def test_what_is_known_more_widely_is_named_apart():
    said = text(
        place_html.wider_html([(12, "known only to the province (Sindh)"), (1, "known only to y")])
    )
    assert said == "Not counted here: 12 known only to the province (Sindh); 1 known only to y."
    assert place_html.wider_html([]) == ""


def counts_over(period, *months, undated=0):
    index = pd.period_range(months[0][0], months[-1][0], freq=period)
    frame = pd.DataFrame({"violence": 0, "border": 0}, index=index)
    for month, violence, border in months:
        frame.loc[pd.Period(month, period)] = [violence, border]
    return TimeCounts(frame, period, undated)


def test_bars_have_the_same_in_words():
    told = counts_over("M", ("2023-01", 2, 1), ("2023-03", 8, 0), undated=4)
    html = place_html.bars_html(told)
    assert 'role="img"' in html
    spoken = re.search('aria-label="([^"]+)"', html).group(1)
    assert spoken == (
        "Events by month. Jan 2023: 2 violence, 1 border closed or reopened; Mar 2023: 8 violence."
    )
    assert "most in Mar 2023: 8 events; none in 1 of 3 months; 4 not dated to one month" in text(
        html
    )
    assert html.count("<span title=") == 3, "an empty month keeps its place"
    assert 'title="Feb 2023: 0 events"' in html
    assert "height:100.0%" in html


def test_without_a_date_no_bars():
    empty = TimeCounts(pd.DataFrame(), "Y", 3)
    assert text(place_html.bars_html(empty)) == "No event here has a date known to a year."


def timeline(*spans):
    rows = [
        ("Torkham", pd.Timestamp(a), pd.Timestamp(b), status, "event", "e1")
        for a, b, status in spans
    ]
    return pd.DataFrame(rows, columns=["crossing", "start", "end", "status", "basis", "evidence"])


def test_the_gate_is_told_for_today_else_as_last_known():
    known = timeline(("2025-10-01", "2025-10-05", "open"), ("2025-10-12", "2025-10-31", "closed"))
    said, interval = place_html.gate_html(TORKHAM, known, date(2025, 10, 20))
    assert text(said).startswith("Today: closed, 12–31 Oct 2025.")
    assert interval["status"] == "closed"
    said, _ = place_html.gate_html(TORKHAM, known, date(2026, 1, 2))
    assert text(said).startswith(
        "Not known today, Fri 2 Jan 2026. Last known: closed, 12–31 Oct 2025."
    )
    said, interval = place_html.gate_html(TORKHAM, timeline(), date(2026, 1, 2))
    assert text(said) == "No report in the data says when it was open or closed."
    assert interval == {}


def test_places_beside_say_how_far_and_how_many():
    assert place_words.near_words(Near(TORKHAM, "next", -179.6), 1) == (
        "Torkham, 180 km along the line to the south-west — 1 event"
    )
    assert place_words.near_words(Near(KUNAR, "edge", 71.2), 1204) == (
        "Kunar province, 71 km of common edge — 1,204 events"
    )
    assert place_words.near_words(Near(KUNAR, "within"), 0) == "Kunar province — 0 events"


def test_options_tell_places_of_one_name_apart():
    spots = places.every(districts=True)
    said = [place_words.option_words(spot) for spot in spots]
    assert len(set(said)) == len(said)
    assert "Torkham — crossing" in said
    assert "Kunar — province, Afghanistan" in said


def test_an_address_that_names_nothing_is_answered():
    assert "not known here: “moon”" in place_words.unknown_place("moon", districts=True)
    said = place_words.unknown_place("admin2:PK:Khyber", districts=False)
    assert "Khyber" in said
    assert "geo fetch districts" in said


def test_hostile_names_stay_text():
    bad = Spot("admin2:PK:x", "admin2", 0, HOSTILE, "PK", HOSTILE, 1.0)
    assert "<img" not in place_html.head_html(bad)
    assert "<img" not in place_html.wider_html([(1, HOSTILE)])
    assert "<img" not in place_html.counts_html(KUNAR, sums(shown=1), HOSTILE)


def test_the_shading_says_what_no_shade_shows():
    made = Shade({"title": "Deaths by district"}, (), ("not known by district: 12 events",))
    said = text(shading.notes_html(made))
    assert said.startswith(
        "Deaths by district. Not known by district: 12 events. Single events show"
    )
    assert "district outlines are not installed" in text(shading.notes_html(made, fetched=False))


@pytest.mark.parametrize("key", list(shading.SHADED_BY))
def test_the_selector_says_it_in_words(key):
    assert shading.SHADED_BY[key][0].isupper()
