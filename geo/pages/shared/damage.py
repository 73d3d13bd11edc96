"""What of the store cannot be read, said where its events would be."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.pages.shared.html import md
from geo.pages.shared.owner import is_owner
from geo.store.catalogue import Fault

__all__ = ["line"]


def line(faults: Sequence[Fault]) -> None:
    """Draw one line for each fault: to the owner in full, to a visitor without any path."""
    for one in faults:
        if is_owner():
            st.warning(md(one.text))
        else:
            what = f"The dataset {one.dataset}" if one.dataset else "Part of what was imported"
            st.warning(
                md(f"{what} is damaged and not shown. The owner of this map sees the way out with ")
                + "`python -m geo check`."
            )
