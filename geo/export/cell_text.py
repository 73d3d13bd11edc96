"""Columns of text made fit for a file: what no format can hold, JSON, XML.

Every function takes and returns an Arrow column (``pyarrow.ChunkedArray`` or ``Array``) and works
on the whole column at once; nulls stay null.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["cleaned", "html_text", "json_text", "run_together", "xml_text"]

Column = Any
"""An Arrow column; PyArrow ships no types."""

UNFIT: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
"""Characters that XML 1.0 forbids (section 2.2); a NUL also ends a string in GDAL."""
UNFIT_BYTES: Final = bytes(n for n in range(32) if n not in b"\t\n\r")
UNFIT_UTF8: Final = ("\ufffe".encode(), "\uffff".encode())
NOT_A_CHARACTER: Final = "\ufffd"


def cleaned(column: Column) -> Column:
    """Return the text with control characters shown as U+FFFD, and null for an empty text."""
    if _suspect(column):
        column = pc.replace_substring_regex(column, UNFIT, NOT_A_CHARACTER)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column)


def _suspect(column: Column) -> bool:
    """Whether bytes of the text may be of an unfit character: far quicker than to look for one."""
    for chunk in getattr(column, "chunks", [column]):
        held = chunk.buffers()[2]
        raw = held.to_pybytes() if held else b""
        if len(raw.translate(None, UNFIT_BYTES)) < len(raw) or any(s in raw for s in UNFIT_UTF8):
            return True
    return False


def json_text(column: Column) -> Column:
    """Return the text as JSON strings, quotes included (RFC 8259); it must be :func:`cleaned`."""
    for char, escape in (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t")):
        column = pc.replace_substring(column, char, escape)
    return pc.binary_join_element_wise('"', column, '"', "")


def xml_text(column: Column) -> Column:
    """Return the text as XML character data; it must be :func:`cleaned`.

    A carriage return is written as a reference, since a parser would read it as a line feed.
    """
    for char, escape in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        column = pc.replace_substring(column, char, escape)
    return column


def run_together(column: Column) -> Iterator[memoryview]:
    """Yield the texts of a column one after the other as UTF-8, without a copy; none is null."""
    for chunk in column.chunks:
        _, offsets, data = chunk.buffers()
        ends = np.frombuffer(offsets, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
        if data is not None and len(chunk):
            yield memoryview(data)[ends[0] : ends[-1]]


def html_text(column: Column) -> Column:
    """Return the text so that a viewer that takes it for HTML shows it as it is."""
    return pc.replace_substring(xml_text(column), "\n", "<br/>")
