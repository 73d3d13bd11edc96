"""What every session shares: the table, what it offers, its address for the map. One copy each."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo import settings
from geo.border import layers
from geo.border.units import areas
from geo.datasets import library
from geo.export import terms
from geo.pages.shared import damage
from geo.query.dimensions import Choices, choices
from geo.query.text import with_search
from geo.store import catalogue
from geo.store.catalogue import Fault
from geo.store.place import Store, here
from geo.store.records import Dataset
from geo.webmap import assets, event_layer

__all__ = ["Shared", "look_again", "shared", "texts"]

LOOKS_A_SECOND: Final = 10
"""How often files are looked at for a change: a click asks for the table some fifty times."""


@dataclass(frozen=True, eq=False)
class Shared:
    """The read-only table with its search text, and what follows from it alone.

    It equals itself only, so that what is made of it can be kept by it.
    """

    table: pd.DataFrame
    offered: Choices
    events_url: str
    datasets: Mapping[str, Dataset]
    """The imported datasets that are shown, by name."""
    version: str
    """Eight hex digits of what the events were read from: other events, other digits."""
    faults: tuple[Fault, ...]
    """What is damaged of what was imported or fetched, and so is not shown."""


def shared() -> Shared:
    """Return the shared table; anew when a file was built, imported, fetched or withdrawn."""
    return _as_of(int(time.monotonic() * LOOKS_A_SECOND), settings.EVENTS_FILE, here())


def look_again() -> None:
    """Look at the files when the table is asked for next: something was just changed here."""
    _as_of.cache_clear()


@lru_cache(maxsize=1)
def _as_of(moment: int, shipped: Path, store: Store) -> Shared:
    """Return the shared table as the files are at a ``moment``; what serves it is mended."""
    assets.ensure()
    files = [shipped, assets.DISTRICTS, layers.DISTRICTS_FILE]
    files.append(layers.DISTRICTS_FILE.with_name(layers.DIGESTS))
    stamps = tuple((str(f), f.stat().st_mtime_ns) for f in files if f.exists())
    imported = catalogue.state(store)
    held = _load(stamps, imported)
    if not event_layer.published(held.events_url):
        _load.clear()
        held = _load(stamps, imported)
    return held


@st.cache_resource(show_spinner="Reading the events …", max_entries=1)
def _load(built: tuple[tuple[str, int], ...], imported: str) -> Shared:
    store = here()
    found = catalogue.held(store)
    public = library.events_table(store, settings.EVENTS_FILE, restricted=False)
    table = with_search(areas.with_district(public))
    datasets = {one.name: one for one in found.datasets if not one.conditions}
    version = terms.data_version(store, settings.EVENTS_FILE)
    address = event_layer.publish(table)
    faults = damage.with_districts(found.faults)
    return Shared(table, choices(table), address, datasets, version, faults)


@st.cache_resource(show_spinner=False)
def texts() -> Mapping[str, str]:
    """Return document id → text of the bundled reports, for the evidence passages."""
    # heavier than the map itself: only when a passage is asked for
    from geo.reports.documents.read import document_texts

    return document_texts()
