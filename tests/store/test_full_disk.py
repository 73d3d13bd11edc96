"""A disk that is full after so many bytes, and a folder that cannot be written to."""

import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from geo import settings
from geo.datasets import library
from geo.schema import read_points
from geo.store import catalogue, decisions
from geo.store.place import Store
from tests.store import work
from tests.store.counts import often

PAGES = (1, 2, 4, 6, 8, 9, 10, 11, 12, 13, 14, 16, 20, 22, 24)
SIZES = [0, 1, 100, *(4096 * n for n in PAGES), 99_999, 120_001]
TRIED = often(SIZES[::3], SIZES)


def test_a_disk_full_at_any_size_leaves_what_was_there_and_heals(local, tmp_path):
    work.prepare(tmp_path)
    assert work.other_row(local, 900, tmp_path) == ""
    shown = set(read_points(settings.EVENTS_FILE).index)
    refused = 0
    for number, size in enumerate(TRIED):
        with ProcessPoolExecutor(1, mp_context=work.processes()) as pool:
            fault = pool.submit(work.with_little_room, size, local, number, tmp_path).result()
        refused += bool(fault)
        assert not fault or "no space is left" in fault, fault
        held = catalogue.held(local)
        assert held.faults == ()
        assert "t900" in {one.name for one in held.datasets}
        assert not list(local.folder.glob(".*.part"))
        assert work.other_row(local, number, tmp_path) == ""  # space has returned
        assert f"t{number}" in {one.name for one in catalogue.listing(local)}
    assert shown <= set(library.events_table(local).index)
    assert refused >= len(TRIED) // 2


def test_a_store_that_cannot_be_written_to_is_read_and_says_so(tmp_path):
    with tempfile.TemporaryDirectory(dir="/tmp") as place:  # one that others may enter
        Path(place).chmod(0o755)
        store = Store(Path(place) / "store")
        work.prepare(tmp_path)
        work.other_row(store, 1, tmp_path)
        decisions.add([work.decision(0, 1)], store)
        before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
        for path in (*store.folder.iterdir(), store.folder):
            path.chmod(0o555)
        with ProcessPoolExecutor(1, mp_context=work.processes()) as pool:
            read, refused = pool.submit(work.without_rights, store).result()
        store.folder.chmod(0o755)
        assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before
    assert read == ["t1", "1 decisions"]
    assert len(refused) == 2
    assert all("set BORDERMAP_STORE to a folder that can be" in text for text in refused)


def test_where_nothing_is_kept_reading_makes_nothing(tmp_path):
    store = Store(tmp_path / "none")
    assert catalogue.held(store) == catalogue.Held((), ())
    assert decisions.of("doc0", store) == []
    assert not (tmp_path / "none").exists()
