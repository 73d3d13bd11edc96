"""The map page: filters, map, panel, table. The address holds its whole state."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.counts import Mask, totals
from geo.errors import BorderMapError
from geo.pages.map import (
    header,
    listing,
    overview,
    place_panel,
    shading,
)
from geo.pages.shared import (
    address,
    event_panel,
    filter_bar,
    load,
    scripts,
)
from geo.pages.shared.html import esc
from geo.query.filter import EventFilter
from geo.story.places import Spot
from geo.webmap import (
    answers,
    base_map,
    choropleth,
    event_layer,
)
from geo.words import LINE_NAMES, events_words

__all__ = ["show"]

LOG: Final = logging.getLogger(__name__)
STYLE: Final = Path(__file__).parents[1] / "shared" / "style.css"
MAP_HEIGHT: Final = 680
"""Pixels before the style sheet fits map and panel to the window."""


def show() -> None:
    """Draw the page."""
    st.html(STYLE)
    data = _data()
    address.carry("map")
    want, notes = address.current(data.offered)
    beside, more = address.beside(data.version)
    row = _row_of(data.table, want.selected)
    if want.selected and row is None:
        more.append("The address names an event that is not in the data.")
    mask = want.mask(data.table)
    spot, no_place = place_panel.asked()
    shade, no_shade = shading.asked()
    made = shading.shaded(data, mask, shade, dark=st.context.theme.type == "dark")
    header.draw(data, mask, want, beside.line)
    filter_bar.bar(want, data.offered, line=beside.line, done=_done(int(mask.sum())))
    _notes([*notes, *more, *no_place, *no_shade])
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _map(data, row, want, beside, spot, made)
        st.html(listing.counts(totals(data.table, mask)))
        with st.container(horizontal=True, gap="small", key="below", vertical_alignment="center"):
            listing.tray(data.table, mask)
            shading.control(shade, made)
    scripts.mount("panelview", chosen=want.selected or address.aside("place"))
    with right, st.container(height=MAP_HEIGHT, border=False, key="panel"):
        _panel(data, mask, row, want, beside.line, spot)
    listing.table_twin(data.table, mask, want)


def _data() -> load.Shared:
    try:
        return load.shared()
    except BorderMapError:
        LOG.exception("the events could not be read")
        st.error(
            "The events could not be read, so there is no map. Reload the page in a minute; if it "
            "stays so, tell whoever runs this map: its log says what is missing and the way out."
        )
        st.stop()


def _done(shown: int) -> str:
    return f"Show {events_words(shown)}"


def _notes(notes: list[str]) -> None:
    with st.container(key="notes"):
        for note in notes:
            st.html(f'<p class="bm-flag">{esc(note)}</p>')


def _map(
    data: load.Shared,
    row: int | None,
    want: EventFilter,
    beside: address.Beside,
    spot: Spot | None,
    made: choropleth.Shade | None,
) -> None:
    dark = st.context.theme.type == "dark"
    # a link's view is taken once: later the map is the reader's, and writes its own address
    view = st.session_state.setdefault("view_asked", beside.view)
    group = event_layer.filter_group(
        want.without("dates").mask(data.table),
        selected=row,
        dates=(want.first, want.last, want.undated),
        view=view,
        line=LINE_NAMES[beside.line],
        said=want.without("dates").describe(),
        version=data.version,
        areas={"place": spot and [spot.kind, spot.number], "shade": made and made.message},
    )
    with st.container(key="map_frame"):
        st_folium(
            base_map.base_map(data.events_url, dark=dark),
            key="map",
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=group,
            on_change=_told,
        )


def _told() -> None:
    told = answers.answer(st.session_state.get("map"))
    if told and told.kind == "dates":
        address.change(first=told.first, last=told.last)
    elif told and told.kind == "place":
        place_panel.clicked(told.place)
    elif told and told.kind == "nothing":
        place_panel.clicked(None)
    elif told and told.event_id:
        address.select(told.event_id)


def _panel(
    data: load.Shared,
    mask: Mask,
    row: int | None,
    want: EventFilter,
    line: str,
    spot: Spot | None,
) -> None:
    """Draw the event selected, else the story of a place, else the overview of what is shown."""
    if row is not None:
        event_panel.panel(data, row, shown=bool(mask[row]), line=line)
    elif spot is not None:
        place_panel.panel(data, mask, spot, want)
    elif mask.any():
        overview.invitation()
        place_panel.chooser()
        overview.panel(data.table, mask)
    else:
        overview.empty(data.table, want)


def _row_of(table: pd.DataFrame, event_id: str) -> int | None:
    found = np.flatnonzero(table.index == event_id)
    return int(found[0]) if event_id and len(found) else None
