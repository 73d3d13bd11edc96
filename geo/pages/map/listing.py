"""Below the map: the counts, the tray of events without a place, the table."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from geo.counts import Mask, Totals
from geo.pages.map.view import view
from geo.pages.shared import address, event_buttons, parts
from geo.pages.shared.html import esc
from geo.schema import records
from geo.story import event, toll
from geo.words import PRECISION_WORDS, SIDE_WORDS, toll_words

__all__ = ["counts", "newest", "table_shows", "table_twin", "tray", "without_place"]

ROWS_IN_TABLE: Final = 500
ROWS_IN_TRAY: Final = 50
BESIDE: Final = ("precision", "border_side", "border_km", "summary")
"""Columns that only the table shows."""
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


def newest(table: pd.DataFrame, mask: Mask) -> npt.NDArray[np.int64]:
    """Return the numbers of the rows under ``mask``, newest first; those without a date last."""
    rows = np.flatnonzero(mask)
    days = table["date_start"].to_numpy("datetime64[D]")[rows].astype(np.int64)
    # not minus: no date is the least of all numbers, which has no opposite
    return rows[np.argsort(~days, kind="stable")]


def without_place(table: pd.DataFrame, mask: Mask) -> tuple[int, list[event_buttons.Line]]:
    """Return how many rows under ``mask`` have no place, and the lines that name the first."""
    lost = np.flatnonzero(mask & table["lon"].isna().to_numpy())
    return len(lost), event_buttons.lines(table.iloc[lost[:ROWS_IN_TRAY]])


def tray(count: int, first: list[event_buttons.Line]) -> None:
    """Draw a button with the number of shown events without a place, and behind it their list."""
    if not count:
        return
    with (
        st.popover(f"{count:,} without a place", key="tray"),
        st.container(key="tray_list", gap="xsmall"),
    ):
        st.caption("Known to a country only, or not at all. The counts and the table hold them.")
        event_buttons.several("lost", first)
        if count > len(first):
            st.caption(f"and {count - len(first):,} more; narrow the filter to list them.")


def table_shows() -> tuple[object, ...]:
    """Return what the table is drawn from: the filter, and whether a wrong row is marked."""
    now = view()
    return now.filter, _marked_wrongly(now.selected)


def table_twin() -> None:
    """Show the same events as a table; a click on a row selects the event."""
    now = view()
    rows = now.shown.once(newest)
    ids, columns = now.shown.once(_newest_columns)
    if not ids:
        return
    if _marked_wrongly(now.selected):  # a new table, so that no old row stays marked
        st.session_state["picked_in_table"] = ""
        st.session_state["tables"] = st.session_state.get("tables", 0) + 1
    key = f"table_{st.session_state.get('tables', 0)}_{hash(ids)}"
    st.dataframe(
        columns, key=key, hide_index=True, on_select=parts.then(partial(_picked, key, ids)),
        selection_mode="single-row", column_config=CONFIG, placeholder="not stated",
        height=min(460, 38 + 35 * len(ids)),
    )  # fmt: skip
    cut = f"The newest {len(ids):,} of {len(rows):,}; the downloads hold them all. "
    keys = "By keyboard: arrows move, Shift + Space chooses the row."
    st.caption((cut if len(rows) > len(ids) else "") + keys)


def _marked_wrongly(selected: str) -> bool:
    return st.session_state.get("picked_in_table", "") not in {"", selected}


def _picked(key: str, ids: tuple[str, ...]) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    event_id = ids[chosen[0]] if chosen else ""
    st.session_state["picked_in_table"] = event_id
    address.select(event_id)


def _newest_columns(table: pd.DataFrame, mask: Mask) -> tuple[tuple[str, ...], pd.DataFrame]:
    """Return ids and columns of the newest rows."""
    rows = table[[*event_buttons.TOLD, *BESIDE]].iloc[newest(table, mask)[:ROWS_IN_TABLE]]
    return tuple(rows.index), _columns(rows)


def _columns(rows: pd.DataFrame) -> pd.DataFrame:
    told = records(rows[list(event_buttons.TOLD)])
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
