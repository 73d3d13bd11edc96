"""What is wrong with a store, and a damaged SQLite file set aside with what it held kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import StoreError
from geo.files.writing import replacing
from geo.store import catalogue, database
from geo.store.place import Store
from geo.store.tables import METADATA, file_parts

__all__ = ["Repaired", "faults", "repair"]

Repaired = dict[str, int]
"""Rows of each table that could be kept."""
BESIDE = ("-wal", "-shm")


def faults(store: Store) -> Iterator[str]:
    """Yield a sentence, with the way out, for everything of the store that is damaged."""
    try:
        if database.is_there(store) and not store.url:
            with database.told(store):
                _check(store.database)
    except StoreError as error:
        yield str(error)
        return
    for one in catalogue.held(store).faults:
        yield one.text


def repair(store: Store) -> Repaired | None:
    """Set a damaged database aside and make one of what can be read in it and in its copy.

    Returns
    -------
    Repaired or None
        What was kept; None where the database is in order, and nothing was changed.

    Raises
    ------
    StoreError
        If it is PostgreSQL, which has tools of its own, or the folder cannot be written to.
    """
    if store.url:
        raise StoreError(
            f"{store} is a PostgreSQL database: restore it from its own backup, or an empty one "
            "with 'python -m geo store restore FILE'."
        )
    with database.exclusive(store):
        try:
            if not database.is_there(store):
                return None
            with database.told(store):
                _check(store.database)
            database.read(store)
        except StoreError:
            with database.told(store):
                return _rebuilt(store)
    return None


def _check(path: Path) -> None:
    with closing(database.connection(path)) as one:
        found = [row[0] for row in one.execute("pragma quick_check(1)")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError(found[0])


def _rebuilt(store: Store) -> Repaired:
    aside = _set_aside(store.database)
    copy = store.folder / database.COPY
    kept: Repaired = {}
    with replacing(store.database) as draft:
        database.open_file(draft)
        with closing(sqlite3.connect(draft)) as fresh:
            for table in METADATA.sorted_tables:
                if table is not file_parts:
                    kept[table.name] = _kept(table.name, fresh, (aside, copy))
            _drop_orphans(fresh)
            fresh.commit()
            fresh.execute("pragma journal_mode = delete")  # all of it in the one file
            fresh.execute("pragma journal_mode = wal")
    database.save_copy(store)
    return kept


def _set_aside(path: Path) -> Path:
    """Rename the file, and the journal that belongs to it; returns its new path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for end in ("", *BESIDE):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    return aside


def _kept(table: str, fresh: sqlite3.Connection, sources: tuple[Path, Path]) -> int:
    """Take the rows of the damaged file; where they end early, those of its copy too."""
    for source in sources:
        if _rows_of(table, source, fresh):
            break
    (count,) = fresh.execute(f"select count(*) from {table}").fetchone()
    return int(count)


def _rows_of(table: str, source: Path, fresh: sqlite3.Connection) -> bool:
    """Put the rows that can be read; returns whether that is all of them."""
    names = ", ".join(column.name for column in METADATA.tables[table].columns)
    marks = ", ".join("?" * len(METADATA.tables[table].columns))
    put = f"insert or ignore into {table} ({names}) values ({marks})"
    if not source.is_file() or source.stat().st_size == 0:
        return False
    try:
        with closing(sqlite3.connect(source)) as old:
            for row in old.execute(f"select {names} from {table}"):
                with suppress(sqlite3.IntegrityError):  # a cell that was wiped out
                    fresh.execute(put, row)
            old.execute("pragma quick_check(1)")
    except sqlite3.DatabaseError:
        return False
    return True


def _drop_orphans(fresh: sqlite3.Connection) -> None:
    """Delete rows whose other half is lost, until none is left."""
    while broken := fresh.execute("pragma foreign_key_check").fetchall():
        for table, rowid, *_ in broken:
            fresh.execute(f"delete from {table} where rowid = ?", (rowid,))
