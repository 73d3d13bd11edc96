"""The store: replace by source id, never double, newer versions win, a crash leaves it whole."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from geo import settings
from geo.datasets import library, store
from geo.datasets.formats.acled import ACLED
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.errors import DataError, InputError
from tests.datasets.sample_tables import acled, ucdp

END = {"date_end": "2025-02-01"}
LATE = {"date_start": "2026-01-05", "date_end": "2026-01-05"}
TWO = ({}, {"id": "2"})


def put(path, *rows, **more):
    return import_file(ucdp(path, *rows), UCDP, folder=path.parent / "store", **more)


def held(folder):
    return store.read_frame(store.find("ucdp", folder / "store"), folder / "store")


def test_a_newer_file_replaces_by_id_and_keeps_the_rest(tmp_path):
    put(tmp_path / "a.csv", *TWO)
    outcome = put(tmp_path / "b.csv", {"id": "2", "best": "4"}, {"id": "3"})
    change = outcome.change
    assert (change.new, change.replaced, change.kept, change.changed) == (1, 1, 1, True)
    frame = held(tmp_path)
    assert sorted(frame["source_id"]) == ["1", "2", "3"]
    assert frame.loc["ucdp-2", "fatalities_best"] == 4
    assert len(list((tmp_path / "store").glob("*.parquet"))) == 1


def test_replace_drops_what_the_file_lacks(tmp_path):
    put(tmp_path / "a.csv", *TWO)
    put(tmp_path / "b.csv", {"id": "2"}, replace_all=True)
    assert held(tmp_path)["source_id"].tolist() == ["2"]


def test_an_older_version_does_not_overwrite_a_newer_one(tmp_path):
    put(tmp_path / "GEDEvent_v26_1.csv", {"best": "4"})
    outcome = put(tmp_path / "GEDEvent_v25_0_6.csv", {"best": "3"}, {"id": "2"})
    assert (outcome.change.new, outcome.change.newer_held) == (1, 1)
    frame = held(tmp_path)
    assert frame.loc["ucdp-1", "fatalities_best"] == 4
    assert frame["dataset_version"].to_dict() == {"ucdp-1": "26.1", "ucdp-2": "25.0.6"}


ELSEWHERE = {"id": "99", "latitude": "10", "longitude": "10", "country": "Nigeria"}


@pytest.mark.parametrize("order", ["candidate first", "yearly first"])
def test_a_candidate_row_that_the_yearly_version_dropped_is_not_counted_beside_it(order, tmp_path):
    files = [
        ("GEDEvent_v25_0_2.csv", [{"date_start": "2025-02-01"} | END, {"id": "2"} | LATE]),
        ("GEDEvent_v26_1.csv", [{"id": "7", "date_start": "2025-02-01"} | END, ELSEWHERE]),
    ]
    outcomes = [
        put(tmp_path / name, *rows) for name, rows in sorted(files, reverse=order[0] == "y")
    ]
    assert held(tmp_path)["source_id"].tolist() == ["7", "2"]
    assert [outcome.change.superseded for outcome in outcomes] == [0, 1]


def test_what_a_file_of_one_country_lacks_is_no_proof(tmp_path):
    put(tmp_path / "GEDEvent_v25_0_2.csv", {"date_start": "2025-02-01"} | END)
    outcome = put(tmp_path / "GEDEvent_v26_1.csv", {"id": "7"})
    assert (outcome.change.kept, outcome.change.superseded) == (1, 0)


def test_a_file_without_a_version_over_one_with_it_is_said(tmp_path):
    put(tmp_path / "GEDEvent_v26_1.csv", *TWO)
    outcome = put(tmp_path / "a.csv", {})
    assert outcome.change.unstated == 1
    assert "this file states none" in outcome.effect()
    assert "states none" not in put(tmp_path / "b.csv", {}).effect()


def test_the_order_of_imports_does_not_matter(tmp_path):
    for folder, order in (("x", "ab"), ("y", "ba")):
        (tmp_path / folder).mkdir()
        for name in order:
            row = {"id": name, "date_start": f"2023-02-1{'ab'.index(name)}"}
            put(tmp_path / folder / f"{name}.csv", row)
    one, other = (store.find("ucdp", tmp_path / name / "store").parquet for name in "xy")
    assert one == other


def test_the_same_file_again_changes_nothing(tmp_path):
    put(tmp_path / "a.csv", *TWO)
    before = {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()}
    assert not put(tmp_path / "a.csv", *TWO).change.changed
    assert {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()} == before


def test_what_it_is_stands_beside_it(tmp_path):
    put(tmp_path / "GEDEvent_v25_1.csv", {}, {"id": "2", "best": "many"})
    about = store.find("ucdp", tmp_path / "store")
    assert (about.rows, about.first, about.last) == (1, "2023-02-19", "2023-02-19")
    assert "CC BY 4.0" in about.licence
    assert "Journal of Peace Research" in about.citation
    (file,) = about.files
    assert (file.file, file.version) == ("GEDEvent_v25_1.csv", "25.1")
    assert file.counts == {"in": 2, "imported": 1, "outside": 0, "refused": 1}
    assert (tmp_path / "store" / file.refused_file).exists()


def test_a_crash_before_the_last_step_leaves_the_old_state(tmp_path, monkeypatch):
    put(tmp_path / "a.csv", *TWO)

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_describe", crash)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path / "b.csv", {"id": "3"})
    assert sorted(held(tmp_path)["source_id"]) == ["1", "2"]


def test_removing_takes_everything_of_it_and_nothing_else(tmp_path):
    put(tmp_path / "a.csv", {}, {"id": "2", "best": "many"})
    import_file(acled(tmp_path / "c.csv"), ACLED, folder=tmp_path / "store")
    store.remove("ucdp", tmp_path / "store")
    assert [one.name for one in store.listing(tmp_path / "store")] == ["acled"]
    assert not [p for p in (tmp_path / "store").iterdir() if p.name.startswith("ucdp")]
    with pytest.raises(InputError, match="acled"):
        store.remove("ucdp", tmp_path / "store")


def test_a_damaged_record_is_named(tmp_path):
    put(tmp_path / "a.csv")
    record = tmp_path / "store" / "ucdp.dataset.json"
    record.write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=record.name):
        store.listing(tmp_path / "store")


def test_no_path_of_this_machine_is_recorded(tmp_path):
    put(tmp_path / "a.csv")
    text = (tmp_path / "store" / "ucdp.dataset.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert json.loads(text)["files"][0]["file"] == Path("a.csv").name


def test_restricted_rows_of_the_shipped_file_stay_out_too(tmp_path):
    rows = gpd.read_parquet(settings.EVENTS_FILE).head(3).assign(restricted=[True, False, False])
    shipped = tmp_path / "events.parquet"
    rows.to_parquet(shipped)
    public = library.events_table(tmp_path / "none", shipped, restricted=False)
    assert list(public.index) == list(rows.index[1:])
    assert len(library.events_table(tmp_path / "none", shipped)) == 3
