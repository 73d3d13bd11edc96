"""Fetching UCDP from a mirror: the right file, checked, recorded, the old one kept on a fault."""

import hashlib
import json
import zipfile
from datetime import date

import pytest

from geo.datasets.fetch import LATEST, fetch_ucdp, file_of, releases
from geo.datasets.importing import import_ucdp
from geo.datasets.tables.archive import table_size
from geo.errors import DataError, InputError
from geo.store import catalogue
from geo.store.place import Store
from tests.datasets.sample_tables import ucdp


@pytest.mark.parametrize(
    ("version", "where"),
    [
        ("25.1", ("ged", "ged251-csv.zip")),
        ("5.0", ("ged", "ged50-csv.zip")),
        ("26.0.6", ("candidateged", "GEDEvent_v26_0_6.csv")),
        ("26.0.11", ("candidateged", "GEDEvent_v26_0_11.csv")),
        ("26.01.26.06", ("candidateged", "GEDEvent_v26_01_26_06.csv")),
    ],
)
def test_where_ucdp_publishes_a_version(version, where):
    assert file_of(version) == where


@pytest.mark.parametrize("version", ["", "latest", "2025", "25.1.1", "../25.1"])
def test_what_is_no_version_is_explained(version):
    with pytest.raises(InputError, match=r"25\.1 for GED"):
        file_of(version)


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        ("2026-07-01", "26.0.5"),
        ("2026-11-25", "26.0.10"),
        ("2027-01-10", "26.0.11"),
        ("2028-03-01", "26.0.12"),
    ],
)
def test_what_is_offered_follows_the_calendar(today, newest):
    offered = list(releases(date.fromisoformat(today)))
    assert offered[:2] == [LATEST, newest]
    assert offered[-1] == "17.1"
    assert all(file_of(version) for version in offered)


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror"
    folder.mkdir()
    with zipfile.ZipFile(folder / "ged251-csv.zip", "w") as archive:
        archive.write(ucdp(tmp_path / "e.csv"), "ged251-csv/GEDEvent_v25_1.csv")
    ucdp(folder / "GEDEvent_v26_0_6.csv", {"id": "2"})
    return folder


def test_a_version_is_fetched_and_recorded(mirror, tmp_path):
    folder = tmp_path / "fetched" / "ucdp"
    path = fetch_ucdp("25.1", str(mirror), folder)
    entry = json.loads((folder.parent / "registry.json").read_text())["ucdp/ged251-csv.zip"]
    assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "CC BY 4.0" in entry["licence"]
    assert not (folder / "incoming").exists()


def test_the_caller_is_told_how_far_it_is(mirror, tmp_path):
    told = []
    path = fetch_ucdp(
        "26.0.6", str(mirror), tmp_path / "ucdp", progress=lambda *got: told.append(got)
    )
    assert told[-1] == (path.name, path.stat().st_size, path.stat().st_size)


def test_the_size_of_what_is_read_is_that_of_the_table_in_the_zip(mirror, tmp_path):
    assert table_size(mirror / "ged251-csv.zip") == (tmp_path / "e.csv").stat().st_size
    assert table_size(tmp_path / "e.csv") == (tmp_path / "e.csv").stat().st_size
    assert table_size(tmp_path / "none.csv") == 0


def test_a_bad_file_is_thrown_away_and_the_old_one_stays(mirror, tmp_path):
    folder = tmp_path / "ucdp"
    path = fetch_ucdp("25.1", str(mirror), folder)
    before = path.read_bytes()
    (mirror / "ged251-csv.zip").write_bytes(before[:100])
    with pytest.raises(DataError, match="damaged"):
        fetch_ucdp("25.1", str(mirror), folder)
    (mirror / "ged251-csv.zip").write_bytes(before)
    with pytest.raises(DataError, match="SHA-256"):
        fetch_ucdp("25.1", str(mirror), folder, checksum="0" * 64)
    assert path.read_bytes() == before


def test_an_error_page_is_no_csv(mirror, tmp_path):
    (mirror / "GEDEvent_v26_0_6.csv").write_text("<html>\nNot found</html>")
    with pytest.raises(DataError, match="no CSV"):
        fetch_ucdp("26.0.6", str(mirror), tmp_path / "ucdp")


def test_a_mirror_without_the_file_is_named(mirror, tmp_path):
    with pytest.raises(InputError, match=r"ged171-csv\.zip"):
        fetch_ucdp("17.1", str(mirror), tmp_path / "ucdp")


def test_fetched_versions_go_into_one_dataset(mirror, tmp_path):
    here = {"store": Store(tmp_path / "store"), "downloads": tmp_path / "ucdp"}
    for version in ("25.1", "26.0.6"):
        import_ucdp(version, str(mirror), **here)
    (held,) = catalogue.listing(here["store"])
    assert [file.version for file in held.files] == ["25.1", "26.0.6"]
    assert held.rows == 2
