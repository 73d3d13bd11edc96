"""Killed (SIGKILL) at random moments: the store opens, and what was acknowledged is there."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing

import geopandas as gpd
import pytest

from geo import settings
from geo.datasets import fetch, library
from geo.datasets.fetch import file_of
from geo.files import registry
from geo.files.registry import sha256
from geo.schema import read_points
from geo.store import catalogue
from geo.store.decisions import of
from tests.checkout import ROOT, copy_checkout
from tests.datasets.sample_tables import ucdp
from tests.store import work
from tests.store.counts import often

KILLS = often(2, 50)
LONGEST_S = 0.4
"""After the process has begun: some operations are over by then, one is under way."""
BUILDER = """
from pathlib import Path
from tests.store import work
work.forever("build", None, None, Path({!r}))
"""


@pytest.mark.parametrize("what", ["import", "remove", "decide"])
def test_what_was_acknowledged_survives(what, store, tmp_path):
    check_kills(what, store, tmp_path)


def test_what_was_fetched_survives(local, tmp_path):
    mirror(tmp_path)
    check_kills("fetch", local, tmp_path)


def check_kills(what, store, folder):
    """Kill at random moments; after each, everything must be as the process said it was."""
    work.prepare(folder)
    shown = set(read_points(settings.EVENTS_FILE).index)
    done = folder / "done.txt"
    done.touch()
    before = 0
    for seed in range(KILLS):
        process = work.processes().Process(target=work.forever, args=(what, store, folder, done))
        process.start()
        with closing(process):
            kill_at_work(process, process.is_alive, done, seed)
            process.join()
            assert process.exitcode == -signal.SIGKILL
        lines = done.read_text().splitlines()
        assert before < len(lines)
        before = len(lines)
        CHECKS[what](store, folder, lines)
        assert catalogue.held(store).faults == ()
        assert shown <= set(library.events_table(store).index)


def kill_at_work(process, alive, done, seed):
    """Kill a process at some moment after the first thing that it did."""
    begun = done.stat().st_size
    while done.stat().st_size == begun and alive():
        time.sleep(0.005)
    time.sleep(random.Random(seed).uniform(0, LONGEST_S))
    assert alive()
    process.kill()


def test_a_build_that_is_killed_leaves_whole_files_and_is_mended_by_the_next(tmp_path):
    checkout = copy_checkout(tmp_path / "checkout", "geo", "data", "seeds")
    shown = set(read_points(settings.EVENTS_FILE).index)
    done = tmp_path / "done.txt"
    done.touch()
    own = os.environ | {"PYTHONPATH": f"{checkout}{os.pathsep}{ROOT}", "BORDERMAP_EVENTS": ""}
    for seed in range(KILLS):
        builder = [sys.executable, "-c", BUILDER.format(str(done))]
        with subprocess.Popen(builder, cwd=checkout, env=own) as process:
            kill_at_work(process, lambda p=process: p.poll() is None, done, seed)
        assert process.returncode == -signal.SIGKILL
        assert set(gpd.read_parquet(checkout / "data" / "events.parquet").index) == shown
        faults = registry.verify(checkout)
        assert all("run 'make data'" in fault for fault in faults), faults
    build = [sys.executable, "-m", "geo"]
    subprocess.run([*build, "build"], cwd=checkout, env=own, check=True)
    subprocess.run([*build, "check"], cwd=checkout, env=own, check=True)


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


CHECKS = {
    "import": _imported,
    "remove": _removed,
    "fetch": _fetched,
    "decide": _decided,
}
