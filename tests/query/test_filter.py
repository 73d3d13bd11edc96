from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import model
from geo.counts import totals
from geo.model import EVENT_GROUPS, PRECISIONS, Tally
from geo.query.conditions import OneOf
from geo.query.dimensions import DIMENSIONS, choices
from geo.query.filter import EventFilter
from geo.query.params import read_page_params, write_view
from geo.query.text import with_search
from geo.schema import read_points
from geo.settings import DATA
from geo.words import SIDE_WORDS
from tests.sample_events import UNPLACED, day, event, place, placed, table


def shown(want: EventFilter, events, **joined) -> list[str]:
    rows = with_search(table(events, **joined))
    mask = want.mask(rows)
    assert mask.dtype == bool
    assert mask.shape == (len(rows),)
    return list(rows.index[mask])


def test_no_filter_shows_everything_even_what_has_no_place_date_or_toll():
    events = [event("a"), event("b", when=model.DateSpan(), resolution=UNPLACED)]
    assert shown(EventFilter(), events) == ["a", "b"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2023-02-21", "2023-03-01", ["span"]),
        ("2023-02-22", None, ["span"]),
        ("2023-02-23", None, []),
        (None, "2023-02-19", ["day", "span"]),
        (None, "2023-02-18", []),
        ("2023-02-20", "2023-02-20", ["span"]),
    ],
)
def test_dates_overlap_with_both_ends_included(first, last, expected):
    events = [
        event("day"),
        event("span", when=day("2023-02-19", "2023-02-22", "day_range")),
        event("none", when=model.DateSpan()),
    ]
    bounds = [date.fromisoformat(text) if text else None for text in (first, last)]
    want = EventFilter(first=bounds[0], last=bounds[1])
    assert shown(want, events) == expected
    both = EventFilter(first=bounds[0], last=bounds[1], undated=True)
    assert shown(both, events) == [*expected, "none"]


def test_groups_and_types_mix():
    events = [event("a"), event("c", event_type="border_closure"), event("m", event_type="protest")]
    assert shown(EventFilter(what=("border", "armed_attack")), events) == ["a", "c"]
    assert shown(EventFilter(what=("violence",)), events) == ["a"]


def test_every_group_of_the_vocabulary_finds_exactly_its_types():
    events = [event(kind, event_type=kind) for kinds in EVENT_GROUPS.values() for kind in kinds]
    for group, kinds in EVENT_GROUPS.items():
        assert shown(EventFilter(what=(group,)), events) == list(kinds)


def test_side_province_and_precision():
    events = [
        event("pk"),
        event(
            "af",
            resolution=placed(
                place("Lalpur", 34.2, 71.0, country="AF", admin1="Nangarhar"), "admin2"
            ),
        ),
    ]
    sides = ["PK", "AF"]
    assert shown(EventFilter(side=("AF",)), events, border_side=sides) == ["af"]
    assert shown(EventFilter(side=("unknown",)), events) == ["pk", "af"]
    assert shown(EventFilter(province=("AF:Nangarhar",)), events) == ["af"]
    assert shown(EventFilter(province=("PK:Nangarhar",)), events) == []
    assert shown(EventFilter(precision=("admin2",)), events) == ["af"]


def test_unknown_distance_stays_only_without_a_limit_or_when_asked_for():
    events, km = [event("near"), event("far"), event("lost")], [12.0, 80.0, None]
    assert shown(EventFilter(), events, border_km=km) == ["near", "far", "lost"]
    assert shown(EventFilter(max_km=50), events, border_km=km) == ["near"]
    assert shown(EventFilter(max_km=12), events, border_km=km) == ["near"]
    assert shown(EventFilter(max_km=50, far_unknown=True), events, border_km=km) == ["near", "lost"]
    assert shown(EventFilter(far_unknown=True), events, border_km=km) == ["near", "far", "lost"]


def test_deaths_take_the_best_then_the_highest_then_the_lowest_figure():
    events = [
        event("best", fatalities=Tally(5, 7, 12)),
        event("disputed", fatalities=Tally(9, None, 58)),
        event("least", fatalities=Tally(10, None, None)),
        event("none", fatalities=Tally(0, 0, 0)),
        event("silent"),
    ]
    assert shown(EventFilter(min_deaths=10), events) == ["disputed", "least", "silent"]
    stated = EventFilter(min_deaths=7, deaths_unknown=False)
    assert shown(stated, events) == ["best", "disputed", "least"]
    assert shown(EventFilter(deaths_unknown=False), events) == ["best", "disputed", "least", "none"]


