"""The table of dimensions as data: plain JSON, complete, and each row's value where it belongs."""

import json

from geo.model import Tally
from geo.query.dimensions import DIMENSIONS, dimensions_data
from geo.query.params import keys
from tests.sample_events import UNPLACED, event, table

EVENTS = [event("a", fatalities=Tally(2, 3, 9)), event("b", resolution=UNPLACED)]


def conditions(rows):
    """Return every condition's data by the first of its keys."""
    data = json.loads(json.dumps(dimensions_data(rows), allow_nan=False))
    assert [one["name"] for one in data] == list(DIMENSIONS)
    every = [condition for one in data for condition in one["conditions"]]
    assert [field["key"] for one in every for field in one["fields"]] == [
        key for key in keys() if key != "event"
    ]
    return {one["fields"][0]["key"]: one for one in every}


def codes(condition):
    return [condition["of"][at] for at in condition["at"]]


def test_every_row_s_code_and_number_travel_and_unknown_is_not_zero():
    held = conditions(table(EVENTS, border_km=[4.25, None], border_side=["PK", None]))
    assert codes(held["what"]) == ["armed_attack"] * 2
    assert codes(held["side"]) == ["PK", "unknown"]
    assert codes(held["province"]) == ["PK:Khyber Pakhtunkhwa", ""]
    assert codes(held["district"]) == ["", ""]
    assert codes(held["outlet"]) == [["Dawn"], ["Dawn"]]
    assert held["km"]["numbers"] == [4.25, None]
    assert held["deaths"]["numbers"] == [3, None]


def test_choices_come_with_their_words_and_vocabularies_whole():
    held = conditions(table(EVENTS))
    assert ["violence", "Violence", "violence"] in held["what"]["choices"]
    assert dict(held["what"]["groups"])["diplomacy"]
    assert ["straddles", "May be on either side", "may be on either side"] in held["side"][
        "choices"
    ]
    assert held["province"]["choices"] == [
        ["PK:Khyber Pakhtunkhwa", "Khyber Pakhtunkhwa (Pakistan)", "Khyber Pakhtunkhwa"]
    ]
    assert (held["side"]["closed"], held["province"]["closed"]) == (True, False)
    assert (held["province"]["shown"], held["district"]["shown"]) == (True, False)
    assert held["dataset"]["shown"] is False  # one dataset is no choice


def test_no_rows_are_no_accident():
    held = conditions(table(EVENTS).iloc[:0])
    assert held["km"]["numbers"] == held["what"]["at"] == held["outlet"]["of"] == []
