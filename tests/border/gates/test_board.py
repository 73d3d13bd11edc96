"""The board of crossings and the counts near them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.border.gates.board import (
    board,
    by_period,
    gates_along,
    latest_known,
)
from geo.counts import single_events
from tests.border.frames import frame

TIMELINE = pd.DataFrame(
    [
        ("Torkham", "2023-02-19", "2023-02-22", "closed", "event", "e1"),
        ("Torkham", "2023-02-23", "2023-02-23", "partial", "event", "e1; e2"),
        ("Torkham", "2023-03-01", "2023-03-09", "open", "taken", "e2"),
        ("Badini", "2022-01-01", "2022-01-01", "closed", "row", "cs1"),
    ],
    columns=["crossing", "start", "end", "status", "basis", "evidence"],
).astype({"start": "datetime64[ms]", "end": "datetime64[ms]"})


def words(table):
    return [
        f"{row.crossing} {row.start:%m-%d}/{row.end:%m-%d} {row.status}"
        for row in table.itertuples()
    ]


def test_gaps_are_unknown_and_intervals_are_cut_to_the_span():
    got = board(TIMELINE, ["Torkham"], date(2023, 2, 20), date(2023, 3, 12))
    assert words(got) == [
        "Torkham 02-20/02-22 closed",
        "Torkham 02-23/02-23 partial",
        "Torkham 02-24/02-28 unknown",
        "Torkham 03-01/03-09 open",
        "Torkham 03-10/03-12 unknown",
    ]
    assert got.loc[2, "evidence"] == ""


def test_a_crossing_of_which_nothing_is_known_has_one_row_of_unknown():
    got = board(TIMELINE, ["Arandu", "Badini"], date(2023, 1, 1), date(2023, 1, 31))
    assert words(got) == ["Arandu 01-01/01-31 unknown", "Badini 01-01/01-31 unknown"]


def test_a_span_the_wrong_way_round_has_no_rows():
    assert board(TIMELINE, ["Torkham"], date(2023, 2, 1), date(2023, 1, 1)).empty


@pytest.mark.parametrize("names", [[], ["Torkham", "Badini", "Arandu"]])
def test_every_day_of_every_crossing_is_told_once(names):
    first, last = date(2021, 12, 1), date(2023, 4, 1)
    got = board(TIMELINE, names, first, last)
    days = ((got["end"] - got["start"]).dt.days + 1).groupby(got["crossing"]).sum()
    assert days.to_dict() == dict.fromkeys(names, (last - first).days + 1)


def test_the_latest_known_is_the_last_that_began_and_says_whether_it_holds():
    got = latest_known(TIMELINE, date(2023, 2, 23)).set_index("crossing")
    assert list(got.index) == ["Torkham", "Badini"]
    assert got.loc["Torkham", ["status", "holds"]].tolist() == ["partial", True]
    assert got.loc["Badini", ["status", "holds"]].tolist() == ["closed", False]
    assert latest_known(TIMELINE, date(2020, 1, 1)).empty


def test_the_crossings_run_from_south_west_to_north_east():
    gates = gates_along()
    assert gates["line_km"].is_monotonic_increasing
    assert list(gates.index[:2]) == ["bahramchah", "chaman-spin-boldak"]
    assert gates.index[-1] == "dorah-pass"


def near(count, **columns):
    base = {
        "nearest_crossing": "Torkham",
        "crossing_km": 10.0,
        "event_group": "violence",
        "part_of": None,
        "fatalities_low": pd.array([None] * count, "Int32"),
        "fatalities_best": pd.array([None] * count, "Int32"),
        "fatalities_high": pd.array([None] * count, "Int32"),
    }
    dates = ("date_start", "date_end")
    given = {k: pd.to_datetime(v) if k in dates else v for k, v in columns.items()}
    return frame([None] * count, **{**base, **given})


def all_of(events):
    return np.ones(len(events), bool)


def test_events_are_counted_once_by_crossing_and_month_with_deaths_apart_from_no_figure():
    events = near(
        4,
        crossing_km=[1.0, 24.0, 26.0, None],
        date_start=["2023-01-05", "2023-01-31", "2023-01-05", "2023-01-05"],
        date_end=["2023-01-05", "2023-02-02", "2023-01-05", "2023-01-05"],
        date_precision=["day", "day_range", "day", "day"],
        fatalities_low=pd.array([2, None, 7, 7], "Int32"),
        fatalities_high=pd.array([5, None, 7, 7], "Int32"),
    )
    got = by_period(events, all_of(events), 25.0)
    assert got.counts.to_dict("records") == [
        {
            "crossing": "Torkham",
            "start": pd.Timestamp("2023-01-01"),
            "event_group": "violence",
            "events": 2,
            "deaths_low": 2,
            "deaths_high": 5,
            "toll_unknown": 1,
        }
    ]
    assert (got.wide, got.undated) == (0, 0)


def test_what_cannot_be_counted_is_told_not_dropped():
    events = near(
        3,
        uncertainty_km=[40.0, 2.0, None],
        date_start=["2023-01-01", "2023-01-01", "2023-01-01"],
        date_end=["2023-01-01", "2023-06-30", "2023-01-01"],
        date_precision=["day", "period", "day"],
    )
    got = by_period(events, all_of(events), 25.0)
    assert got.counts.empty
    assert (got.wide, got.undated) == (2, 1)
    years = by_period(events, all_of(events), 50.0, period="Y")
    assert years.counts["events"].tolist() == [2]
    assert (years.wide, years.undated) == (1, 0)


def test_nothing_counted_is_an_empty_table():
    events = near(2)
    got = by_period(events, ~all_of(events), 25.0)
    assert got.counts.empty
    assert "events" in got.counts


def test_totals_parts_plans_and_second_tellings_stand_for_no_event():
    events = near(
        9,
        aggregate=[True, *[False] * 8],
        part_of=[None, "e0", *[None] * 7],
        certainty=["reported", "reported", "planned", "denied", "claimed", *["reported"] * 4],
        fatalities_best=pd.array([*[None] * 5, 3, None, None, 4], "Int32"),
    )
    links = ["t", None, None, None, "g", "g", None, "t", None]
    events["link_group"] = pd.array(links, "string")
    kept = single_events(events, all_of(events))
    assert events.index[kept].tolist() == ["e5", "e6", "e8"]
    assert not single_events(events, ~all_of(events)).any()
    assert single_events(events.drop(columns="link_group"), all_of(events)).sum() == 5
