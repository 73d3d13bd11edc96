"""The head of the map page: what is shown in one sentence, the settings, the link and the files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
import streamlit as st

from geo.counts import Mask
from geo.pages.map import downloads
from geo.pages.map.view import view
from geo.pages.shared import address, clipboard, parts
from geo.pages.shared.html import esc, md
from geo.query.filter import EventFilter
from geo.words import LINE_WORDS, TITLE, dataset_words, events_words, span_words

__all__ = ["draw", "sentence"]

NAMED: Final = 3


def draw() -> None:
    """Draw the head."""
    with st.container(horizontal=True, key="head", vertical_alignment="center"):
        parts.part("lead", lambda: view().filter, _lead)
        with st.container(horizontal=True, gap="small", width="content", key="head_buttons"):
            with st.popover("Settings", key="settings"):
                parts.part("settings", lambda: view().beside.line, _settings)
            with st.popover("Share · download", key="share"):
                parts.part("share", lambda: view().filter, _share)


def _lead() -> None:
    now = view()
    said = sentence(now.data.table, now.shown.mask, now.filter)
    st.html(f'<h1 class="bm-head">{TITLE}</h1><p class="bm-lead">{esc(said)}</p>')


def sentence(table: pd.DataFrame, mask: Mask, want: EventFilter) -> str:
    """Say in one sentence what is on the map, from when to when, and whose rows they are."""
    rows = table.loc[mask, ["dataset", "date_start", "date_end"]]
    if rows.empty:
        return f"Nothing is shown for: {want.describe()}."
    if not want.active():
        kinds = "Attacks, closed crossings, talks and more on both sides of the border"
        return f"{kinds}{_span(rows)}: {_by_dataset(rows)}."
    asked = want.describe()
    return f"{events_words(len(rows))} of {len(table):,}: {asked}{_span(rows)}. From {_from(rows)}."


def _span(rows: pd.DataFrame) -> str:
    starts, ends = rows["date_start"].dropna(), rows["date_end"].dropna()
    if starts.empty:
        return ""
    first, last = starts.min().date(), max(starts.max(), ends.max()).date()
    return f", {span_words(first, last, 'month')}"


def _by_dataset(rows: pd.DataFrame) -> str:
    counts = rows["dataset"].value_counts()
    said = [f"{count:,} from {dataset_words(str(name))}" for name, count in counts.items()]
    return _joined(said)


def _from(rows: pd.DataFrame) -> str:
    return _joined([dataset_words(str(name)) for name in rows["dataset"].value_counts().index])


def _joined(parts: Iterable[str]) -> str:
    said = list(parts)
    if len(said) > NAMED:
        said = [*said[: NAMED - 1], f"{len(said) - NAMED + 1} more datasets"]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]


def _settings() -> None:
    key = "line_name"
    st.session_state[key] = view().beside.line

    def changed() -> None:
        chosen = st.session_state[key]
        address.put_aside(line="" if chosen == next(iter(LINE_WORDS)) else chosen)

    st.radio(
        "What to call the line between the two countries", list(LINE_WORDS), key=key,
        format_func=lambda name: md(LINE_WORDS[name]), on_change=parts.then(changed),
    )  # fmt: skip
    st.caption("Used on the map and in the words beside it. The page takes no side in the name.")


def _share() -> None:
    now = view()
    st.caption(
        "This view: its filters, the event chosen, where the map stands, the data’s version."
    )
    clipboard.address("Copy link", "copy_view", shown="Address of this view", data=now.data.version)
    downloads.show(now.data.table, now.shown.mask, now.filter)
