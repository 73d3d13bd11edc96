"""Break 500 tables at random and read them: nothing but rows or an InputError may come of it.

Run as ``PYTHONPATH=. python tests/benchmarks/stress_tables.py``.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.datasets.hostile import WHOLE, mutated, outcome

EACH = 100


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for kind in WHOLE:
            came: Counter[str] = Counter()
            slowest = 0.0
            for seed in range(EACH):
                path = Path(folder) / f"{seed}.{kind}"
                path.write_bytes(mutated(kind, seed))
                begun = time.perf_counter()
                said = outcome(path)  # what is raised here is the fault that is looked for
                slowest = max(slowest, time.perf_counter() - begun)
                came["refused" if said else "read"] += 1
                assert "\n" not in said, said
            print(f"{kind:8} {came['read']:3} read {came['refused']:3} refused, {slowest:.1f} s")
    for who, what in ((resource.RUSAGE_SELF, "here"), (resource.RUSAGE_CHILDREN, "apart")):
        print(f"peak memory {what}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
