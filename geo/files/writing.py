"""Files that are there whole or not at all: made beside the place, then put in it in one step."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

__all__ = ["DRAFTS", "refresh", "replacing", "sweep", "write"]

DRAFTS: Final = ".*.part"
"""What is being written, or was when its writer was killed."""
KEPT_S: Final = 86_400
"""What nothing names may be about to be named by another process: it stays for a day."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write to; when the block ends, what lies there becomes ``target``.

    The path lies in the same folder and is the caller's alone: two writers never share one. If
    the block fails it is gone, and what ``target`` held before stays. What was written reaches the
    disk before it counts, so that no power cut leaves half of it. What a killed writer left behind
    goes when it is old.
    """
    sweep(target.parent.glob(f".{glob.escape(target.name)}{DRAFTS}"))
    draft = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        draft.touch(exist_ok=False)
        yield draft
        _to_disk(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def write(target: Path, content: bytes | str) -> None:
    """Make ``content`` (text as UTF-8) the whole of ``target``, whose folder is made if need be."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)


def refresh(target: Path, content: bytes) -> None:
    """Write ``content``, or do nothing if it is what ``target`` holds already."""
    held = target.exists() and target.stat().st_size == len(content)
    if not (held and target.read_bytes() == content):
        write(target, content)


def sweep(orphans: Iterable[Path]) -> None:
    """Delete those files that are old; where that may not be, they stay."""
    oldest = time.time() - KEPT_S
    for path in orphans:
        with suppress(OSError):  # another process was quicker
            if path.stat().st_mtime < oldest:
                path.unlink()


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
