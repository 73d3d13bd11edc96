"""An event in plain words: what each room of the story says of a row."""

import pytest

from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.store.records import Dataset
from geo.story import event, gate, placing, related, source_codes, tellings, toll
from geo.story.cells import said
from geo.story.citation import citation
from tests.sample_events import UCDP_CELLS, UNPLACED, day, row

DAYS = day("2023-02-19"), day("2023-02-19", "2023-02-22", "day_range")


@pytest.mark.parametrize(
    ("status", "when", "words"),
    [
        ("partial", DAYS[0], "partly open that day"),
        ("closed", DAYS[0], "closed that day"),
        ("closed", DAYS[1], "closed when it began"),
        ("open", DAYS[1], "open when it began"),
        ("unknown", DAYS[0], "open or closed: not stated"),
        (None, DAYS[1], "open or closed: not stated"),
    ],
)
def test_a_crossing_s_state_is_said_of_the_day_it_is_known_of(status, when, words):
    joined = {"border_side": "PK", "border_km": 0.2, "nearest_crossing": "Torkham"}
    got = row({**joined, "crossing_status": status}, when=when)
    assert gate.was(got) == words
    assert [term for term, *_ in said(gate.border("Durand Line"), got)] == [
        "Side",
        "To the Durand Line",
        "Nearest crossing",
        "It was",
    ]


def test_without_a_place_nothing_is_said_of_the_border():
    got = row(resolution=UNPLACED) | {"nearest_crossing": "Torkham", "crossing_status": "closed"}
    assert said(gate.border(), got) == []
    assert placing.lines(got)[0] == "Named in the source as “Torkham”."
    assert event.known(got) == "place not known"


def test_a_closure_is_told_beside_its_gate():
    assert gate.last_told(row(event_type="border_closure", when=DAYS[1])) == (
        "closure, 19–22 Feb 2023"
    )


def test_what_is_no_single_reported_event_is_flagged():
    assert event.flags(row()) == []
    assert event.flags(row(aggregate=True)) == [event.TOTAL]
    assert event.flags(row(certainty="claimed", claimed_by="ISPR")) == [
        "Claimed by one party (ISPR)."
    ]
    assert event.flags(row(certainty="planned")) == ["Planned when reported."]


def test_talks_do_not_say_that_no_deaths_were_stated():
    shipped = read_points(EVENTS_FILE)
    talks = shipped.loc["chr-AP0110"].to_dict()
    assert "Deaths" not in [term for term, *_ in said(event.FACTS, talks)]
    assert toll.deaths(talks) == "not stated"
    unknown = shipped[(shipped["event_group"] == "violence") & shipped["fatalities_best"].isna()]
    assert ("Deaths", "not stated", "") in said(event.FACTS, unknown.iloc[0].to_dict())


def test_a_row_that_is_not_there_is_not_named():
    got = row(part_of="whole") | {"linked_ids": "a; b"}
    assert related.whole(got, {"whole"}) == "whole"
    assert related.whole(got, {}) == ""
    assert related.linked(got, {"b", "c"}) == ["b"]


def test_only_links_to_web_pages_are_links():
    assert tellings.http_link("https://example.org/a?b=<c>") == "https://example.org/a?b=<c>"
    for address in ("javascript:alert(1)", "data:text/html,x", "//example.org", "http:///x", None):
        assert tellings.http_link(address) == ""


def test_acled_s_nought_is_said_to_mean_two_things():
    got = row() | {"dataset": "acled", "acled_fatalities": "0", "acled_inter1_kind": "rioters"}
    coded = dict(source_codes.coded_as(got))
    assert coded["Deaths"] == "ACLED writes 0 for none and for not known (code 0)"
    assert coded["First actor is"] == "rioters"


def test_an_event_of_our_own_has_no_codes():
    assert source_codes.coded_as(row()) == []


def test_a_citation_names_event_version_sources_and_licence():
    got = citation(row(), "e1", "1a2b3c4d", {})
    for words in ("Armed attack, Torkham", "Sun 19 Feb 2023", "Event e1", "version 1a2b3c4d"):
        assert words in got
    assert "Dawn, https://example.org/a" in got
    assert "Licence: MIT" in got


def test_a_dataset_s_row_is_cited_as_its_makers_ask():
    held = Dataset(
        "ucdp", "ucdp", "CC BY 4.0", "Sundberg and Melander (2013).", "", "", "", 1, "", ""
    )
    got = citation(row() | UCDP_CELLS, "ucdp-58071", "1a2b3c4d", {"ucdp": held})
    assert "UCDP event 58071, version 22.1" in got
    assert got.endswith("Sundberg and Melander (2013). Licence: CC BY 4.0.")
