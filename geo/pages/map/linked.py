"""Rows of other datasets that tell the same event: their figures, a way there, how to cut it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.pages.map import listing
from geo.pages.shared import event_html
from geo.pages.shared.event_html import word
from geo.pages.shared.html import esc
from geo.schema import Row, record
from geo.words import dataset_words

__all__ = ["panel", "rows_html"]


def panel(table: pd.DataFrame, row: Row, event_id: str) -> None:
    """List the rows linked with ``row``; nothing where there are none."""
    others = [name for name in word(row, "linked_ids").split("; ") if name in table.index]
    if not others:
        return
    linked = {name: record(table, name) for name in others}
    rows = [row, *linked.values()]
    st.html(f'<h3 class="bm-part">The same event in other datasets</h3>{rows_html(rows)}')
    for name, other in linked.items():
        listing.event_button("linked", name, other, role=_name(other))
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
        f"<tr><th>{esc(_name(one))}</th><td>{esc(event_html.when(one))}</td>"
        f'<td dir="auto">{esc(word(one, "place") or "not stated")}</td>'
        f"<td>{esc(event_html.toll(one))}</td></tr>"
        for one in rows
    )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Dataset", "When", "Where", "Deaths")
    )
    score = event_html.number(rows[0], "link_score") if "link_score" in rows[0] else None
    sure = f" Likeness {score:.2f} of 1." if score is not None else ""
    return (
        f'<table class="bm-linked"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
        f'<p class="bm-quiet">Counted once in the sums.{sure}</p>'
    )


def _name(row: Row) -> str:
    name = dataset_words(word(row, "dataset"))
    return name[:1].upper() + name[1:]
