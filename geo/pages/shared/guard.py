"""What stands between the network and Streamlit: response headers, the owner's link, no metrics."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.pages.shared.owner import COOKIE, is_token
from geo.pages.shared.uploads import Uploads
from geo.settings import owner_token

__all__ = ["Guard"]

TILES: Final = "https://tile.openstreetmap.org"
INLINE: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def _streamlit_scripts() -> str:
    """Return the hashes of the scripts that Streamlit's own page holds, as a policy names them."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    digests = (hashlib.sha256(script).digest() for script in INLINE.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


_POLICY: Final = {
    "default-src": "'self'",
    "script-src": f"'self' blob: 'wasm-unsafe-eval' {_streamlit_scripts()}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": f"'self' data: blob: {TILES}",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
_MAP: Final = {"script-src": "'self' 'unsafe-inline' 'unsafe-eval'"}
"""The frame of the map runs the script that Folium writes, which it gets as text."""


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {said}" for name, said in policy.items())


PAGE_POLICY: Final = _written(_POLICY)
FRAME_POLICY: Final = _written(_POLICY | _MAP)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # the tile service asks who asks
}


class Guard:
    """ASGI middleware around the whole app.

    Every answer gets the headers that keep a browser from being turned against the page: which
    scripts run, who may frame it, no guessing of types, no full addresses to other sites. The
    figures of the server (``/_stcore/metrics``) are nobody's. Uploads end where :mod:`.uploads`
    says. The owner's link is answered by the same address without the secret, which goes into a
    cookie that no script can read.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.uploads = Uploads()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the app answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        answer = _hidden(path) or _welcome(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _set(MutableHeaders(scope=message), path)
            await send(message)

        with self.uploads.taking(scope) as refused:
            await (answer or refused or self.app)(scope, receive, with_headers)


def _set(headers: MutableHeaders, path: str) -> None:
    headers.update(HEADERS)
    headers["Content-Security-Policy"] = FRAME_POLICY if "/component/" in path else PAGE_POLICY


def _hidden(path: str) -> Response | None:
    if not path.rstrip("/").endswith("/_stcore/metrics"):
        return None
    return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)


def _welcome(scope: Scope) -> Response | None:
    """Turn the link that the terminal printed into a cookie and the address without the secret."""
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    said = dict(asked).get("owner")
    if said is None or not owner_token():
        return None
    rest = urlencode([part for part in asked if part[0] != "owner"])
    where = "/" + quote(scope["path"].lstrip("/"))  # never //host, which is another server
    answer = RedirectResponse(where + (f"?{rest}" if rest else ""), HTTPStatus.SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    if is_token(said):
        answer.set_cookie(COOKIE, said, httponly=True, samesite="strict")
    return answer
