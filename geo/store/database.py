"""The database of a store: opened, made and brought up to date, read and written.

A SQLite file appears whole, its tables made. Transactions that write begin as such, so that two
processes wait for each other instead of failing. What a database or a disk refuses is raised as
:class:`geo.errors.StoreError`, in words.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from geo.errors import BorderMapError, StoreError
from geo.files.locking import WAIT_S, locked
from geo.files.writing import replacing
from geo.store.place import Store
from geo.store.tables import HEAD

__all__ = [
    "COPY",
    "connection",
    "exclusive",
    "file_engine",
    "is_there",
    "let_go",
    "open_file",
    "read",
    "save_copy",
    "snapshot",
    "told",
    "writing",
]

COPY: Final = "store.copy.db"
"""Copy of the database as it was after the last change of the datasets, for a repair."""
POSTGRESQL_LOCK: Final = 0x626D6170
"""Number of the advisory lock; any that nothing else in the database uses."""
FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
SHUT: Final = frozenset((errno.EROFS, errno.EACCES, errno.EPERM))
REPAIR: Final = "'python -m geo store repair' sets it aside and keeps what can be read"


def read(store: Store, *statements: sa.Select[Any]) -> list[Sequence[sa.Row[Any]]]:
    """Return the rows of each statement, all of one moment; none where there is no store yet.

    Raises
    ------
    StoreError
        If the database cannot be read.
    """
    if not is_there(store):
        return [[] for _ in statements]
    with told(store):
        engine = _current(store)
        with engine.connect() as connection, connection.begin():
            return [connection.execute(one).all() for one in statements]


@contextmanager
def snapshot(store: Store) -> Iterator[sa.Connection]:
    """Give a connection that sees one moment of a store, however long it reads.

    Raises
    ------
    StoreError
        If there is no store, or it cannot be read.
    """
    if not is_there(store):
        raise StoreError(f"{store}: nothing is kept there yet.")
    with told(store), _current(store).connect() as plain:
        steady = {"isolation_level": "REPEATABLE READ"} if store.url else {}
        connection = plain.execution_options(**steady)
        with connection.begin():
            yield connection


@contextmanager
def writing(store: Store) -> Iterator[sa.Connection]:
    """Give a connection in a transaction: all of the block counts, or nothing.

    Raises
    ------
    StoreError
        If the database cannot be written.
    """
    if not is_there(store):
        _make(store)
    with told(store):
        engine = _current(store)
        with engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection


@contextmanager
def exclusive(store: Store) -> Iterator[None]:
    """Keep all other processes and threads from changing datasets while the block runs.

    Raises
    ------
    StoreError
        If another holds it for too long, or the folder cannot be written to.
    """
    if str(store) in _mine():  # this thread has it already
        yield
        return
    with told(store):
        store.folder.mkdir(parents=True, exist_ok=True)
        with _postgresql_lock(store) if store.url else _file_lock(store):
            _mine().add(str(store))
            try:
                yield
            finally:
                _mine().discard(str(store))


def is_there(store: Store) -> bool:
    """Return whether the store was made already.

    Raises
    ------
    StoreError
        If its file is gone though a copy says that it was there, or is empty.
    """
    if store.url:
        return True
    if not store.database.exists():
        if (store.folder / COPY).exists():
            raise StoreError(f"{store.database} is missing: {REPAIR}.")
        return False
    if store.database.stat().st_size == 0:
        raise StoreError(f"{store.database} is empty: {REPAIR}.")
    return True


def save_copy(store: Store) -> None:
    """Keep a copy of the SQLite file as it is now; what it is a copy of stands without it too."""
    if store.url:
        return
    with (
        suppress(OSError, sqlite3.Error),
        replacing(store.folder / COPY) as draft,
        closing(_open(store.database)) as one,
        closing(sqlite3.connect(draft)) as other,
    ):
        one.backup(other)


@contextmanager
def told(store: Store) -> Iterator[None]:
    """Say in words what the database or the disk refuses in the block."""
    try:
        yield
    except BorderMapError:
        raise
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _database_said(store, str(getattr(error, "orig", error))) from error
    except OSError as error:
        raise _disk_said(store, error) from error


def connection(path: Path) -> sqlite3.Connection:
    """Open a SQLite file as the engine does, for what SQLite alone can say of it."""
    return _open(path)


def file_engine(path: Path) -> sa.Engine:
    """Return the engine of a SQLite file that is there."""
    return _sqlite(path)


def _busy(store: Store) -> StoreError:
    return StoreError(
        f"{store}: another import is at work and took longer than {WAIT_S // 60} minutes. "
        "Nothing was changed; run the same again when it is done."
    )


def _database_said(store: Store, what: str) -> StoreError:
    if "locked" in what or "lock timeout" in what:
        return _busy(store)
    if "full" in what or "disk I/O" in what or "No space" in what:
        return StoreError(f"{store}: no space is left on the disk ({what}). Nothing was changed.")
    if "readonly" in what or "unable to open" in what:
        return StoreError(f"{store} cannot be written to ({what}): {_elsewhere()}.")
    if store.url:
        return StoreError(f"The database {store} does not answer as it should: {what.strip()}")
    return StoreError(f"{store.database} is damaged ({what}): {REPAIR}.")


def _disk_said(store: Store, error: OSError) -> StoreError:
    if error.errno in FULL:
        why = error.strerror
        return StoreError(
            f"{store.folder}: no space is left on the disk ({why}). Nothing was changed; free "
            "some and run the same again."
        )
    if error.errno in SHUT:
        return StoreError(f"{store.folder} cannot be written to ({error}): {_elsewhere()}.")
    return StoreError(f"{store.folder}: {error}")


def _elsewhere() -> str:
    return "set BORDERMAP_STORE to a folder that can be"


_thread: Final = threading.local()


def _mine() -> set[str]:
    """Return the stores that this thread has for itself."""
    held: set[str] = _thread.__dict__.setdefault("held", set())
    return held


@contextmanager
def _file_lock(store: Store) -> Iterator[None]:
    try:
        with locked(store.folder, WAIT_S):
            yield
    except TimeoutError as error:
        raise _busy(store) from error


@contextmanager
def _postgresql_lock(store: Store) -> Iterator[None]:
    with _engine(store).connect() as connection, connection.begin():
        connection.execute(sa.text(f"set local lock_timeout = '{WAIT_S}s'"))
        # the lock waits while files are read: a host's limit for idle transactions would end it
        connection.execute(sa.text("set local idle_in_transaction_session_timeout = 0"))
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(POSTGRESQL_LOCK)))
        yield


_known: set[tuple[str, int]] = set()
"""Databases that are known to be up to date, with the number of the file."""


def _mark(store: Store) -> tuple[str, int]:
    return (store.url, 0) if store.url else (str(store.database), store.database.stat().st_ino)


def _current(store: Store) -> sa.Engine:
    """Return the engine of a database that has the tables of today."""
    engine = _engine(store)
    if _mark(store) not in _known:
        if not _is_current(store, engine):
            with exclusive(store):
                if not _is_current(store, engine):  # else another was quicker
                    _migrate(engine)
        _known.add(_mark(store))
    return engine


def _is_current(store: Store, engine: sa.Engine) -> bool:
    """Return whether a database has the tables of today; False means that they can be made."""
    version = _version(engine)
    if version is None and not store.url:
        raise StoreError(f"{store.database} is no store of this map: {REPAIR}.")
    if version is not None and version > HEAD:
        raise StoreError(f"{store} was written by a newer version of this map: update the map.")
    return version == HEAD


def _version(engine: sa.Engine) -> str | None:
    """Return which migration a database is at; None for one without any."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sa.text("select version_num from alembic_version"))
        return str(found.scalar_one())


