"""The panel for one selected event."""

from __future__ import annotations

import streamlit as st

from geo.pages.shared import (
    address,
    clipboard,
    event_buttons,
    event_html,
    linked,
    load,
    parts,
    tellings_html,
)
from geo.schema import Row, record
from geo.story import event, related, source_codes, tellings
from geo.story.cells import text
from geo.story.citation import citation
from geo.words import LINE_WORDS, dataset_words

__all__ = ["panel"]


def panel(data: load.Shared, position: int, *, shown: bool, line: str) -> None:
    """Tell the event in row ``position``.

    ``shown`` is whether the filter lets it through, ``line`` a key of
    :data:`geo.words.LINE_WORDS`: what the reader calls the line.
    """
    event_id = str(data.table.index[position])
    row = record(data.table, event_id)
    st.button(
        "‹ Back to the overview", key="unselect", type="tertiary", on_click=parts.then(_unselect)
    )
    if not shown:
        st.html(f'<p class="bm-flag">{event.OUTSIDE}</p>')
    st.html(event_html.headline(row))
    st.html(event_html.facts_html(row))
    _family(data, row, event_id)
    linked.panel(data.table, row, event_id)
    _part("border", event_html.border_html(row, LINE_WORDS[line]))
    _passages(row)
    _part("claims", tellings_html.claims_html(row))
    _part("tellings", tellings_html.tellings_html(row))
    _codes(row)
    with st.expander(event.HEADINGS["placing"]):
        st.html(event_html.placing_html(row))
    _cite(data, row, event_id)


def _unselect() -> None:
    address.select("")


def _part(name: str, body: str) -> None:
    if body:
        st.html(f'<h3 class="bm-part">{event.HEADINGS[name]}</h3>{body}')


def _family(data: load.Shared, row: Row, event_id: str) -> None:
    """Link a part to its whole and a whole to its parts."""
    table = data.table
    if whole := related.whole(row, table.index):
        st.html(f'<p class="bm-flag">{related.WHOLE}</p>')
        _jump(data, [whole], "Whole")
    parts = table.index[table["part_of"].fillna("") == event_id]
    if len(parts):
        st.html(f'<p class="bm-flag">{related.PARTS}</p>')
        _jump(data, list(parts), "Part")


def _jump(data: load.Shared, ids: list[str], role: str) -> None:
    for event_id in ids:
        event_buttons.one("jump", event_id, record(data.table, event_id), role=role)


def _passages(row: Row) -> None:
    if not tellings.told_in_reports(row):
        return
    found = tellings_html.evidence_html(row, load.texts())
    if found:
        _part("passages", "".join(found) + tellings_html.MARKS_KEY)


def _codes(row: Row) -> None:
    coded = source_codes.coded_as(row)
    if coded:
        with st.expander(f"As {dataset_words(text(row, 'dataset'))} codes it"):
            st.html(event_html.terms_html(coded))


def _cite(data: load.Shared, row: Row, event_id: str) -> None:
    with st.container(gap="small", key="cite"):
        clipboard.address(
            "Copy link to this event", "copy_event", event=event_id, data=data.version
        )
        said = citation(row, event_id, data.version, data.datasets)
        clipboard.words("Copy citation", said, "copy_citation", shown=event.HEADINGS["citation"])
