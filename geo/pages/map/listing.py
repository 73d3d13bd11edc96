"""Below the map: the counts, the tray of events without a place, the table."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.counts import Mask, Totals
from geo.pages.shared import address, event_buttons
from geo.pages.shared.html import esc
from geo.query.filter import EventFilter
from geo.schema import records
from geo.story import event, toll
from geo.words import PRECISION_WORDS, SIDE_WORDS, toll_words

__all__ = ["counts", "table_twin", "tray"]

ROWS_IN_TABLE: Final = 500
ROWS_IN_TRAY: Final = 50
WHOLE: Final = "%d"
CONFIG: Final = {
    "First day": st.column_config.DateColumn(format="YYYY-MM-DD", width=95, pinned=True),
    "When": st.column_config.TextColumn(width=140),
    "Event": st.column_config.TextColumn(width=260),
    "Place is": st.column_config.TextColumn(width=170),
    "Deaths": st.column_config.NumberColumn(format=WHOLE, width=75),
    "Deaths, as told": st.column_config.TextColumn(width=150),
    "Side": st.column_config.TextColumn(width=155),
    "Km to the line": st.column_config.NumberColumn(format="%.1f", width=95),
    "Summary": st.column_config.TextColumn(width=520),
}


def counts(sums: Totals) -> str:
    """Return the line of counts as HTML."""
    said = [f"<b>{sums.shown:,} of {sums.total:,} events shown</b>"]
    if sums.shown:
        said.append(esc(toll_words(sums.deaths_low, sums.deaths_high, sums.toll_unknown)))
    if apart := sums.left_out + sums.linked:
        said.append(f"{apart:,} not added up (totals, parts, doubles, denied)")
    if sums.shown and not sums.without_place:
        said.append("all on the map")
    return f'<p class="bm-line">{" · ".join(said)}</p>'


def tray(table: pd.DataFrame, mask: Mask) -> None:
    """Draw a button with the number of shown events without a place, and behind it their list."""
    lost = table[mask & table["lon"].isna().to_numpy()]
    if lost.empty:
        return
    with (
        st.popover(f"{len(lost):,} without a place", key="tray"),
        st.container(key="tray_list", gap="xsmall"),
    ):
        st.caption("Known to a country only, or not at all. The counts and the table hold them.")
        event_buttons.several("lost", lost.head(ROWS_IN_TRAY))
        if len(lost) > ROWS_IN_TRAY:
            st.caption(f"and {len(lost) - ROWS_IN_TRAY:,} more; narrow the filter to list them.")


def table_twin(table: pd.DataFrame, mask: Mask, want: EventFilter) -> None:
    """Show the same events as a table; a click on a row selects the event."""
    rows = table[mask].sort_values("date_start", ascending=False, na_position="last")
    total, rows = len(rows), rows.head(ROWS_IN_TABLE)
    if rows.empty:
        return
    # a selection made elsewhere makes a new table, so that no old row stays marked
    by_table = st.session_state.get("picked_in_table", "")
    key = f"table_{'' if want.selected == by_table else want.selected}_{hash(tuple(rows.index))}"
    st.dataframe(
        _columns(rows), key=key, hide_index=True, on_select=partial(_picked, key, list(rows.index)),
        selection_mode="single-row", column_config=CONFIG, placeholder="not stated",
        height=min(460, 38 + 35 * len(rows)),
    )  # fmt: skip
    cut = f"The newest {len(rows):,} of {total:,}; the downloads hold them all. "
    keys = "By keyboard: arrows move, Shift + Space chooses the row."
    st.caption((cut if total > len(rows) else "") + keys)


def _picked(key: str, ids: list[str]) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    event_id = ids[chosen[0]] if chosen else ""
    st.session_state["picked_in_table"] = event_id
    address.select(event_id)


def _columns(rows: pd.DataFrame) -> pd.DataFrame:
    told = records(rows)
    return pd.DataFrame(
        {
            "First day": rows["date_start"],
            "When": [event.when(row) for row in told],
            "Event": [event.title(row) for row in told],
            "Place is": rows["precision"].map(PRECISION_WORDS),
            "Deaths": rows["fatalities_best"],
            "Deaths, as told": [toll.deaths(row) for row in told],
            "Side": rows["border_side"].map(SIDE_WORDS),
            "Km to the line": rows["border_km"],
            "Summary": rows["summary"],
        }
    )
