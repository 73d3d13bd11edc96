"""Lines that name an event each and select it when pressed."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from geo.pages.shared import address, parts
from geo.pages.shared.html import md
from geo.schema import Row, records
from geo.story import event

__all__ = ["TOLD", "one", "several"]

TOLD: Final = (
    *("date_start", "date_end", "date_precision", "event_type", "place_named", "place"),
    *("fatalities_low", "fatalities_best", "fatalities_high"),
)
"""Columns that a line is told from: a row of records costs by the column."""


def one(where: str, event_id: str, row: Row, *, role: str = "") -> None:
    """Draw a line that names an event and selects it; ``where`` keeps its key apart."""
    said = event.line(row)
    label = f"{role}: {said}" if role else said
    key = f"{where}_{event_id}"
    st.button(
        md(label), key=key, type="tertiary", on_click=parts.then(address.select),
        args=(event_id,),
    )  # fmt: skip


def several(where: str, rows: pd.DataFrame) -> None:
    """Draw a line for each of ``rows`` that names the event and selects it."""
    for event_id, row in zip(rows.index, records(rows[list(TOLD)]), strict=True):
        one(where, str(event_id), row)
