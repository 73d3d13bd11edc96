"""A quiet line of text under a chart or table, with enough contrast to read."""

from __future__ import annotations

import streamlit as st

from geo.pages.shared.html import esc

__all__ = ["note"]


def note(text: str) -> None:
    """Draw ``text`` as text. Streamlit's own caption falls short of 4.5:1 on the light theme."""
    st.html(f'<p class="bm-quiet">{esc(text)}</p>')