def test_an_outlet_is_matched_whole_and_in_any_telling():
    def told(name, *outlets):
        tellings = tuple(model.Telling(f"{name}{o}", (model.Source(o),)) for o in outlets)
        return event(name, tellings=tellings)

    events = [told("a", "Geo"), told("b", "Geo News", 'The "Post"'), told("c", "Dawn", "Geo")]
    assert shown(EventFilter(outlet=("Geo",)), events) == ["a", "c"]
    assert shown(EventFilter(outlet=('The "Post"',)), events) == ["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONVOY", ["a"]),
        ("shut convoy", ["a"]),
        ("con.oy", []),
        (".*", []),
        ("(", ["b"]),
        ("50%", ["b"]),
        ("چمن", ["c"]),
        ("ispr six", ["c"]),
        ("outlet", []),
    ],
)
def test_free_text_is_literal_folded_and_reads_claims(text, expected):
    claimed = model.Telling("t", claims=(model.Claim("ISPR", "fatalities", "six attackers"),))
    events = [
        event("a", summary="Gate shut to a convoy"),
        event("b", summary="Fees up (50%)"),
        event("c", place_name="چمن", resolution=UNPLACED, tellings=(claimed,)),
    ]
    assert shown(EventFilter(text=text), events) == expected


def test_conditions_are_joined_by_and():
    events = [event("a", summary="x"), event("b", summary="x", event_type="protest")]
    assert shown(EventFilter(text="x", what=("civil",)), events) == ["b"]


def test_aggregates_parts_planned_and_denied_are_shown_but_never_added_up():
    events = [
        event("whole", fatalities=Tally(59, 84, 101)),
        event("part", fatalities=Tally(12, 12, 12), part_of="whole"),
        event("year", fatalities=Tally(900, 900, 900), aggregate=True),
        event("plan", fatalities=Tally(1, 1, 1), certainty="planned"),
        event("no", fatalities=Tally(1, 1, 1), certainty="denied"),
        event("silent", resolution=UNPLACED),
        event("atleast", fatalities=Tally(5, None, None)),
        event("upto", fatalities=Tally(None, None, 3)),
    ]
    rows = table(events)
    got = totals(rows, np.ones(len(rows), bool))
    assert (got.deaths_low, got.deaths_high) == (59 + 5 + 0, 101 + 5 + 3)
    assert (got.shown, got.total, got.without_place) == (8, 8, 1)
    assert (got.counted, got.toll_unknown, got.left_out) == (3, 1, 4)
    none = totals(rows, np.zeros(len(rows), bool))
    assert (none.shown, none.deaths_high, none.toll_unknown, none.left_out) == (0, 0, 0, 0)


def test_an_empty_table_is_no_accident():
    rows = with_search(table([event()]).iloc[:0])
    assert EventFilter(text="x", max_km=5).mask(rows).shape == (0,)
    assert totals(rows, np.zeros(0, bool)).shown == 0


CODES = {"what": [*EVENT_GROUPS, "bombing"], "side": list(SIDE_WORDS), "precision": PRECISIONS}
FILTERS = st.builds(
    EventFilter,
    first=st.none() | st.dates(max_value=date(2020, 1, 1)),
    last=st.none() | st.dates(min_value=date(2020, 1, 1)),
    undated=st.booleans(),
    max_km=st.none() | st.integers(1, 500).map(float),
    far_unknown=st.booleans(),
    min_deaths=st.integers(0, 5000),
    deaths_unknown=st.booleans(),
    text=st.text(max_size=50).map(lambda text: " ".join(text.split())),
    **{k: st.lists(st.sampled_from(list(v)), unique=True).map(tuple) for k, v in CODES.items()},
)


@given(FILTERS)
def test_a_filter_survives_the_address(want):
    params = want.to_params()
    assert all(isinstance(value, str) for value in params.values())
    assert EventFilter.from_params(params) == (want, [])


def test_only_what_differs_is_in_the_address():
    assert EventFilter().to_params() == {}
    want = EventFilter(first=date(2023, 2, 1), what=("violence",), max_km=50.0, selected="e1")
    assert want.to_params() == {"from": "2023-02-01", "what": "violence", "km": "50", "event": "e1"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("from", "yesterday"),
        ("km", "nan"),
        ("km", "-5"),
        ("km", "1e999"),
        ("deaths", "٣"),
        ("deaths", "9" * 99),
        ("what", "<script>"),
        ("side", "IN"),
        ("placed", "perfect"),
        ("undated", "maybe"),
        ("colour", "red"),
    ],
)
def test_nonsense_in_the_address_is_ignored_and_said(key, value):
    want, notes = EventFilter.from_params({key: value, "to": "2023-03-01"})
    assert want == EventFilter(last=date(2023, 3, 1))
    assert len(notes) == 1
    assert key in notes[0]


