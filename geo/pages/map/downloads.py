"""The events shown, as files: one button a format, each made when it is clicked."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo import settings
from geo.counts import Mask
from geo.datasets import store
from geo.export import terms
from geo.export.extract import Extract, withheld
from geo.export.formats import FORMATS, to_bytes
from geo.pages.shared.html import md
from geo.query.filter import EventFilter
from geo.words import events_words

__all__ = ["show"]

SUFFIX: Final = "download_{}"


def show(table: pd.DataFrame, mask: Mask, want: EventFilter) -> None:
    """Draw the buttons for the rows under ``mask``, what is left out, and the terms in short.

    Nothing is computed here but counts: a file, and what it says of itself, is made in the
    function behind its button, and GeoPandas is imported only there.
    """
    gone = withheld(table, mask)
    rows = int(mask.sum()) - gone
    if not rows:
        st.caption("No event is shown, so there is nothing to download.")
        return
    st.caption(f"{events_words(rows)} as shown, with every column:")
    for suffix, kind in FORMATS.items():
        st.download_button(
            f"**{kind.label}** – {md(kind.good_for)}",
            partial(_made, table, mask, want, suffix),
            terms.file_name(want, suffix),
            kind.mime,
            on_click="ignore",
            key=SUFFIX.format(kind.label),
            width="stretch",
        )
    for line in _left_out(gone):
        st.caption(line)
    st.caption(
        "Each file says inside what was selected, the version of the data, and the licence and "
        "citation of every dataset in it. Give credit as it asks."
    )


def _made(table: pd.DataFrame, mask: Mask, want: EventFilter, suffix: str) -> bytes:
    about = terms.describe(table, mask, want, folder=store.IMPORTED, shipped=settings.EVENTS_FILE)
    return to_bytes(Extract(table, mask, about), suffix)


def _left_out(gone: int) -> list[str]:
    """Say which rows are not in the files and why."""
    said = [f"{gone:,} events are left out: {terms.RESTRICTED_WHY}."] if gone else []
    kept_back = ", ".join(md(name.upper()) for name in terms.conditions(store.IMPORTED))
    if kept_back:
        said.append(
            f"{kept_back} is imported here, but is neither shown to visitors nor in these files: "
            f"{terms.RESTRICTED_WHY}. On this machine, *geo export FILE --restricted* takes it in."
        )
    return said
