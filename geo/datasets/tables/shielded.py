"""Rows of a file that may hurt what reads it: they come out of a process of their own.

A damaged or hostile workbook can make its reader crash, run for ever or ask for all memory, and
none of that can be caught inside one process. ``child.py`` is that process: limited in memory and
computing, ended when it is silent for too long. Whatever becomes of it is rows or an InputError.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from geo.datasets.tables.readers import Row
from geo.errors import InputError
from geo.files import limits
from geo.settings import ROOT

__all__ = ["rows_apart"]

_SEATS: Final = threading.BoundedSemaphore(limits.CHILDREN)


def rows_apart(kind: str, stream: IO[bytes], label: str, size: int) -> Iterator[Row]:
    """Yield the rows of ``stream``, read by another process.

    Parameters
    ----------
    kind
        A name of :data:`geo.datasets.tables.readers.READERS`.
    stream
        A real file (with a file number), open for reading.
    label
        What messages call the file.
    size
        Bytes of the file when unpacked, as far as known: more of them may take more.

    Raises
    ------
    InputError
        If the file cannot be used, or its reader did not come to an end.
    """
    megabytes = size / 1e6
    memory = min(limits.MEMORY + limits.MEMORY_PER_BYTE * size, limits.MEMORY_MOST)
    seconds = int(limits.CPU_SECONDS + limits.CPU_PER_MB * megabytes)
    with _seat(label), _started(kind, stream, memory, seconds) as process:
        while isinstance(answer := _answer(process, seconds), list):
            yield from ((number, cells) for number, cells in answer)
    if answer is None:
        raise InputError(
            f"{label}: cannot be read as a {kind}: it is damaged, or takes more than "
            f"{memory / 1e6:,.0f} MB of memory or {seconds} seconds; save it anew, or as CSV."
        )
    if answer:
        raise InputError(f"{label}: {answer}")


@contextmanager
def _seat(label: str) -> Iterator[None]:
    """Hold one of the few places for such processes."""
    if not _SEATS.acquire(timeout=limits.WAIT_SECONDS):
        raise InputError(f"{label}: too many files are being read just now; try again in a minute.")
    try:
        yield
    finally:
        _SEATS.release()


@contextmanager
def _started(
    kind: str, stream: IO[bytes], memory: int, seconds: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Give the process; it is gone afterwards, however this ends."""
    words = [sys.executable, "-m", "geo.datasets.tables.child", kind, str(memory), str(seconds)]
    process = subprocess.Popen(
        words,
        stdin=stream.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _answer(process: subprocess.Popen[bytes], seconds: int) -> list[Any] | str | None:
    """Return the next line of the process: rows, or its last word; None if it has ended."""
    clock = threading.Timer(limits.STALL_FACTOR * seconds, process.kill)
    clock.start()
    try:
        line = process.stdout.readline() if process.stdout else b""
    finally:
        clock.cancel()
    if not line.endswith(b"\n"):
        return None
    answer: list[Any] | str = json.loads(line)
    return answer
