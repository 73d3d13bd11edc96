from datetime import date

from geo.model import Tally
from geo.query.filter import EventFilter, ways
from tests.sample_events import day, event, table


def offered(want: EventFilter, events, **joined):
    rows = table(events, **joined)
    assert not want.mask(rows).any()
    found = ways(want, rows)
    for way in found:
        assert int(way.filter.mask(rows).sum()) == way.count > 0
    return found


def test_dates_are_widened_to_the_nearest_event_and_no_further():
    events = [event("a", when=day("2023-02-19")), event("b", when=day("2023-06-01"))]
    want = EventFilter(first=date(2023, 3, 1), last=date(2023, 3, 31))
    (way,) = offered(want, events)
    assert way.filter == EventFilter(first=date(2023, 2, 19), last=date(2023, 3, 31))
    assert (way.count, way.taken_away) == (1, False)


def test_a_later_event_may_be_the_nearer():
    events = [event("a", when=day("2022-02-19")), event("b", when=day("2023-04-02"))]
    (way,) = offered(EventFilter(first=date(2023, 3, 1), last=date(2023, 3, 31)), events)
    assert way.filter.last == date(2023, 4, 2)


def test_open_dates_are_widened_on_the_side_they_have():
    (way,) = offered(EventFilter(first=date(2024, 1, 1)), [event()])
    assert way.filter.first == date(2023, 2, 19)


def test_a_distance_goes_to_the_next_round_one_or_away():
    near = offered(EventFilter(max_km=5), [event()], border_km=[33.0])
    assert near[0].filter.max_km == 50
    far = offered(EventFilter(max_km=5), [event()], border_km=[450.0])
    assert far[0].taken_away
    unknown = offered(EventFilter(max_km=5), [event()])
    assert unknown[0].filter == EventFilter(max_km=5, far_unknown=True)


def test_a_toll_goes_down_to_the_greatest_there_is():
    want = EventFilter(min_deaths=50, deaths_unknown=False)
    (way,) = offered(want, [event(fatalities=Tally(7, 7, 7)), event("b")])
    assert way.filter.min_deaths == 7


def test_what_is_widened_comes_before_what_is_taken_away():
    want = EventFilter(what=("diplomacy",), first=date(2024, 1, 1))
    events = [event("a", event_type="statement"), event("b", when=day("2024-05-01"))]
    found = offered(want, events)
    assert [(way.name, way.taken_away) for way in found] == [("dates", False), ("what", True)]


def test_no_way_out_by_one_limit_alone():
    want = EventFilter(what=("diplomacy",), min_deaths=3, deaths_unknown=False)
    assert offered(want, [event()]) == []
