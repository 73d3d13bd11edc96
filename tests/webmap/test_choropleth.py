"""Classes, colours and words of shaded areas."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.counts import AreaCounts
from geo.webmap import palette
from geo.webmap.choropleth import CLASSES, MEASURES, class_tops, shade


def counts(events, low=None, high=None, unknown=None, elsewhere=0, left_out=0):
    zeros = [0] * len(events)
    arrays = (np.array(each or zeros, dtype=np.int64) for each in (events, low, high, unknown))
    return AreaCounts(*arrays, elsewhere, left_out)


def lightness(colour):
    """CIE L* of an sRGB colour (IEC 61966-2-1; CIE 15:2004)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize(("theme", "none"), [("light", "#fdfcf9"), ("dark", "#1b1f24")])
def test_shades_keep_apart_for_any_colour_vision(theme, none):
    ramp = palette.SHADES[theme]
    assert all(len({c[1:3], c[3:5], c[5:7]}) == 1 for c in ramp), "grey: hue means event group"
    steps = np.diff([lightness(colour) for colour in (none, *ramp)])
    assert (np.abs(steps) >= 9).all()
    assert len(set(np.sign(steps))) == 1, "always further from the land"


def test_none_is_its_own_class_and_few_values_are_a_class_each():
    made = shade(counts([0, 1, 3, 3, 40]), np.ones(5), "events", level="admin1")
    assert made.message["classes"] == "n0112"
    assert [(row.words, row.areas) for row in made.legend] == [
        ("none", 1),
        ("1", 1),
        ("3", 2),
        ("40", 1),
    ]
    assert made.message["said"] == ["", "1", "3", "3", "40"]
    first, last = palette.SHADES["light"][0], palette.SHADES["light"][-1]
    assert made.message["colours"][0] == first
    assert made.message["colours"][-1] == last


def test_classes_are_natural_breaks_of_the_logarithms():
    # five clusters, each ten times the last: plain natural breaks would lump the lower ones
    values = [1, 2, 10, 11, 12, 100, 110, 120, 1000, 1100, 9000]
    made = shade(counts(values), np.ones(11), "events", level="admin2")
    assert made.message["classes"] == "00111222334"
    assert [row.words for row in made.legend][1:] == [
        "1–2",
        "10–12",
        "100–120",
        "1,000–1,100",
        "9,000",
    ]


def test_deaths_are_shaded_by_the_middle_and_told_as_a_range():
    made = shade(
        counts([1, 1, 2, 1, 0], low=[2, 5, 0, 0, 0], high=[9, 5, 0, 0, 0], unknown=[0, 0, 2, 0, 0]),
        np.ones(5),
        "deaths",
        level="admin1",
    )
    # the third has events, none with a figure: not stated, which is not none
    assert made.message["classes"] == "10unn"
    assert made.message["said"] == ["2–9", "5", "", "", ""]
    assert [row.words for row in made.legend] == ["none", "5", "5.5", "not stated"]
    assert "deaths not stated: 2 events" in made.notes


def test_density_is_events_for_each_hundred_square_kilometres():
    made = shade(counts([5, 5]), np.array([1000.0, 40.0]), "density", level="admin2")
    assert made.message["said"] == ["0.5", "12.5"]


def test_what_is_in_no_area_is_said():
    made = shade(counts([3], elsewhere=12, left_out=2), np.ones(1), "events", level="admin2")
    assert made.notes[0] == "Not known by district: 12 events"
    assert "2" in made.notes[-1]
    one = shade(counts([3], elsewhere=1), np.ones(1), "events", level="admin1")
    assert one.notes == ("Not known by province: 1 event",)


@pytest.mark.parametrize("measure", list(MEASURES))
def test_nothing_shown_leaves_only_none(measure):
    made = shade(counts([0, 0]), np.ones(2), measure, level="admin1", dark=True)
    assert made.message["classes"] == "nn"
    assert made.message["colours"] == []
    assert [row.words for row in made.legend] == ["none"]


def test_a_message_for_all_districts_stays_small():
    rng = np.random.default_rng(1)
    many = np.ceil(rng.lognormal(3, 2, 558)).astype(int)
    made = shade(counts(list(many), low=list(many), high=list(many * 3)), np.ones(558), "deaths",
                 level="admin2")  # fmt: skip
    assert len(json.dumps(made.message)) < 9_000
    assert len(made.message["classes"]) == 558


@given(st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=40))
def test_classes_are_few_ordered_and_never_empty(values):
    values = np.array(values)
    tops = class_tops(values)
    assert 1 <= len(tops) <= CLASSES
    assert (np.diff(tops) > 0).all()
    assert tops[-1] == values.max()
    codes = np.searchsorted(tops, values)
    assert set(codes) == set(range(len(tops)))


def test_many_values_are_classified_by_their_quantiles():
    rng = np.random.default_rng(2)
    values = rng.lognormal(3, 2, 5_000)
    tops = class_tops(values)
    assert len(tops) == CLASSES
    assert tops[-1] == values.max()
    assert np.bincount(np.searchsorted(tops, values)).min() > 50
