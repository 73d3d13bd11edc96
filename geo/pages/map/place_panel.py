"""The panel for one place, a crossing, a province or a district; and the list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from geo.border import layers
from geo.border.units import areas
from geo.counts import Mask, by_area, by_time, single_events, totals
from geo.model import AT_GATE_KM
from geo.pages.map import place_html, shading
from geo.pages.shared import address, crossing_html, event_buttons, navigation, parts
from geo.pages.shared.html import md
from geo.pages.shared.load import Shared
from geo.query.codes import at_crossing
from geo.query.filter import EventFilter
from geo.schema import Row
from geo.story import place_words, places
from geo.story.places import Near, Spot

__all__ = ["chooser", "clicked", "panel"]

NEWEST, BESIDE, BUSIEST = 5, 8, 5
AHEAD_OF_UTC: Final = timedelta(hours=5)
"""Pakistan; Afghanistan is half an hour behind it."""
NEAR_TITLES: Final = {
    "next": "Next crossings along the line",
    "within": "It lies in",
    "part": "Crossings here",
    "edge": "Around it",
}


def clicked(place: tuple[str, int] | None) -> None:
    """Open the story of a place clicked on the map; None closes the one that is open."""
    spot = places.numbered(*place) if place else None
    _open(spot.key if spot else "")


def chooser() -> None:
    """Draw the list of places, so that every story is reached without the map."""
    spots = {spot.key: spot for spot in places.every(districts=layers.has_districts())}

    def chosen() -> None:
        key = st.session_state["places"]
        st.session_state["places"] = None
        if key:
            _open(key)

    st.selectbox(
        "Story of a place", list(spots), index=None, key="places", on_change=parts.then(chosen),
        format_func=lambda key: place_words.option_words(spots[key]),
        placeholder="A crossing, province or district; or click one on the map",
    )  # fmt: skip


def panel(data: Shared, mask: Mask, spot: Spot, want: EventFilter) -> None:
    """Tell the story of ``spot``; ``mask`` is what the filter ``want`` lets through."""
    st.button(
        "‹ Back to the overview",
        key="leave_place",
        type="tertiary",
        on_click=parts.then(_open),
        args=("",),
    )
    provinces = shading.numbers(data, "admin1")
    own = shading.numbers(data, "admin2") if spot.kind == "admin2" else provinces
    here = mask & places.inside(data.table, spot, own)
    counted = single_events(data.table, mask)
    st.html(place_html.head_html(spot))
    if spot.kind == "crossing":
        _gate(data, spot, want)
    sums = totals(data.table, here)
    more = place_html.wider_html(places.wider(data.table, counted, spot, provinces))
    said = place_html.counts_html(spot, sums, want.describe())
    st.html(f'<h3 class="bm-part">Events</h3>{said}{more}')
    _limit(spot, want, disabled=not here.any())
    if here.any():
        st.html(place_html.bars_html(by_time(data.table, here & counted)))
        _newest(data.table[here])
    _around(data, mask, counted, spot)


def _open(key: str) -> None:
    """Write the place to the address; an event that was selected makes way for it."""
    address.select("")
    address.put_aside(place=key)


def _limit(spot: Spot, want: EventFilter, *, disabled: bool) -> None:
    """Offer to limit the filter to the place, and to take that limit away again."""
    field, value = _field(spot)
    if getattr(want, field) == (value,):
        st.button(f"Show other places too, not only {md(spot.title)}", key="unlimit_place",
                  on_click=parts.then(address.change), kwargs={field: ()})  # fmt: skip
        return
    at_gate = spot.kind == "crossing"
    where = f"within {AT_GATE_KM:g} km of {spot.name}" if at_gate else f"in {spot.title}"
    st.button(
        f"Limit the filter to events {md(where)}", key="limit_place", disabled=disabled,
        on_click=parts.then(address.change), kwargs={field: (value,)},
    )  # fmt: skip


def _field(spot: Spot) -> tuple[str, str]:
    if spot.kind == "crossing":
        return "crossing", spot.name
    if spot.kind == "admin1":
        return "province", f"{spot.country}:{spot.name}"
    return "district", f"{spot.country}:{spot.admin1}:{spot.name}"


def _newest(rows: pd.DataFrame) -> None:
    dated = rows.dropna(subset=["date_start"]).sort_values("date_start", ascending=False)
    if len(dated):
        st.html('<h3 class="bm-part">Newest</h3>')
    event_buttons.several("here", event_buttons.lines(dated.head(NEWEST)))


def _gate(data: Shared, spot: Spot, want: EventFilter) -> None:
    from geo.border.gates.status import known_status

    today = (datetime.now(UTC) + AHEAD_OF_UTC).date()
    said, interval = place_html.gate_html(spot, _timeline(data.events_url, data.table), today)
    st.html(f'<h3 class="bm-part">Open or closed</h3>{said}')
    reports = crossing_html.reports_html(interval, known_status(), data.table) if interval else ""
    if reports:
        with st.expander("The reports behind it"):
            st.html(reports)
    _border_page(spot, interval, want)


@st.cache_resource(show_spinner=False, max_entries=1)
def _timeline(_url: str, _table: pd.DataFrame) -> pd.DataFrame:
    from geo.border.gates import status

    return status.status_timeline(_table)


def _border_page(spot: Spot, interval: Row, want: EventFilter) -> None:
    asked_for = want.to_params()
    if interval:
        gate = {"gate": spot.key.partition(":")[2], "on": f"{interval['end']:%Y-%m-%d}"}
        asked_for |= gate
    navigation.link("border", "All that is known of it: the Border page", asked_for)


def _around(data: Shared, mask: Mask, counted: Mask, spot: Spot) -> None:
    near = places.around(spot)
    counts = _Counts(data, mask, counted)
    for how, title in NEAR_TITLES.items():
        own = [one for one in near if one.how == how][:BESIDE]
        _buttons(title, own, counts)
    if spot.kind == "admin1" and layers.has_districts():
        _buttons("Districts with most events", counts.busiest(spot), counts)


def _buttons(title: str, near: Iterable[Near], counts: _Counts) -> None:
    listed = list(near)
    if listed:
        st.html(f'<h3 class="bm-part">{title}</h3>')
    for one in listed:
        label = md(place_words.near_words(one, counts.of(one.spot)))
        key = f"near_{one.spot.key}"
        st.button(label, key=key, type="tertiary", on_click=parts.then(_open), args=(one.spot.key,))


class _Counts:
    """How many events each place has under the filter; a level is counted when first asked for."""

    def __init__(self, data: Shared, mask: Mask, counted: Mask) -> None:
        self.data, self.mask, self.counted = data, mask, counted
        self.held: dict[str, np.ndarray[Any, np.dtype[np.int64]]] = {}

    def of(self, spot: Spot) -> int:
        if spot.kind == "crossing":
            return int((self.counted & at_crossing(self.data.table, [spot.name])).sum())
        return int(self.level("admin2" if spot.kind == "admin2" else "admin1")[spot.number])

    def level(self, level: areas.Level) -> np.ndarray[Any, np.dtype[np.int64]]:
        layer = areas.areas(level)
        if level not in self.held and layer is not None:
            numbers = shading.numbers(self.data, level)
            self.held[level] = by_area(self.data.table, self.mask, numbers, len(layer)).events
        return self.held[level]

    def busiest(self, province: Spot) -> list[Near]:
        """Return the districts of a province that have most events, those without any left out."""
        spots = (spot for spot in places.every(districts=True) if spot.kind == "admin2")
        own = [s for s in spots if (s.country, s.admin1) == (province.country, province.name)]
        ranked = sorted((s for s in own if self.of(s)), key=lambda s: -self.of(s))
        return [Near(spot, "part") for spot in ranked[:BUSIEST]]
