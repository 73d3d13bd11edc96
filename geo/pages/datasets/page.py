"""The page of datasets: what is loaded, how to bring in more, and a visitor's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from geo.errors import BorderMapError
from geo.pages.datasets import (
    fetch_section,
    links,
    loaded,
    own_file,
)
from geo.pages.shared import damage
from geo.pages.shared.html import md
from geo.pages.shared.owner import is_owner
from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.store import catalogue
from geo.store.place import here

__all__ = ["show"]

STYLE: Final = Path(__file__).parents[1] / "shared" / "style.css"


def show() -> None:
    """Draw the page."""
    st.html(STYLE)
    st.html(
        '<h1 class="bm-head">Datasets</h1><p class="bm-lead">What is loaded, under which terms, '
        "and how to look at a file of your own beside it.</p>"
    )
    fetch_section.flash()
    left, right = st.columns([2, 3], gap="large")
    with left, st.container(key="loaded"):
        _loaded()
    parts = [("own", own_file.own_file), ("bring_in", fetch_section.bring_in)]
    if is_owner():  # what one came for stands first
        parts.reverse()
    with right:
        for number, (key, draw) in enumerate(parts):
            if number:
                st.space("small")
            with st.container(key=key):
                draw()
    with st.container(key="links"):  # last: it reads all events, and the rest should not wait
        _links()


def _loaded() -> None:
    st.html('<h2 class="bm-title">Loaded for everybody</h2>')
    for card in _shipped(EVENTS_FILE.stat().st_mtime_ns if EVENTS_FILE.exists() else 0):
        st.html(card)
    found = catalogue.held(here())
    for one in found.datasets:
        with st.container(key=f"dataset_{one.name}"):
            loaded.imported(one)
    damage.line(damage.with_districts(found.faults))
    if not found.datasets and not found.faults:
        st.caption("No other events are imported.")
    loaded.layers()


def _links() -> None:
    try:
        if catalogue.listing(here()):
            links.links()
    except BorderMapError as error:
        st.error(md(str(error)))


@st.cache_data(show_spinner=False, max_entries=1)
def _shipped(built: int) -> list[str]:
    return list(loaded.shipped(read_points(EVENTS_FILE)))
