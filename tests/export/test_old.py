import csv
import io
import json

import numpy as np
import pytest

from geo import model
from geo.export import to_csv, to_geojson, withheld
from geo.model import Tally
from tests.sample_events import TORKHAM, UNPLACED, event, placed, table

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"]


def all_of(rows):
    return np.ones(len(rows), bool)


def read(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark to read Urdu"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_can_be_a_formula(text):
    rows = table([event(text, summary=text, place_name=text, resolution=UNPLACED, actors=(text,))])
    for cell in read(to_csv(rows, all_of(rows)))[0].values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_days_and_unknowns_are_plain_cells():
    west = model.Place("w", "West", "town", "PK", "", "", -1.5, -2.5, "test")
    rows = table([event(fatalities=Tally(0, 0, 0), resolution=placed(west))], border_km=[3.25])
    got = read(to_csv(rows, all_of(rows)))[0]
    assert (got["lat"], got["lon"], got["border_km"]) == ("-1.5", "-2.5", "3.25")
    assert got["date_start"] == "2023-02-19"
    assert (got["fatalities_best"], got["injured_best"]) == ("0", "")
    assert got["aggregate"] == "False"


def test_only_what_is_shown_is_exported_in_its_order():
    rows = table([event("a"), event("b"), event("c")])
    mask = np.array([True, False, True])
    assert [row["event_id"] for row in read(to_csv(rows, mask))] == ["a", "c"]
    assert [f["id"] for f in json.loads(to_geojson(rows, mask))["features"]] == ["a", "c"]


def test_geojson_keeps_nulls_and_events_without_a_place():
    rows = table([event("a"), event("b", resolution=UNPLACED, when=model.DateSpan())])
    first, second = json.loads(to_geojson(rows, all_of(rows)))["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [71.093, 34.123]}
    assert second["geometry"] is None
    assert second["properties"]["date_start"] is None
    assert second["properties"]["fatalities_best"] is None
    assert first["properties"]["date_start"] == "2023-02-19"
    assert first["properties"]["sources"][0]["outlet"] == "Dawn"


def test_geojson_says_when_the_point_stands_for_an_area():
    rows = table([event("a"), event("b", resolution=placed(TORKHAM, "admin2"))])
    got = [
        f["properties"]["place_is_area"]
        for f in json.loads(to_geojson(rows, all_of(rows)))["features"]
    ]
    assert got == [False, True]


def test_an_empty_selection_is_a_valid_file():
    rows = table([event("a")])
    nothing = np.zeros(1, bool)
    assert json.loads(to_geojson(rows, nothing)) == {"type": "FeatureCollection", "features": []}
    assert read(to_csv(rows, nothing)) == []


def marked():
    rows = table([event("a"), event("b")])
    return rows.assign(restricted=[False, True], linked_ids=["b; c", "a"], ucdp_best=["3", None])


def test_rows_that_may_not_be_passed_on_are_left_out_unless_asked_for():
    rows = marked()
    assert [row["event_id"] for row in read(to_csv(rows, all_of(rows)))] == ["a"]
    assert [f["id"] for f in json.loads(to_geojson(rows, all_of(rows)))["features"]] == ["a"]
    assert withheld(rows, all_of(rows)) == 1
    every = read(to_csv(rows, all_of(rows), restricted=True))
    assert [row["event_id"] for row in every] == ["a", "b"]


def test_a_row_left_out_is_not_named_by_another_either():
    rows = marked()
    assert read(to_csv(rows, all_of(rows)))[0]["linked_ids"] == "c"


def test_the_sources_own_codes_are_exported():
    rows = marked()
    assert read(to_csv(rows, all_of(rows)))[0]["ucdp_best"] == "3"
    assert json.loads(to_geojson(rows, all_of(rows)))["features"][0]["properties"]["ucdp_best"]
