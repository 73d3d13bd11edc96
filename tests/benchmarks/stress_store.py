"""Many rounds of what tests/store does a few of: imports at once, kills. ``make stress`` runs it.

``python tests/benchmarks/stress_store.py [ROUNDS] [KILLS]``; docs/reliability.md has the figures.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from geo.store import database
from geo.store.place import Store, postgresql
from tests.store import postgres, work
from tests.store.test_kill import CHECKS, check_kills
from tests.store.test_together import check_decisions, check_round

ROUNDS, KILLS = 20, 50
TASKS = {
    "same name": work.same_row,
    "other names": work.other_row,
    "whole imports, same name": work.same_name,
    "whole imports, other names": work.other_name,
}


@contextmanager
def stores(address: str, number: int) -> Iterator[dict[str, tuple[Store, Path]]]:
    """Give an empty store of either kind, and a folder for each."""
    with tempfile.TemporaryDirectory() as place:
        folders = {kind: Path(place) / kind for kind in ("SQLite", "PostgreSQL")}
        for folder in folders.values():
            folder.mkdir()
        with psycopg.connect(address.format("postgres"), autocommit=True) as one:
            one.execute(f"create database stress{number}")
        url = postgresql(address.format(f"stress{number}"))
        made = {kind: Store(folder / "store") for kind, folder in folders.items()}
        made["PostgreSQL"] = Store(made["PostgreSQL"].folder, url)
        yield {kind: (made[kind], folders[kind]) for kind in folders}
        database.let_go(url)


def tell(what: str, since: float) -> None:
    print(f"{what}: {time.monotonic() - since:.0f} s", flush=True)


def main(rounds: int, kills: int) -> None:
    number = 0
    with postgres.server(postgres.needed()) as address:
        for many in (5, 20):
            for name, task in TASKS.items():
                since = time.monotonic()
                for _ in range(rounds):
                    number += 1
                    with stores(address, number) as both:
                        for store, folder in both.values():
                            check_round(store, many, task, folder)
                tell(f"{many} processes, {name}: {rounds} rounds on each database, 0 broken", since)
        for what in CHECKS:
            number += 1
            since = time.monotonic()
            with stores(address, number) as both:
                for kind, (store, folder) in both.items():
                    done = check_kills(what, store, folder, kills)
                    told = f"{what}: {kills} kills on {kind}, {done} acknowledged, 0 lost"
                    tell(told, since)
        number += 1
        with stores(address, number) as both:
            for kind, (store, _) in both.items():
                since = time.monotonic()
                check_decisions(store)
                tell(f"20 writers, 200 decisions each on {kind}: 0 lost", since)


if __name__ == "__main__":
    asked = [int(text) for text in sys.argv[1:]]
    main(*(asked + [ROUNDS, KILLS][len(asked) :]))
