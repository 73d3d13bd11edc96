"""Toponyms: the case table, the rule behind each, ambiguous names, linear time."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places.gazetteer.lookup import load
from geo.places.gazetteer.name_index import flat, name_index
from geo.reports.places.recognise import find_mentions, find_toponyms
from geo.reports.tokens.tokenise import tokenise
from tests import case_tables
from tests.reports.alarm import within
from tests.reports.counting import calls

ROWS = case_tables.rows("mentions.csv")


def found(text):
    return find_toponyms(tokenise(text), load())


def told(toponym):
    place, role = toponym.place, toponym.mention.role
    where = f"{place.id if place else '?'}:{toponym.resolution.precision}"
    return f"{toponym.mention.toponym}={where}" + ("" if role == "literal" else f"@{role}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_mentions(row):
    assert [told(t) for t in found(row["text"])] == [m for m in row["mentions"].split(" | ") if m]


def test_every_mention_says_why_and_where():
    for row in ROWS:
        for toponym in found(row["text"]):
            mention = toponym.mention
            assert mention.rule
            assert row["text"][mention.start : mention.end] == mention.toponym


def test_one_name_means_one_place_in_an_item_unless_its_own_words_say_otherwise():
    text = (
        "In Jani Khel, Bannu, two died. Jani Khel is tense. A post in Jani Khel district, Paktika."
    )
    assert [t.place.country for t in found(text) if t.mention.toponym == "Jani Khel"] == [
        "PK",
        "PK",
        "AF",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Bannu Khan and Mullah Kandahar Gul spoke.",
        "The Lahore High Court, the Khyber Rifles and Quetta Gladiators",
        "Officials of the Balochistan Liberation Army and Bank of Khyber",
        "On March 5 and in May they said nothing.",
    ],
)
def test_names_of_persons_and_organisations_are_no_toponyms(text):
    assert found(text) == []


def test_a_little_known_name_needs_a_cue():
    assert not found("Mir Ali was late for dinner.")
    assert [t.place.id for t in found("Troops in Mir Ali were hit.")] == ["pk-mir-ali"]


def test_flattening_keeps_every_offset():
    text = "İstanbul, ﬁre in Pul‑e‑Khumri — “Qalʿa” کابل\u200c\U0001f600 ẞ"
    assert len(flat(text)) == len(text)


def test_the_longest_name_wins():
    index = name_index(load())
    text = "in Dera Ismail Khan and North Waziristan Agency"
    assert [text[a:b] for a, b, _ in index.find(text)] == [
        "Dera Ismail Khan",
        "North Waziristan Agency",
    ]


LIMIT_S = 20
LONG = [
    "in Kabul and ",
    "Kabul, ",
    "the the in ",
    "in of at near ",
    "Gen. ",
    "Khan ",
    "Xyz ",
    "’s ",
]


@pytest.mark.parametrize("piece", LONG, ids=range(len(LONG)))
def test_names_are_read_with_work_in_proportion(piece):
    def read(times):
        return partial(find_mentions, tokenise(piece * times), load())

    with within(LIMIT_S):  # a search that backtracks is one call
        read(16_000)()
    assert calls(read(4_000)) < 2.2 * calls(read(2_000))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                [
                    "Torkham",
                    "in",
                    "Khan",
                    "’s",
                    "\n",
                    "district",
                    "Kabul",
                    "and",
                    "(",
                    "KABUL:",
                    "-",
                ]
            ),
        ),
        max_size=30,
    ).map(" ".join)
)
def test_no_text_makes_it_raise(text):
    for toponym in found(text):
        assert text[toponym.mention.start : toponym.mention.end] == toponym.mention.toponym
