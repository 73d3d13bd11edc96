"""What the map is made from: each file and dataset with its licence, source and citation."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from geo import settings
from geo.files import registry
from geo.files.download import fetched_record
from geo.pages.about.codebook import table
from geo.pages.shared.html import esc, link
from geo.store.records import Dataset
from geo.words import DATASET_NAMES, TITLE, day_words

__all__ = ["citation", "crosswalks", "datasets", "fetched", "shipped"]

FILE_WORDS: Final[dict[str, str]] = {
    "data/events.parquet": "The events",
    "data/border_line.geojson": "The border line",
    "data/countries.geojson": "The two countries",
    "data/admin1.geojson": "Provinces",
    "data/gazetteer.csv": "Places and their names",
    "seeds/crossings.csv": "Crossings",
    "seeds/crossing_status.csv": "When crossings were open",
}
FETCHED_RECORD: Final = "registry.json"


def shipped() -> str:
    """Return what ships with the map as a table: what, from where, licence, day.

    The files are those of ``data/registry.json``; the seeds that only the reader of reports uses
    are left to the repository.
    """
    known = registry.load()
    names = [*FILE_WORDS, *(key for key in known if key.startswith("data/"))]
    rows = [
        (esc(FILE_WORDS.get(key, key)), esc(known[key]["source"]), esc(known[key]["licence"]),
         _day(known[key]["date"]))
        for key in dict.fromkeys(names) if key in known
    ]  # fmt: skip
    return table(("What", "Made from", "Licence", "As of"), rows)


def fetched(folder: Path = settings.FETCHED) -> str:
    """Return what the owner of this map downloaded besides, as a table; empty if nothing."""
    known = fetched_record(folder / FETCHED_RECORD)
    rows = [
        (esc(name), link(one["url"], "source"), esc(one["licence"]), _day(one["date"]))
        for name, one in known.items()
    ]  # fmt: skip
    return table(("File", "From", "Licence", "Downloaded"), rows) if rows else ""


def _day(iso: str) -> str:
    words = day_words(date.fromisoformat(iso)) if iso else "not stated"
    return f'<span class="bm-nowrap">{esc(words)}</span>'


def datasets(held: Iterable[Dataset]) -> str:
    """Return the imported datasets as a table, restricted ones by name only; empty if none."""
    rows = [
        (esc(one.name), "not shown to others" if one.conditions else f"{one.rows:,}",
         esc(one.licence), esc(one.citation or "not stated"))
        for one in held
    ]  # fmt: skip
    return table(("Dataset", "Rows", "Licence", "Cite as"), rows) if rows else ""


def crosswalks(path: Path = settings.SEEDS / "crosswalks.csv") -> Iterator[tuple[str, str]]:
    """Yield (name of the dataset, table of its codes and ours) for the two that others publish."""
    with path.open(encoding="utf-8", newline="") as lines:
        held = list(csv.DictReader(lines))
    for code, name in DATASET_NAMES.items():
        rows = [
            (f"<code>{esc(row['field'])}</code> {esc(row['code'])}", esc(row["ours"]),
             esc(row["note"]))
            for row in held if row["dataset"] == code and row["ours"]
        ]  # fmt: skip
        yield name, table(("Their code", "Ours", "Note"), rows)


def citation(version: str, opened: str, address: str) -> str:
    """Return how to cite the map: the version of its data, its address, the day it was opened."""
    at = f", {address}" if address else ""
    return (
        f"{TITLE}: an open map of reported events. "
        f"Data version {version or 'not known'}{at}, opened on {opened}."
    )
