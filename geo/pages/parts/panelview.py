"""The panel in view: what is newly chosen is told from its first line, also below the map."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

__all__ = ["mount"]

SCRIPT: Final = Path(__file__).with_suffix(".js")


@st.cache_resource(show_spinner=False)
def _mover():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit does not export the type
    return st.components.v2.component("border_map_panelview", js=SCRIPT.read_text("utf-8"))


def mount(chosen: str) -> None:
    """Put the script on the page; ``chosen`` names the event or place told, empty for none."""
    with st.container(key="panelview"):
        _mover()(key="panelview_script", data={"chosen": chosen})
