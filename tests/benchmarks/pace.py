"""How fast the reader is: reports a second, memory, and seconds against length."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from spacyway import OTHER_STEPS, spacy_reader

from geo.places.gazetteer.full import CACHE, FOLDER, FullGazetteer
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.reports.documents.read import read_text
from geo.reports.events.read import read_document
from tests.reports.hostile import PATTERNS, ROOT, reports

ROUNDS, REPORTS, SIZE = 5, 150, 3_000
SPACY_REPORTS = 60
LENGTHS = (1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000)
PATIENCE_S = 30
TARGETS = {"embedded": 300, "full": 150}
MOST_MB = 400

PEAK = """
import sys
from pathlib import Path
from geo.places.gazetteer.full import FullGazetteer
from geo.places.gazetteer.lookup import load
from geo.reports.documents.read import read_text
from geo.reports.events.read import read_document
from tests.reports.hostile import reports
held = FullGazetteer(Path(sys.argv[1])) if sys.argv[1] else load()
for text in reports(int(sys.argv[2])):
    for document in read_text(text, "report"):
        read_document(document, held)
status = Path("/proc/self/status")
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else "nan"
print(float(peak) / 1024)
"""


def our_reader(gazetteer: Gazetteer) -> Callable[[Iterable[str]], int]:
    """Return a reader of texts that counts their events."""

    def read(texts: Iterable[str]) -> int:
        documents = (document for text in texts for document in read_text(text, "report"))
        return sum(len(read_document(document, gazetteer).events) for document in documents)

    return read


def pace() -> None:
    """Print reports a second of one core and the peak memory of a process, beside spaCy's."""
    paths = {"embedded": None, "full": FOLDER / CACHE}
    if not (FOLDER / CACHE).is_file():
        del paths["full"]
        print(f"\nThe full tier is left out: {FOLDER / CACHE} is not there; fetch it.")
    print(f"\n### Reports of {SIZE:,} letters a second of one core\n")
    print(f"Processor time, median of {ROUNDS} rounds; no two reports are alike.\n")
    print("| | a second | first round | target | peak memory, MB | ours is faster by |")
    print("|---|---|---|---|---|---|")
    ours: list[float] = []
    for tier, path in paths.items():
        gazetteer = FullGazetteer(path) if path else load()
        paces = per_second(our_reader(gazetteer), REPORTS)
        memory = f"{peak_memory(path):.0f} (at most {MOST_MB})"
        show(f"our reader, {tier} gazetteer", paces, str(TARGETS[tier]), memory)
        ours = ours or paces
        if isinstance(gazetteer, FullGazetteer):
            gazetteer.close()
    for label, steps in (("whole", ()), ("entities only", OTHER_STEPS)):
        paces = per_second(spacy_reader(load(), steps), SPACY_REPORTS)
        ratio = statistics.median(ours) / statistics.median(paces)
        show(f"spaCy's places in a dictionary, {label}", paces, ratio=f"{ratio:.0f} times")


def show(
    label: str, paces: list[float], target: str = "", memory: str = "", ratio: str = ""
) -> None:
    middle = statistics.median(paces)
    print(
        f"| {label} | {middle:.0f} | {paces[0]:.0f} | {target} | {memory} | {ratio} |", flush=True
    )


def per_second(read: Callable[[Iterable[str]], int], count: int) -> list[float]:
    """Return reports a second of processor time, one figure a round; each round has its own."""
    read(reports(5, SIZE, seed=-1))
    paces = []
    for number in range(ROUNDS):
        texts = list(reports(count, SIZE, seed=number))
        start = time.process_time()
        read(texts)
        paces.append(count / (time.process_time() - start))
    return paces


def peak_memory(path: Path | None) -> float:
    """Return the peak memory, in MB, of a new process that reads some reports."""
    run = subprocess.run(
        [sys.executable, "-c", PEAK, str(path or ""), str(REPORTS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(run.stdout)


def curve() -> None:
    """Print seconds a megabyte against length: a straight line keeps them level."""
    read = our_reader(load())
    print("\n### Seconds a megabyte against length\n")
    print("| | " + " | ".join(f"{length:,}" for length in LENGTHS) + " |")
    print("|---|" + "---|" * len(LENGTHS))
    for name, pattern in PATTERNS.items():
        cells: list[str] = []
        for length in LENGTHS:
            took = seconds(read, pattern(length))
            cells.append(f"{took * 1e6 / length:.2f}")
            if took > PATIENCE_S:
                cells += ["too slow"] * (len(LENGTHS) - len(cells))
                break
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def seconds(read: Callable[[Iterable[str]], int], text: str) -> float:
    """Return the processor time of reading one text, the median of several for a short one."""
    times = []
    for _ in range(1 if len(text) > 100_000 else 5):
        start = time.process_time()
        read((text,))
        times.append(time.process_time() - start)
    return statistics.median(times)
