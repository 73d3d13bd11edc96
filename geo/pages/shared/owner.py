"""Who may change what all visitors share: the one who started the map, on the same machine.

Three things are asked, each time: the secret that only the terminal printed (:mod:`.guard` turns
the link with it into a cookie), a browser on this machine, and a request that came straight from
it. The secret decides; the other two hold where it was given away. A proxy that adds no header
is known by its port: a browser names the address that it shows, which is not this server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from secrets import compare_digest
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from geo.settings import owner_token

__all__ = ["COOKIE", "is_owner", "is_token"]

COOKIE: Final = "bordermap_owner"
HTTP_PORT: Final = 80

FORWARDED: Final = frozenset(
    [
        *("forwarded", "forwarded-for", "via", "cdn-loop", "client-ip", "true-client-ip"),
        *("x-client-ip", "x-cluster-client-ip", "x-real-ip", "x-proxyuser-ip"),
        *("x-forwarded", "x-forwarded-by", "x-forwarded-for", "x-forwarded-host"),
        *("x-forwarded-port", "x-forwarded-prefix", "x-forwarded-proto", "x-forwarded-scheme"),
        *("x-forwarded-server", "x-forwarded-ssl", "x-forwarded-user", "x-forwarded-proto-version"),
        *("x-original-forwarded-for", "x-original-host", "x-original-url"),
        *("cf-connecting-ip", "cf-connecting-ipv6", "cf-ray", "cf-visitor"),
        *("fastly-client-ip", "fly-client-ip", "x-envoy-external-address"),
    ]
)
"""What a proxy, a tunnel or a content network adds; a browser of this machine sends none."""


def is_owner() -> bool:
    """Whether whoever looks at the page started the map and sits at its machine.

    Ask it where something is done as well as where it is offered.
    """
    return (
        is_token(st.context.cookies.get(COOKIE, ""))
        and _is_here(st.context.ip_address)
        and _is_direct(st.context.headers, st.get_option("server.port"))
    )


def is_token(said: str) -> bool:
    """Whether ``said`` is the owner's secret; how long it takes tells nothing about the secret."""
    token = owner_token()
    return bool(token) and compare_digest(said.encode(), token.encode())


def _is_here(address: str | None) -> bool:
    """Whether a browser's address is that of this machine; Streamlit says None for most of these.

    A server that listens on IPv6 and IPv4 at once sees 127.0.0.1 as ::ffff:127.0.0.1.
    """
    return address is None or _is_loopback(address)


def _is_direct(headers: Mapping[str, str], port: int) -> bool:
    """Whether a page of this very server asks, on this machine and ``port``, through no proxy."""
    low = {name.lower(): value.lower() for name, value in headers.items()}
    said = low.get("host", "")
    try:
        at = urlsplit(f"//{said}")
        here = (at.port or HTTP_PORT) == port and (
            at.hostname == "localhost" or _is_loopback(at.hostname or "")
        )
    except ValueError:
        return False
    return here and low.get("origin") == f"http://{said}" and FORWARDED.isdisjoint(low)


def _is_loopback(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
