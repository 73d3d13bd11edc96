"""Which rows of different datasets tell one event: shown, and cut by the owner."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from geo.datasets import library, store
from geo.errors import InputError
from geo.pages.datasets import fetch_section
from geo.pages.shared import load
from geo.pages.shared.html import md
from geo.pages.shared.owner import is_owner
from geo.schema import records
from geo.story import related

__all__ = ["links"]

ROWS_SHOWN: Final = 500
TABLE_HEIGHT: Final = 320


def links() -> None:
    """Draw the pairs, if there are any; none of a dataset whose rows may not be passed on."""
    table = load.shared().table
    found = library.links_of(store.IMPORTED)
    found = found[found["event_id"].isin(table.index) & found["other_id"].isin(table.index)]
    if found.empty:
        return
    st.html('<h2 class="bm-title">Told twice, counted once</h2>')
    st.caption(
        f"{len(found):,} {'pair' if len(found) == 1 else 'pairs'} of rows from different datasets: "
        "near in place and days, alike in toll and kind. Both rows stay; sums count the event once."
    )
    shown = found.head(ROWS_SHOWN).reset_index(drop=True)
    chosen = st.dataframe(
        _words(shown, table),
        hide_index=True,
        height=min(TABLE_HEIGHT, 38 + 35 * len(shown)),
        key="links_table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Agreement": st.column_config.NumberColumn(
                format="%.2f", help="0 to 1, from place, days, toll and kind of event"
            ),
            "km apart": st.column_config.NumberColumn(format="%.0f"),
        },
    )
    picked = chosen["selection"]["rows"]
    one, other = (
        shown.loc[picked[0], ["event_id", "other_id"]] if picked else ("ONE-ID", "OTHER-ID")
    )
    if not is_owner():
        st.caption("If a pair is two events, the owner of this map says so, in a terminal:")
        st.code(f"python -m geo import --cut {one} {other}", language=None, wrap_lines=True)
        return
    st.caption("If a pair is two events, choose its row and say so; the sums follow.")
    if st.button("These are two events", key="cut", disabled=not picked):
        _cut(str(one), str(other))


def _cut(one: str, other: str) -> None:
    if not is_owner():
        return
    try:
        library.cut_link(one, other, folder=store.IMPORTED)
    except InputError as error:  # cut in another window
        st.error(md(str(error)))
        return
    fetch_section.say(f"{one} and {other} are two events from now on.")


def _words(pairs: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "One row": _told(pairs["event_id"], table),
            "The other": _told(pairs["other_id"], table),
            "Agreement": pairs["score"],
            "km apart": pairs["km"],
            "Days apart": pairs["days"],
        }
    )


def _told(ids: pd.Series[str], table: pd.DataFrame) -> list[str]:
    """Return for each id whose row it is, when, where and how many died."""
    told = (related.beside(row) for row in records(table.loc[list(ids)]))
    return [f"{' · '.join(said)} · deaths: {deaths}" for *said, deaths in told]
