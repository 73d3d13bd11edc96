"""When a gate was open: events, hand-made rows, what is assumed, and what is unknown."""

import pandas as pd
import pytest

from geo.border.gates import crossings, status
from geo.errors import InputError

NO_ROWS = status.known_status().iloc[:0]


def gate_event(kind, first, last=None, **columns):
    row = {
        "event_type": kind,
        "date_start": pd.Timestamp(first),
        "date_end": pd.Timestamp(last or first),
        "certainty": "reported",
        "date_precision": "day",
        "aggregate": False,
        "precision": "exact",
        "nearest_crossing": "Torkham",
        "crossing_km": 0.0,
    }
    return {**row, **columns}


def told(*events):
    frame = pd.DataFrame([gate_event("border_closure", "1990-01-01", aggregate=True), *events])
    return frame.set_index("e" + frame.index.astype(str))


def row(first, last, word, crossing="Torkham"):
    facts = {"crossing": crossing, "status": word}
    days = {"date_start": pd.Timestamp(first), "date_end": pd.Timestamp(last)}
    return pd.DataFrame([{**facts, **days}], index=["cs1"])


def on(day, *events, rows=NO_ROWS, **columns):
    timeline = status.status_timeline(told(*events), rows)
    facts = {"date_start": [pd.Timestamp(day)], "nearest_crossing": ["Torkham"], **columns}
    return status.crossing_status(pd.DataFrame(facts), timeline).item()


CLOSED_THEN_OPEN = (
    gate_event("border_closure", "2023-02-19", "2023-02-24"),
    gate_event("border_reopening", "2023-02-25"),
)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2023-02-18", "unknown"),
        ("2023-02-19", "closed"),
        ("2023-02-24", "closed"),
        ("2023-02-25", "open"),
        ("2023-03-20", "open"),
        ("2023-03-27", "open"),
        ("2023-03-28", "unknown"),
    ],
)
def test_a_gate_is_closed_while_told_then_open_for_a_while_then_unknown(day, word):
    assert on(day, *CLOSED_THEN_OPEN) == word


def test_the_timeline_says_what_each_interval_rests_on():
    timeline = status.status_timeline(told(*CLOSED_THEN_OPEN), NO_ROWS)
    assert list(timeline["basis"]) == ["event", "event", "taken"]
    assert list(timeline["evidence"]) == ["e1", "e2", "e2"]
    assert (timeline["start"] <= timeline["end"]).all()


def test_a_day_on_which_it_closed_and_opened_is_partial():
    assert on("2023-02-19", gate_event("border_closure", "2023-02-19"),
              gate_event("border_reopening", "2023-02-19")) == "partial"  # fmt: skip


def test_open_ends_the_day_before_the_next_closure():
    events = (
        gate_event("border_reopening", "2023-02-25"),
        gate_event("border_closure", "2023-03-02"),
    )
    words = [on(day, *events) for day in ("2023-03-01", "2023-03-02", "2023-03-03")]
    assert words == ["open", "closed", "unknown"]


def test_a_closure_with_no_known_end_says_nothing_of_later_days():
    events = (
        gate_event("border_closure", "2023-02-19"),
        gate_event("border_reopening", "2023-03-01"),
    )
    assert [on(day, *events) for day in ("2023-02-19", "2023-02-20")] == ["closed", "unknown"]


@pytest.mark.parametrize(
    "odd",
    [
        {"certainty": "planned"},
        {"certainty": "denied"},
        {"crossing_km": 40.0},
        {"precision": "admin2"},
        {"date_precision": "month"},
        {"aggregate": True},
        {"date_end": pd.Timestamp("2123-02-19")},
    ],
)
def test_plans_denials_and_far_or_vague_events_tell_nothing_of_a_gate(odd):
    assert on("2023-02-19", gate_event("border_closure", "2023-02-19", **odd)) == "unknown"


def test_a_row_read_by_hand_outweighs_the_events():
    rows = row("2023-02-25", "2023-02-26", "partial")
    assert on("2023-02-26", *CLOSED_THEN_OPEN, rows=rows) == "partial"
    # what is taken to last is what the row says of the day of the reopening
    assert on("2023-03-10", *CLOSED_THEN_OPEN, rows=rows) == "partial"


def test_an_event_without_a_day_or_a_crossing_asks_for_nothing():
    assert on("2023-02-19", *CLOSED_THEN_OPEN, date_precision=["month"]) == "unknown"
    assert on(None, *CLOSED_THEN_OPEN) == "unknown"
    assert on("2023-02-19", *CLOSED_THEN_OPEN, nearest_crossing=[None]) == "unknown"


def test_intervals_of_a_crossing_never_overlap():
    timeline = status.status_timeline(told(*CLOSED_THEN_OPEN))
    for _, spans in timeline.groupby("crossing"):
        assert (spans["start"].iloc[1:].to_numpy() > spans["end"].iloc[:-1].to_numpy()).all()


def test_the_shipped_rows_name_a_crossing_a_day_and_a_source():
    rows = status.known_status()
    assert rows.index.is_unique
    assert set(rows["crossing"]) <= set(crossings.load()["name"])
    assert rows["source_url"].str.startswith("http").all()


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("crossing", "torkam", "line 2, column crossing: 'torkam' is no id"),
        ("status", "shut", "column status: 'shut' is none of open, partial, closed"),
        ("date_start", "12.10.2025", "write it as 2025-10-12"),
        ("date_end", "1999-01-01", "ends before it starts"),
        ("source_url", "", "no source"),
    ],
)
def test_a_faulty_row_is_named(tmp_path, column, value, fault):
    table = pd.read_csv(status.STATUS_FILE, dtype=str, keep_default_na=False)
    table.loc[0, column] = value
    path = tmp_path / "crossing_status.csv"
    table.to_csv(path, index=False)
    with pytest.raises(InputError, match=fault):
        status.known_status(path)
    table.drop(columns=column).to_csv(path, index=False)
    with pytest.raises(InputError, match=f"the columns {column} are missing"):
        status.known_status(path)
