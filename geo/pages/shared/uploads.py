"""How much of what visitors upload is held at once: Streamlit keeps it until their session ends.

Streamlit limits the size of one file, not how many a session sends. Without more, one stranger
who sends file after file fills the memory that all visitors share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from geo.files.limits import UPLOAD_MB, UPLOADS_MB, UPLOADS_OF_SESSION_MB

__all__ = ["Uploads"]

MB: Final = 1 << 20
ENDPOINT: Final = "/_stcore/upload_file/"
TOO_MANY: Final = "This session holds as much as it may: reload the page, then upload the file."
TOO_MUCH: Final = "The server holds as many files as it can: try again in a few minutes."


class Uploads:
    """What the sessions hold, and room for what is arriving."""

    def __init__(self) -> None:
        self._arriving: Counter[str] = Counter()

    @contextmanager
    def taking(self, scope: Scope) -> Iterator[Response | None]:
        """Keep room for a file while it arrives; the block is given the refusal if there is none.

        A request that uploads nothing needs no room.
        """
        _, upload, rest = scope["path"].partition(ENDPOINT)
        if not upload or scope["method"] != "PUT":
            yield None
            return
        session = rest.partition("/")[0]
        held = _held() + Counter({one: n * UPLOAD_MB * MB for one, n in self._arriving.items()})
        if held[session] + UPLOAD_MB * MB > UPLOADS_OF_SESSION_MB * MB:
            yield PlainTextResponse(TOO_MANY, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif held.total() + UPLOAD_MB * MB > UPLOADS_MB * MB:
            yield PlainTextResponse(TOO_MUCH, HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._arriving[session] += 1
            try:
                yield None
            finally:
                self._arriving[session] -= 1
                self._arriving += Counter()  # forget who sends nothing


def _held() -> Counter[str]:
    """Return the bytes that each session holds."""
    files = get_instance().uploaded_file_mgr
    if not isinstance(files, MemoryUploadedFileManager):
        return Counter()
    return Counter(
        {
            session: sum(len(one.data) for one in list(kept.values()))
            for session, kept in list(files.file_storage.items())
        }
    )
