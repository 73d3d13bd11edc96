"""The section of the crossings' board: span, chart, the reports behind an interval, the table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.pages.border.chart_style import board_legend, note
from geo.pages.border.crossings_chart import PICK, board_chart, board_rows
from geo.pages.border.data import BorderData
from geo.pages.shared import address, crossing_html
from geo.pages.shared.html import esc
from geo.query.filter import EventFilter
from geo.story import intervals
from geo.words import day_words, range_words

__all__ = ["section"]

SPANS: Final = {"All years": None, "Last 12 months": 365, "Last 3 months": 91}


def section(table: pd.DataFrame, known: BorderData, want: EventFilter) -> None:
    """Draw the section; the filter's dates are its span, the rest of the filter does not apply."""
    from geo.border.gates.board import board

    st.html('<h2 class="bm-section">Crossings: open or closed</h2>')
    if known.timeline.empty:
        st.info("No report in the data tells of a crossing. Add reports, or rows of "
                "seeds/crossing_status.csv, and build again.")  # fmt: skip
        return
    span = _span(known, want)
    _spans(known, want)
    held = board(known.timeline, known.gates["name"], *span)
    rows = board_rows(held, known.gates)
    told = rows.loc[rows["status"] != "unknown", "crossing"].nunique()
    st.html(
        f"{board_legend()}<p class='bm-chart-note'>{esc(range_words(*span))}; "
        f"reports tell of {told} of the {len(known.gates)} crossings. North-east at the top. "
        f"{_before(known, span)}"
        "Choose an interval, in the chart or below it, to read the reports behind it.</p>"
    )
    _chart(rows, known, span, told)
    _chooser(rows, known)
    _panel(table, known)
    _twin(rows)


def _span(known: BorderData, want: EventFilter) -> tuple[date, date]:
    first, last = known.timeline["start"].min().date(), known.timeline["end"].max().date()
    start, end = want.first or first, want.last or last
    return (start, end) if start <= end else (end, start)


def _before(known: BorderData, span: tuple[date, date]) -> str:
    """Say that all rows begin with a gap because the data do, not the closures."""
    first = known.timeline["start"].min().date()
    return f"None tells of a day before {day_words(first)}. " if span[0] < first else ""


def _spans(known: BorderData, want: EventFilter) -> None:
    """Offer spans in one click; they set the dates of the filter."""
    last: date = known.timeline["end"].max().date()
    starts = {
        label: None if days is None else last - timedelta(days=days)
        for label, days in SPANS.items()
    }
    shown = (want.first, want.last)
    now = [label for label, start in starts.items() if shown == (start, start and last)]
    st.session_state["board_span"] = now[0] if now else None

    def changed() -> None:
        start = starts.get(st.session_state["board_span"] or "All years")
        address.change(first=start, last=start and last)

    st.segmented_control(
        "Days shown, up to the last that a report tells of", list(SPANS), key="board_span",
        on_change=changed,
    )  # fmt: skip


def _chart(rows: pd.DataFrame, known: BorderData, span: tuple[date, date], told: int) -> None:
    at, day = address.aside("gate"), address.aside("on")
    by_chart = st.session_state.get("picked_on_board", "")
    chosen = f"{at} {day}"
    start = "" if chosen == by_chart else _row_key(rows, known, at, day)
    # a choice made elsewhere makes a new chart, so that no old interval stays outlined
    key = f"chart_board_{start}"

    def picked() -> None:
        found = _points(st.session_state[key])
        if found:
            _choose(found, by_chart=True)

    st.altair_chart(
        board_chart(rows, known.gates, start), key=key, on_select=picked, selection_mode=PICK,
        alt=f"Board of {len(known.gates)} crossings, {range_words(*span)}: when each "
        f"was open, partly open, closed or not known; {told} are told of. The table below says "
        "the same.",
    )  # fmt: skip


def _chooser(rows: pd.DataFrame, known: BorderData) -> None:
    """Offer the intervals by name: for the keyboard, and where a day is a pixel wide."""
    told = rows[rows["status"] != "unknown"].sort_values("start", ascending=False)
    names = dict(zip(told["key"], told["crossing"] + ": " + told["says"] + ", " + told["when"],
                     strict=True))  # fmt: skip
    now = _row_key(rows, known, address.aside("gate"), address.aside("on"))
    st.session_state["interval_named"] = now if now in names else None

    def named() -> None:
        if key := st.session_state["interval_named"]:
            _choose(key, by_chart=False)
        else:
            _close()

    st.selectbox(
        "Interval", list(names), key="interval_named", format_func=names.__getitem__, index=None,
        placeholder="Choose an interval, or type a crossing or a date", on_change=named,
        label_visibility="collapsed",
    )  # fmt: skip


def _points(said: Any) -> str:  # noqa: ANN401 - the chart's state
    found = said["selection"].get(PICK) or []
    return str(found[0]["key"]) if found and "key" in found[0] else ""


def _row_key(rows: pd.DataFrame, known: BorderData, gate: str, day: str) -> str:
    """Return the key of the drawn interval that holds ``day``, empty if none does."""
    asked = _day(day)
    if gate not in known.gates.index or asked is None:
        return ""
    own = rows[rows["crossing"] == known.gates.loc[gate, "name"]]
    held = own[(own["start"] <= pd.Timestamp(asked)) & (own["end"] >= pd.Timestamp(asked))]
    return "" if held.empty else str(held["key"].iloc[0])


def _choose(key: str, *, by_chart: bool) -> None:
    gate, _, day = key.partition(" ")
    st.session_state["picked_on_board"] = key if by_chart else ""
    address.put_aside(gate=gate, on=day)


def _close() -> None:
    st.session_state["picked_on_board"] = ""
    address.put_aside(gate="", on="")


def _panel(table: pd.DataFrame, known: BorderData) -> None:
    gate, day = address.aside("gate"), _day(address.aside("on"))
    if gate not in known.gates.index or day is None:
        if gate:
            st.html('<p class="bm-flag">The address names no crossing and day that is known.</p>')
        return
    interval = intervals.at_day(known.timeline, str(known.gates.loc[gate, "name"]), day)
    with st.container(key="interval"):
        st.html(
            f'<h3 class="bm-title">{esc(intervals.heading(interval))}</h3>'
            f'<p class="bm-when">{esc(intervals.why(interval))}</p>'
            f"{crossing_html.reports_html(interval, known.rows, table)}"
        )
        st.button("Close", key="close_interval", on_click=_close)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _twin(rows: pd.DataFrame) -> None:
    order = rows[rows["status"] != "unknown"].sort_values("start", ascending=False)
    with st.expander(f"The same as a table: {len(order):,} intervals that are told of"):
        if order.empty:
            note("None in these days. Choose a longer span.")
            return
        keys, name = list(order["key"]), f"board_table_{hash(tuple(order['key']))}"

        def picked() -> None:
            chosen = st.session_state[name]["selection"]["rows"]
            if chosen:
                _choose(keys[chosen[0]], by_chart=False)

        st.dataframe(
            pd.DataFrame({
                "Crossing": order["crossing"], "Status": order["says"], "Days": order["when"],
                "Length, days": order["days"], "Ground": order["reason"],
            }),
            key=name, hide_index=True, on_select=picked, selection_mode="single-row",
            height=min(420, 38 + 35 * len(order)),
        )  # fmt: skip
        note("Days that no row covers are not known. Choose a row to read its reports.")
