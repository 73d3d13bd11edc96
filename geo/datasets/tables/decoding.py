"""The bytes of a table as text: UTF-8, what a byte-order mark says, else Windows-1252 with a note.

Tables come out of spreadsheets, which on Windows write their own code page without a word; only
names suffer if that is wrong, so it is read and said, not refused.
"""

from __future__ import annotations

import codecs
import io
from typing import IO, Final

from geo.errors import InputError

__all__ = ["open_text"]

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
NULS: Final = 0.05
"""A stray NUL is dropped; more of them than this is another encoding or no text."""
_BLOCK: Final = 1 << 20
WESTERN_NOTE: Final = "not UTF-8: read as Windows-1252; look at names with accents"


def open_text(stream: IO[bytes], label: str, encoding: str = "") -> tuple[io.TextIOWrapper, str]:
    """Return ``stream`` as text and a note on how it was decoded (empty if plain UTF-8).

    Parameters
    ----------
    stream
        A seekable stream at its start; it is read twice.
    encoding
        What the user says it is; nothing is guessed then.

    Raises
    ------
    InputError
        If the file is empty, a web page, binary, or its encoding cannot be told.
    """
    head = stream.read(4096)
    stream.seek(0)
    if not head.strip():
        raise InputError(f"{label}: the file is empty.")
    found, note = (encoding, "") if encoding else _encoding(stream, head, label)
    try:
        codecs.lookup(found)
        text = io.TextIOWrapper(stream, encoding=found, newline="")
        start = text.read(200).lstrip("\ufeff \t\r\n").casefold()
    except (LookupError, ValueError) as error:
        raise InputError(f"{label}: not {found} text ({error}); save it as UTF-8.") from error
    if start.startswith(("<!doctype", "<html", "<head", "<?xml")):
        raise InputError(
            f"{label}: this is a web page, not a table, probably an error page that was saved "
            "under the table's name; download it again."
        )
    text.seek(0)
    return text, note


def _encoding(stream: IO[bytes], head: bytes, label: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, "" if name.startswith("utf-8") else f"read as {name.upper()}"
    if head.count(b"\0") > len(head) * NULS:
        raise InputError(f"{label}: binary, or UTF-16 without its mark; save it as UTF-8 CSV.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252", WESTERN_NOTE
    finally:
        stream.seek(0)
    return "utf-8", ""
