"""Buttons that copy: some words, or the address of the view as it stands when they are pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

__all__ = ["address", "words"]

HERE: Final = Path(__file__).parent
HTML: Final = (
    '<div><button type="button"></button><output></output>'
    '<textarea readonly rows="1" dir="auto" hidden></textarea></div>'
)


@st.cache_resource(show_spinner=False)
def _button():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit does not export the type
    return st.components.v2.component(
        "border_map_copy",
        html=HTML,
        css=(HERE / "clipboard.css").read_text("utf-8"),
        js=(HERE / "clipboard.js").read_text("utf-8"),
    )


def words(label: str, text: str, key: str, *, shown: str = "") -> None:
    """Draw a button that copies ``text``; ``shown`` names the box that shows it, empty for none."""
    _button()(key=key, data={"label": label, "shown": shown, "text": text, "params": {}})


def address(label: str, key: str, *, shown: str = "", **params: str) -> None:
    """Draw a button that copies the page's address with ``params`` set, empty ones taken out.

    The address is read when the button is pressed, so it says where the map stands by then.
    """
    _button()(key=key, data={"label": label, "shown": shown, "text": None, "params": params})
