"""What each hostile file costs on the command line: seconds and memory, the process apart included.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_hostile.py``. Memory is
that of the command and of the process it starts, added up, asked of ``/proc`` every few
milliseconds: this runs on Linux. What is asked of a file (one line, no traceback) is tested in
``tests/commands/test_hostile.py``.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.datasets.hostile import CASES, hostile_file

EVERY_S = 0.005
PAGE_MB = os.sysconf("SC_PAGESIZE") / 1e6


def held(process: int) -> float:
    """Return the megabytes that a process and all that it started hold."""
    own = 0.0
    with contextlib.suppress(OSError, IndexError):
        own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_MB
    children: list[str] = []
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(held(int(one)) for one in children)


def cost(*command: str, store: Path) -> tuple[float, float, int, str]:
    """Run ``geo`` and return seconds, most megabytes, exit code and the last line said."""
    begun, most = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "geo", *command],
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | {"BORDERMAP_STORE": str(store)},
        )
        while process.poll() is None:
            most = max(most, held(process.pid))
            time.sleep(EVERY_S)
        took = time.perf_counter() - begun
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    return took, most, process.returncode, lines[-1] if lines else ""


def main() -> None:
    """Print a row for each file and command."""
    print("| file | command | seconds | MB | exit | says |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for case in CASES:
            path = str(hostile_file(case["file"], place))
            for name, command in (
                ("import", ("import", "--format", "table", path)),
                ("locate", ("locate", "--csv", path, "--out", f"{folder}/located.csv")),
            ):
                took, most, code, last = cost(*command, store=place / "store")
                told = last.replace(f"{folder}/", "").replace("|", "/")
                print(f"| {case['file']} | {name} | {took:.1f} | {most:.0f} | {code} | {told} |")


if __name__ == "__main__":
    main()
