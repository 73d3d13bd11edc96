"""What the border page works from: crossings, what is known of them, where events lie along it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from geo.pages.shared.load import Shared

__all__ = ["BorderData", "border_data"]


@dataclass(frozen=True, slots=True)
class BorderData:
    """Derived from the shared table alone, never from the filter.

    ``gates`` as :func:`geo.border.gates.board.gates_along`, ``timeline`` and ``rows`` as
    :mod:`geo.border.gates.status` has them, ``stretch`` as
    :func:`geo.border.line.strip.line_stretch`.
    """

    gates: pd.DataFrame
    timeline: pd.DataFrame
    rows: pd.DataFrame
    stretch: pd.DataFrame
    length_km: float


def border_data(data: Shared) -> BorderData:
    """Return what follows from the table; made once for each built file."""
    return _made(data.events_url, data.table)


@st.cache_resource(show_spinner="Measuring along the line …", max_entries=1)
def _made(url: str, _table: pd.DataFrame) -> BorderData:
    # a second's import (GeoPandas), only once somebody opens the page
    from geo.border.gates import board, status
    from geo.border.line import strip

    rows = status.known_status()
    return BorderData(
        gates=board.gates_along(),
        timeline=status.status_timeline(_table, rows),
        rows=rows,
        stretch=strip.line_stretch(strip.framed(_table)),
        length_km=strip.line_length_km(),
    )
