"""A store copied whole: into one file as a backup, back from it, or into another database.

A backup is a SQLite file with the same tables, and the content of all files inside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from geo.errors import InputError
from geo.files.writing import replacing
from geo.store import database, files
from geo.store.place import Store
from geo.store.tables import METADATA, file_parts
from geo.store.tables import files as file_table

__all__ = ["Copied", "backup", "move", "restore"]

BATCH = 500
"""Rows that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What went over: rows of each table, and bytes of files."""

    rows: dict[str, int]
    size: int

    def account(self) -> str:
        """Return it in one line."""
        told = ("datasets", "documents", "decisions", "files")
        counts = ", ".join(f"{name} {self.rows[name]:,}" for name in told)
        return f"{counts} ({self.size / 1e6:,.1f} MB)"


def backup(store: Store, target: Path) -> Copied:
    """Write all of a store into one file, of one moment, while others go on working.

    Raises
    ------
    StoreError
        If the store cannot be read whole, or the file not be written; an older one stays.
    """
    with (
        database.exclusive(store),
        _source(store) as origin,
        database.told(store),
        replacing(target) as draft,
    ):
        with database.open_file(draft).begin() as connection:
            copied = _copy(origin, connection, store)
        with closing(sqlite3.connect(draft)) as whole:
            whole.execute("pragma journal_mode = delete")
    return copied


def restore(source: Path, store: Store) -> Copied:
    """Put a backup into a store in which nothing is yet.

    Raises
    ------
    InputError
        If the file is no backup, or the store holds something.
    StoreError
        If the store cannot be written.
    """
    if not source.is_file():
        raise InputError(f"{source} is not there.")
    engine = database.file_engine(source)
    try:
        with engine.connect() as origin, origin.begin():
            return _fill(origin, None, store)
    except (sa.exc.DatabaseError, sqlite3.Error) as error:
        raise InputError(f"{source} is no sound backup of a store ({error}).") from error


def move(store: Store, url: Store) -> Copied:
    """Put all of a store into another one, in which nothing is yet; this one stays as it is.

    Raises
    ------
    InputError
        If the other store holds something.
    StoreError
        If this one cannot be read whole, or the other not be written.
    """
    with database.exclusive(store), _source(store) as origin:
        return _fill(origin, store, url)


def _fill(origin: sa.Connection, source: Store | None, target: Store) -> Copied:
    with database.exclusive(target), database.writing(target) as connection:
        for table in METADATA.sorted_tables:
            if connection.execute(sa.select(table).limit(1)).first() is not None:
                raise InputError(
                    f"{target} holds a store already, and it stays as it is: name an empty "
                    "database, or with BORDERMAP_STORE another folder, or move this one away."
                )
        copied = _copy(origin, connection, source, target)
    database.save_copy(target)
    return copied


@contextmanager
def _source(store: Store) -> Iterator[sa.Connection]:
    """Give a connection that sees one moment of a store."""
    with database.told(store), database.snapshot(store) as connection:
        yield connection


def _copy(
    origin: sa.Connection, target: sa.Connection, source: Store | None, into: Store | None = None
) -> Copied:
    """Copy rows and files; ``source``: whose folder has the files, ``into``: whose shall have."""
    rows: dict[str, int] = {}
    for table in METADATA.sorted_tables:
        rows[table.name] = 0 if table is file_parts else _rows(origin, target, table)
    size = 0
    for row in origin.execute(sa.select(file_table)).all():
        size += row.size
        parts = _parts(origin, row.name, row.sha256, source)
        if into is None or into.url:
            for part, block in enumerate(parts):
                values = {"name": row.name, "part": part, "bytes": block}
                target.execute(file_parts.insert().values(values))
        else:
            files.put(into, row.name, row.sha256, parts)
    if target.dialect.name == "postgresql":
        _count_on(target)
    return Copied(rows, size)


def _rows(origin: sa.Connection, target: sa.Connection, table: sa.Table) -> int:
    count = 0
    found = origin.execute(sa.select(table).order_by(*table.primary_key.columns))
    for batch in found.mappings().partitions(BATCH):
        target.execute(table.insert(), [dict(row) for row in batch])
        count += len(batch)
    return count


def _parts(origin: sa.Connection, name: str, digest: str, source: Store | None) -> Iterable[bytes]:
    if source is not None and not source.url:
        path = files.sound(source, name, digest)
        with path.open("rb") as stream:
            yield from iter(lambda: stream.read(files.PART), b"")
        return
    wanted = sa.select(file_parts.c.bytes).where(file_parts.c.name == name)
    for row in origin.execute(wanted.order_by(file_parts.c.part)):
        yield row.bytes


def _count_on(target: sa.Connection) -> None:
    """Let PostgreSQL go on counting after the numbers that were copied."""
    for table in METADATA.sorted_tables:
        if "number" in table.c:
            last = sa.select(sa.func.max(table.c.number)).scalar_subquery()
            sequence = sa.func.pg_get_serial_sequence(table.name, "number")
            target.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1))))