def _make(store: Store) -> None:
    """Make the SQLite file, whole: nobody ever sees one without its tables."""
    with exclusive(store):
        if is_there(store):
            return
        for left in ("-wal", "-shm"):
            store.database.with_name(store.database.name + left).unlink(missing_ok=True)
        with replacing(store.database) as draft:
            open_file(draft)


def open_file(path: Path) -> sa.Engine:
    """Make a SQLite file that has the tables, and return its engine."""
    with closing(sqlite3.connect(path)) as fresh:
        fresh.execute("pragma journal_mode = wal")
    engine = _sqlite(path)
    _migrate(engine)
    return engine


def _migrate(engine: sa.Engine) -> None:
    from alembic import command  # needed once in the life of a store
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")


def _engine(store: Store) -> sa.Engine:
    return _postgresql(store.url) if store.url else _sqlite(store.database)


@lru_cache(maxsize=4)
def _postgresql(url: str) -> sa.Engine:
    return sa.create_engine(url, pool_pre_ping=True, pool_size=4, max_overflow=16)


def let_go(url: str) -> None:
    """Close the connections to a PostgreSQL database that wait to be used again."""
    _postgresql(url).dispose()


@lru_cache(maxsize=64)
def _sqlite(path: Path) -> sa.Engine:
    """Return an engine that opens the file anew each time, so that a repaired one is seen."""
    engine = sa.create_engine("sqlite://", creator=partial(_open, path), poolclass=NullPool)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _open(path: Path) -> sqlite3.Connection:
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        connection = _connect(path, "mode=rw")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = full")
        return connection
    with suppress(sqlite3.OperationalError):  # others may be writing: read their journal too
        connection = _connect(path, "mode=ro")
        connection.execute("select count(*) from sqlite_master")
        return connection
    return _connect(path, "mode=ro&immutable=1")


def _connect(path: Path, how: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?{how}"
    return sqlite3.connect(
        address, uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
    )