def test_what_the_table_lacks_is_left_out_and_said():
    offered = choices(table([event()]))
    assert offered["province"] == ("PK:Khyber Pakhtunkhwa",)
    assert offered["outlet"] == ("Dawn",)
    want, notes = EventFilter.from_params({"province": "PK:Atlantis", "outlet": "Dawn"}, offered)
    assert want == EventFilter(outlet=("Dawn",))
    assert "Atlantis" in notes[0]


def test_swapped_dates_are_put_right_and_said():
    want, notes = EventFilter.from_params({"from": "2024-01-01", "to": "2023-01-01"})
    assert (want.first, want.last) == (date(2023, 1, 1), date(2024, 1, 1))
    assert len(notes) == 1


def test_the_filter_says_itself():
    want = EventFilter(
        first=date(2023, 2, 1), last=date(2023, 2, 28), what=("violence",), max_km=50
    )
    assert want.describe() == "Feb 2023, violence, within 50 km"
    assert EventFilter().describe() == "all events"
    assert EventFilter(selected="e1").describe() == "all events"


def test_clearing_each_dimension_clears_all():
    want = EventFilter(
        first=date(2023, 2, 1),
        undated=True,
        what=("violence",),
        side=("PK",),
        max_km=5,
        min_deaths=2,
        precision=("exact",),
        outlet=("Dawn",),
        text="x",
        selected="e1",
    )
    assert want.active() == tuple(DIMENSIONS)
    assert want.without(*want.active()) == EventFilter(selected="e1")
    for name in want.active():
        assert want.words(name)
        assert want.without(name).words(name) == ""


def test_many_rows_are_filtered_as_few_are():
    rows = table([event(f"e{n}", summary=f"word{n}") for n in range(20)], border_km=range(20))
    want = EventFilter(
        first=date(2023, 1, 1), what=("violence",), max_km=10, min_deaths=1, side=("unknown",)
    )
    assert want.mask(rows).sum() == 11
    assert want.mask(pd.concat([rows] * 50)).sum() == 11 * 50


def test_what_a_page_keeps_beside_the_filter_survives_the_address():
    said = {"view": "34.1234,71.1,8", "line": "durand", "data": "a0da1233", "marks": "heat"}
    values, notes = read_page_params(said | {"km": "5", "gate": "torkham"})
    assert notes == []
    assert values.pop("marks") == ("heat",)
    assert values == {"view": (34.1234, 71.1, 8), "line": "durand", "data": "a0da1233"}
    assert write_view(values["view"]) == said["view"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("view", "far away"),
        ("view", "34,71"),
        ("view", "91,71,8"),
        ("view", "nan,71,8"),
        ("view", "34,71,99"),
        ("line", "mine"),
        ("marks", "known,flames"),
        ("data", "<script>"),
    ],
)
def test_nonsense_beside_the_filter_is_noted_and_left_out(key, text):
    values, notes = read_page_params({key: text})
    assert values == {}
    assert len(notes) == 1
    assert key in notes[0]


def test_a_passage_for_a_source_s_name_is_nothing_to_choose_from():
    told = tuple(
        model.Telling(name[:3], (model.Source(name),))
        for name in (
            "Dawn",
            "(1) Blast\\n4 August\\nReuters".replace("\\n", "\n"),
            "AFP;AP",
            "x" * 99,
        )
    )
    assert choices(table([event(tellings=told)]))["outlet"] == ("Dawn",)


def test_the_quick_way_to_rows_finds_those_that_have_the_code():
    rows = read_points(DATA / "events.parquet")
    rows = rows.assign(district=(rows["country"] + ":x:" + rows["admin2"]).astype("category"))
    tried = 0
    for dimension in DIMENSIONS.values():
        for condition in dimension.conditions:
            if not (isinstance(condition, OneOf) and condition.quick):
                continue
            given = condition.codes(rows).astype(object).fillna("")
            codes = [one if isinstance(one, tuple) else (one,) for one in given]
            for code in condition.offered(rows)[::5]:
                found = condition.mask({condition.wanted.name: (code,)}, rows)
                assert found.tolist() == [code in held for held in codes]
                tried += found.any()
    assert tried > 20
