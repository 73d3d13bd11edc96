"""Figures and their marks: whose dead they are, what they are part of, who said so."""

import pytest

from geo.model import Tally
from geo.reports.casualties.figures import total
from geo.reports.casualties.find import find_figures
from geo.reports.tokens.numbers import parse_number
from geo.reports.tokens.tokenise import tokenise


def figures(text, what="killed"):
    return [f for f in find_figures(tokenise(text)) if f.what == what]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("five militants were killed", "attackers"),
        ("five suspected TTP terrorists were killed", "attackers"),
        ("five soldiers were killed", "state"),
        ("five Frontier Corps men were killed", "state"),
        ("five labourers were killed", "civilians"),
        ("five people were killed", "other"),
        ("Maulana Hamid Gul was killed", "other"),
    ],
)
def test_each_figure_is_on_a_side(text, side):
    (one,) = figures(text)
    assert one.side == side


def test_a_figure_says_where_it_stands_and_which_rule_found_it():
    text = "Police said at least 12 traders were killed in the market."
    (one,) = figures(text)
    assert text[one.start : one.end] == "at least 12 traders"
    assert text[one.outcome :].startswith("killed")
    assert (one.people, one.rule) == ("traders", "passive")


def test_parts_are_marked_and_left_out():
    whole, part = figures("26 people, including 12 soldiers, died")
    assert (whole.part, part.part) == (False, True)
    assert total([whole, part], "killed").best == 26


def test_a_share_keeps_the_whole_told_elsewhere():
    (one,) = figures("five of the 14 had been shot dead")
    assert (one.tally.best, one.whole) == (5, 14)


@pytest.mark.parametrize(
    "text",
    ["the 12 militants were killed", "all five were killed", "both were killed", "he was killed"],
)
def test_figures_that_refer_back_are_definite(text):
    assert [f.definite for f in figures(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "so far this year 300 people were killed",
        "1,200 people were killed in 2023",
        "since March, 40 people were killed",
        "40 people were killed over the past two years",
    ],
)
def test_totals_over_a_time_are_cumulative(text):
    assert [f.cumulative for f in figures(text)] == [True]


def test_a_total_over_a_time_does_not_hide_the_event():
    told = figures("five men were killed, and 300 people were killed in 2023")
    assert total(told, "killed").best == 5


def test_what_is_laid_over_the_sentence_is_no_number():
    text = "killed 12 March in Kalat"
    tokens = tokenise(text).overlaid([(7, 15, "d", "d")])
    assert find_figures(tokens) == []


def test_only_the_units_asked_for_are_read():
    tokens = tokenise("Five men were killed. Six men were injured.")
    first, last = tokens.units(22, 43)
    assert [(f.what, f.tally.best) for f in find_figures(tokens, first, last)] == [("injured", 6)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00killed\x00",
        "killed " * 5000,
        "five soldiers and " * 5000,
        "قتل 5 killed 😀",
        "of" * 9,
    ],
)
def test_any_text_is_read(text):
    assert total(find_figures(tokenise(text)), "killed").high in {None, 5}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12", 12, 12),
        ("1,200", 1200, 1200),
        ("twenty-one", 21, 21),
        ("one hundred and forty", 140, 140),
        ("two lakh", 200_000, 200_000),
        ("1.2 million", 1_200_000, 1_200_000),
        ("a hundred", 100, 100),
        ("dozens", 24, None),
        ("several", 3, None),
        ("a couple of", 2, 2),
        ("half a dozen", 6, 6),
        ("10 to 15", 10, 15),
        ("10-15", 10, 15),
        ("between 10 and 15", 10, 15),
        ("five or six", 5, 6),
        ("men", None, None),
        ("", None, None),
        ("9" * 500, None, None),
    ],
)
def test_numbers(text, low, high):
    assert parse_number(text) == (low, high)


def test_nothing_told_is_unknown_and_said_to_be_none_is_zero():
    assert total([], "killed") == Tally()
    assert total(figures("no one was killed"), "killed") == Tally(0, 0, 0)
