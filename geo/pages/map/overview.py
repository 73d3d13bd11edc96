"""The panel while nothing is selected: counts, places, crossings, newest events."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import pandas as pd
import streamlit as st

from geo.counts import Mask
from geo.model import AT_GATE_KM
from geo.pages.map import listing
from geo.pages.map.view import Shown
from geo.pages.shared import address, event_buttons, parts
from geo.pages.shared.html import esc, md
from geo.pages.shared.load import Shared
from geo.query.dimensions import DIMENSIONS
from geo.query.filter import EventFilter, Way, ways
from geo.schema import records
from geo.story import gate
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS, events_words

__all__ = ["empty", "invitation", "panel"]

NEWEST, PLACES = 6, 6
SINGLE: Final = ("reported", "claimed")


def invitation() -> None:
    """Say how an event or a place is chosen."""
    st.html(
        '<p class="bm-quiet">Choose a mark on the map or a row of the table to read what happened, '
        "and who says so.</p>"
    )


def panel(shown: Shown) -> None:
    """Sum up the events shown."""
    st.html(shown.once(_summary))
    gates = _gates(shown.data)
    if gates:
        st.html(f'<h3 class="bm-part">Crossings, last report of each</h3>{gates}')
    st.html('<h3 class="bm-part">Newest</h3>')
    event_buttons.several("new", shown.once(_newest))


def _newest(table: pd.DataFrame, mask: Mask) -> list[event_buttons.Line]:
    rows = table.iloc[listing.newest(table, mask)[:NEWEST]]
    return event_buttons.lines(rows.dropna(subset=["date_start"]))


def _summary(table: pd.DataFrame, mask: Mask) -> str:
    rows = table.loc[mask, ["event_group", "lon", "place"]]
    return _groups(rows) + _places(rows)


def empty(table: pd.DataFrame, want: EventFilter) -> None:
    """Say that nothing matches, and offer the smallest change that shows something."""
    found = ways(want, table)
    st.html(f'<h2 class="bm-title">No events match</h2><p>Asked for: {esc(want.describe())}.</p>')
    if not found:
        st.html("<p>No single limit is the cause; several leave nothing together.</p>")
        st.button("Show all events", key="wider_all", on_click=parts.then(address.reset))
        return
    st.html(f"<p>Nearest: {esc(_nearest(found[0], want))}.</p>")
    for number, way in enumerate(found):
        kind: Literal["primary", "secondary"] = "secondary" if number else "primary"
        st.button(
            md(_offer(way)), key=f"wider_{way.name}", type=kind, on_click=parts.then(address.put),
            args=(way.filter,),
        )  # fmt: skip


def _nearest(way: Way, want: EventFilter) -> str:
    if way.taken_away:
        return f"{events_words(way.count)} if not limited to: {want.words(way.name)}"
    return f"{events_words(way.count)} if you widen {DIMENSIONS[way.name].noun}"


def _offer(way: Way) -> str:
    if way.taken_away:
        noun = DIMENSIONS[way.name].noun.removeprefix("the ")
        return f"Any {noun}: {events_words(way.count)}"
    return f"{way.filter.words(way.name).capitalize()}: {events_words(way.count)}"


def _groups(rows: pd.DataFrame) -> str:
    counts = rows["event_group"].value_counts()
    most = max(1, int(counts.max()))
    lines = "".join(
        f"<tr><th>{esc(GROUP_WORDS[group])}</th><td>{counts[group]:,}</td>"
        f'<td class="bm-bar"><i style="width:{100 * counts[group] / most:.0f}%;'
        f'background:{GROUP_COLOURS[group]}"></i></td></tr>'
        for group in GROUP_WORDS
        if group in counts
    )
    return f'<h3 class="bm-part">What</h3><table class="bm-counts">{lines}</table>'


def _places(rows: pd.DataFrame) -> str:
    known = rows[rows["lon"].notna()]
    counts = known["place"].value_counts().head(PLACES)
    items = "".join(
        f'<li><span dir="auto">{esc(name)}</span> {count:,}</li>' for name, count in counts.items()
    )
    return f'<h3 class="bm-part">Most often at</h3><ul class="bm-places">{items}</ul>'


@lru_cache(maxsize=2)
def _gates(data: Shared) -> str:
    """Return the last closure or reopening told of each crossing, only where one is told."""
    table = data.table
    told = table[
        (table["event_group"] == "border")
        & (table["crossing_km"] <= AT_GATE_KM)
        & table["certainty"].isin(SINGLE)
        & table["date_start"].notna()
        & ~table["aggregate"]
    ]
    last = told.sort_values("date_start").groupby("nearest_crossing").tail(1)
    items = "".join(
        f"<li><b>{esc(row['nearest_crossing'])}</b> {esc(gate.last_told(row))}</li>"
        for row in records(last[::-1].head(PLACES))
    )
    return f'<ul class="bm-gates">{items}</ul>' if items else ""
