"""Find the same event in two datasets: ours beside the usual rule (same day, within 25 km).

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_linking.py``. Real UCDP
rows are told a second time as another dataset would: the place moved or known to its district
only, the date a day off, the toll revised, the type named otherwise; half of the copies are of
rows that the first dataset lacks. The truth is known, so links can be counted right and wrong.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from geo.datasets import linking
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.reading import read_dataset
from tests.outside import UCDP_FILE

SEED = 20261124
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.72, 0.75, 0.8)


def table_of(path: Path) -> pd.DataFrame:
    """Return the rows of the file with ``lon`` and ``lat``."""
    frame = read_dataset(path, UCDP).frame
    table = pd.DataFrame(frame.drop(columns="geometry"))
    return table.assign(lon=frame.geometry.x, lat=frame.geometry.y)


def retold(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the rows as another dataset would tell them; index ``other-…``."""
    n = len(table)
    other = table.copy()
    vague = rng.random(n) < 0.4
    move = np.where(vague, 20.0, 4.0) * rng.rayleigh(0.7, n) / 111.0
    angle = rng.uniform(0, 2 * np.pi, n)
    other["lat"] += move * np.sin(angle)
    other["lon"] += move * np.cos(angle)
    other["precision"] = np.where(vague, "admin2", "exact")
    other["uncertainty_km"] = np.where(vague, 40.0, 2.0)
    late = pd.to_timedelta(rng.choice([0, 1, -1], n, p=[0.75, 0.2, 0.05]), unit="D")
    other["date_start"] += late
    other["date_end"] += late
    best = other["fatalities_best"].astype(float)
    factor = rng.choice([1.0, 1.3, 0.75], n, p=[0.6, 0.2, 0.2])
    toll = (best * factor).round().astype("Int32").mask(rng.random(n) < 0.1)
    for bound in ("low", "best", "high"):
        other[f"fatalities_{bound}"] = toll
    other["event_type"] = rng.choice(["bombing", "armed_clash", "armed_attack"], n)
    other["dataset"] = "other"
    return other.set_index("other-" + other["source_id"])


def judge(pairs: set[frozenset[str]], truth: set[frozenset[str]]) -> str:
    """Return precision and recall in words of a table."""
    right = len(pairs & truth)
    return f"{len(pairs):6,} | {right / max(len(pairs), 1):.3f} | {right / len(truth):.3f}"


def main() -> None:
    """Print the tables."""
    if not UCDP_FILE.exists():
        sys.exit(f"{UCDP_FILE} is not there: nothing to measure.")
    rng = np.random.default_rng(SEED)
    rows = table_of(UCDP_FILE)
    first = rows[rng.random(len(rows)) < 0.5]
    second = retold(rows[rng.random(len(rows)) < 0.5], rng).rename_axis("event_id")
    both = pd.concat([first, second])
    shared = set(first["source_id"]) & set(second["source_id"])
    truth = {frozenset((f"ucdp-{n}", f"other-{n}")) for n in shared}
    print(f"{len(first):,} and {len(second):,} rows, {len(truth):,} told in both\n")
    print("| links | found | precision | recall |\n|---|---|---|---|")
    for least in THRESHOLDS:
        links = linking.find_links(both, least=least)
        pairs = {frozenset(p) for p in zip(links["event_id"], links["other_id"], strict=True)}
        print(f"| ours, score ≥ {least} | {judge(pairs, truth)} |")
    a, b = (both[both["dataset"] == name].reset_index() for name in ("ucdp", "other"))
    pairs_ = a.merge(b, on="date_start", suffixes=("", "_b"))
    km = linking._km(*(pairs_[c].to_numpy(float) for c in ("lon", "lat", "lon_b", "lat_b")))
    near = pairs_[km <= 25.0]
    plain = {frozenset(p) for p in zip(near["event_id"], near["event_id_b"], strict=True)}
    print(f"| same day, within 25 km | {judge(plain, truth)} |")
    large = pd.concat(
        [
            both.assign(
                date_start=both["date_start"] + pd.Timedelta(days=400 * k),
                date_end=both["date_end"] + pd.Timedelta(days=400 * k),
            ).set_axis(both.index + f"-{k}")
            for k in range(16)
        ]
    )
    began = time.process_time()
    found = linking.find_links(large)
    print(f"\n{len(large):,} rows: {time.process_time() - began:.1f} s CPU, {len(found):,} links")


if __name__ == "__main__":
    main()
