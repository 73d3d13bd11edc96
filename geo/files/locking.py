"""One process at a time: a lock that goes with the process that holds it, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

__all__ = ["WAIT_S", "locked"]

WAIT_S: Final = 300
"""How long one process waits for others; the largest imports take a tenth of that."""


@contextmanager
def locked(folder: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Keep other processes, and other threads, out of the same block on a folder, which is made.

    Raises
    ------
    TimeoutError
        If another holds it for longer than ``wait_s``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=wait_s)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(f"{folder}: another process has been at work here for long.") from error
    try:
        yield
    finally:
        lock.release()
