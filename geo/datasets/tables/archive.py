"""Open what may be a zip, safely: one table in it, never unpacked to disk, never too large.

A zip bomb is told by what it claims to hold and stopped by what really comes out of it.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from geo.errors import InputError

__all__ = ["MAX_BYTES", "check_members", "is_workbook", "open_table", "table_member", "table_size"]

MAX_BYTES: Final = 2_000_000_000
"""What a table may hold when unpacked; the whole of UCDP GED is a quarter of a gigabyte."""
MAX_RATIO: Final = 250
"""Text of tables packs 5 to 30 times; more than this is a bomb."""
SMALL: Final = 10_000_000
"""Below this any ratio is harmless."""
MAX_MEMBERS: Final = 2_000
TABLES: Final = (".csv", ".tsv", ".txt", ".geojson", ".json", ".xlsx")
_BLOCK: Final = 1 << 20
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_ASIDE: Final = re.compile(r"(?i)(__macosx|readme|codebook|licen[cs]e|/\.|^\.)")


def is_workbook(path: Path) -> bool:
    """Whether ``path`` is a zip that holds an Excel workbook, whatever its name."""
    if not zipfile.is_zipfile(path):
        return False
    with _opened(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def check_members(path: Path) -> None:
    """Refuse a zip that would unpack to too much.

    Raises
    ------
    InputError
        If it claims more than :data:`MAX_BYTES`, packs suspiciously well, or is damaged.
    """
    with _opened(path) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members) or 1
        bomb = size > SMALL and size / packed > MAX_RATIO
        if len(members) > MAX_MEMBERS or size > MAX_BYTES or bomb:
            raise InputError(
                f"{path}: unpacks to {size / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB in "
                f"{len(members)} files: not opened. If it is sound, unpack it and import the table."
            )


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
        held = ", ".join(tables[:5] or names[:5]) or "nothing"
        raise InputError(
            f"{path}: one table is expected in the zip, found {held}; "
            "unpack it and import the table you mean."
        )
    return tables[0]


def table_size(path: Path) -> int:
    """Return the bytes of the table that :func:`open_table` gives, 0 where nothing can be read."""
    if not path.is_file():
        return 0
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.getinfo(table_member(path)).file_size
    except (zipfile.BadZipFile, InputError):
        return path.stat().st_size


@contextmanager
def open_table(path: Path) -> Iterator[IO[bytes]]:
    """Yield the bytes of ``path``, or of the one table inside it if it is a zip.

    Raises
    ------
    InputError
        If the file is not there, or the zip is damaged, unsafe, or holds more than it says.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file.")
    with path.open("rb") as raw:
        if raw.read(2) != b"PK":
            raw.seek(0)
            yield raw
            return
    with tempfile.TemporaryFile() as whole:
        _unpack(path, whole)
        yield whole


def _unpack(path: Path, target: IO[bytes]) -> None:
    """Copy the table inside ``path`` to a nameless file that is gone when it is closed."""
    check_members(path)
    name = table_member(path)
    with _opened(path) as archive:
        left = archive.getinfo(name).file_size
        try:
            with archive.open(name) as stream:
                while block := stream.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise InputError(f"{path}: holds more than it says; not read.")
                    target.write(block)
        except _DAMAGE as error:
            raise InputError(f"{path}: the zip is damaged ({error}); get it again.") from error
    target.seek(0)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(
            f"{path}: the zip is damaged or was cut short ({error}); get it again."
        ) from error
