"""Scripts of the page itself, which draw nothing: each is a ``.js`` file beside this one.

``popkeys`` takes Tab into popovers; ``panelview`` brings what is newly chosen into view.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

__all__ = ["mount"]

HERE: Final = Path(__file__).parent


@st.cache_resource(show_spinner=False)
def _script(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit does not export the type
    js = (HERE / f"{name}.js").read_text("utf-8")
    return st.components.v2.component(f"border_map_{name}", js=js)


def mount(name: str, **data: str) -> None:
    """Put the script ``name`` on the page and hand it ``data``.

    It goes into a container whose key is its name: the style sheet takes that out of the layout.
    """
    _script(name)(key=f"{name}_script", data=data)
