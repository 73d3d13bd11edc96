"""CSV: no cell runs as a formula, and geo import gives back the very events."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.border.join import join_events
from geo.datasets import library, store
from geo.datasets.formats.acled import ACLED
from geo.datasets.formats.exported import is_export
from geo.datasets.formats.table import TABLE
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.datasets.reading import read_dataset
from geo.export.extract import Extract
from geo.export.formats import to_bytes
from geo.schema import read_points
from geo.settings import EVENTS_FILE
from tests.datasets.sample_tables import ACLED_ROW, UCDP_ROW, acled, ucdp
from tests.export.readback import HOSTILE, comparable, expected, extract, lines, same, sample
from tests.export.readback import with_texts as rows_with

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBERS = ("lon", "lat", "border_km")


def cells(rows) -> list[dict[str, str]]:
    return list(csv.DictReader(lines(to_bytes(extract(rows), ".csv"))))


def save(rows, path, suffix=".csv"):
    path = path / f"ours{suffix}"
    path.write_bytes(to_bytes(extract(rows), suffix))
    return path


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(HOSTILE, min_size=30, max_size=30))
def test_no_cell_can_be_a_formula(texts):
    for row in cells(rows_with(texts)):
        for name, cell in row.items():
            assert name in NUMBERS or not cell.startswith(SIGNS), (name, cell)


def test_numbers_days_and_unknowns_are_plain_cells():
    got = {row["event_id"]: row for row in cells(sample())}
    assert (got["e"]["lat"], got["e"]["lon"], got["a"]["border_km"]) == ("-1.5", "-2.5", "3.25")
    assert got["a"]["date_start"] == "2023-02-19"
    assert (got["a"]["fatalities_low"], got["a"]["injured_best"]) == ("0", "")
    assert got["d"]["aggregate"] == "true"
    assert got["c"]["lon"] == got["c"]["date_start"] == ""


def test_spreadsheets_read_the_encoding_and_the_lines():
    data = to_bytes(extract(sample()), ".csv")
    assert data.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark to read Urdu"
    assert data.endswith(b"\r\n")


def test_each_row_carries_the_terms_of_its_dataset():
    got = {row["event_id"]: (row["licence"], row["data_version"]) for row in cells(sample())}
    assert got["a"] == ("MIT", "0123abcd")
    assert got["f"] == ("CC BY 4.0", "0123abcd")


@pytest.mark.parametrize("suffix", [".csv", ".geojson"])
def test_import_gives_the_shipped_events_back(tmp_path, suffix):
    shipped = read_points(EVENTS_FILE)
    reading = read_dataset(save(shipped, tmp_path, suffix), TABLE)
    assert reading.counts() == {"in": 368, "imported": 368, "outside": 0, "refused": 0}
    want = expected(extract(shipped)).drop(columns="place_is_area")
    same(comparable(join_events(reading.frame).reset_index(), want), want)


@pytest.mark.parametrize(
    ("make", "kind", "other"),
    [(ucdp, UCDP, {"id": "=7", "side_b": "@x"}), (acled, ACLED, {"event_id_cnty": "-1"})],
)
def test_import_gives_imported_rows_back_with_their_own_codes(tmp_path, make, kind, other):
    reading = read_dataset(make(tmp_path / "first.csv", {}, other), kind)
    assert len(reading.frame) == 2
    joined = join_events(reading.frame)
    joined["lon"], joined["lat"] = joined.geometry.x, joined.geometry.y
    rows = pd.DataFrame(joined.drop(columns="geometry"))
    of = Extract(rows, np.ones(len(rows), bool), restricted=True)
    path = tmp_path / "ours.csv"
    path.write_bytes(to_bytes(of, ".csv"))
    again = join_events(read_dataset(path, TABLE).frame)
    want = expected(of).drop(columns="place_is_area")
    same(comparable(again.reset_index(), want), want)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(HOSTILE, min_size=30, max_size=30))
def test_hostile_text_comes_back_as_it_was(tmp_path_factory, texts):
    rows = rows_with(texts)
    reading = read_dataset(save(rows, tmp_path_factory.mktemp("csv")), TABLE)
    assert reading.faults.found == {}
    want = expected(extract(rows))
    # the border's columns are made up in the sample; an import computes them
    want = want[[name for name in want if name in reading.frame or name in ("lon", "lat")]]
    same(comparable(reading.frame.reset_index(), want), want)


def test_a_table_of_somebody_else_is_no_export():
    for heads in (UCDP_ROW, ACLED_ROW, ("event_id", "date", "lat", "lon", "precision")):
        assert not is_export(heads)


def test_what_a_spreadsheet_makes_of_it_is_read_too(tmp_path):
    path = save(sample(), tmp_path)
    rows = list(csv.reader(lines(path.read_bytes())))
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows(
            [cell.upper() if cell in ("true", "false") else cell for cell in row] for row in rows
        )
    frame = read_dataset(path, TABLE).frame
    assert frame["aggregate"].tolist() == [False, False, False, True, False, False]
    assert frame["fatalities_best"].tolist()[4] == 0


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("event_type", "boom", "is none of"),
        ("fatalities_best", "9", "outside the row's own low and high"),
        ("fatalities_best", "two", "is no number"),
        ("injured_best", "1.5", "no whole number"),
        ("tellings", "[", "no JSON array"),
        ("date_end", "2020-01-01", "before the first day"),
        ("lat", "99", "not between"),
        ("lat", "", "only one of"),
        ("aggregate", "maybe", "neither true nor false"),
        ("event_id", "", "needs its id"),
        ("event_id", "b", "stands already"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_row(tmp_path, column, cell, reason):
    path = save(sample(), tmp_path)
    rows = list(csv.DictReader(lines(path.read_bytes())))
    at = 0 if column != "event_id" or not cell else 2
    rows[at][column] = cell
    with path.open("w", encoding="utf-8", newline="") as out:
        table_out = csv.DictWriter(out, rows[0])
        table_out.writeheader()
        table_out.writerows(rows)
    faults = read_dataset(path, TABLE).faults
    (fault,) = faults.found.values()
    assert fault.column == column
    assert reason in fault.reason


def test_imported_again_it_changes_nothing_on_the_map(tmp_path):
    folder = tmp_path / "imported"
    import_file(ucdp(tmp_path / "GEDEvent_v25_1.csv", {}, {"id": "2"}), UCDP, folder=folder)
    before = library.events_table(folder)
    path = save(before, tmp_path)
    outcome = import_file(path, TABLE, folder=folder)
    assert "export of this map" in outcome.reading.notes[0]
    assert outcome.terms.licence == "MIT; CC BY 4.0"
    after = library.events_table(folder)
    pd.testing.assert_frame_equal(after, before, check_like=True)


def test_elsewhere_it_brings_the_events_that_are_not_there(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    import_file(ucdp(tmp_path / "GEDEvent_v25_1.csv", {}, {"id": "2"}), UCDP, folder=here)
    table_here = library.events_table(here)
    import_file(save(table_here, tmp_path), TABLE, folder=there)
    brought = library.events_table(there)
    assert set(brought.index) == set(table_here.index)
    assert brought.loc[brought["dataset"] == "ucdp", "source_id"].tolist() == ["1", "2"]
    (held,) = store.listing(there)
    assert held.name == "ours"


def test_rows_that_may_not_be_passed_on_stay_marked(tmp_path):
    rows = sample().assign(restricted=[False, True, False, False, False, False])
    path = tmp_path / "ours.csv"
    path.write_bytes(to_bytes(extract(rows, restricted=True), ".csv"))
    outcome = import_file(path, TABLE, folder=tmp_path / "imported")
    assert "not to be passed on" in outcome.terms.conditions
    table_after = library.events_table(tmp_path / "imported")
    assert table_after.index[table_after["restricted"]].tolist() == ["b"]
