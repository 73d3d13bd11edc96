"""Dates, tolls and distances in words."""

from datetime import date

import pytest

from geo.words import count_words, events_words, km_words, range_words, span_words
from tests.case_tables import rows


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2023-02-19", "2023-02-19", "day", "Sun 19 Feb 2023"),
        ("2023-02-19", "2023-02-22", "day_range", "19–22 Feb 2023"),
        ("2023-02-28", "2023-03-02", "day_range", "28 Feb – 2 Mar 2023"),
        ("2022-12-30", "2023-01-02", "period", "30 Dec 2022 – 2 Jan 2023"),
        ("2023-02-01", "2023-02-28", "month", "Feb 2023"),
        ("2023-01-01", "2023-12-31", "year", "2023"),
        ("2023-01-10", "2023-02-15", "vague", "about Jan–Feb 2023"),
        ("2023-02-10", "2023-02-15", "vague", "about 10–15 Feb 2023"),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(first, last, precision, words):
    span = date.fromisoformat(first), date.fromisoformat(last)
    assert span_words(*span, precision) == words


@pytest.mark.parametrize("row", rows("ranges.csv"), ids=lambda row: row["words"])
def test_days_that_are_a_month_or_a_year_are_called_by_it(row):
    first, last = (date.fromisoformat(row[end]) for end in ("first", "last"))
    assert range_words(first, last) == row["words"]


def test_no_date_is_said():
    assert span_words(None, None, "unknown") == "date not stated"


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((59, 84, 101), "59–101, last given 84"),
        ((9, None, 58), "9–58, disputed"),
        ((5, None, None), "at least 5"),
        ((None, None, 7), "up to 7"),
        ((0, 0, 0), "0"),
        ((None, 1200, None), "1,200"),
        ((None, None, None), "not stated"),
    ],
)
def test_tolls_keep_their_spread(bounds, words):
    assert count_words(*bounds) == words


def test_distances_show_their_spread_when_it_matters():
    assert km_words(0.2, 0.0, 0.4) == "under 1 km"
    assert km_words(20.7, 0.0, 41.7) == "21 km (0–42 possible)"
    assert km_words(1234.0) == "1,234 km"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 events"), (1, "1 event"), (1204, "1,204 events")]
)
def test_one_event_is_not_events(count, words):
    assert events_words(count) == words
