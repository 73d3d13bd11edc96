"""Two budgets of time that a user would feel: a filter's mask, and a spreadsheet placed.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_budgets.py``. Prints a
table and fails where a budget is overrun. Wall-clock time has no place among the tests, where a
busy machine would decide it.
"""

import csv
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from geo.places.gazetteer.lookup import load
from geo.places.table import finder, locate_file
from geo.query.filter import EventFilter
from tests.sample_events import event, table

FILTER_S, LOCATE_S = 0.1, 60.0
NAMES = ["Torkham", "Kalat district", "Xyzabad police station, Peshawar", "Peshawer", "قلات"]


def filtered() -> Callable[[], object]:
    """Return the filtering of 100,000 rows."""
    rows = table([event(f"e{n}", summary=f"word{n}") for n in range(20)], border_km=range(20))
    big = pd.concat([rows] * 5000)
    want = EventFilter(
        first=date(2023, 1, 1), what=("violence",), max_km=10, min_deaths=1, side=("unknown",)
    )
    return lambda: want.mask(big)


def located(folder: Path) -> Callable[[], object]:
    """Return the placing of a sheet of 10,000 names, half of them told apart by a number."""
    source, target = folder / "in.csv", folder / "out.csv"
    lines = [f"{name} {n if n % 2 else ''}".strip() for n in range(2000) for name in NAMES]
    with source.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["name"], *([line] for line in lines)])
    return lambda: locate_file(source, target, finder(load()))


def least(step: Callable[[], object], runs: int) -> float:
    """Return the least seconds of ``runs``."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        step()
        took.append(time.perf_counter() - start)
    return min(took)


def main() -> None:
    """Print the table; fail where a budget is overrun."""
    print("| | s | at most |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        rows = [
            ("100,000 rows filtered", least(filtered(), 5), FILTER_S),
            ("10,000 names placed", least(located(Path(scratch)), 1), LOCATE_S),
        ]
    for what, spent, budget in rows:
        print(f"| {what} | {spent:.3f} | {budget} |")
    assert all(spent < budget for _, spent, budget in rows)


if __name__ == "__main__":
    main()
