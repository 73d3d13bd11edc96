"""Open what may be a zip, safely: one table in it, never unpacked to disk, never too large.

A zip bomb is told by what it claims to hold and stopped by what really comes out of it; the list
of its files is measured before it is read. Whatever is wrong with it is an InputError.
"""

from __future__ import annotations

import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from geo.errors import InputError
from geo.files import limits

__all__ = ["check_members", "is_workbook", "is_zip", "open_table", "table_member", "table_size"]

TABLES: Final = (".csv", ".tsv", ".txt", ".geojson", ".json", ".xlsx")
METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How members may be packed; the others are rare, and one of them asks for 4 GB at once."""
_BLOCK: Final = 1 << 20
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError),
)
"""What :mod:`zipfile` raises for bytes that are no sound zip; RuntimeError: it has a password."""
_ASIDE: Final = re.compile(r"(?i)(__macosx|readme|codebook|licen[cs]e|/\.|^\.)")
_END: Final = b"PK\5\6"
_END_64: Final = b"PK\6\6"
_TAIL: Final = (1 << 16) + 98
"""The longest end of a zip: both records of its end and the longest comment."""


def is_zip(path: Path) -> bool:
    """Whether ``path`` starts as a zip does, sound or not."""
    with _plain(path) as raw:
        return raw.read(2) == b"PK"


def is_workbook(path: Path) -> bool:
    """Whether ``path`` is a zip that holds an Excel workbook, whatever its name."""
    if not is_zip(path):
        return False
    with _opened(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def check_members(path: Path) -> int:
    """Refuse a zip that would unpack to too much; return the bytes it would unpack to.

    Raises
    ------
    InputError
        If it claims to hold too much, packs suspiciously well, or is damaged.
    """
    with _opened(path) as archive:
        members = archive.infolist()
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    bomb = size > limits.ZIP_FREE and size / packed > limits.ZIP_RATIO
    if len(members) > limits.ZIP_MEMBERS or size > limits.UNPACKED or bomb:
        raise InputError(
            f"{path}: unpacks to {size / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB in "
            f"{len(members)} files: not opened. If it is sound, unpack it and import the table."
        )
    if odd := [member.filename for member in members if member.compress_type not in METHODS]:
        raise InputError(
            f"{path}: {odd[0]!r} is packed in a way that is not read here; "
            "unpack it and import the table."
        )
    return size


def table_member(path: Path) -> str:
    """Return the name of the one table in the zip ``path``.

    Raises
    ------
    InputError
        If there is none or several, or a name that points outside the archive.
    """
    with _opened(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    for name in names:
        if PurePosixPath(name).is_absolute() or ".." in re.split(r"[\\/]", name) or ":" in name:
            raise InputError(f"{path}: holds {name!r}, a path outside the archive; not opened.")
    tables = [n for n in names if n.lower().endswith(TABLES) and not _ASIDE.search(n)]
    if len(tables) != 1:
        held = ", ".join(map(ascii, tables[:5] or names[:5])) or "nothing"
        raise InputError(
            f"{path}: one table is expected in the zip, found {held}; "
            "unpack it and import the table you mean."
        )
    return tables[0]


def table_size(path: Path) -> int:
    """Return the bytes of the table that :func:`open_table` gives, 0 where nothing can be read."""
    if not path.is_file():
        return 0
    if not is_zip(path):
        return path.stat().st_size
    try:
        with _opened(path) as archive:
            return archive.getinfo(table_member(path)).file_size
    except InputError:
        return path.stat().st_size


@contextmanager
def open_table(path: Path) -> Iterator[IO[bytes]]:
    """Yield the bytes of ``path``, or of the one table inside it if it is a zip.

    Raises
    ------
    InputError
        If the file is not there, or the zip is damaged, unsafe, or holds more than it says.
    """
    if not is_zip(path):
        with _plain(path) as raw:
            yield raw
        return
    with tempfile.TemporaryFile() as whole:
        _unpack(path, whole)
        yield whole


def _plain(path: Path) -> IO[bytes]:
    if not path.is_file():
        raise InputError(f"{path}: no such file.")
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror}).") from error


def _unpack(path: Path, target: IO[bytes]) -> None:
    """Copy the table inside ``path`` to a nameless file that is gone when it is closed."""
    check_members(path)
    name = table_member(path)
    with _opened(path) as archive:
        size = archive.getinfo(name).file_size
        try:
            with archive.open(name) as stream:
                while block := stream.read(_BLOCK):
                    target.write(block)
                    if target.tell() > size:
                        break
        except _DAMAGE as error:
            raise InputError(f"{path}: the zip is damaged ({error}); get it again.") from error
    if target.tell() > size:
        raise InputError(f"{path}: holds more than it says; not read.")
    target.seek(0)


def _opened(path: Path) -> zipfile.ZipFile:
    if _directory_size(path) > limits.ZIP_DIRECTORY:
        raise InputError(f"{path}: lists too many files; unpack it and import the table.")
    try:
        return zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise InputError(
            f"{path}: the zip is damaged or was cut short ({error}); get it again."
        ) from error


def _directory_size(path: Path) -> int:
    """Return how many bytes the zip's list of its files has, 0 where its end is not found."""
    with path.open("rb") as raw:
        raw.seek(max(0, path.stat().st_size - _TAIL))
        tail = raw.read()
    sizes = [0]
    if (end := tail.rfind(_END)) >= 0:
        sizes.append(int.from_bytes(tail[end + 12 : end + 16], "little"))
    if sizes[-1] == 0xFFFFFFFF:  # the record for large archives has it
        end = tail.rfind(_END_64)
        sizes = [int.from_bytes(tail[end + 40 : end + 48], "little")]
    return sizes[-1]
