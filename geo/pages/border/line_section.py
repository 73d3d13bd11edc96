"""The section of the whole line: kilometre along it against time, and the event chosen on it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from geo.counts import Mask, floats
from geo.pages.border.chart_style import group_legend, note, strip_legend
from geo.pages.border.data import BorderData
from geo.pages.border.line_chart import (
    PICK,
    cell_chart,
    strip_chart,
    strip_rows,
)
from geo.pages.shared import address, event_panel, load
from geo.pages.shared.html import esc
from geo.query.filter import EventFilter
from geo.words import GROUP_WORDS, SIDE_WORDS

__all__ = ["section"]

NEAR_LINE_KM: Final = 50.0
MOST_MARKS: Final = 2500
"""Beyond so many events marks cover each other and the browser tires: then they are counted."""
CELL_KM: Final = 25.0
ROWS_IN_TABLE: Final = 1000
SPOKEN: Final = ("what", "when", "deaths")
"""Columns of words that :func:`geo.pages.border.line_chart.strip_rows` makes."""


def section(
    data: load.Shared, known: BorderData, want: EventFilter, counted: Mask, mask: Mask, line: str
) -> None:
    """Draw the section. Without a filter on distance it shows what lies within 50 km."""
    st.html('<h2 class="bm-section">The whole line, south-west to north-east</h2>')
    table = data.table
    near = floats(table["border_km"]) <= (want.max_km or NEAR_LINE_KM)
    on_line = known.stretch["line_km"].notna().to_numpy(bool)
    dated = table["date_start"].notna().to_numpy(bool)
    shown = counted & near & on_line & dated
    if not shown.any():
        st.info(
            f"No dated event within {want.max_km or NEAR_LINE_KM:g} km of the line passes the "
            "filter. Widen the dates or the distance, or clear a filter above."
        )
    else:
        events = table[shown].join(known.stretch[shown])
        _drawn(events, known, want, shown)
    _beside(counted, near, on_line, dated, want)
    _story(data, want, mask, line)


def _drawn(events: pd.DataFrame, known: BorderData, want: EventFilter, shown: Mask) -> None:
    groups = [group for group in GROUP_WORDS if group in set(events["event_group"])]
    limit = want.max_km or NEAR_LINE_KM
    note = f"{len(events):,} events within {limit:g} km of the line, at the nearest kilometre of it"
    if len(events) > MOST_MARKS:
        _cells(events, known, groups, note)
        return
    st.html(
        f"{strip_legend(groups)}<p class='bm-chart-note'>{esc(note)}. Choose a mark, or a name "
        "below the chart, to read the event.</p>"
    )
    by_chart = st.session_state.get("picked_on_strip", "")
    start = want.selected if want.selected in events.index and want.selected != by_chart else ""
    key = f"chart_strip_{start}"

    def picked() -> None:
        found = _event_of(st.session_state[key])
        if found:
            st.session_state["picked_on_strip"] = found
            address.select(found)

    rows = strip_rows(events, want.first, want.last)
    st.altair_chart(
        strip_chart(rows, known.gates, known.length_km, start), key=key,
        on_select=picked, selection_mode=PICK, alt=_alt(events),
    )  # fmt: skip
    told = events.assign(**{name: rows[name].to_numpy(object) for name in SPOKEN})
    newest = told.sort_values("date_start", ascending=False).head(ROWS_IN_TABLE)
    _chooser(newest, want)
    _twin(newest, len(events))


def _chooser(rows: pd.DataFrame, want: EventFilter) -> None:
    """Offer the events by name: for the keyboard, and where marks cover each other."""
    names = dict(zip(rows.index.astype(str), rows["when"] + " — " + rows["what"], strict=True))
    st.session_state["event_named"] = want.selected if want.selected in names else None

    def named() -> None:
        st.session_state["picked_on_strip"] = ""
        address.select(st.session_state["event_named"] or "")

    st.selectbox(
        "Event", list(names), key="event_named", format_func=names.__getitem__, index=None,
        placeholder="Choose an event, or type a place, a kind or a date", on_change=named,
        label_visibility="collapsed",
    )  # fmt: skip


def _cells(events: pd.DataFrame, known: BorderData, groups: list[str], note: str) -> None:
    from geo.border.line.strip import line_cells

    every = np.ones(len(events), dtype=bool)
    years = (events["date_start"].max() - events["date_start"].min()).days > 3650
    cells = line_cells(events, every, CELL_KM, "Y" if years else "M")
    st.html(
        f"{group_legend(groups)}<p class='bm-chart-note'>{esc(note)}: too many to draw each. A "
        f"circle counts those on {CELL_KM:g} km of the line in a {'year' if years else 'month'}; "
        "narrow the dates or the distance to see each event.</p>"
    )
    st.altair_chart(
        cell_chart(cells, known.gates, known.length_km), key="chart_cells", alt=_alt(events)
    )
    twin = cells.assign(
        **{"From": cells["start"].dt.date, "Km along the line, about": cells["line_km"]},
        What=cells["event_group"].map(GROUP_WORDS), Events=cells["events"],
    )  # fmt: skip
    with st.expander(f"The same as a table: {len(twin):,} circles"):
        st.dataframe(twin.iloc[:, -4:], hide_index=True, height=420)


def _alt(events: pd.DataFrame) -> str:
    first, last = events["date_start"].min(), events["date_start"].max()
    return (
        f"{len(events):,} events along the border line from {first:%b %Y} to {last:%b %Y}, by "
        "kilometre from the south-west end. The table below says the same."
    )


def _event_of(said: Any) -> str:  # noqa: ANN401 - the chart's state
    found = said["selection"].get(PICK) or []
    return str(found[0]["event_id"]) if found and "event_id" in found[0] else ""


def _twin(rows: pd.DataFrame, drawn: int) -> None:
    key = f"strip_table_{hash(tuple(rows.index))}"

    def picked() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            st.session_state["picked_on_strip"] = ""
            address.select(str(rows.index[chosen[0]]))

    with st.expander(f"The same as a table: {drawn:,} events"):
        st.dataframe(
            pd.DataFrame({
                "First day": rows["date_start"].dt.date,
                "When": rows["when"],
                "Event": rows["what"],
                "Deaths, as told": rows["deaths"],
                "Km along the line": rows["line_km"].round(0),
                "Possible from": rows["line_km_min"].round(0),
                "to": rows["line_km_max"].round(0),
                "Side": rows["border_side"].map(SIDE_WORDS),
            }),
            key=key, hide_index=True, on_select=picked, selection_mode="single-row",
            height=min(420, 38 + 35 * len(rows)),
        )  # fmt: skip
        if drawn > len(rows):
            note(f"The newest {len(rows):,}; the downloads of the Map page hold them all.")


def _beside(counted: Mask, near: Mask, on_line: Mask, dated: Mask, want: EventFilter) -> None:
    """Say what the filter lets through and the chart cannot or does not show."""
    lost = int((counted & ~on_line).sum())
    far = int((counted & on_line & ~near).sum())
    blank = int((counted & on_line & near & ~dated).sum())
    limit = want.max_km or NEAR_LINE_KM
    said = [
        f"{count:,} {words}"
        for count, words in (
            (far, f"farther than {limit:g} km from the line"),
            (lost, "without a place or too far away to say"),
            (blank, "without a date"),
        )
        if count
    ]
    if said:
        note(f"Not in this chart: {', '.join(said)}.")


def _story(data: load.Shared, want: EventFilter, mask: Mask, line: str) -> None:
    if want.selected and want.selected in data.table.index:
        row = int(np.flatnonzero(data.table.index == want.selected)[0])
        with st.container(key="panel"):
            event_panel.panel(data, row, shown=bool(mask[row]), line=line)
