"""Who may change what all visitors share: the one who runs the map, on the same machine."""

from __future__ import annotations

from ipaddress import ip_address

import streamlit as st

from geo.settings import served_by_owner

__all__ = ["is_owner"]


def is_owner() -> bool:
    """Whether whoever looks at the page runs the map for themselves.

    The setting decides (:func:`geo.settings.served_by_owner`); that the browser is on the same
    machine is asked besides, since a map started at home may be reached from the whole network.
    Ask it where something is done as well as where it is offered.
    """
    return served_by_owner() and _is_here(st.context.ip_address)


def _is_here(address: str | None) -> bool:
    """Whether a browser's address is that of this machine; Streamlit says None for most of these.

    A server that listens on IPv6 and IPv4 at once sees 127.0.0.1 as ::ffff:127.0.0.1.
    """
    if address is None:
        return True
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
