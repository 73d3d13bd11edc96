"""The verb ``export`` as a user types it."""

import csv
import json

import geopandas as gpd
import pytest

from geo.__main__ import main
from geo.datasets import store
from geo.export.formats import FORMATS, Format
from geo.query.params import keys
from tests.datasets.sample_tables import acled, ucdp


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "IMPORTED", tmp_path / "imported")
    return tmp_path


def ids(path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as rows:
        return [row["event_id"] for row in csv.DictReader(rows)]


def test_the_options_are_the_keys_of_the_address(capsys):
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    said = capsys.readouterr().out
    for key, field in keys().items():
        assert (f"--{key} {key.upper()}" in said) == (key != "event")
        assert field.help.split(",")[0] in " ".join(said.split())


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".parquet", ".gpkg", ".kml"])
def test_the_suffix_says_the_format_and_the_output_what_was_written(here, capsys, suffix):
    path = here / f"events{suffix}"
    assert main(["export", str(path), "--what", "border", "--from", "2024-01-01"]) == 0
    out = capsys.readouterr().out
    assert "border closed or reopened" in out
    assert "Data version" in out
    assert "Licence: facts in our own wording" in out
    rows = int(out.split(": ")[1].split(" rows")[0])
    assert 0 < rows < 368
    assert path.stat().st_size > 1000
    assert list(here.glob("*.part")) == list(here.glob(".*.part")) == []


def test_a_whole_address_is_taken_and_the_options_go_over_it(here, capsys):
    address = "https://example.org/map?what=border&km=50&event=x&view=34,71,8&data=0&colour=red"
    one, other = here / "one.csv", here / "other.csv"
    assert main(["export", str(one), "--view", address, "--km", "5"]) == 0
    err = capsys.readouterr().err
    assert "“colour”" in err
    assert "view" not in err
    assert main(["export", str(other), "--what", "border", "--km", "5"]) == 0
    assert ids(one) == ids(other) != []


def test_what_makes_no_sense_is_wrong_usage(here, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["export", str(here / "a.csv"), "--km", "near"])
    assert stop.value.code == 2
    assert "--km=near, which is not a number of kilometres" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["export", str(here / "a.csv"), "--what", "war"])
    assert "“war” (what)" in capsys.readouterr().err
    assert not (here / "a.csv").exists()


def test_a_file_that_is_there_is_kept_unless_forced(here, capsys):
    path = here / "a.csv"
    path.write_text("mine")
    assert main(["export", str(path)]) == 1
    assert "--force" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main(["export", str(path), "--force"]) == 0
    assert len(ids(path)) == 368


@pytest.mark.parametrize("name", ["a.xlsx", "a", "none/a.csv"])
def test_an_unknown_suffix_or_folder_is_refused_with_a_way_out(here, capsys, name):
    assert main(["export", str(here / name)]) == 1
    assert name in capsys.readouterr().err


def test_a_write_that_fails_leaves_what_was_there(here, monkeypatch, capsys):
    path = here / "a.csv"
    path.write_text("mine")

    def full(extract, out):
        out.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, ".csv", Format("CSV", ".csv", "", "", full))
    assert main(["export", str(path), "--force"]) == 1
    assert "No space left" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert [one.name for one in here.iterdir()] == ["a.csv"]


def test_imported_rows_come_with_their_terms_and_acleds_stay_unless_asked_for(here, capsys):
    assert main(["import", str(ucdp(here / "GEDEvent_v25_1.csv")), "--format", "ucdp"]) == 0
    assert main(["import", str(acled(here / "acled.csv")), "--format", "acled"]) == 0
    capsys.readouterr()
    path = here / "a.geojson"
    assert main(["export", str(path), "--from", "2023-02-19", "--to", "2023-02-19"]) == 0
    out = capsys.readouterr().out
    assert "1 rows left out: their source's terms forbid passing them on" in out
    assert "ucdp 25.1: 1 rows. Licence: CC BY 4.0, Uppsala Conflict Data Program" in out
    text = path.read_text("utf-8")
    assert "PAK1" not in text
    facts = json.loads(text)["metadata"]
    assert facts["withheld_rows"] == "1"
    assert {one["dataset"] for one in facts["origins"]} == {"chronology", "ucdp"}
    assert main(["export", str(path), "--restricted", "--force"]) == 0
    said = capsys.readouterr()
    assert "1 rows that may not be passed on" in said.err
    assert "may not be given to others" in said.err
    got = gpd.read_file(path)
    assert got["restricted"].fillna(False).astype(bool).sum() == 1
    assert "acled" in set(got["dataset"])


def test_nothing_that_fits_is_said_and_written(here, capsys):
    path = here / "a.csv"
    assert main(["export", str(path), "--q", "zzzz no such word"]) == 0
    assert "0 rows" in capsys.readouterr().out
    assert ids(path) == []
