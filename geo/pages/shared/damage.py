"""What was imported or fetched and cannot be read, said where its events would be."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.border.layers import district_fault
from geo.pages.shared.html import md
from geo.pages.shared.owner import is_owner
from geo.store.catalogue import Fault

__all__ = ["line", "with_districts"]


def with_districts(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the faults of the store, and behind them that of the districts if there is one."""
    text = district_fault()
    return (*faults, Fault("", text)) if text else tuple(faults)


def line(faults: Sequence[Fault]) -> None:
    """Draw one line for each fault: to the owner in full, to a visitor without any path."""
    for one in faults:
        if is_owner():
            st.warning(md(one.text))
        else:
            some = "Part of what was imported or fetched"
            what = f"The dataset {one.dataset}" if one.dataset else some
            st.warning(
                md(f"{what} is damaged and not shown. The owner of this map sees the way out with ")
                + "`python -m geo check`."
            )
