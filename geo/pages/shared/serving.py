"""What the pages need of the server: secrets in the environment, and files served to browsers."""

from __future__ import annotations

import streamlit as st
from streamlit.components.v1 import declare_component

from geo.settings import ROOT, STATIC

__all__ = ["prepare"]


def prepare() -> None:
    """Let the store's address stand in Streamlit's secrets, and serve what the map fetches.

    Streamlit serves ``static/`` of the checkout. Where the files lie in another folder, it serves
    them as those of a component (which draws nothing): the one way it has for any folder.
    """
    st.secrets.load_if_toml_exists()
    if STATIC != ROOT / "static":
        STATIC.mkdir(parents=True, exist_ok=True)
        declare_component("served", path=str(STATIC.resolve()))
