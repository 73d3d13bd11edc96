"""Shading of areas: what the address asks for, the selector, and what the shades leave out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from geo.border import layers
from geo.border.units import areas
from geo.counts import Mask, by_area
from geo.pages.shared import address, parts
from geo.pages.shared.html import esc
from geo.pages.shared.load import Shared
from geo.story.places import Numbers
from geo.webmap import choropleth
from geo.webmap.choropleth import MEASURES
from geo.words import clip, upper_first

__all__ = ["Asked", "asked", "control", "notes_html", "numbers", "shaded"]

BY_PROVINCE: Final = ":province"
LEVEL_WORDS: Final = {"admin2": "by district", "admin1": "by province"}
OFF: Final = "off"
SHADED_BY: Final[dict[str, str]] = {
    OFF: "Areas not shaded",
    **{measure: f"Shaded by {words[:1].lower()}{words[1:]}" for measure, words in MEASURES.items()},
}
NEARER: Final = (
    "single events show once the map is near enough to tell them apart; the shades follow the "
    "filter and its dates, and stand still while the dates are played"
)
NO_DISTRICTS: Final = (
    "By province only: district outlines are not installed here. Whoever runs this map can add "
    "them with “geo fetch districts”."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to shade by, and which areas."""

    measure: choropleth.Measure
    level: areas.Level


def asked() -> tuple[Asked | None, list[str]]:
    """Return what the address asks for, and notes on what in it makes no sense."""
    said = address.aside("shade")
    if not said:
        return None, []
    measure, province = said.removesuffix(BY_PROVINCE), said.endswith(BY_PROVINCE)
    if measure not in MEASURES:
        known = ", ".join(MEASURES)
        return None, [f"The address says shade={clip(said)}, which is none of {known}."]
    level: areas.Level = "admin2" if layers.has_districts() and not province else "admin1"
    return Asked(measure, level), []


def shaded(data: Shared, mask: Mask, want: Asked | None, *, dark: bool) -> choropleth.Shade | None:
    """Return the shades for the events under ``mask``, None where nothing is asked for."""
    layer = areas.areas(want.level) if want else None
    if want is None or layer is None:
        return None
    counts = by_area(data.table, mask, numbers(data, want.level), len(layer))
    km2 = layer["km2"].to_numpy(float)
    return choropleth.shade(counts, km2, want.measure, level=want.level, dark=dark)


def numbers(data: Shared, level: areas.Level) -> Numbers:
    """Return the number of each event's area, -1 where it is not known; made once a table."""
    if level == "admin2" and areas.DISTRICT_COLUMN in data.table:
        return np.asarray(data.table[areas.DISTRICT_COLUMN].cat.codes, np.int16)
    return _numbers(data.events_url, level, data.table)


def control(want: Asked | None, made: choropleth.Shade | None) -> None:
    """Draw the selector and, once something is shaded, what the shades leave out.

    The legend itself is on the map.
    """
    with st.container(horizontal=True, gap="small", key="shading", vertical_alignment="center"):
        _select("shade_by", "Shade areas by", SHADED_BY, want.measure if want else OFF, want)
        if want and layers.has_districts():
            _select("shade_level", "Districts or provinces", LEVEL_WORDS, want.level, want)
    if made:
        st.html(notes_html(made, fetched=layers.has_districts()))


def notes_html(made: choropleth.Shade, *, fetched: bool = True) -> str:
    """Return what the shades show, and in words what no shade can show."""
    notes = [*made.notes, NEARER, *([] if fetched else [NO_DISTRICTS])]
    said = ". ".join(upper_first(note) for note in notes).removesuffix(".")
    return f'<p class="bm-shade-notes"><b>{esc(made.message["title"])}.</b> {esc(said)}.</p>'


@st.cache_resource(show_spinner=False, max_entries=2)
def _numbers(url: str, level: areas.Level, _table: pd.DataFrame) -> Numbers:
    return areas.area_numbers(_table, level)


def _select(key: str, label: str, words: dict[Any, str], shown: str, want: Asked | None) -> None:
    st.session_state[key] = shown

    def changed() -> None:
        measure = st.session_state.get("shade_by", OFF)
        level = st.session_state.get("shade_level", want.level if want else "admin2")
        tail = BY_PROVINCE if level == "admin1" and layers.has_districts() else ""
        address.put_aside(shade="" if measure == OFF else f"{measure}{tail}")

    st.selectbox(
        label, list(words), key=key, format_func=words.__getitem__, on_change=parts.then(changed),
        label_visibility="collapsed", width=260 if key == "shade_by" else 150, filter_mode=None,
    )  # fmt: skip
