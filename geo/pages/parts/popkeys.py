"""Popovers by keyboard: the script that lets Tab go from a button into what it opened."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

__all__ = ["mount"]

SCRIPT: Final = Path(__file__).with_suffix(".js")


@st.cache_resource(show_spinner=False)
def _keys():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit does not export the type
    return st.components.v2.component("border_map_popkeys", js=SCRIPT.read_text("utf-8"))


def mount() -> None:
    """Put the script on the page; it draws nothing."""
    with st.container(key="popkeys"):
        _keys()(key="popkeys_script")
