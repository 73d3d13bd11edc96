"""All of a store in one file, back from it, and into PostgreSQL: by the commands of the README."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from geo.__main__ import main
from geo.datasets import library
from geo.errors import StoreError
from geo.store import catalogue, database, decisions, tables
from geo.store.moving import backup
from geo.store.place import Store, here, postgresql
from tests.datasets.sample_tables import ucdp
from tests.store import work


@pytest.fixture
def filled(local, tmp_path, monkeypatch):
    """A store with a dataset, refused rows, a cut link and decisions, named by the environment."""
    monkeypatch.setenv("BORDERMAP_STORE", str(local.folder))
    main(
        ["import", str(ucdp(tmp_path / "u.csv", {}, {"id": "2", "best": "x"})), "--format", "ucdp"]
    )
    linked = library.links_of(local).iloc[0]
    main(["import", "--cut", linked["event_id"], linked["other_id"]])
    work.decide(local, 0, 5)
    return local


def all_of(store):
    held = catalogue.held(store)
    assert held.faults == ()
    (one,) = held.datasets
    table = library.events_table(store)
    refused = catalogue.refused_rows(one.files[0].refused_file, store)
    return one, set(table.index), catalogue.cut_pairs(store), decisions.of("doc0", store), refused


def goes_on(store, tmp_path):
    """What was copied is no dead copy: it takes decisions and imports, each with a new number."""
    assert work.decide(store, 0, 1) == [6]
    work.prepare(tmp_path)
    assert work.other_row(store, 3, tmp_path) == ""


def test_a_backup_comes_back_whole(filled, tmp_path, monkeypatch, capsys):
    assert main(["store", "backup", str(tmp_path / "b.db")]) == 0
    again = Store(tmp_path / "again")
    monkeypatch.setenv("BORDERMAP_STORE", str(again.folder))
    assert main(["store", "restore", str(tmp_path / "b.db")]) == 0
    assert "datasets 1, documents 0, decisions 5, files 2" in capsys.readouterr().out
    assert all_of(again) == all_of(filled)
    goes_on(again, tmp_path)
    assert main(["store", "restore", str(tmp_path / "b.db")]) == 1
    assert "holds a store already" in capsys.readouterr().err


def test_it_moves_to_postgresql_and_back_in_a_backup(filled, empty_database, tmp_path, monkeypatch):
    before = all_of(filled)
    assert main(["store", "move", empty_database]) == 0
    monkeypatch.setenv("DATABASE_URL", empty_database)
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "other server"))
    assert all_of(here()) == before
    assert main(["store", "backup", str(tmp_path / "b.db")]) == 0
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "home again"))
    assert main(["store", "restore", str(tmp_path / "b.db")]) == 0
    assert all_of(here()) == before
    goes_on(replace(filled, url=empty_database), tmp_path)


def test_a_database_that_is_in_use_or_is_none_is_refused(filled, shared, tmp_path, capsys):
    work.decide(shared, 0, 1)
    assert main(["store", "move", shared.url]) == 1
    assert "holds a store already" in capsys.readouterr().err
    assert len(decisions.of("doc0", shared)) == 1
    for wrong, said in (("sqlite:///a.db", "PostgreSQL"), ("", "Name the database")):
        assert main(["store", "move", wrong]) == 1
        assert said in capsys.readouterr().err
    assert main(["store", "move", "postgresql://nobody@127.0.0.1:9/none"]) == 1
    assert "does not answer" in capsys.readouterr().err


def test_a_file_that_is_no_backup_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "store"))
    (tmp_path / "b.db").write_bytes(b"no database" * 100)
    for name in ("b.db", "none.db"):
        assert main(["store", "restore", str(tmp_path / name)]) == 1
        assert name in capsys.readouterr().err
    assert catalogue.listing(Store(tmp_path / "store")) == []


def test_a_backup_of_a_damaged_store_is_refused_and_leaves_the_old_one(filled, tmp_path):
    target = tmp_path / "b.db"
    backup(filled, target)
    before = target.read_bytes()
    (rows,) = filled.folder.glob("*.parquet")
    rows.write_bytes(b"")
    with pytest.raises(StoreError, match=rows.name):
        backup(filled, target)
    assert target.read_bytes() == before


def test_two_servers_with_folders_of_their_own_see_the_same(shared, tmp_path):
    other = replace(shared, folder=tmp_path / "other server")
    work.prepare(tmp_path)
    work.same_row(shared, 1, tmp_path)
    before = catalogue.state(other)
    assert "ucdp-1" in library.events_table(other).index
    work.same_row(other, 2, tmp_path)
    assert catalogue.state(shared) != before
    assert {"ucdp-1", "ucdp-2"} <= set(library.events_table(shared).index)
    catalogue.remove("ucdp", shared)
    assert catalogue.listing(other) == []


def test_the_steps_lead_to_the_tables(store):
    work.decide(store, 0, 1)
    with database.snapshot(store) as connection:
        found = MigrationContext.configure(connection)
        assert found.get_current_revision() == tables.HEAD
        assert compare_metadata(found, tables.METADATA) == []


@pytest.mark.parametrize(
    "change", [tables.decisions.update().values(who="x"), tables.decisions.delete()]
)
def test_decisions_are_only_ever_added_to(change, store):
    work.decide(store, 0, 2)
    with pytest.raises(StoreError, match="only ever added to"), database.writing(store) as one:
        one.execute(change)
    assert [one.who for one in decisions.of("doc0", store)] == ["writer 0"] * 2


def test_the_last_decision_on_a_field_holds(store):
    first = work.decision(0, 1)
    second = replace(first, before="p1", after="Khost", why="the second telling says so")
    decisions.add([first, second], store)
    held = decisions.in_force(decisions.of("doc0", store))
    assert held[1, 6, "place"].after == "Khost"


def test_decisions_taken_together_are_all_there_or_none(store):
    bad = replace(work.decision(0, 2), why=None)
    with pytest.raises(StoreError):
        decisions.add([work.decision(0, 1), bad], store)
    assert decisions.of("doc0", store) == []


def test_a_store_is_named_without_a_password():
    for address in ("user:secret@host/map", "host/map?user=user&password=secret"):
        store = Store(Path("kept"), postgresql(f"postgresql://{address}"))
        assert str(store).endswith("host/map")
        assert "secret" not in str(store)
