"""The map page: filters, map, panel, table. The address holds its whole state."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.counts import Mask, totals
from geo.errors import BorderMapError
from geo.pages.parts import brief, downloads, filters, listing, load, state, story
from geo.pages.parts.safe import esc
from geo.query import Choices, EventFilter
from geo.webmap import basemap, eventlayer
from geo.words import span_words

__all__ = ["show"]

STYLE: Final = Path(__file__).parent / "parts" / "style.css"
MAP_HEIGHT: Final = 680
OUTLETS_NAMED: Final = 3
ROWS_READ: Final = 2000
"""Enough rows to name the usual outlets without reading a hundred thousand."""


def show() -> None:
    """Draw the page."""
    st.html(STYLE)
    try:
        data = load.shared()
    except BorderMapError as problem:
        st.error("The events could not be read. The log says why, and what to do.")
        raise SystemExit(str(problem)) from problem
    state.carry("map")
    want, notes = state.current(data.offered)
    row = _row_of(data.table, want.selected)
    if want.selected and row is None:
        notes.append("The address names an event that is not in the data.")
    mask = want.mask(data.table)
    _head(data.table, mask, want, data.offered)
    filters.bar(want, data.offered)
    with st.container(key="notes"):
        for note in notes:
            st.html(f'<p class="bm-flag">{esc(note)}</p>')
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(data, row, want)
        st.html(listing.counts(totals(data.table, mask)))
    with right, st.container(height=MAP_HEIGHT + 40, border=False, key="panel"):
        _panel(data.table, mask, row, want)
    listing.tray(data.table, mask)
    listing.table_twin(data.table, mask, want)


def _head(table: pd.DataFrame, mask: Mask, want: EventFilter, offered: Choices) -> None:
    with st.container(horizontal=True, key="head", vertical_alignment="center"):
        st.html(
            f'<h1 class="bm-head">Afghanistan–Pakistan border events</h1>'
            f'<p class="bm-lead">{esc(_sentence(table, mask, want, offered))}</p>'
        )
        with st.popover("Share · download", key="share"):
            st.caption("This view, with its filters and the selected event:")
            st.code(_address(want), language=None, wrap_lines=True)
            downloads.show(table, mask, want)


def _sentence(table: pd.DataFrame, mask: Mask, want: EventFilter, offered: Choices) -> str:
    starts, ends = table.loc[mask, "date_start"].dropna(), table.loc[mask, "date_end"].dropna()
    if starts.empty:
        return f"Nothing shown for: {want.describe()}."
    span = span_words(starts.min().date(), max(starts.max(), ends.max()).date())
    what = want.describe()
    cells = table.loc[mask, "sources"].head(ROWS_READ)
    names = cells.str.extract(r'"outlet": "([^"\\]+)"')[0].value_counts()
    told = ", ".join(names.index[:OUTLETS_NAMED])
    more = " and others" if len(names) > OUTLETS_NAMED else ""
    if more and not want.active():
        more = f" and {len(offered.outlet) - OUTLETS_NAMED:,} others"
    return f"{what[:1].upper()}{what[1:]}: {span}, told by {told}{more}."


def _address(want: EventFilter) -> str:
    base = (st.context.url or "").split("?")[0]
    query = urlencode(want.to_params(), safe=":,;")
    return f"{base}?{query}" if query else base


def _map(data: load.Shared, row: int | None, want: EventFilter) -> None:
    dark = st.context.theme.type == "dark"
    group = eventlayer.filter_group(
        want.without("dates").mask(data.table),
        selected=row,
        dates=(want.first, want.last, want.undated),
    )
    with st.container(key="map_frame"):
        st_folium(
            basemap.base_map(data.events_url, dark=dark),
            key="map",
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=group,
            on_change=_told,
        )


def _told() -> None:
    told = eventlayer.answer(st.session_state.get("map"))
    if told and told.kind == "dates":
        state.change(first=told.first, last=told.last)
    elif told and told.event_id:
        state.select(told.event_id)


def _panel(table: pd.DataFrame, mask: Mask, row: int | None, want: EventFilter) -> None:
    if row is not None:
        story.panel(table, row, shown=bool(mask[row]))
    elif mask.any():
        brief.panel(table, mask)
    else:
        brief.empty(table, want)


def _row_of(table: pd.DataFrame, event_id: str) -> int | None:
    found = np.flatnonzero(table.index == event_id) if event_id else ()
    return int(found[0]) if len(found) else None
