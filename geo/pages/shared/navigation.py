"""The pages by name, so that one links to another without knowing how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

__all__ = ["link", "run"]

_HELD: Final = "pages"


def run(pages: Mapping[str, StreamlitPage]) -> None:
    """Draw the navigation and the page that the address asks for."""
    st.session_state[_HELD] = pages
    st.navigation(list(pages.values()), position="top").run()


def link(page: str, label: str, params: Mapping[str, str]) -> None:
    """Draw a link to ``page``, a key of what :func:`run` got; its address holds ``params``."""
    st.page_link(st.session_state[_HELD][page], label=label, query_params=dict(params))
