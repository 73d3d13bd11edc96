"""A process that reads one file and can do nothing else: ``python -m geo.datasets.tables.child``.

Its arguments are a name of :data:`geo.datasets.tables.readers.READERS`, the bytes of memory and
the seconds of computing that it may take; the file is its standard input. On standard output come
lines of JSON: lists of ``[number, cells]`` or ``[number, reason]``, and last a text, which is
empty or says why the file cannot be used. Without that line, the process did not come to its end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from geo.datasets.tables.readers import READERS, Row
from geo.errors import InputError

__all__ = ["main"]

ROWS: Final = 200
"""Rows of one line of the answer."""
FIRST_TO_GO: Final = "1000"


def main(kind: str, memory: int, seconds: int) -> None:
    """Read standard input as ``kind``, within the limits, and write its rows."""
    _confine(memory, seconds)
    with open(0, "rb", closefd=False) as stream:
        stream.seek(0)
        try:
            for lines in _batches(READERS[kind](stream)):
                _say(lines)
            _say("")
        except InputError as error:
            _say(str(error))


def _confine(memory: int, seconds: int) -> None:
    """Let the system end this process when it takes too much, and before any other."""
    try:
        import resource
    except ImportError:  # Windows has no such limits: there the parent's clock alone holds
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))
    with suppress(OSError):  # Linux alone has it
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while lines := list(islice(rows, ROWS)):
        yield lines


def _say(what: object) -> None:
    """Write a line; half a character of a pair, which is no text, becomes a question mark."""
    text = json.dumps(what, ensure_ascii=False) + "\n"
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # nobody wants the rest
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
