"""The panel while nothing is selected: counts, places, crossings, newest events."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from geo.counts import Mask
from geo.pages.parts import facts, listing, state
from geo.pages.parts.safe import esc, md
from geo.query import EventFilter
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS, TYPE_WORDS

__all__ = ["empty", "panel"]

NEWEST, PLACES, AT_THE_GATE_KM = 6, 6, 10.0
SINGLE: Final = ("reported", "claimed")


def panel(table: pd.DataFrame, mask: Mask) -> None:
    """Sum up the rows under ``mask``."""
    rows = table[mask]
    st.html(_groups(rows) + _places(rows))
    gates = _gates(table)
    if gates:
        st.html(f'<h3 class="bm-part">Crossings, last report of each</h3>{gates}')
    st.html('<h3 class="bm-part">Newest</h3>')
    dated = rows.dropna(subset=["date_start"]).sort_values("date_start", ascending=False)
    for event_id, row in dated.head(NEWEST).iterrows():
        listing.event_button("new", str(event_id), row)


def empty(table: pd.DataFrame, want: EventFilter) -> None:
    """Say that nothing matches, and what would if one limit were taken away."""
    st.html(f"<h3>No events match</h3><p>Asked for: {esc(want.describe())}.</p>")
    ways = [(name, int(want.without(name).mask(table).sum())) for name in want.active()]
    for name, count in sorted(ways, key=lambda way: -way[1]):
        if count:
            label = f"{count:,} events if not limited to: {want.words(name)}"
            st.button(md(label), key=f"wider_{name}", on_click=state.clear, args=(name,))
    if not any(count for _, count in ways):
        st.button("Show all events", key="wider_all", on_click=state.reset)


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


def _gates(table: pd.DataFrame) -> str:
    """Return the last closure or reopening told of each crossing, only where one is told."""
    told = table[
        (table["event_group"] == "border")
        & (table["crossing_km"] <= AT_THE_GATE_KM)
        & table["certainty"].isin(SINGLE)
        & table["date_start"].notna()
        & ~table["aggregate"]
    ]
    last = told.sort_values("date_start").groupby("nearest_crossing").tail(1)
    items = "".join(
        f"<li><b>{esc(row['nearest_crossing'])}</b> "
        f"{esc(TYPE_WORDS[row['event_type']].removeprefix('Border ').lower())}, "
        f"{esc(facts.when(row))}</li>"
        for row in last[::-1].head(PLACES).to_dict("records")
    )
    return f'<ul class="bm-gates">{items}</ul>' if items else ""
