"""The panel for one selected event."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.pages.parts import facts, listing, load, state

__all__ = ["panel"]


def panel(table: pd.DataFrame, position: int, *, shown: bool) -> None:
    """Tell the event in row ``position``; ``shown`` is whether the filter lets it through."""
    row = table.iloc[position].to_dict()
    event_id = str(table.index[position])
    st.button("‹ Back to the overview", key="unselect", type="tertiary", on_click=_unselect)
    if not shown:
        st.html('<p class="bm-flag">Outside the present filter, so not counted below.</p>')
    st.html(facts.headline(row))
    st.html(facts.facts_html(row))
    _family(table, row, event_id)
    st.html(f'<h3 class="bm-part">At the border</h3>{facts.border_html(row)}')
    _passages(row)
    st.html(f'<h3 class="bm-part">Who reports what</h3>{facts.tellings_html(row)}')
    with st.expander("How the place was found"):
        st.html(facts.placing_html(row))


def _unselect() -> None:
    state.select("")


def _family(table: pd.DataFrame, row: dict[str, object], event_id: str) -> None:
    """Link a part to its whole and a whole to its parts."""
    whole = facts.word(row, "part_of")
    if whole in table.index:
        st.html('<p class="bm-flag">Part of a larger event; its figures are within the whole.</p>')
        _jump(table, [whole], "Whole")
    parts = table.index[table["part_of"].fillna("") == event_id]
    if len(parts):
        st.html('<p class="bm-flag">Told also in parts; their figures are within this one.</p>')
        _jump(table, list(parts), "Part")


def _jump(table: pd.DataFrame, ids: list[str], role: str) -> None:
    for event_id in ids:
        listing.event_button("jump", event_id, table.loc[event_id], role=role)


def _passages(row: dict[str, object]) -> None:
    if not facts.told_in_reports(row):
        return
    found = facts.evidence_html(row, load.texts())
    if found:
        st.html(f'<h3 class="bm-part">The words behind it</h3>{"".join(found)}')
