"""Seeds to frame: the build repeats itself, nothing is lost, and the hard cases come out right."""

import json

import geopandas as gpd
import pytest

from geo.datasets.build import build, check
from geo.schema import COLUMNS, validate
from geo.settings import EVENTS_FILE


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    target = tmp_path_factory.mktemp("built") / "events.parquet"
    return build(target), target


@pytest.fixture(scope="module")
def frame(built):
    return gpd.read_parquet(built[1])


def tellings(frame, event_id):
    return json.loads(frame.loc[event_id, "tellings"])


def test_the_shipped_file_is_what_the_seeds_build(built):
    assert built[1].read_bytes() == EVENTS_FILE.read_bytes()


def test_the_frame_keeps_its_contract(frame):
    validate(frame)
    assert set(COLUMNS) <= set(frame.columns)


def test_nothing_is_lost_on_the_way(built, frame):
    told = [t["id"] for event in frame.index for t in tellings(frame, event)]
    rows = {telling for telling in told if telling.startswith("AP")}
    assert built[0].rows == len(rows) == 429
    assert f"{len(frame)} events out" in built[0].reconciliation()


def test_one_event_told_by_two_reports_and_rows_is_one_event_with_all_sources(frame):
    talks = frame[(frame["event_type"] == "diplomatic_meeting") & (frame["place"] == "Kabul")]
    talks = talks[talks["date_start"] == "2023-02-22"]
    assert len(talks) == 1
    documents = {t["document_id"] for t in tellings(frame, talks.index[0])}
    assert len(documents - {""}) == 2
    assert "" in documents


def test_kalat_is_a_district_of_balochistan_and_five_twelve_and_fourteen_stay_apart(frame):
    kalat = frame[(frame["date_start"] == "2025-12-06") & (frame["place"] == "Kalat")]
    assert kalat["precision"].tolist() == ["admin2"]
    assert kalat["admin1"].tolist() == ["Balochistan"]
    bounds = ["fatalities_low", "fatalities_best", "fatalities_high"]
    assert kalat[bounds].to_numpy().tolist() == [[12, 12, 12]]
    reports = frame[frame["dataset"] == "reports"]
    assert sorted(reports["fatalities_best"].dropna()) == [5, 14]
    assert reports.loc[reports["fatalities_best"] == 14, "aggregate"].item()
    assert reports.loc[reports["fatalities_best"] == 5, "part_of"].notna().item()


def test_no_event_of_a_report_is_placed_where_somebody_only_spoke(frame):
    assert not frame["place"].isin(["New Delhi", "Munich", "Chattogram"]).any()


def test_places_without_a_point_stay_in_the_frame(frame):
    unplaced = frame[frame.geometry.isna()]
    assert len(unplaced)
    assert unplaced["precision"].isin(["country", "unknown"]).all()
    assert unplaced["border_km"].isna().all()


def test_an_undated_telling_that_was_not_linked_keeps_an_unknown_date(frame):
    drones = frame[frame["event_type"] == "airspace_violation"]
    assert drones["date_start"].isna().all()
    assert drones["precision"].eq("country").all()
    assert drones["certainty"].eq("alleged").all()


def test_check_finds_what_ships_in_order():
    assert list(check()) == []
