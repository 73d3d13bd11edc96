"""Memory of one hosted server: UCDP loaded, twenty visitors at once, two hundred that come and go.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_hosted.py``. The visitors
are websockets without a browser: each has the map's page drawn, as at a first visit. Memory is
what the server holds (RSS), read from ``/proc``, so this runs on Linux.
"""

import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from geo.datasets.importing import FORMATS, import_file
from geo.settings import EVENTS_FILE
from geo.store.place import Store
from tests.browser.conftest import serve
from tests.visitor import visit

FILE = Path("../shared/data/events/ucdp_ged_pakistan_1989-2021.csv")
AT_ONCE = 20
LOADS = 200
EVERY = 20
SOON_S = 1
"""Sessions that are gone are kept this long, instead of two minutes, so that the end shows."""


def megabytes(process: int) -> float:
    """Return the memory that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def server_of(url: str) -> int:
    """Return the process that serves ``url``: a child of this one."""
    port = url.rsplit(":", 1)[1].split("/")[0]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if port.encode() in path.read_bytes().split(b"\0"):
                return int(path.parent.name)
    raise LookupError(f"nothing serves {url}")


def one_load(url: str) -> float:
    """Open the map, wait until it is drawn, leave; returns the seconds it took."""
    begin = time.perf_counter()
    with visit(url) as visitor:
        visitor.open()
    return time.perf_counter() - begin


def measured(url: str) -> Iterator[str]:
    """Yield what was measured, a line at a time."""
    process = server_of(url)
    yield f"started: {megabytes(process):,.0f} MB"
    first = one_load(url)
    yield f"one visit ({first:.1f} s): {megabytes(process):,.0f} MB"
    with contextlib.ExitStack() as held:
        for _ in range(AT_ONCE):
            held.enter_context(visit(url)).open()
        yield f"{AT_ONCE} visitors with the map open: {megabytes(process):,.0f} MB"
    after, took = [], []
    for _ in range(LOADS // EVERY):
        took += [one_load(url) for _ in range(EVERY)]
        time.sleep(SOON_S)
        after.append(megabytes(process))
        yield f"after {len(took)} loads: {after[-1]:,.0f} MB"
    yield f"a load: median {statistics.median(took):.2f} s, longest {max(took):.2f} s"
    half = len(after) // 2
    grown = statistics.mean(after[half:]) - statistics.mean(after[:half])
    yield f"second half of the loads beside the first: {grown:+,.0f} MB"


def main() -> None:
    """Import UCDP into a store of its own, serve it and print."""
    if not FILE.exists():
        print(f"not measured: {FILE} is not here")
        return
    with tempfile.TemporaryDirectory() as folder:
        outcome = import_file(FILE, FORMATS["ucdp"], store=Store(Path(folder)))
        print(outcome.account())
        own = {"BORDERMAP_STORE": folder, "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(SOON_S)}
        for url in serve(EVENTS_FILE, Path(folder), "", **own):
            for line in measured(url):
                print(line, flush=True)


if __name__ == "__main__":
    os.nice(5)
    main()
