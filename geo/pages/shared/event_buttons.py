"""Lines that name an event each and select it when pressed."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from geo.pages.shared import address, parts
from geo.pages.shared.html import md
from geo.schema import Row, records
from geo.story import event

__all__ = ["TOLD", "Line", "lines", "one", "several"]

Line = tuple[str, str]
"""The id of an event, and the line that names it."""

TOLD: Final = (
    *("date_start", "date_end", "date_precision", "event_type", "place_named", "place"),
    *("fatalities_low", "fatalities_best", "fatalities_high"),
)
"""Columns that a line is told from: a row of records costs by the column."""


def one(where: str, event_id: str, row: Row, *, role: str = "") -> None:
    """Draw a line that names an event and selects it; ``where`` keeps its key apart."""
    said = event.line(row)
    several(where, [(event_id, f"{role}: {said}" if role else said)])


def lines(rows: pd.DataFrame) -> list[Line]:
    """Return a line for each of ``rows``, in their order."""
    told = records(rows[list(TOLD)])
    return [(str(name), event.line(row)) for name, row in zip(rows.index, told, strict=True)]


def several(where: str, named: list[Line]) -> None:
    """Draw lines that name an event each and select it; ``where`` keeps their keys apart."""
    for event_id, said in named:
        st.button(
            md(said), key=f"{where}_{event_id}", type="tertiary",
            on_click=parts.then(address.select), args=(event_id,),
        )  # fmt: skip
