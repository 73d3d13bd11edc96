"""Many at once: imports of same and other names, and decisions; nothing is lost or broken."""

import time
from concurrent.futures import ProcessPoolExecutor

import pytest

from geo import settings
from geo.datasets import library
from geo.schema import read_points
from geo.store import catalogue, decisions
from tests.store import work

PAUSE_S = 0.2


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


SAME, OTHER = work.same_row, work.other_row


@pytest.mark.parametrize(
    ("kind", "many", "task"),
    [
        ("local", 20, SAME),
        ("local", 20, OTHER),
        ("shared", 20, SAME),
        ("shared", 20, OTHER),
        ("local", 5, work.same_name),
        ("shared", 5, work.other_name),
    ],
)
def test_imports_at_once_are_all_there_and_the_map_goes_on(kind, many, task, request, tmp_path):
    check_round(request.getfixturevalue(kind), many, task, tmp_path)


def check_round(store, many, task, tmp_path):
    """Import with that many processes while the map is read; all of it must be there after."""
    work.prepare(tmp_path)
    shown = shipped_ids()
    running = at_once(many, task, store, tmp_path)
    while (faults := next(running)) is None:
        assert shown <= set(library.events_table(store).index)
    assert faults == [""] * many
    held = catalogue.held(store)
    assert held.faults == ()
    assert sum(one.rows for one in held.datasets) == many
    assert len(held.datasets) == (1 if task in {SAME, work.same_name} else many)
    assert len(library.events_table(store)) == len(shown) + many
    entered = {one.parquet for one in held.datasets}
    assert {path.name for path in store.folder.glob("*.parquet")} == entered


def test_of_decisions_at_once_none_is_lost(store):
    check_decisions(store)


def check_decisions(store):
    """Take decisions with 20 processes at once; each must be kept, in its writer's order."""
    writers, each = 20, 200
    *_, numbers = at_once(writers, work.decide, store, each)
    assert sorted(n for own in numbers for n in own) == list(range(1, writers * each + 1))
    for who in range(writers):
        kept = decisions.of(f"doc{who}", store)
        assert [one.number for one in kept] == numbers[who]
        assert [one.first for one in kept] == list(range(each))
