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
from geo.datasets import library, store
from geo.export import terms
from geo.query.dimensions import Choices, choices
from geo.query.text import with_search
from geo.webmap import assets, event_layer

__all__ = ["Shared", "shared", "texts"]

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
    datasets: Mapping[str, store.Dataset]
    """The imported datasets that are shown, by name."""
    version: str
    """Eight hex digits of what the events were read from: other events, other digits."""


def shared() -> Shared:
    """Return the shared table; anew when a file was built, imported, fetched or withdrawn."""
    moment = int(time.monotonic() * LOOKS_A_SECOND)
    stamps = _stamps(settings.EVENTS_FILE, store.IMPORTED, moment)
    held = _load(stamps)
    if not event_layer.published(held.events_url):
        _load.clear()
        held = _load(stamps)
    return held


@lru_cache(maxsize=1)
def _stamps(shipped: Path, imported: Path, moment: int) -> tuple[tuple[str, int], ...]:
    """Return when each file that the table follows from was written, as of a ``moment``."""
    files = [shipped, *sorted(imported.glob("*.dataset.json")), imported / library.CUTS]
    files += [assets.DISTRICTS, layers.DISTRICTS_FILE]
    return tuple((str(f), f.stat().st_mtime_ns) for f in files if f.exists())


@st.cache_resource(show_spinner="Reading the events …", max_entries=1)
def _load(built: tuple[tuple[str, int], ...]) -> Shared:
    assets.ensure()
    public = library.events_table(store.IMPORTED, settings.EVENTS_FILE, restricted=False)
    table = with_search(areas.with_district(public))
    datasets = {one.name: one for one in store.listing(store.IMPORTED) if not one.conditions}
    version = terms.data_version(store.IMPORTED, settings.EVENTS_FILE)
    return Shared(table, choices(table), event_layer.publish(table), datasets, version)


@st.cache_resource(show_spinner=False)
def texts() -> Mapping[str, str]:
    """Return document id → text of the bundled reports, for the evidence passages."""
    # heavier than the map itself: only when a passage is asked for
    from geo.reports.documents.read import document_texts

    return document_texts()
