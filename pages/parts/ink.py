"""How the border page's charts look: status by fill and pattern, one hue for one event group.

The patterns are SVG definitions on the page, which charts and legends name by their address: a
chart drawn as SVG takes them like any colour.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS
from pages.parts.safe import esc

__all__ = [
    "FILLS",
    "STATUS_WORDS",
    "board_legend",
    "ground_ink",
    "group_legend",
    "line_ink",
    "patterns",
    "strip_legend",
    "text_ink",
]

BLUE: Final = GROUP_COLOURS["border"]
PALE: Final = f"{BLUE}33"
STATUS_WORDS: Final[dict[str, str]] = {
    "closed": "closed",
    "partial": "partly open",
    "open": "open",
    "unknown": "not known",
}
FILLS: Final[dict[str, str]] = {
    "closed": BLUE,
    "partial": "url(#bm-stripes)",
    "open": PALE,
    "unknown": "url(#bm-hatch)",
}
"""Closures are of the group "border" and have its hue: the status is told by tone and pattern."""

PATTERNS: Final = f"""<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="bm-stripes" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><rect width="6" height="6" fill="{BLUE}" fill-opacity="0.12"></rect>
<rect width="3" height="6" fill="{BLUE}"></rect></pattern>
<pattern id="bm-hatch" width="7" height="7" patternUnits="userSpaceOnUse"
 patternTransform="rotate(-45)"><rect width="1" height="7" fill="#8b9299"></rect>
</pattern></defs></svg>"""


def patterns() -> None:
    """Put the patterns on the page; charts and legends below find them."""
    st.html(PATTERNS)


def text_ink() -> str:
    """Return the colour of words in charts: at least 7:1 on the theme's background."""
    return "#e8eaec" if _dark() else "#1d2327"


def ground_ink() -> str:
    """Return the page's background, which parts marks that overlap."""
    return "#15191c" if _dark() else "#fcfcfb"


def line_ink() -> str:
    """Return the colour of rules and ticks that only guide the eye."""
    return "#5b656d" if _dark() else "#b9c0c5"


def board_legend() -> str:
    """Return the key of the board as HTML."""
    items = [
        (_box(f'fill="{BLUE}" stroke="{BLUE}"'), "closed"),
        (_box(f'fill="{FILLS["partial"]}" stroke="{BLUE}"'), "partly open: some people or goods"),
        (_box(f'fill="{PALE}" stroke="{BLUE}"', 8), "open"),
        (
            _box('fill="none" stroke="currentColor" stroke-dasharray="3 2"'),
            "dashed: taken to hold on after a reopening, 30 days at most",
        ),
        (_box(f'fill="{FILLS["unknown"]}" stroke="none"'), "hatched: no report says"),
    ]
    return _key(items)


def group_legend(groups: list[str]) -> str:
    """Return the key of the colours, only of the ``groups`` drawn."""
    return _key([(_box(f'fill="{GROUP_COLOURS[g]}"'), GROUP_WORDS[g]) for g in groups])


def strip_legend(groups: list[str]) -> str:
    """Return the key of the strip: colours, sizes, and what bars and rings mean."""
    dots = "".join(
        f'<circle cx="{x}" cy="9" r="{r}" fill="currentColor"></circle>'
        for x, r in ((5, 2.6), (15, 4.5), (31, 8))
    )
    ring = '<circle cx="9" cy="9" r="4" fill="none" stroke="currentColor" stroke-width="2">'
    items = [
        (_box(f'fill="{GROUP_COLOURS[g]}"'), GROUP_WORDS[g]) for g in groups
    ] + [
        (_svg(dots, 42), "deaths: 0, 10, 100"),
        (_svg(f"{ring}</circle>", 18), "deaths not stated"),
        (_svg(_rule(9, 1, 9, 17), 18), "upright bar: somewhere on that stretch"),
        (_svg(_rule(1, 9, 23, 9), 24), "level bar: lasting, or some time in those days"),
    ]  # fmt: skip
    return _key(items)


def _dark() -> bool:
    return st.context.theme.type == "dark"


def _key(items: list[tuple[str, str]]) -> str:
    cells = "".join(f"<span>{picture}{esc(words)}</span>" for picture, words in items)
    return f'<div class="bm-key">{cells}</div>'


def _box(look: str, height: int = 14) -> str:
    top = (18 - height) / 2
    return _svg(f'<rect x="1" y="{top}" width="24" height="{height}" {look}></rect>', 26)


def _rule(x1: int, y1: int, x2: int, y2: int) -> str:
    ends = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
    return f'<line {ends} stroke="currentColor" stroke-width="2"></line>'


def _svg(shapes: str, width: int) -> str:
    return f'<svg width="{width}" height="18" aria-hidden="true">{shapes}</svg>'
