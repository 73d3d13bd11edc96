"""What is on the map, where it comes from, and what it cannot say."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.words import PRECISION_WORDS

__all__ = ["show"]

MEANING: Final[dict[str, str]] = {
    "exact": "a settlement, crossing or facility is named and found",
    "near": "the source names a place nearby, or a small area",
    "admin3": "only the tehsil is named",
    "admin2": "only the district is named; the point merely stands for it",
    "admin1": "only the province is named; it is drawn as an area, never as a dot",
    "region": "a valley range, a road or an area across provinces",
    "country": "no more than the country is named; not drawn",
    "unknown": "not named, or not found; listed below the map, not drawn",
}

TEXT: Final = """
## About the map

Each mark is an event on or near the border between Afghanistan and Pakistan: violence, closures
and reopenings of crossings, airspace violations, diplomacy, protests and deportations. The events
come from a chronology written for this map, and from news items restated in our own words. Every
event names the outlets that told it; follow the links before relying on a figure.

**Figures.** Deaths and injured are given as lowest, last given and highest. "Not stated" means
that no source gave a figure; it is not zero. Rival figures stand side by side with who gives
them. Totals over a period, parts of a larger event, and planned or denied events are shown but
never added up.

**Claims.** What one party alone says is marked as claimed, an accusation as alleged. The map takes
no side on either, nor on the name or course of the line.

**Border.** The line is the edge shared by the two countries' areas in OpenStreetMap. Kilometres
are geodesic, from the point where the event is placed; where the place is an area, the nearest and
farthest possible distances are given too. Whether a crossing was open is said only where a report
says so.

**Limits.** The chronology covers what English-language outlets reported, more of it from the
Pakistani side. Events in remote districts are under-reported. Places are found by a gazetteer;
"How the place was found" in each event's panel says on what ground and what else the name might
have meant.

### How well a place is known
"""

CREDITS: Final = """
### Sources of the map itself
Border and countries: © OpenStreetMap contributors (ODbL 1.0). Provinces: Natural Earth (public
domain), names brought up to date. Towns: GeoNames (CC BY 4.0). Background tiles, where the network
allows: © OpenStreetMap contributors.
"""


def show() -> None:
    """Draw the page."""
    rows = "\n".join(f"| {PRECISION_WORDS[code]} | {text} |" for code, text in MEANING.items())
    with st.container(width=760):
        st.markdown(f"{TEXT}\n| The panel says | It means |\n|---|---|\n{rows}\n{CREDITS}")
