"""The colours of the map, said once: pages, the layer and the legend all take them from here.

Hue means event group and nothing else. The hues are from the Okabe-Ito set (M. Okabe and K. Ito,
"Color Universal Design", 2008), which keeps apart under the common colour-vision deficiencies.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ACCENT", "GROUP_COLOURS", "SHADES"]

GROUP_COLOURS: Final[dict[str, str]] = {
    "violence": "#d55e00",
    "border": "#0072b2",
    "airspace": "#56b4e9",
    "diplomacy": "#009e73",
    "civil": "#cc79a7",
    "other": "#7f7f7f",
}
"""Event group to colour, in the order of :data:`geo.model.EVENT_GROUPS`."""

ACCENT: Final = "#f0e442"
"""The ring around the selected event; used for nothing else."""

SHADES: Final[dict[str, tuple[str, ...]]] = {
    "light": ("#dddddd", "#bbbbbb", "#9b9b9b", "#7c7c7c", "#5e5e5e"),
    "dark": ("#444444", "#606060", "#7e7e7e", "#9d9d9d", "#bebebe"),
}
"""Shades of areas by theme, from few to many: plain greys, since hue means event group.

Twelve steps of CIE lightness apart, and at least nine from the land beneath, so the order is seen
with any colour vision; away from the land's lightness means more on both themes.
"""
