"""Killed (SIGKILL) at random moments: the store opens, and what was acknowledged is there."""

import random
import time
from contextlib import closing

import geopandas as gpd
import pytest

from geo import settings
from geo.datasets import fetch, library
from geo.datasets.fetch import file_of
from geo.files.registry import sha256
from geo.schema import read_points
from geo.store import catalogue
from geo.store.decisions import of
from tests.datasets.sample_tables import ucdp
from tests.store import work

KILLS = 6
LONGEST_S = 0.4
"""After the process has begun: some operations are over by then, one is under way."""


@pytest.mark.parametrize("what", ["import", "remove", "fetch", "decide"])
def test_what_was_acknowledged_survives(what, local, tmp_path):
    check_kills(what, local, tmp_path, KILLS)


def test_what_was_acknowledged_survives_on_postgresql(shared, tmp_path):
    check_kills("decide", shared, tmp_path, KILLS)


def check_kills(what, store, folder, kills):
    """Kill as often as that; after each, everything must be as the process said it was."""
    work.prepare(folder)
    mirror(folder)
    shown = set(read_points(settings.EVENTS_FILE).index)
    done = folder / "done.txt"
    for seed in range(kills):
        before = len(done.read_text().splitlines()) if done.exists() else 0
        kill_one(what, store, folder, done, random.Random(seed).uniform(0, LONGEST_S))
        lines = done.read_text().splitlines()
        CHECKS[what](store, folder, lines)
        assert catalogue.held(store).faults == ()
        assert shown <= set(library.events_table(store).index)
        assert before <= len(lines)
    return len(lines)


def kill_one(what, store, folder, done, after):
    done.touch()
    begun = done.stat().st_size
    process = work.processes().Process(target=work.forever, args=(what, store, folder, done))
    process.start()
    with closing(process):
        while done.stat().st_size == begun and process.is_alive():
            time.sleep(0.005)
        time.sleep(after)
        process.kill()
        process.join()
        assert process.exitcode == -9


def mirror(folder):
    (folder / "mirror").mkdir()
    path = folder / "mirror" / file_of("25.0.6")[1]
    ucdp(path, *({"id": str(number)} for number in range(2000)))


def _imported(store, _, lines):
    names = {one.name for one in catalogue.listing(store)}
    assert set(lines) <= names
    assert all(name.startswith("t") for name in names)


def _removed(store, _, lines):
    """Names come and go in turn; the last acknowledged one, or the next step, is the state."""
    held = [one.name for one in catalogue.listing(store)]
    assert held in ([], ["ucdp"])
    assert set(lines) <= {"ucdp", "import"}


def _fetched(_, folder, lines):
    path = folder / "fetched" / "ucdp" / file_of("25.0.6")[1]
    assert lines
    assert sha256(path) == sha256(folder / "mirror" / path.name)
    fetch.fetch_ucdp("25.0.6", str(folder / "mirror"), folder / "fetched" / "ucdp")


def _decided(store, _, lines):
    kept = of("doc0", store)
    assert {int(line) for line in lines} <= {one.number for one in kept}
    assert all(one.who == "writer 0" and one.why == "known there" for one in kept)


def _built(_, folder, lines):
    built = gpd.read_parquet(folder / "events.parquet")
    assert set(built.index) == set(read_points(settings.EVENTS_FILE).index)
    assert lines


CHECKS = {
    "import": _imported,
    "remove": _removed,
    "fetch": _fetched,
    "decide": _decided,
    "build": _built,
}
