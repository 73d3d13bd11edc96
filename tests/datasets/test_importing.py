"""Imports composed: what gates were open comes from the events that ship, removal takes all."""

import pytest

from geo.datasets.formats.table import TABLE
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file, joined_to_border
from geo.errors import DataError, InputError
from geo.store import catalogue
from geo.store.place import Store
from tests.datasets.sample_tables import ucdp


def statuses(tmp_path, *days):
    rows = [{"id": day, "date_start": day, "date_end": day} for day in days]
    reading = import_file(
        ucdp(tmp_path / "a.csv", *rows), UCDP, store=Store(tmp_path / "store")
    ).reading
    frame = joined_to_border(reading.frame)
    assert set(frame["nearest_crossing"]) == {"Torkham"}
    return frame["crossing_status"].tolist()


def test_an_imported_event_knows_whether_its_gate_was_open_that_day(tmp_path):
    """Torkham shut on 19 February 2023 and reopened on the 25th; of 1995 nothing is told."""
    days = ("2023-02-20", "2023-02-26", "1995-02-20")
    assert statuses(tmp_path, *days) == ["closed", "open", "unknown"]


def test_a_closure_of_the_file_itself_does_not_speak_for_the_gate(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "date,lat,lon,type\n1995-02-20,34.123,71.093,border_closure\n", encoding="utf-8"
    )
    reading = import_file(path, TABLE, store=Store(tmp_path / "store")).reading
    assert reading.frame["event_type"].tolist() == ["border_closure"]
    assert joined_to_border(reading.frame)["crossing_status"].tolist() == ["unknown"]


def test_without_the_shipped_events_the_way_out_is_named(tmp_path):
    frame = import_file(
        ucdp(tmp_path / "a.csv"), UCDP, store=Store(tmp_path / "store")
    ).reading.frame
    with pytest.raises(DataError, match="geo build"):
        joined_to_border(frame, tmp_path / "none.parquet")


def test_what_is_not_there_cannot_be_removed(tmp_path):
    with pytest.raises(InputError, match="there are: none"):
        catalogue.remove("ucdp", Store(tmp_path))
