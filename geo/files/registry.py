"""The registry of shipped data: what each file is made from, under which licence, and its hash.

``data/registry.json`` maps a path relative to the checkout to ``sha256``, ``licence``,
``source``, ``date`` and ``note``. Builders call :func:`record` for what they wrote; ``geo check``
calls :func:`verify`. Dates are given by the builder, never taken from the clock, so that
building twice gives the same registry.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from geo.errors import DataError
from geo.files.writing import DRAFTS, write
from geo.settings import DATA, ROOT, SEEDS

__all__ = ["REGISTRY_FILE", "load", "record", "record_seeds", "sha256", "verify"]

REGISTRY_FILE: Final = DATA / "registry.json"

UNLISTED: Final = frozenset({"README.md", "registry.json"})
"""Files of ``data/`` that describe the others."""

NOT_SHIPPED: Final = ("fetched", "imported", "store")
"""Folders of ``data/`` for what users download or import; they have their own records."""

OWN: Final = "hand-made in this project"
SEED_NOTES: Final = {
    "gazetteer.csv": "border-belt places; each row names where its coordinate was looked up",
    "crossings.csv": "border crossings; each row names where its coordinate was looked up",
    "crossing_status.csv": "days a crossing was open, partly open or closed; each row its source",
    "chronology.csv": "border events in our own words; each row carries its public sources",
    "actors.csv": "actors and the names reports give them",
    "coinages.csv": "names and the day from which they were in use",
    "triggers.csv": "expressions that tell an event, and its type",
    "masks.csv": "names that contain a place name and are no place",
    "vocabulary.csv": "the words and phrases of the reader, by kind",
    "furniture.csv": "patterns of page furniture",
    "crosswalks.csv": "codes of other datasets and our words for them",
}
SEED_LICENCE: Final = "MIT, as the code; facts, own wording"
SEED_DATE: Final = "2026-11-24"

Entry = dict[str, str]


def record(
    path: Path, *, licence: str, source: str, date: str, note: str = "", root: Path = ROOT
) -> None:
    """Enter one file, or enter it anew after it changed.

    Parameters
    ----------
    path
        An existing file below ``root``.
    licence, source, note
        For a reader; the licence includes the attribution it asks for.
    date
        ISO day the source was retrieved or, for our own files, the file was made.
    root
        The checkout; its ``data/registry.json`` is written.

    Raises
    ------
    DataError
        If ``path`` is not there.
    """
    entries = load(root)
    entries[_key(path, root)] = {
        "sha256": sha256(path),
        "licence": licence,
        "source": source,
        "date": date,
        "note": note,
    }
    text = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1)
    write(_file(root), f"{text}\n")


def record_seeds(root: Path = ROOT) -> None:
    """Enter the hand-edited tables of ``seeds/`` as they are now; those not there are skipped."""
    for name, note in SEED_NOTES.items():
        path = root / SEEDS.name / name
        if path.exists():
            record(path, licence=SEED_LICENCE, source=OWN, date=SEED_DATE, note=note, root=root)


def load(root: Path = ROOT) -> dict[str, Entry]:
    """Return path (relative to ``root``, with slashes) to entry; empty without a registry."""
    if not _file(root).exists():
        return {}
    entries: dict[str, Entry] = json.loads(_file(root).read_text(encoding="utf-8"))
    return entries


def verify(root: Path = ROOT) -> list[str]:
    """Compare the registry with the files.

    Returns
    -------
    list of str
        One sentence a problem, sorted by path: a registered file that is missing or changed, a
        file in ``data/`` that nobody registered. Empty when all is well.
    """
    entries = load(root)
    problems = {key: _fault(root / key, entry) for key, entry in entries.items()}
    for path in sorted(_shipped(root)):
        key = _key(path, root)
        if key not in entries:
            problems[key] = "is not in data/registry.json: record its source and licence"
    return [f"{key} {fault}." for key, fault in sorted(problems.items()) if fault]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hex digits.

    Raises
    ------
    DataError
        If the file is not there.
    """
    if not path.is_file():
        raise DataError(f"{path} is missing: run 'make data'.")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _fault(path: Path, entry: Entry) -> str:
    if not path.is_file():
        return "is registered but missing: restore it or run 'make data'"
    if sha256(path) != entry["sha256"]:
        return "is not the file that was registered: run 'make data' if the change is meant"
    return ""


def _shipped(root: Path) -> list[Path]:
    folder = root / DATA.name
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in UNLISTED]
    shipped = [path for path in files if path.relative_to(folder).parts[0] not in NOT_SHIPPED]
    return [path for path in shipped if not path.match(DRAFTS)]


def _key(path: Path, root: Path) -> str:
    return path.resolve().relative_to(root.resolve()).as_posix()


def _file(root: Path) -> Path:
    return root / REGISTRY_FILE.relative_to(ROOT)
