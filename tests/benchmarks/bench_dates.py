"""Read the date cases: our reader beside dateparser's search.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_dates.py``. Prints a
Markdown table: the share of the rows of ``tests/cases/dates.csv`` read right, and the processor
seconds for 1,000 rows, best of three. dateparser gives a day and no precision, so for it a row of
one day is right when its single find is that day, a row of no date when it finds none, and a row of
several days when its find is one of them; rows that cannot be dated count as right when it finds
none.
"""

import time
import warnings
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from geo.reports.time.find import find_dates
from geo.reports.tokens.tokenise import tokenise
from tests import case_tables
from tests.case_tables import day

RUNS = 3
Row = dict[str, str]
Reader = Callable[[Row], bool]


def ours(row: Row) -> bool:
    """Whether our reader gives the row's days and precision, and nothing else."""
    found = find_dates(tokenise(row["text"]), day(row["published"]))
    told = [(one.first, one.last, one.precision) for one in found]
    wanted = (day(row["first"]), day(row["last"]), row["precision"])
    return told == ([] if row["precision"] == "none" else [wanted])


def ours_leniently(row: Row) -> bool:
    """Whether our reader is right by the measure used for dateparser."""
    found = find_dates(tokenise(row["text"]), day(row["published"]))
    return lenient([one.first for one in found if one.first], row)


def lenient(found: list[date], row: Row) -> bool:
    """Whether one of the row's days was found, or none where there is none to find."""
    first, last = day(row["first"]), day(row["last"])
    if first is None or last is None:
        return not found
    return len(found) == 1 and first <= found[0] <= last


def peers() -> Iterable[tuple[str, Reader]]:
    """Yield dateparser's search, where it is installed (requirements-dev.txt)."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return

    def theirs(row: Row) -> bool:
        published = day(row["published"])
        base = datetime.combine(published, datetime.min.time()) if published else None
        settings = {"PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}
        settings |= {"RELATIVE_BASE": base + timedelta(hours=12)} if base else {}
        found = search_dates(row["text"], languages=["en"], settings=settings) or []
        return lenient([when.date() for _, when in found], row)

    yield "dateparser", theirs


def measure(reader: Reader, rows: list[Row]) -> tuple[float, float]:
    """Return the share of rows read right and the seconds for 1,000 rows."""
    best, right = float("inf"), 0
    for _ in range(RUNS):
        start = time.process_time()
        right = sum(map(reader, rows))
        best = min(best, time.process_time() - start)
    return right / len(rows), best * 1000 / len(rows)


def table() -> str:
    """Return the comparison as a Markdown table."""
    rows = case_tables.rows("dates.csv")
    out = [f"| reader, {len(rows)} rows | right | s per 1,000 rows |", "|---|---|---|"]
    readers = [("ours, days and precision", ours), ("ours, any of the days", ours_leniently)]
    for name, reader in [*readers, *peers()]:
        share, seconds = measure(reader, rows)
        out.append(f"| {name} | {share:.0%} | {seconds:.3f} |")
    return "\n".join(out)


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # dateparser warns of dates without a year
    print(table())
