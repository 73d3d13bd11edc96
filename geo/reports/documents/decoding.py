"""The bytes of a report file as text: UTF-8, or whatever the file itself says that it is.

Nothing is guessed: a wrong guess turns names of places into other names without anyone noticing.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from geo.errors import InputError

__all__ = ["MAX_BYTES", "read_decoded", "too_large"]

MAX_BYTES: Final = 5_000_000
"""A news item is kilobytes; a file, page or record larger than this is taken for a mistake."""
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)
"""Byte order marks; UTF-32 first, since its mark begins with that of UTF-16."""
CHARSET: Final = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s?=\s?["']?([\w:.-]{2,40})""")
DECLARED_IN: Final = 4096
"""Bytes at the top of a page in which its encoding is declared."""
WESTERN: Final = frozenset({"iso8859-1", "ascii"})
"""What browsers read as Windows-1252, since pages that say so are."""


def read_decoded(path: Path, *, page: bool = False) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path
        UTF-8, or UTF-16 or UTF-32 with a byte order mark.
    page
        A web page, whose ``<meta charset>`` counts where there is no mark.

    Returns
    -------
    str
        The mark of UTF-8 stays in front, as it counts in offsets; line ends stay as they are.

    Raises
    ------
    InputError
        If the file is empty, too large, binary, or not in the encoding that it tells.
    OSError
        If it cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise too_large(str(path), size)
    data = path.read_bytes()
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        raise InputError(f"{path}: this looks like a binary file; save the report as UTF-8 text.")
    text = _decoded(data, encoding or (page and _declared(data, path)) or "utf-8", path)
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(f"{path}: the file is empty.")
    return text


def too_large(where: str, size: int) -> InputError:
    """Return the error for a file or record of more than ``MAX_BYTES`` bytes."""
    return InputError(
        f"{where}: {size / 1e6:,.0f} MB is too large for a news report (the limit is "
        f"{MAX_BYTES / 1e6:.0f} MB); split it into one file per report."
    )


def _declared(data: bytes, path: Path) -> str:
    """Return the encoding that a page declares, or nothing."""
    match = CHARSET.search(data[:DECLARED_IN])
    if match is None:
        return ""
    label = match[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
        "".encode(name)  # some codecs, hex for one, are none for text
    except LookupError as error:
        raise InputError(
            f"{path}: the page says its encoding is {label!r}, which is none; save it as UTF-8."
        ) from error
    return "cp1252" if name in WESTERN else name


def _decoded(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not {encoding.upper()} text (byte {error.start} cannot be read); save it as "
            f"UTF-8, for example with 'iconv -f WINDOWS-1252 -t UTF-8'."
        ) from error
    except UnicodeError as error:
        raise InputError(f"{path}: not {encoding.upper()} text; save it as UTF-8.") from error
