"""A selection written to disk: the file is there whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from geo.errors import InputError
from geo.export.extract import Extract
from geo.export.formats import FORMATS, Format
from geo.files.writing import replacing

__all__ = ["format_of", "save"]


def format_of(path: Path) -> Format:
    """Return the format that the suffix of ``path`` stands for.

    Raises
    ------
    InputError
        If it stands for none; lists those there are.
    """
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(f"{suffix} ({one.label})" for suffix, one in FORMATS.items())
        raise InputError(f"{path}: its suffix must name a format: {known}.") from None


def save(extract: Extract, path: Path, *, force: bool = False) -> int:
    """Write an extract in the format of the suffix; returns the bytes written.

    The file is made beside ``path`` and put in its place when it is whole.

    Raises
    ------
    InputError
        If the suffix names no format, the file is there already (unless ``force``), or it cannot
        be written there; what was there stays.
    """
    kind = format_of(path)
    if path.is_dir() or (path.exists() and not force):
        raise InputError(f"{path} is there already: --force replaces it, or give another name.")
    try:
        with replacing(path) as draft, draft.open("wb") as out:
            kind.write(extract, out)
            size = out.tell()
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error
    return size
