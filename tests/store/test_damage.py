"""Every file and row of the store damaged: named, the rest works, the printed way out works."""

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo import settings
from geo.__main__ import main
from geo.datasets import library
from geo.errors import StoreError
from geo.schema import read_points
from geo.store import catalogue, database, decisions, repair
from geo.store.place import Store
from tests.datasets.sample_tables import acled, ucdp
from tests.store import work
from tests.store.counts import often

CORRUPTIONS = often(5, 20)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder with two datasets, refused rows, a decision and kept links; made once."""
    folder = tmp_path_factory.mktemp("sound")
    store = Store(folder / "store")
    for path, kind in ((ucdp(folder / "u.csv", {}, {"id": "2", "best": "x"}), "ucdp"),
                       (acled(folder / "a.csv"), "acled")):  # fmt: skip
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BORDERMAP_STORE", str(store.folder))
            assert main(["import", str(path), "--format", kind]) == (kind == "ucdp")
    decisions.add([work.decision(0, 1)], store)
    library.events_table(store)
    return folder


@pytest.fixture
def damaged(sound, tmp_path, monkeypatch):
    """A copy of it to be damaged."""
    shutil.copytree(sound, tmp_path / "here")
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "here" / "store"))
    return Store(tmp_path / "here" / "store")


def corrupt(path: Path, seed: int) -> None:
    """Damage a file in one of five ways: empty, cut, foreign, missing, bytes in it changed."""
    chance, content = random.Random(seed), path.read_bytes()
    way = seed % 5
    if way == 0:
        path.write_bytes(b"")
    elif way == 1:
        path.write_bytes(content[: chance.randrange(1, len(content))])
    elif way == 2:
        path.write_bytes(chance.randbytes(chance.randrange(1, 5000)))
    elif way == 3:
        path.unlink()
    else:
        spoilt = bytearray(content)
        start = chance.randrange(len(content))
        spoilt[start : start + 600] = chance.randbytes(len(spoilt[start : start + 600]))
        path.write_bytes(spoilt)


def shipped_ids():
    return set(read_points(settings.EVENTS_FILE).index)


def follow(store, capsys):
    """Do what ``geo store`` prints until nothing is damaged."""
    for _ in range(4):
        status = main(["store"])
        told = capsys.readouterr().err
        if status == 0:
            return
        for command in dict.fromkeys(re.findall(r"'python -m geo ([^']+)'", told)):
            assert main(command.split()) == 0
            if "--remove" in command:
                kind = command.split()[-1]
                main(["import", str(store.folder.parent / f"{kind[0]}.csv"), "--format", kind])
        capsys.readouterr()
    raise AssertionError(told)


@pytest.mark.parametrize("seed", range(CORRUPTIONS))
@pytest.mark.parametrize("kind", ["store.db", "ucdp-*.parquet"])
def test_damage_is_named_and_the_way_out_works(kind, seed, damaged, capsys):
    before = library.events_table(damaged)
    (path,) = damaged.folder.glob(kind)
    corrupt(path, seed)
    table = library.events_table(damaged)
    assert shipped_ids() <= set(table.index)
    if "parquet" in kind:
        assert "acled-PAK1" in table.index
        assert [one.dataset for one in catalogue.held(damaged).faults] == ["ucdp"]
    elif len(table) < len(before):
        assert list(repair.faults(damaged))
    follow(damaged, capsys)
    assert set(library.events_table(damaged).index) == set(before.index)


@pytest.mark.parametrize("seed", range(CORRUPTIONS))
@pytest.mark.parametrize("kind", ["links-*.csv", "store.copy.db"])
def test_what_is_only_a_copy_is_made_again(kind, seed, damaged):
    before = library.events_table(damaged)
    (path,) = damaged.folder.glob(kind)
    corrupt(path, seed)
    assert library.events_table(damaged).equals(before)
    assert list(repair.faults(damaged)) == []


def test_a_decision_outlives_a_damaged_catalogue(damaged):
    """The pages of one table are wiped out; what stands on the others is kept."""
    with closing(database.connection(damaged.database)) as one:
        (root,) = one.execute("select rootpage from sqlite_master where name='datasets'").fetchone()
        (size,) = one.execute("pragma page_size").fetchone()
        one.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(damaged.database.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    damaged.database.write_bytes(content)
    assert list(repair.faults(damaged))
    kept = repair.repair(damaged)
    assert kept["decisions"] == 1
    assert kept["datasets"] == 2  # from the copy
    assert len(decisions.of("doc0", damaged)) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        "update dataset_files set counts = '{' where dataset = 'ucdp'",
        "update dataset_files set counts = '[]' where dataset = 'ucdp'",
        "update dataset_files set counts = '{}' where dataset = 'ucdp'",
        "update dataset_files set notes = '7' where dataset = 'ucdp'",
        "update datasets set rows = 'many' where name = 'ucdp'",
        "update datasets set sha256 = '' where name = 'ucdp'",
        "update datasets set parquet = '../../x' where name = 'ucdp'",
    ],
)
def test_a_damaged_row_is_named_and_the_way_out_works(spoil, damaged, capsys):
    with closing(database.connection(damaged.database)) as one:
        one.execute("pragma foreign_keys = off")
        one.execute(spoil)
    (fault,) = catalogue.held(damaged).faults
    assert fault.dataset == "ucdp"
    table = library.events_table(damaged)
    assert shipped_ids() < set(table.index)
    assert "acled-PAK1" in table.index
    follow(damaged, capsys)
    assert "ucdp-1" in library.events_table(damaged).index


def test_a_file_of_another_program_is_no_store(damaged, capsys):
    damaged.database.unlink()
    with closing(sqlite3.connect(damaged.database)) as other:
        other.execute("create table t (a)")
        other.commit()
    (fault,) = catalogue.held(damaged).faults
    assert "no store of this map" in fault.text
    follow(damaged, capsys)
    assert {one.name for one in catalogue.listing(damaged)} == {"acled", "ucdp"}


def test_who_has_the_store_for_himself_looks_at_it_without_waiting(damaged, monkeypatch):
    with closing(sqlite3.connect(damaged.folder / "other.db")) as other:
        other.execute("create table t (a)")
    (damaged.folder / "other.db").replace(damaged.database)
    monkeypatch.setattr(database, "WAIT_S", 1)
    with database.exclusive(damaged), pytest.raises(StoreError, match="no store of this map"):
        database.read(damaged)


def test_a_list_of_refused_rows_that_is_cut_is_not_shown(damaged):
    (path,) = damaged.folder.glob("*.refused.csv")
    assert catalogue.refused_rows(path.name, damaged)
    path.write_bytes(path.read_bytes()[:30])
    assert catalogue.refused_rows(path.name, damaged) is None


def test_on_postgresql_a_damaged_file_is_taken_from_the_database(shared, tmp_path):
    work.prepare(tmp_path)
    work.other_row(shared, 1, tmp_path)
    (path,) = shared.folder.glob("*.parquet")
    for seed in range(CORRUPTIONS):
        corrupt(path, seed)
        assert catalogue.held(shared).faults == ()
        assert "t1-1" in library.events_table(shared).index
