"""Many at once: imports of same and other names, and decisions; nothing is lost or broken."""

import re
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from geo import settings
from geo.datasets import library
from geo.errors import StoreError
from geo.schema import read_points
from geo.store import catalogue, database, decisions
from geo.store.place import Store
from tests.browser.conftest import serve
from tests.store import work
from tests.store.conftest import new_database
from tests.store.counts import STRESS, often
from tests.visitor import visit

ROUNDS = range(often(1, 10))
"""On each database."""
PROCESSES = often([4], [5, 20])
WRITERS, EACH = often((5, 40), (20, 200))
PAUSE_S = often(0.2, 1)


def at_once(many, task, *arguments):
    """Run the task in that many processes; each gets its number."""
    with ProcessPoolExecutor(many, mp_context=work.processes()) as pool:
        waiting = [pool.submit(task, arguments[0], n, *arguments[1:]) for n in range(many)]
        while not all(one.done() for one in waiting):
            time.sleep(PAUSE_S)
            yield None
        yield [one.result() for one in waiting]


def shipped_ids():
    return set(read_points(settings.EVENTS_FILE).index)


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def served(request, tmp_path_factory):
    """A store for all rounds, and what tells how many events the map shows.

    That is the app itself with ``make stress``: one that serves through all rounds.
    """
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "SQLite":
        yield from _shown(Store(folder / "store"), folder)
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield from _shown(Store(folder / "store", url), folder)


def _shown(store, folder):
    if not STRESS:
        yield store, lambda: len(library.events_table(store))
        return
    own = {"BORDERMAP_STORE": str(store.folder), "DATABASE_URL": store.url}
    for url in serve(settings.EVENTS_FILE, folder, "", **own):
        yield store, lambda url=url: on_page(url)


def on_page(url):
    """Open the map as a new visitor; returns how many events it says that it shows."""
    with visit(url) as visitor:
        told = visitor.open().text
    (count,) = re.findall(r"<b>([\d,]+) of \1 events shown", told)
    return int(count.replace(",", ""))


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("many", PROCESSES)
@pytest.mark.parametrize("task", [work.same_name, work.other_name])
def test_imports_at_once_are_all_there_and_the_map_goes_on(task, many, number, served, tmp_path):
    store, shown = served
    shipped = len(shipped_ids())
    running = at_once(many, task, store, tmp_path)
    while (faults := next(running)) is None:
        assert shipped <= shown() <= shipped + many
    assert faults == [""] * many
    held = catalogue.held(store)
    assert held.faults == ()
    assert sum(one.rows for one in held.datasets) == many
    assert len(held.datasets) == (1 if task is work.same_name else many)
    assert shown() == shipped + many
    entered = {one.parquet for one in held.datasets}
    assert {path.name for path in store.folder.glob("*.parquet")} == entered
    for one in held.datasets:
        catalogue.remove(one.name, store)
    assert shown() == shipped


def test_of_decisions_at_once_none_is_lost(store):
    *_, numbers = at_once(WRITERS, work.decide, store, EACH)
    assert sorted(n for own in numbers for n in own) == list(range(1, WRITERS * EACH + 1))
    for who in range(WRITERS):
        kept = decisions.of(f"doc{who}", store)
        assert [one.number for one in kept] == numbers[who]
        assert [one.first for one in kept] == list(range(EACH))


def test_who_waits_for_too_long_is_told(store, tmp_path, monkeypatch):
    work.prepare(tmp_path)
    work.other_row(store, 1, tmp_path)
    monkeypatch.setattr(database, "WAIT_S", 1)
    with ThreadPoolExecutor(1) as other, database.exclusive(store):
        waiting = other.submit(catalogue.remove, "t1", store)
        with pytest.raises(StoreError, match="another import is at work"):
            waiting.result()
    assert [one.name for one in catalogue.listing(store)] == ["t1"]
