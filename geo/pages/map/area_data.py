"""What shading and place stories share and the filter never changes: made once for each table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from geo.border.units import areas
from geo.pages.shared.load import Shared
from geo.story.places import Numbers

__all__ = ["numbers", "timeline"]


def numbers(data: Shared, level: areas.Level) -> Numbers:
    """Return the number of each event's area, -1 where it is not known."""
    if level == "admin2" and areas.DISTRICT_COLUMN in data.table:
        return np.asarray(data.table[areas.DISTRICT_COLUMN].cat.codes, np.int16)
    return _numbers(data.events_url, level, data.table)


def timeline(data: Shared) -> pd.DataFrame:
    """Return what is known of every crossing (:func:`geo.border.gates.status.status_timeline`)."""
    return _timeline(data.events_url, data.table)


@st.cache_resource(show_spinner=False, max_entries=2)
def _numbers(url: str, level: areas.Level, _table: pd.DataFrame) -> Numbers:
    return areas.area_numbers(_table, level)


@st.cache_resource(show_spinner=False, max_entries=1)
def _timeline(url: str, _table: pd.DataFrame) -> pd.DataFrame:
    from geo.border.gates import status

    return status.status_timeline(_table)
