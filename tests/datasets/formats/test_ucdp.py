"""UCDP rows as events: codes kept, bounds honest, the whole public file accounted for."""

import pandas as pd
import pytest

from geo.datasets.formats.ucdp import UCDP, version_of
from geo.datasets.importing import import_file
from geo.datasets.reading import read_dataset
from geo.store.place import Store
from tests.datasets.sample_tables import ucdp
from tests.outside import UCDP_FILE


def only(path):
    (row,) = read_dataset(path, UCDP).frame.to_dict("records")
    return row


def test_a_row_keeps_its_own_codes_beside_ours(tmp_path):
    row = only(ucdp(tmp_path / "a.csv", {"where_prec": "3", "date_prec": "2", "best": "5"}))
    assert (row["precision"], row["ucdp_where_prec"]) == ("admin2", "3")
    assert (row["date_precision"], row["ucdp_date_prec"]) == ("day_range", "2")
    assert (row["event_type"], row["event_group"]) == ("armed_clash", "violence")
    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (2, 5, 5)
    assert row["ucdp_high"] == "4"
    assert (row["place"], row["admin1_named"]) == ("Torkham", "Khyber Pakhtunkhwa")
    assert row["actors"] == "Government of Pakistan; TTP"
    assert (row["source_type"], row["dataset"], row["restricted"]) == ("dataset", "ucdp", False)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Government of Pakistan", "Government of Afghanistan", "border_clash"),
        ("Government of Afghanistan", "Government of Pakistan", "border_clash"),
        ("Government of India", "Government of Pakistan", "armed_clash"),
        ("Government of Pakistan", "Taleban movement of Afghanistan", "armed_clash"),
    ],
)
def test_a_border_clash_is_one_of_these_two_governments(one, other, kind, tmp_path):
    row = only(ucdp(tmp_path / "a.csv", {"side_a": one, "side_b": other}))
    assert row["event_type"] == kind


def test_a_country_is_never_a_dot(tmp_path):
    row = only(ucdp(tmp_path / "a.csv", {"where_prec": "6", "latitude": "30", "longitude": "70"}))
    assert row["geometry"] is None
    assert (row["source_lat"], row["source_lon"]) == (30, 70)
    assert row["country"] == "PK"


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("GEDEvent_v25_1.csv", "25.1"),
        ("GEDEvent_v26_0_6.csv", "26.0.6"),
        ("GEDEvent_v26_01_26_09.csv", "26.0.9"),
        ("ged251-csv.zip", "25.1"),
        ("ged50-csv.zip", "5.0"),
        ("ged_pakistan_1989-2021.csv", ""),
        ("events.csv", ""),
    ],
)
def test_the_version_is_read_off_the_name(name, version):
    assert version_of(name) == version


@pytest.mark.skipif(not UCDP_FILE.exists(), reason="the public UCDP file is not in ../shared")
def test_the_public_file_is_accounted_for_and_a_second_import_changes_nothing(tmp_path):
    first = import_file(UCDP_FILE, UCDP, store=Store(tmp_path))
    assert first.reading.counts() == {"in": 6416, "imported": 6416, "outside": 0, "refused": 0}
    table = pd.read_csv(UCDP_FILE, skiprows=[1])
    assert first.reading.frame["fatalities_best"].sum() == table["best"].sum() == 43225
    assert first.reading.frame["ucdp_low"].astype(int).sum() == table["low"].sum()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    second = import_file(UCDP_FILE, UCDP, store=Store(tmp_path))
    assert not second.change.changed
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
