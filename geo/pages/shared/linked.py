"""Rows of other datasets that tell the same event: their figures, a way there, how to cut it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.pages.shared import event_buttons
from geo.pages.shared.html import esc
from geo.schema import Row, record
from geo.story import event, related

__all__ = ["panel", "rows_html"]


def panel(table: pd.DataFrame, row: Row, event_id: str) -> None:
    """List the rows linked with ``row``; nothing where there are none."""
    others = related.linked(row, table.index)
    if not others:
        return
    linked = {name: record(table, name) for name in others}
    rows = [row, *linked.values()]
    st.html(f'<h3 class="bm-part">{event.HEADINGS["linked"]}</h3>{rows_html(rows)}')
    for name, other in linked.items():
        event_buttons.one("linked", name, other, role=event.dataset(other))
    with st.expander("Two events after all?"):
        st.caption(
            "They were linked by place, days, toll and kind. A link holds for everybody who opens "
            "this map, so its owner cuts it, on the page Datasets or in a terminal:"
        )
        cuts = "\n".join(f"python -m geo import --cut {event_id} {name}" for name in others)
        st.code(cuts, language=None, wrap_lines=True)


def rows_html(rows: list[Row]) -> str:
    """Return what each dataset says of when, where and how many, the row shown first."""
    lines = "".join(
        f"<tr><th>{esc(dataset)}</th>"
        + "".join(f'<td dir="auto">{esc(words)}</td>' for words in more)
        + "</tr>"
        for dataset, *more in map(related.beside, rows)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in related.HEADS)
    return (
        f'<table class="bm-linked"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
        f'<p class="bm-quiet">{esc(related.linked_note(rows[0]))}</p>'
    )
