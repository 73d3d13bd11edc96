"""A folder from before there was a store is taken in by itself: once, whole, by one of many."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import pytest

from geo.datasets import library
from geo.errors import InputError
from geo.store import catalogue, database
from geo.store.place import DEFAULT, Store, here
from tests.store import work


@pytest.fixture
def old(tmp_path):
    """A folder as it was: a JSON record beside each Parquet file, and a table of cut links."""
    made = Store(tmp_path / "made")
    work.prepare(tmp_path)
    for number in (1, 2):
        work.other_row(made, number, tmp_path)
    folder = tmp_path / "imported"
    folder.mkdir()
    for one in catalogue.listing(made):
        shutil.copy(made.folder / one.parquet, folder)
        (folder / f"{one.name}.dataset.json").write_text(json.dumps(asdict(one)))
    (folder / "cut_links.csv").write_text("event_id,other_id,note\nt1-1,t2-2,two attacks\n")
    (folder / "links.csv").write_text("event_id\n")
    return folder


def names(folder):
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("elsewhere", [True, False])
def test_it_is_taken_in_whole_and_only_then_cleared(elsewhere, old, tmp_path):
    store = Store(tmp_path / "store", before=old) if elsewhere else Store(old)
    assert {"t1-1", "t2-2"} <= set(library.events_table(store).index)
    assert catalogue.cut_pairs(store) == {frozenset({"t1-1", "t2-2"})}
    assert not {name for name in names(old) if name.endswith((".json", "links.csv"))}
    assert len(list(store.folder.glob("t*.parquet"))) == 2
    assert not elsewhere or names(old) == set()


def test_of_many_at_once_one_takes_it_in(old, tmp_path):
    store = Store(tmp_path / "store", before=old)
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: catalogue.held(store), range(8)))
    assert {len(one.datasets) for one in states} == {2}
    assert all(one.faults == () for one in states)


def test_what_stops_in_the_middle_leaves_the_old_files(old, tmp_path, monkeypatch):
    store = Store(tmp_path / "store", before=old)
    before = names(old)

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("geo.store.before.put", stop)
        with pytest.raises(KeyboardInterrupt):
            catalogue.held(store)
    assert names(old) == before
    assert len(catalogue.held(store).datasets) == 2


def test_what_was_removed_does_not_come_back(old, tmp_path):
    store = Store(tmp_path / "store", before=old)
    kept = tmp_path / "kept"
    shutil.copytree(old, kept)
    catalogue.remove("t1", store)
    shutil.copytree(kept, old, dirs_exist_ok=True)  # as if it could not have been cleared
    assert [one.name for one in catalogue.listing(store)] == ["t2"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"files": 3}', '{"name": "t1", "files": []}'])
def test_a_record_that_is_damaged_is_named_and_the_rest_taken(content, old, tmp_path):
    record = old / "t1.dataset.json"
    record.write_text(content)
    store = Store(tmp_path / "store", before=old)
    held = catalogue.held(store)
    assert [one.name for one in held.datasets] == ["t2"]
    assert record.name in held.faults[0].text
    record.unlink()  # the way out that it says
    assert catalogue.held(store).faults == ()


def test_rows_that_are_damaged_are_named_and_left(old, tmp_path):
    (rows,) = old.glob("t1-*.parquet")
    rows.write_bytes(b"")
    held = catalogue.held(Store(tmp_path / "store", before=old))
    assert [one.name for one in held.datasets] == ["t2"]
    assert rows.name in held.faults[0].text
    assert (old / "t1.dataset.json").exists()


def test_on_postgresql_it_goes_into_the_database(old, shared, tmp_path):
    store = Store(shared.folder, shared.url, old)
    assert len(catalogue.listing(store)) == 2
    other = Store(tmp_path / "other", shared.url)
    assert {"t1-1", "t2-2"} <= set(library.events_table(other).index)


def test_the_environment_names_the_store(tmp_path):
    asked, older = str(tmp_path / "a"), str(tmp_path / "b")
    assert here({}).folder == DEFAULT
    assert here({"BORDERMAP_IMPORTED": older}) == Store(tmp_path / "b")
    both = here({"BORDERMAP_STORE": asked, "BORDERMAP_IMPORTED": older})
    assert both == Store(tmp_path / "a", before=tmp_path / "b")
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        url = here({"DATABASE_URL": f"{scheme}://u:secret@h/d"}).url
        assert url == "postgresql+psycopg://u:secret@h/d"
    assert "secret" not in str(here({"DATABASE_URL": "postgres://u:secret@h/d"}))
    with pytest.raises(InputError, match="PostgreSQL"):
        here({"DATABASE_URL": "mysql://h/d"})


def test_a_store_of_a_newer_map_is_left_alone(local):
    work.decide(local, 0, 1)
    with database.connection(local.database) as one:
        one.execute("update alembic_version set version_num = '9999'")
    one.close()
    local.database.rename(local.folder / "x")  # another file number: opened as by a new process
    shutil.copy(local.folder / "x", local.database)
    (fault,) = catalogue.held(local).faults
    assert "newer version of this map" in fault.text
