"""Dates on other events, publication days inferred, and what must hold for any text."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files.seeds import seed_rows
from geo.reports.time import find
from geo.reports.time.find import find_absolute, find_dates, find_offsets
from geo.reports.time.inferred import infer_published, newest_coinage
from geo.reports.tokens.lexicon import kinds_of
from geo.reports.tokens.tokenise import tokenise
from tests.outside import SHARED

ROOT = Path(__file__).parents[2]
RAW = SHARED / "seeds"
PIECES = st.sampled_from(
    [
        *("Monday", "Tues.", "March", "may", "5", "31", "30th", "2021", "0000", "9999", "1999"),
        *("22.02.2023", "22/02/2023", "2024-03-18", "-", "–", "/", ",", ".", "(", ")", "\n", "عید"),
        *("on", "in the", "of", "last", "this", "next", "past", "a few", "two", "days", "weeks"),
        *("years", "ago", "later", "after", "before", "since", "until", "early", "late", "Eid"),
        *("overnight", "today", "that year", "first week of", "99999999999", "9" * 5000, "😀"),
    ]
)


@pytest.mark.parametrize(
    ("text", "days", "side"),
    [
        ("a day after the blast, troops came", 1, "after"),
        ("takes place day after the military spoke", 1, "after"),
        ("two days earlier a post had fallen", 2, "earlier"),
        ("the next day the gate was shut", 1, "later"),
        ("the same day the gate was shut", 0, "same"),
        ("later that day the gate was shut", 0, "same"),
        ("hours later the gate was shut", 0, "same"),
        ("24 hours later the gate was shut", 1, "later"),
        ("a week later it was opened", 7, "later"),
        ("eight days later it was opened", 8, "later"),
        ("twenty-one days after the raid it was opened", 21, "after"),
        ("the gate was shut the day before.", 1, "earlier"),
        ("the day before the talks it was shut", 1, "before"),
        ("a fortnight before the talks it was shut", 14, "before"),
        ("a day after, it was shut", 1, "later"),
        ("weeks later it was shut", None, "later"),
        ("a few days after the talks it was shut", None, "after"),
        ("in the following month it was shut", None, "later"),
    ],
)
def test_dates_that_hang_on_another_event(text, days, side):
    (offset,) = find_offsets(tokenise(text))
    assert (offset.days, offset.side) == (days, side)
    assert offset.rule
    assert text[offset.start : offset.end]


@pytest.mark.parametrize(
    "text",
    [
        "the day before yesterday",
        "day after day",
        "on Monday night after the blast",
        "two days ago",
        "for three days",
        "said that day labourers were hit",
    ],
)
def test_what_hangs_on_no_other_event(text):
    assert find_offsets(tokenise(text)) == []


def test_a_clause_is_a_range_of_units():
    tokens = tokenise("On Monday they met. On Tuesday, a day after the blast, they left.")
    middle = tokens.tags.index(".") + 1
    day = date(2024, 11, 27)
    assert [one.first for one in find_dates(tokens, day, last=middle)] == [date(2024, 11, 25)]
    assert [one.first for one in find_dates(tokens, day, middle)] == [date(2024, 11, 26), None]
    assert find_offsets(tokens, last=middle) == []


def test_the_year_of_an_earlier_date_is_taken_only_where_the_text_says_so():
    said = "It began on 20 October 2023 and ended on 5 November of {} year."
    ends = {
        w: find_dates(tokenise(said.format(w)), None)[1].first for w in ("that", "the following")
    }
    assert ends == {"that": date(2023, 11, 5), "the following": date(2024, 11, 5)}
    beside = find_dates(tokenise("It began on 20 October 2023 and ended on 5 November."), None)
    assert beside[1].precision == "unknown"


def test_the_first_full_date_of_a_line():
    assert find_absolute("Updated 3 hours ago | Friday (22 Feb 2023), 10:30").first == date(
        2023, 2, 22
    )
    assert find_absolute("Updated on Friday") is None


def test_a_rule_says_what_stands_in_front():
    (one,) = find_dates(tokenise("shut since early Friday"), date(2024, 11, 27))
    assert one.rule.split()[0] == "since"
    assert one.last == date(2024, 11, 27)


SAID = (
    "Troops of the state killed nine of “Fitna al Hindustan” on {}, the army said in a note on {}."
)
MET = "The envoy came to Kabul on 22 February 2023, an aide said on {}."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (SAID.format("Dec. 6", "Sunday"), date(2025, 12, 7)),
        (SAID.format("Dec. 6", "Thursday"), None),
        (SAID.format("Dec. 6", "Sunday").replace("Hindustan", "Nothing"), None),
        (MET.format("Thursday"), date(2023, 2, 23)),
        (MET.format("Monday"), None),
        ("The accord was signed on 29 February 2020. Shells fell on Monday.", None),
        ("Shells fell on Monday.", None),
        ("", None),
    ],
)
def test_a_publication_day_is_inferred_from_strong_evidence_or_not_at_all(text, day):
    tokens = tokenise(text)
    coined = newest_coinage(tokens)
    found, reason = infer_published(tokens, find_dates(tokens, None), coined and coined[1])
    assert found == day
    assert bool(reason) == bool(day)


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw articles are kept outside the repository")
def test_the_undated_raw_item_gets_its_day():
    text = next(RAW.glob("000_*")).read_text(encoding="utf-8")[3577:]
    tokens = tokenise(text)
    assert infer_published(tokens, find_dates(tokens, None), newest_coinage(tokens)[1])[0] == date(
        2025, 12, 7
    )


def test_every_coinage_is_a_name_of_the_lists():
    for row in seed_rows("coinages.csv"):
        tags = tokenise(row["label"]).tags
        assert len(tags) == 1, row
        assert kinds_of(tags), row


def test_one_group_a_rule():
    assert len(find.RULES) == find.ANY.groups


@given(
    st.lists(PIECES, max_size=25).map(" ".join) | st.text(),
    st.dates() | st.none(),
)
def test_any_text_is_read(text, published):
    tokens = tokenise(text)
    end = 0
    for one in find_dates(tokens, published):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        assert (one.first is None) == (one.last is None) == (one.precision == "unknown")
        assert one.first is None or one.first <= one.last
    assert all(o.start < o.end <= len(text) for o in find_offsets(tokens))
    infer_published(tokens, find_dates(tokens, None), published)


NEW_RULE = """
from datetime import date
from geo.reports.time import rules
from geo.reports.time.days import shifted
rules.RULES = (*rules.RULES, ("made up", "'hospital' 'yesterday'", shifted(-3)))
from geo.reports.time.find import find_dates
from geo.reports.tokens.tokenise import tokenise
(one,) = find_dates(tokenise("They fell silent, hospital yesterday."), date(2024, 11, 27))
print(one.first, one.rule)
"""


def test_a_date_rule_is_one_row():
    """The row alone makes the words a date, though no other rule begins with its first word."""
    said = subprocess.run(
        [sys.executable, "-c", NEW_RULE], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert said.split(maxsplit=1) == ["2024-11-24", "made up\n"]
