"""Files that are there whole or not at all: made beside the place, then put in it in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

__all__ = ["refresh", "replacing", "write"]


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write to; when the block ends, what lies there becomes ``target``.

    The path lies in the same folder and is the caller's alone: two writers never share one. If
    the block fails it is gone, and what ``target`` held before stays. What was written reaches the
    disk before it counts, so that no power cut leaves half of it.
    """
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


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
