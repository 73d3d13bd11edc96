"""Open addresses that a page was given: public ones on the internet only, at every step.

A server that fetches what is typed into its page could otherwise be made to ask its own machine or
its own network (server-side request forgery). The connection is made to the very address that was
checked, so a name that resolves differently a moment later gains nothing, and each redirect is
checked as the first address was. Proxies of the environment are not used: behind one, the machine
that is reached cannot be seen.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from geo.errors import InputError

__all__ = ["is_public", "open_public"]

_PLAIN: Final = (HTTPRedirectHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, UnknownHandler)
"""No handler for files, FTP, ``data:`` or proxies: a redirect to one of these is refused."""


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet.

    Loopback, private, link-local, shared, reserved and multicast addresses do not, nor do IPv6
    forms that carry an IPv4 address of their own (mapped, 6to4, Teredo, NAT64).
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    return ip.is_global and _is_unicast(ip) and not (ip.sixtofour or ip.teredo)


def _is_unicast(ip: IPv6Address) -> bool:
    """Whether it lies in 2000::/3, all that is given out so far (RFC 4291, section 2.4)."""
    return int(ip) >> 125 == 1


def open_public(request: Request, timeout: float) -> HTTPResponse:
    """Open an http(s) address as ``urlopen`` does, if it and all it redirects to are public.

    Raises
    ------
    InputError
        If an address on the way is none of the public internet.
    OSError, http.client.HTTPException
        As ``urlopen``.
    """
    opener = OpenerDirector()
    for handler in (_Plain(), _Secure(), *(kind() for kind in _PLAIN)):
        opener.add_handler(handler)
    answer: HTTPResponse = opener.open(request, timeout=timeout)
    return answer


def _connect(address: tuple[str, int], timeout: float, *_: object) -> socket.socket:
    """Connect to the first address of a name that answers; none is tried unless all are public."""
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(is_public(str(place[0])) for *_, place in found):
        raise InputError(
            f"{host} is an address of this machine or of a network of its own: only addresses of "
            "the public internet can be named on the page. On the command line --from takes any."
        )
    failed = OSError(f"{host} has no address")
    for family, kind, protocol, _name, place in found:
        one = socket.socket(family, kind, protocol)
        one.settimeout(timeout)
        try:
            one.connect(place)
        except OSError as error:
            one.close()
            failed = error
        else:
            return one
    raise failed


def _checked(kind: Callable[..., HTTPConnection], host: str, **more: object) -> HTTPConnection:
    connection = kind(host, **more)
    connection._create_connection = _connect  # type: ignore[attr-defined]
    return connection


class _Plain(HTTPHandler):
    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(partial(_checked, HTTPConnection), request)


class _Secure(HTTPSHandler):
    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(partial(_checked, HTTPSConnection), request)
