"""Counts by area and over time, on events whose every number is explained."""

import numpy as np
import pandas as pd

from geo.counts import by_area, by_time, single_events
from geo.model import Tally
from tests.sample_events import day, event, table

EVENTS = [
    event("a", fatalities=Tally(2, 3, 9)),  # area 0: 2 to 9 dead
    event("b"),  # area 0: toll not stated
    event("c", fatalities=Tally(0, 0, 0)),  # area 1: nobody died
    event("whole", fatalities=Tally(40, 40, 40)),  # area 1: 40 dead
    event("part", fatalities=Tally(12, 12, 12), part_of="whole"),  # within the whole: not added
    event("sum", fatalities=Tally(500, 500, 500), aggregate=True),  # a period's total: not added
    event("plan", certainty="planned"),  # did not happen
    event("far", fatalities=Tally(7, 7, 7)),  # known only to the country: in no area
    event("same", fatalities=Tally(3, 3, 3)),  # the same event as "a", from another dataset
]
AREA = np.array([0, 0, 1, 1, 1, 1, 0, -1, 0])


def frame():
    made = table(EVENTS)
    groups = ["g", None, None, None, None, None, None, None, "g"]
    return made.assign(link_group=pd.array(groups, dtype="string"))


def test_what_may_be_added_up_is_and_the_rest_is_said():
    found = by_area(frame(), np.ones(9, dtype=bool), AREA, 3)
    assert found.events.tolist() == [2, 2, 0]  # a and b; c and whole; nothing in the third
    assert found.deaths_low.tolist() == [2, 40, 0]
    assert found.deaths_high.tolist() == [9, 40, 0]
    assert found.toll_unknown.tolist() == [1, 0, 0]  # b; c's nobody is a figure
    assert found.elsewhere == 1  # far
    assert found.left_out == 4  # part, sum, plan and the second telling


def test_only_what_the_filter_shows_counts():
    mask = np.array([False, True, True, False, False, False, False, False, True])
    found = by_area(frame(), mask, AREA, 3)
    # the second telling speaks for the pair once the first is hidden
    assert found.events.tolist() == [2, 1, 0]
    assert found.deaths_low.tolist() == [3, 0, 0]
    assert (found.elsewhere, found.left_out) == (0, 0)


def test_nothing_shown_counts_nothing():
    found = by_area(frame(), np.zeros(9, dtype=bool), AREA, 2)
    assert found.events.tolist() == [0, 0]
    assert (found.elsewhere, found.left_out) == (0, 0)


def dated(*whens):
    made = table([event(f"e{n}", when=when) for n, when in enumerate(whens)])
    return by_time(made, single_events(made, np.ones(len(made), dtype=bool)))


def test_months_within_four_years_and_none_skipped():
    told = dated(day("2023-01-05"), day("2023-01-30"), day("2023-04-01"))
    assert told.period == "M"
    assert [str(month) for month in told.counts.index] == [
        "2023-01",
        "2023-02",
        "2023-03",
        "2023-04",
    ]
    assert told.counts["violence"].tolist() == [2, 0, 0, 1]


def test_years_beyond_that():
    told = dated(day("2019-01-05"), day("2023-04-01"))
    assert told.period == "Y"
    assert told.counts["violence"].tolist() == [1, 0, 0, 0, 1]


def test_a_date_known_to_no_single_month_is_not_drawn():
    told = dated(
        day("2023-01-05"),
        day("2023-01-20", "2023-02-10", "period"),  # may be either month
        day("2023-02-27", "2023-03-02", "day_range"),  # began in February, to the day
        day("2023-01-01", "2023-12-31", "year"),
    )
    assert told.counts["violence"].tolist() == [1, 1]
    assert told.undated == 2
    assert dated(day("2023-01-01", "2023-12-31", "year"), day("2010-01-01")).undated == 0


def test_no_event_gives_no_periods():
    made = table([event("e")])
    told = by_time(made, np.zeros(1, dtype=bool))
    assert told.counts.empty
    assert told.undated == 0
