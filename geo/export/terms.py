"""What the rows of a selection are and on whose terms: read off the data, said in every file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pandas as pd

from geo.counts import Mask
from geo.datasets import library, store
from geo.export.about import About, Origin
from geo.export.extract import Extract, withheld
from geo.files import registry
from geo.model import content_id
from geo.query.filter import EventFilter
from geo.settings import EVENTS_FILE, ROOT
from geo.story.citation import MAP
from geo.words import upper_first

__all__ = ["RESTRICTED_WHY", "conditions", "data_version", "describe", "file_name"]

OWN_LICENCE: Final = "MIT for the events, in the map's own wording; places CC BY 4.0 (GeoNames)"
SHIPPED: Final = ("chronology", "reports")
"""Datasets of the shipped events; every other was imported."""
VERSION_DIGITS: Final = 8
LONGEST_NAME: Final = 60
RESTRICTED_WHY: Final = "their source's terms forbid passing them on"


def describe(
    table: pd.DataFrame,
    mask: Mask,
    want: EventFilter,
    *,
    restricted: bool = False,
    left_out: int | None = None,
    folder: Path = store.IMPORTED,
    shipped: Path = EVENTS_FILE,
    today: date | None = None,
) -> About:
    """Return what a file of the rows under ``mask`` says of itself.

    Parameters
    ----------
    want
        The filter that gave ``mask``.
    left_out
        How many rows were withheld; counted where it is not given, which needs a table that has
        them.
    folder, shipped
        Where imported datasets and the shipped events are.
    today
        The day the file is made; UTC's if None.
    """
    held = {one.name: one for one in store.listing(folder)}
    version = data_version(folder, shipped, restricted=restricted)
    kept = Extract(table, mask, restricted=restricted).kept()
    counts = table["dataset"][kept].value_counts(sort=False)
    gone = withheld(table, mask) if left_out is None else left_out
    return About(
        selection=want.describe(),
        view=urlencode(want.to_params(), safe=":,;"),
        data_version=version,
        made=(today or datetime.now(UTC).date()).isoformat(),
        withheld=0 if restricted else gone,
        withheld_why=RESTRICTED_WHY,
        origins=tuple(_origin(str(n), int(c), held, version) for n, c in counts.items()),
    )


def data_version(
    folder: Path = store.IMPORTED, shipped: Path = EVENTS_FILE, *, restricted: bool = False
) -> str:
    """Return eight hex digits of what the events are read from: other events, other digits.

    As ``data=`` of a link; datasets that may not be passed on count only with ``restricted``.
    """
    held = [one for one in store.listing(folder) if restricted or not one.conditions]
    cuts = folder / library.CUTS
    files = [shipped, *([cuts] if cuts.exists() and held else [])]
    parts = [registry.sha256(file) for file in files]
    parts += sorted(f"{one.name} {one.sha256}" for one in held)
    return content_id(*parts, length=VERSION_DIGITS)


def conditions(folder: Path = store.IMPORTED) -> dict[str, str]:
    """Return what the makers of each imported dataset ask that may not be passed on, by name."""
    return {one.name: one.conditions for one in store.listing(folder) if one.conditions}


def file_name(want: EventFilter, suffix: str, today: date | None = None) -> str:
    """Return a name that tells the filter and the day: ``border-events_what-violence_2026-11-25``.

    Letters, digits, hyphens and underscores only, whatever the filter holds.
    """
    said = [f"{key}-{text}" for key, text in want.to_params().items() if key != "event"]
    plain = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", one).strip("-") for one in said)
    day = (today or datetime.now(UTC).date()).isoformat()
    return (
        "_".join(p for p in ("border-events", plain[:LONGEST_NAME].strip("-_"), day) if p) + suffix
    )


def _origin(name: str, rows: int, held: Mapping[str, store.Dataset], version: str) -> Origin:
    if name in held:
        one = held[name]
        releases = dict.fromkeys(file.version for file in one.files if file.version)
        return Origin(name, rows, one.licence, one.citation, ", ".join(releases))
    if name not in SHIPPED:  # came with a file of ours that was imported under another name
        brought = [one for one in held.values() if one.format == "table"]
        licences = dict.fromkeys(one.licence for one in brought)
        citations = dict.fromkeys(one.citation for one in brought if one.citation)
        return Origin(name, rows, "; ".join(licences) or "not stated", " ".join(citations))
    cite = f"{MAP}, data version {version}; the sources of each event are in the column sources."
    return Origin(name, rows, _shipped_licence(), upper_first(cite))


def _shipped_licence() -> str:
    entry = registry.load(ROOT).get("data/events.parquet")
    return entry["licence"] if entry else OWN_LICENCE
