"""How the border page's charts look: status by fill and pattern, one hue for one event group.

The patterns are SVG definitions on the page, which charts and legends name by their address: a
chart drawn as SVG takes them like any colour.
"""

from __future__ import annotations

from typing import Final

import altair as alt
import streamlit as st

from geo.pages.shared.html import esc
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS

__all__ = [
    "FILLS",
    "Layers",
    "background_colour",
    "board_legend",
    "group_legend",
    "guide_colour",
    "note",
    "patterns",
    "strip_legend",
    "text_colour",
]

Layers = alt.LayerChart | alt.FacetChart
"""What ``alt.layer`` makes."""

BLUE: Final = GROUP_COLOURS["border"]
PALE: Final = "#b3d4e8"
"""A tint of the same blue, opaque, so that it looks alike on both themes."""
FILLS: Final[dict[str, str]] = {
    "closed": BLUE,
    "partial": "url(#bm-stripes)",
    "open": PALE,
    "unknown": "url(#bm-hatch)",
}
"""Closures are of the group "border" and have its hue: the status is told by tone and pattern."""

_PATTERNS: Final = f"""<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="bm-stripes" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><rect width="6" height="6" fill="#dcebf4"></rect>
<rect width="3" height="6" fill="{BLUE}"></rect></pattern>
<pattern id="bm-hatch" width="7" height="7" patternUnits="userSpaceOnUse"
 patternTransform="rotate(-45)"><rect width="1" height="7" fill="#8b9299" opacity="0.65"></rect>
</pattern></defs></svg>"""

_mounted = st.components.v2.component("border_patterns", html=_PATTERNS, isolate_styles=False)
"""``st.html`` takes no SVG; a component without code of its own does."""


def patterns() -> None:
    """Put the patterns on the page, where charts find them."""
    _mounted(key="patterns", height=1)


def text_colour() -> str:
    """Return the colour of words in charts: at least 7:1 on the theme's background."""
    return "#e8eaec" if _dark() else "#1d2327"


def background_colour() -> str:
    """Return the page's background, which parts marks that overlap."""
    return "#15191c" if _dark() else "#fcfcfb"


def guide_colour() -> str:
    """Return the colour of rules and ticks that only guide the eye."""
    return "#5b656d" if _dark() else "#b9c0c5"


def note(text: str) -> None:
    """Draw a quiet line under a chart; Streamlit's own caption has too little contrast."""
    st.html(f'<p class="bm-quiet">{esc(text)}</p>')


def board_legend() -> str:
    """Return the key of the board as HTML."""
    items = [
        ("closed", "closed"),
        ("partial", "partly open: some people or goods"),
        ("open", "open"),
        ("taken", "dashed: taken to hold on after a reopening, 30 days at most"),
        ("unknown", "hatched: no report says"),
    ]
    return _key([(f'<i class="bm-sw bm-sw-{look}"></i>', words) for look, words in items])


def group_legend(groups: list[str]) -> str:
    """Return the key of the colours, only of the ``groups`` drawn."""
    return _key(_groups(groups))


def strip_legend(groups: list[str]) -> str:
    """Return the key of the strip: colours, sizes, and what bars and rings mean."""
    dots = "".join(f'<i class="bm-dot" style="width:{d}px;height:{d}px"></i>' for d in (5, 9, 17))
    items = [
        (dots, "deaths: 0, 10, 100"),
        ('<i class="bm-dot bm-ring"></i>', "deaths not stated"),
        ('<i class="bm-upright"></i>', "somewhere on that stretch"),
        ('<i class="bm-level"></i>', "lasting, or some time in those days"),
    ]
    return _key([*_groups(groups), *items])


def _groups(groups: list[str]) -> list[tuple[str, str]]:
    return [
        (f'<i class="bm-sw" style="background:{GROUP_COLOURS[g]}"></i>', GROUP_WORDS[g])
        for g in groups
    ]


def _dark() -> bool:
    return st.context.theme.type == "dark"


def _key(items: list[tuple[str, str]]) -> str:
    cells = "".join(f"<span>{picture}{esc(words)}</span>" for picture, words in items)
    return f'<div class="bm-key">{cells}</div>'
