"""The map page: filters, map, panel, table. The address holds its whole state.

Its parts (:mod:`geo.pages.shared.parts`) are laid out first and then filled in the order in which a
reader waits for them: the map, what is told beside it, the counts, the head and the bar, the table.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit_folium import st_folium

from geo.counts import totals
from geo.errors import BorderMapError
from geo.pages.map import (
    header,
    listing,
    overview,
    place_panel,
    shading,
)
from geo.pages.map.view import View, view
from geo.pages.shared import (
    address,
    damage,
    event_panel,
    filter_bar,
    load,
    parts,
    scripts,
)
from geo.pages.shared.html import esc
from geo.webmap import answers, base_map, event_layer
from geo.words import LINE_NAMES, events_words

__all__ = ["show"]

LOG: Final = logging.getLogger(__name__)
HERE: Final = Path(__file__).parent
STYLES: Final = (HERE.parent / "shared" / "style.css", HERE / "place.css")
"""Sent with the page, never with a part of it: Streamlit keeps all style sheets in one place."""
MAP_HEIGHT: Final = 680
"""Pixels before the style sheet fits map and panel to the window."""
FIRST_AHEAD, AGAIN_AHEAD = 0.8, 0.05
"""Seconds by which the map goes ahead of the rest: when a session opens the page, and later.

The page and the map's frame share one thread of the browser: whatever arrives with the map is built
before it.
"""


def show() -> None:
    """Draw the page."""
    for style in STYLES:
        st.html(style)
    _data()
    address.carry("map")
    parts.begin()
    head, bar, notes = st.container(), st.container(), st.container(key="notes")
    left, right = st.columns([5, 3], gap="medium")
    with left:
        parts.part("map", _map_shows, _map, ahead=AGAIN_AHEAD)
        _go_ahead()
        counts, below = st.container(), st.container()
    with right:
        parts.part("panel", _panel_shows, _panel)
    with counts:
        parts.part("counts", lambda: view().filter, _counts)
    with head:
        header.draw()
    with bar:
        filter_bar.bar(_bar)
    with notes:
        parts.part("notes", lambda: (view().notes, view().data.faults), _notes)
    with below:
        parts.part("below", lambda: (view().filter, view().shade), _below)
    with st.container(key="panelview"):
        parts.part("panelview", _chosen, lambda: scripts.mount("panelview", chosen=_chosen()))
    parts.part("table", listing.table_shows, listing.table_twin)


def _go_ahead() -> None:
    """Hold the rest back once a session, while the browser paints the map."""
    if "map_went_ahead" not in st.session_state:
        st.session_state["map_went_ahead"] = True
        time.sleep(FIRST_AHEAD)


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


def _bar() -> filter_bar.Bar:
    now = view()
    done = f"Show {events_words(int(now.shown.mask.sum()))}"
    return filter_bar.Bar(now.filter, now.data.offered, now.beside.line, done)


def _notes() -> None:
    for note in view().notes:
        st.html(f'<p class="bm-flag">{esc(note)}</p>')
    damage.line(view().data.faults)


def _map_shows() -> tuple[object, ...]:
    now = view()
    return now.filter, now.row, now.beside.line, now.spot, now.shade, now.dark


def _map() -> None:
    now = view()
    with st.container(key="map_frame"):
        st_folium(
            base_map.base_map(now.data.events_url, dark=now.dark),
            key="map",
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=_group(now),
            render=False,  # it renders once more by itself, and that is enough
            on_change=parts.then(_told),
        )


def _group(now: View) -> event_layer.FilterGroup:
    want, spot, shades = now.filter, now.spot, now.shades
    # a link's view is taken once: later the map is the reader's, and writes its own address
    asked = st.session_state.setdefault("view_asked", now.beside.view)
    return event_layer.filter_group(
        now.shown.mask_of_all_dates,
        selected=now.row,
        dates=(want.first, want.last, want.undated),
        view=asked,
        line=LINE_NAMES[now.beside.line],
        said=want.without("dates").describe(),
        version=now.data.version,
        areas={"place": spot and [spot.kind, spot.number], "shade": shades and shades.message},
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


def _counts() -> None:
    st.html(listing.counts(view().shown.once(totals)))


def _below() -> None:
    now = view()
    with st.container(horizontal=True, gap="small", key="below", vertical_alignment="center"):
        listing.tray(*now.shown.once(listing.without_place))
        shading.control(now.shade, now.shades)


def _chosen() -> str:
    return view().selected or address.aside("place")


def _panel_shows() -> tuple[object, ...]:
    """Return what the panel tells of: an event alone, or a place or all under the filter."""
    now = view()
    if now.row is not None:
        return now.row, bool(now.shown.mask[now.row]), now.beside.line
    return now.filter, now.spot


def _panel() -> None:
    """Draw the event selected, else the story of a place, else the overview of what is shown."""
    now = view()
    mask, want = now.shown.mask, now.filter
    with st.container(height=MAP_HEIGHT, border=False, key="panel"):
        if now.row is not None:
            event_panel.panel(now.data, now.row, shown=bool(mask[now.row]), line=now.beside.line)
        elif now.spot is not None:
            place_panel.panel(now.data, mask, now.spot, want)
        elif mask.any():
            overview.invitation()
            place_panel.chooser()
            overview.panel(now.shown)
        else:
            overview.empty(now.data.table, want)
