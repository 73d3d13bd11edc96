"""Who may change what all visitors share: the one who runs the map, on the same machine."""

from __future__ import annotations

import streamlit as st

from geo.settings import served_by_owner

__all__ = ["is_owner"]


def is_owner() -> bool:
    """Whether whoever looks at the page runs the map for themselves.

    The setting decides (:func:`geo.settings.served_by_owner`); that the browser is on the same
    machine is asked besides, since a map started at home may be reached from the whole network.
    Ask it where something is done as well as where it is offered.
    """
    return served_by_owner() and st.context.ip_address is None
