"""Import a large UCDP file: rows, seconds, memory, beside a plain loop of the csv module.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_imports.py``. The public
file is repeated with new ids and, for most of the copies, moved to another continent, as in the
global file of which this border is a small part. The plain loop only makes one ``Event`` record
a row that concerns us, without the border and without checking anything.
"""

import csv
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.datasets.reading import read_dataset
from geo.model import DateSpan, Event, Place, Resolution, Tally, Telling
from geo.schema import to_frame
from geo.store.place import Store
from tests.outside import UCDP_FILE

HERE, ELSEWHERE = 16, 44


def large_file(target: Path) -> int:
    """Write the global file; returns its rows."""
    with UCDP_FILE.open(encoding="utf-8", newline="") as lines:
        heads, _, *rows = csv.reader(lines)
    at, lon = heads.index("id"), heads.index("longitude")
    country = heads.index("country")
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(heads)
        for copy in range(HERE + ELSEWHERE):
            for row in rows:
                new = list(row)
                new[at] = f"{row[at]}{copy:02d}"
                if copy >= HERE:
                    new[lon], new[country] = f"{float(row[lon]) - 60:.6f}", "Elsewhere"
                table.writerow(new)
    return len(rows) * (HERE + ELSEWHERE)


def plain(path: Path) -> int:
    """Read the file the usual way: a record a row, and the frame from them."""
    events = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["country"] != "Pakistan":
                continue
            first, last = (row[name][:10] for name in ("date_start", "date_end"))
            when = DateSpan(date.fromisoformat(first), date.fromisoformat(last), "day")
            lat, lon = float(row["latitude"]), float(row["longitude"])
            place = Place("", row["where_coordinates"], "town", "PK", "", "", lat, lon, "UCDP")
            found = Resolution(place, "near", "resolved")
            toll = Tally(None, int(row["best"]), None)
            one = Event(
                f"u{row['id']}",
                "ucdp",
                "armed_clash",
                when,
                place.name,
                found,
                (Telling(row["id"]),),
                fatalities=toll,
            )
            events.append(one)
    return len(to_frame(events))


def main() -> None:
    """Print the table."""
    if not UCDP_FILE.exists():
        sys.exit(f"{UCDP_FILE} is not there: nothing to measure.")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "GEDEvent_v25_1.csv"
        total = large_file(path)
        size = path.stat().st_size / 1e6
        began = time.process_time()
        reading = read_dataset(path, UCDP)
        read = time.process_time() - began
        print(f"{size:,.0f} MB, {total:,} rows: {reading.counts()}\n")
        print("| step | s CPU |\n|---|---|")
        print(f"| read, checked, to the frame | {read:.1f} |")
        del reading
        began = time.process_time()
        import_file(path, UCDP, store=Store(Path(scratch) / "store"))
        print(
            f"| the same with the border, stored and linked | {time.process_time() - began:.1f} |"
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        began = time.process_time()
        plain(path)
        print(f"| plain loop, nothing checked, no border | {time.process_time() - began:.1f} |")
        print(f"\npeak memory of the import {peak:,.0f} MB")


if __name__ == "__main__":
    main()
