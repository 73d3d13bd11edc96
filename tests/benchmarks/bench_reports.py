"""Measure the reader: how much it gets right on coded texts, how fast it is, how time grows.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_reports.py``. Prints
Markdown tables; ``docs/accuracy.md`` and ``docs/benchmarks.md`` keep them. The coded texts are not
shipped (``../shared``), nor is the full gazetteer; each part says so where its input is absent.
What counts as right is said in the module of each part; speed is measured on shipped texts.
"""

from goldtexts import gold_texts
from incidents import incidents
from pace import curve, pace
from releases import releases


def main() -> None:
    gold_texts()
    releases()
    incidents()
    pace()
    curve()


if __name__ == "__main__":
    main()
