"""The border page: crossings as a board, incidents near them, and the whole line against time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import streamlit as st

from geo.counts import Mask, single_events
from geo.errors import BorderMapError
from geo.pages.border import crossings_section, line_section, months_section
from geo.pages.border.chart_style import note, patterns
from geo.pages.border.data import BorderData, border_data
from geo.pages.shared import (
    address,
    filter_bar,
    load,
    parts,
)
from geo.pages.shared.html import esc
from geo.story import intervals

__all__ = ["show"]

HERE: Final = Path(__file__).parent
AHEAD_OF_UTC: Final = timedelta(hours=5)
"""Pakistan; Afghanistan is half an hour behind it."""


def show() -> None:
    """Draw the page."""
    st.html(HERE.parent / "shared" / "style.css")
    st.html(HERE / "style.css")
    try:
        data = load.shared()
        known = border_data(data)
    except BorderMapError as problem:
        st.error("The events or the crossings could not be read. The log says why, and what to do.")
        raise SystemExit(str(problem)) from problem
    address.carry("border")
    want, notes = address.current(data.offered)
    beside, faults = address.beside(data.version)
    _head(known)
    parts.whole()
    filter_bar.bar(lambda: filter_bar.Bar(want, data.offered, beside.line))
    with st.container(key="notes"):
        for note in (*notes, *faults):
            st.html(f'<p class="bm-flag">{esc(note)}</p>')
    patterns()
    mask = want.mask(data.table)
    counted = single_events(data.table, mask)
    crossings_section.section(data.table, known, want)
    months_section.section(data.table, known, want, counted)
    line_section.section(data, known, want, counted, mask, beside.line)
    _left_out(mask, counted)


def _head(known: BorderData) -> None:
    from geo.border.gates.board import latest_known

    today = (datetime.now(UTC) + AHEAD_OF_UTC).date()
    said = intervals.standing(latest_known(known.timeline, today), len(known.gates), today)
    st.html(f'<h1 class="bm-head">Along the border</h1><p class="bm-lead">{esc(said)}</p>')


def _left_out(mask: Mask, counted: Mask) -> None:
    out = int((mask & ~counted).sum())
    if out:
        entries = (
            "entry passes the filter and is" if out == 1 else "entries pass the filter and are"
        )
        note(
            f"{out:,} {entries} neither counted nor drawn in the last two charts: totals over a "
            "period, parts of another event, planned or denied events, and second tellings of one "
            "event. The table of the Map page lists them."
        )
