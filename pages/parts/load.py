"""What every session shares: the table, what it offers, its address for the map. One copy each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from geo import query, schema, settings
from geo.webmap import assets, eventlayer

__all__ = ["Shared", "shared", "texts"]


@dataclass(frozen=True, slots=True)
class Shared:
    """The read-only table with its search text, and what follows from it alone."""

    table: pd.DataFrame
    offered: query.Choices
    events_url: str


def shared() -> Shared:
    """Return the shared table; read anew when the file was built anew."""
    path = settings.EVENTS_FILE
    return _load(path.stat().st_mtime_ns if path.exists() else 0)


@st.cache_resource(show_spinner="Reading the events …", max_entries=1)
def _load(built: int) -> Shared:
    assets.ensure()
    table = query.with_search(schema.read_points(settings.EVENTS_FILE))
    return Shared(table, query.choices(table), eventlayer.publish(table))


@st.cache_resource(show_spinner=False)
def texts() -> Mapping[str, str]:
    """Return document id → text of the bundled reports, for the evidence passages."""
    from geo import pipeline  # heavier than the map itself: only when a passage is asked for

    return pipeline.document_texts()
