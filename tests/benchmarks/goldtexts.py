"""Reports coded by hand, scored on the JSON lines that ``python -m geo read`` prints.

The scorer and the raw seed items are kept outside the repository (``../shared/gold``). Our own
coded texts are ``tests/gold``: NNN.txt with NNN.json beside it, and ``manifest.csv``
(file, split) that says which were looked at while the rules were written (dev) and which were not
(held-out).
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.outside import SHARED
from tests.reports.hostile import ROOT

SCORER = SHARED / "gold" / "score.py"
SEED_GOLD = SHARED / "gold" / "seeds.json"
OWN = ROOT / "tests" / "gold"
COLUMNS = (
    *("toponym P", "R", "F1", "traps", "event F1", "fully right F1"),
    *("place", "day", "day ±1", "killed"),
)


def gold_texts() -> None:
    """Print a row for the raw seed items and for each split of our own texts."""
    if not SCORER.exists():
        print(f"\nCoded reports are left out: {SCORER} is not there.")
        return
    print("\n### Reports coded by hand\n")
    print("| | texts | events | " + " | ".join(COLUMNS) + " |")
    print("|---|---|---|" + "---|" * len(COLUMNS))
    raw = sorted((SHARED / "seeds").glob("*.txt"))
    if raw:
        show("raw seed items", raw, SEED_GOLD)
    for split, texts in own_splits().items():
        with tempfile.TemporaryDirectory() as folder:
            for text in texts:
                shutil.copy(text, folder)
                shutil.copy(text.with_suffix(".json"), folder)
            show(split, texts, Path(folder))
    if not OWN.is_dir():
        print(f"\nOur own coded texts are left out: {OWN.relative_to(ROOT)} is not there.")


def own_splits() -> dict[str, list[Path]]:
    """Return our own coded texts by split."""
    splits: dict[str, list[Path]] = {}
    if OWN.is_dir():
        with (OWN / "manifest.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                text = (OWN / row["file"]).with_suffix(".txt")
                splits.setdefault(row["split"], []).append(text)
    return splits


def show(label: str, texts: list[Path], gold: Path) -> None:
    """Read the texts as a user would, score what is printed, and print a row of the table."""
    with tempfile.TemporaryDirectory() as scratch:
        said, figures = Path(scratch) / "said.jsonl", Path(scratch) / "figures.json"
        said.write_text(read(texts), encoding="utf-8")
        scorer = [sys.executable, str(SCORER), "--gold", str(gold), "--pred", str(said)]
        subprocess.run([*scorer, "--json", str(figures)], check=True, capture_output=True)
        scores = json.loads(figures.read_text())
    names, events = scores["toponym"], scores["event"]
    cells = (
        *(names["P"], names["R"], names["F1"], names["traps"], events["F1"], events["full_F1"]),
        *(events["place"], events["date_exact"], events["date1"], events["fat"]),
    )
    shown = (f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells)
    print(f"| {label} | {len(texts)} | {events['gold']} | " + " | ".join(shown) + " |", flush=True)


def read(texts: Iterable[Path]) -> str:
    """Return what ``geo read --json`` prints; a text without places is refused and goes on."""
    run = subprocess.run(
        [sys.executable, "-m", "geo", "read", "--json", *map(str, texts)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if run.returncode not in {0, 1}:
        raise SystemExit(run.stderr)
    return run.stdout
