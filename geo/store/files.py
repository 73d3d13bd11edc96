"""Files of the store, named by their content: in the folder and, on PostgreSQL, in the database.

A file is written whole and never changed. With PostgreSQL the database has its bytes in parts, and
a server whose folder lacks the file, or has it damaged, takes it from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from geo.errors import StoreError
from geo.files.registry import sha256
from geo.files.writing import DRAFTS, replacing, sweep
from geo.store import database
from geo.store.place import Store
from geo.store.tables import datasets, file_parts, files

__all__ = ["drop_unused", "enter", "put_parts", "sound", "tidy"]

PART: Final = 4 << 20
"""Bytes in one row: small enough for any server's memory, large enough to be quick."""
OURS: Final = ("*-????????????.parquet", "*.refused.csv", DRAFTS)
"""What is ours in the folder and goes when nothing names it any more."""


def enter(connection: sa.Connection, path: Path, digest: str, *, parts: bool) -> None:
    """Enter a file that lies in the folder; ``parts``: with its bytes."""
    known = connection.execute(sa.select(files.c.sha256).where(files.c.name == path.name))
    if known.scalar() == digest:
        return
    connection.execute(files.delete().where(files.c.name == path.name))
    size = path.stat().st_size
    connection.execute(files.insert().values(name=path.name, sha256=digest, size=size))
    if parts:
        put_parts(connection, path)


def put_parts(connection: sa.Connection, path: Path) -> None:
    """Put the bytes of a file that is entered into the database."""
    with path.open("rb") as stream:
        for part, block in enumerate(iter(lambda: stream.read(PART), b"")):
            connection.execute(file_parts.insert().values(name=path.name, part=part, bytes=block))


def put(store: Store, name: str, digest: str, parts: Iterable[bytes]) -> Path:
    """Write a file of the store into its folder.

    Raises
    ------
    StoreError
        If it is not what its hash says, or cannot be written.
    """
    path = store.folder / name
    with database.told(store):
        store.folder.mkdir(parents=True, exist_ok=True)
        with replacing(path) as draft:
            _fill(draft, parts)
            if sha256(draft) != digest:
                raise StoreError(f"{name} is missing or damaged where it was taken from.")
    return path


def _fill(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as out:
        for part in parts:
            out.write(part)


def sound(store: Store, name: str, digest: str) -> Path:
    """Return the path of a file whose content is what its hash says.

    Raises
    ------
    StoreError
        If it is missing or is another; on PostgreSQL only if the database lacks it too.
    """
    path = store.folder / name
    if _is(path, digest):
        return path
    if store.url:
        return _fetched(store, name, digest)
    state = "is not what was imported: it was cut, or changed" if path.exists() else "is missing"
    raise StoreError(f"{path} {state}.")


def _is(path: Path, digest: str) -> bool:
    try:
        facts = path.stat()
        return _digest(path, facts.st_mtime_ns, facts.st_size) == digest
    except OSError:
        return False


@lru_cache(maxsize=512)
def _digest(path: Path, _modified: int, _size: int) -> str:
    return sha256(path)


def _fetched(store: Store, name: str, digest: str) -> Path:
    """Take a file from the database into the folder."""
    wanted = sa.select(file_parts.c.bytes).where(file_parts.c.name == name)
    (rows,) = database.read(store, wanted.order_by(file_parts.c.part))
    return put(store, name, digest, (row.bytes for row in rows))


def drop_unused(connection: sa.Connection, refused: Iterable[str]) -> list[str]:
    """Delete the entries that no dataset needs, and return their names; ``refused`` is needed."""
    used = {*connection.execute(sa.select(datasets.c.parquet)).scalars(), *refused}
    held = connection.execute(sa.select(files.c.name)).scalars()
    gone = sorted(set(held) - used)
    if gone:
        connection.execute(files.delete().where(files.c.name.in_(gone)))
    return gone


def tidy(store: Store, gone: Iterable[str], named: Iterable[str]) -> None:
    """Delete from the folder what is ``gone``, and what is old and not ``named`` by the store."""
    for name in gone:
        (store.folder / name).unlink(missing_ok=True)
    kept = set(named)
    ours = (path for kind in OURS for path in store.folder.glob(kind))
    sweep(path for path in ours if path.name not in kept)
