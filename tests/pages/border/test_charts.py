"""What the border page says and draws, without a browser."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo import model
from geo.border.gates.board import board, latest_known
from geo.pages.border import months_chart
from geo.pages.border.crossings_chart import board_rows
from geo.pages.border.months_chart import month_table
from geo.pages.shared import crossing_html
from geo.story import intervals
from geo.story.coverage import collected_words
from tests.border.gates.test_board import TIMELINE
from tests.sample_events import day, event, table

GATES = pd.DataFrame(
    {"name": ["Badini", "Torkham"], "line_km": [1031.7, 1891.1]}, index=["badini", "torkham"]
)
NOBODY = pd.DataFrame(columns=["what", "source_url"])


def said(on):
    return intervals.standing(latest_known(TIMELINE, on), 18, on)


def test_the_top_says_what_holds_today():
    assert said(date(2023, 2, 20)) == (
        "Today, Mon 20 Feb 2023: Torkham closed since Sun 19 Feb 2023. "
        "Of the other 17 crossings nothing is known."
    )


def test_the_top_says_what_was_known_last_and_that_today_is_not():
    assert said(date(2024, 1, 1)) == (
        "Today, Mon 1 Jan 2024, no report says whether any crossing is open. Last known: "
        "Torkham open until Thu 9 Mar 2023; Badini closed on Sat 1 Jan 2022. "
        "Of 16 crossings no report tells anything."
    )
    assert "no report in the data" in said(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("crossing", "on", "heading"),
    [
        ("Torkham", "2023-02-20", "Torkham: closed, 19–22 Feb 2023"),
        ("Torkham", "2023-02-23", "Torkham: partly open, Thu 23 Feb 2023"),
        ("Torkham", "2023-02-26", "Torkham: not known, 24–28 Feb 2023"),
        ("Torkham", "2023-06-01", "Torkham: not known, from Fri 10 Mar 2023 on"),
        ("Torkham", "2020-06-01", "Torkham: not known, until Sat 18 Feb 2023"),
        ("Arandu", "2023-06-01", "Arandu: not known, at any time"),
    ],
)
def test_an_interval_or_gap_is_found_by_any_of_its_days(crossing, on, heading):
    found = intervals.at_day(TIMELINE, crossing, date.fromisoformat(on))
    assert intervals.heading(found) == heading


def test_the_reports_behind_an_interval_are_named_with_links_and_dates():
    events = table([event("e1", event_type="border_closure", summary="Shut <b>after</b> firing.")])
    got = crossing_html.reports_html(
        intervals.at_day(TIMELINE, "Torkham", date(2023, 2, 20)), NOBODY, events
    )
    assert "Border closure, Torkham" in got
    assert 'href="https://example.org/a"' in got
    assert "<b>after</b>" not in got


def test_a_status_row_is_told_with_its_source():
    rows = pd.DataFrame(
        {
            "date_start": [pd.Timestamp("2022-01-01")],
            "date_end": [pd.Timestamp("2022-01-01")],
            "what": ["Closed to trade."],
            "source_outlet": ["Dawn"],
            "source_url": ["javascript:alert(1)"],
            "source_date": ["2022-01"],
        },
        index=["cs1"],
    )
    interval = intervals.at_day(TIMELINE, "Badini", date(2022, 1, 1))
    got = crossing_html.reports_html(interval, rows, table([event()]))
    assert "Closed to trade." in got
    assert "Dawn" in got
    assert "href" not in got


def test_each_bar_of_the_board_says_itself_and_names_its_address():
    rows = board_rows(board(TIMELINE, GATES["name"], date(2023, 2, 1), date(2023, 3, 31)), GATES)
    taken = rows[rows["held_on"]].iloc[0]
    assert taken["key"] == "torkham 2023-03-01"
    assert taken["label"].startswith("Torkham: open, 1–9 Mar 2023. Taken to hold on")
    assert rows["fill"].nunique() == 4
    assert rows["days"].sum() == 2 * 59


def test_the_table_of_incidents_adds_groups_up_and_keeps_no_figure_apart_from_zero():
    counts = pd.DataFrame(
        {
            "crossing": ["Torkham", "Torkham", "Badini"],
            "start": pd.to_datetime(["2023-01-01", "2023-01-01", "2023-01-01"]),
            "event_group": ["violence", "civil", "violence"],
            "events": [2, 1, 1],
            "deaths_low": [3, 0, 0],
            "deaths_high": [5, 0, 0],
            "toll_unknown": [0, 1, 1],
        }
    )
    got = month_table(counts, ["Badini", "Torkham"], "M")
    assert got.values.tolist() == [
        ["Torkham", "Jan 2023", 3, "3–5 deaths reported, 1 with no figure given"],
        ["Badini", "Jan 2023", 1, "not stated"],
    ]


def test_the_strip_draws_areas_as_bars_and_cuts_spans_at_the_dates_asked(monkeypatch):
    from geo.pages.border import line_chart

    monkeypatch.setattr(line_chart, "background_colour", lambda: "#fff")
    made = table(
        [
            event("point", fatalities=model.Tally(0, 0, 0)),
            event("long", when=day("2022-01-01", "2024-12-31", "period")),
        ]
    ).assign(line_km=1891.0, line_km_min=1880.0, line_km_max=1900.0)
    made.loc["long", "precision"] = "admin2"
    rows = line_chart.strip_rows(made, date(2023, 1, 1), date(2023, 12, 31)).set_index("event_id")
    assert rows["dot"].tolist() == [True, False]
    assert rows["stated"].tolist() == [True, False]
    assert rows.loc["long", "middle"] == pd.Timestamp("2023-07-02")
    assert rows.loc["long", ["start", "until"]].tolist() == [
        pd.Timestamp("2023-01-01"),
        pd.Timestamp("2024-01-01"),
    ]


def many_days(crossing, count):
    """As many intervals of one day, a day apart."""
    days = pd.date_range("2001-01-01", periods=count, freq="2D")
    told = {"crossing": crossing, "status": "closed", "basis": "row", "evidence": "cs1"}
    return pd.DataFrame({"start": days, "end": days}).assign(**told)


def test_gaps_are_hatched_however_many_intervals_there_are(monkeypatch):
    """Above 2,000 marks Streamlit would choose a canvas, which knows no pattern."""
    from geo.pages.border import crossings_chart

    for ink in ("text_colour", "guide_colour"):
        monkeypatch.setattr(crossings_chart, ink, lambda: "#000")
    span = date(2001, 1, 1), date(2010, 1, 1)
    rows = board_rows(board(many_days("Torkham", 1500), GATES["name"], *span), GATES)
    assert len(rows) > 2900
    assert (rows.loc[rows["status"] == "unknown", "fill"] == "url(#bm-hatch)").all()
    spec = crossings_chart.board_chart(rows, GATES, "").to_dict()
    assert spec["usermeta"]["embedOptions"]["renderer"] == "svg"


def test_one_event_is_seen_beside_a_hundred_and_no_bar_leaves_its_row():
    counts = pd.DataFrame(
        {
            "crossing": ["Torkham", "Torkham", "Torkham", "Badini"],
            "start": [pd.Timestamp("2023-01-01")] * 4,
            "event_group": ["violence", "border", "civil", "violence"],
            "events": [100, 1, 1, 1],
            "deaths_low": 0,
            "deaths_high": 0,
            "toll_unknown": 0,
        }
    )
    bars = months_chart._stacked(counts, ["Badini", "Torkham"], "M")
    height = bars["high"] - bars["low"]
    assert (height > 0.05).all()
    assert (bars["high"] - [1, 1, 1, 0]).max() <= months_chart.FULL + 1e-9
    assert bars["low"].tolist()[1:3] == pytest.approx(bars["high"].tolist()[:2])
    assert bars["label"].str.contains("1 event,").sum() == 3


def test_the_datasets_of_a_chart_are_named_with_their_years_and_bounds():
    made = table([event("a"), event("b"), event("c", when=day("2019-05-01"))])
    made["dataset"] = ["chronology", "reports", "ucdp"]
    made["country"] = ["AF", "PK", "PK"]
    every = np.ones(3, dtype=bool)
    assert collected_words(made, every) == (
        "From the reports of this map (2023) and UCDP GED (Pakistan only, 2019). Each gathers in "
        "its own way: where one begins or ends, a rise or a fall may come of that alone."
    )
    assert collected_words(made, ~made["dataset"].eq("ucdp").to_numpy(bool)) == (
        "From the reports of this map (2023), which hold no full record of what happened."
    )
    assert collected_words(made, ~every) == ""


def test_the_top_names_four_crossings_and_counts_the_others():
    ends = pd.date_range("2023-01-01", periods=6)
    latest = pd.DataFrame({"crossing": list("abcdef"), "start": ends, "end": ends})
    latest = latest.assign(status="closed", holds=False).iloc[::-1]
    told = intervals.standing(latest, 6, date(2024, 1, 1))
    assert told.endswith("c closed on Tue 3 Jan 2023; 2 others earlier.")
