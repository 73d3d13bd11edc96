"""The imported datasets: what there is, entered and removed in one step, never half.

The rows of a dataset are a Parquet file named by its content; the row of the catalogue names it.
The transaction that changes that row is the one step that makes an import count. What is damaged
is named (:func:`held`), and the rest works.
"""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.errors import InputError, StoreError
from geo.files.registry import sha256
from geo.files.writing import refresh
from geo.schema import read_points
from geo.store import database, files
from geo.store.before import take_in
from geo.store.place import Store
from geo.store.records import Dataset, dataset_of, put
from geo.store.tables import cut_links, dataset_files, datasets, revision
from geo.store.tables import files as file_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

__all__ = [
    "Fault",
    "Held",
    "cut",
    "cut_pairs",
    "enter",
    "find",
    "held",
    "listing",
    "points",
    "read_frame",
    "refused_rows",
    "remove",
    "state",
    "write_rows",
]


TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is damaged: a dataset, or the store itself where ``dataset`` is empty; and why."""

    dataset: str
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """The datasets whose rows can be read, by name, and what is wrong with the rest."""

    datasets: tuple[Dataset, ...]
    faults: tuple[Fault, ...]


def held(store: Store) -> Held:
    """Return what is there and works, and what is damaged. Raises nothing."""
    for _ in range(TRIES):
        before = state(store)
        found = _look(store)
        if not found.faults or state(store) == before:
            break  # else the datasets changed while they were looked at
    return found


def _look(store: Store) -> Held:
    faults: list[Fault] = []
    sound: list[Dataset] = []
    try:
        faults += [Fault("", text) for text in take_in(store)]
    except StoreError as error:
        faults.append(Fault("", str(error)))
    try:
        for row, imported in _records(store):
            try:
                one = dataset_of(row, imported)
                files.sound(store, one.parquet, one.sha256)
                sound.append(one)
            except StoreError as error:
                faults.append(Fault(str(row.name), f"{error} {_way_out(row.name, imported)}"))
    except StoreError as error:
        faults.append(Fault("", str(error)))
    return Held(tuple(sound), tuple(faults))


def listing(store: Store) -> list[Dataset]:
    """Return the datasets that can be read, by name; what is damaged, :func:`held` says."""
    return list(held(store).datasets)


def state(store: Store) -> str:
    """Return a text that is another one after every change of the datasets or of cut links."""
    try:
        take_in(store)
        (rows,) = database.read(store, sa.select(sa.func.max(revision.c.number)))
    except StoreError as error:
        return str(error)
    return str(rows[0][0] or 0) if rows else "0"


def find(name: str, store: Store) -> Dataset | None:
    """Return one dataset, or None.

    Raises
    ------
    StoreError
        If the store, or what it says of the dataset, cannot be read.
    """
    take_in(store)
    found = [pair for pair in _records(store) if pair[0].name == name]
    return dataset_of(*found[0]) if found else None


def read_frame(dataset: Dataset, store: Store) -> gpd.GeoDataFrame:
    """Return the rows of a dataset.

    Raises
    ------
    StoreError
        If its file is missing or damaged.
    """
    import geopandas as gpd

    with database.told(store):
        return gpd.read_parquet(_rows_file(dataset, store))


def points(dataset: Dataset, store: Store) -> pd.DataFrame:
    """Return the rows as :func:`geo.schema.read_points`; raises as :func:`read_frame`."""
    with database.told(store):
        return read_points(_rows_file(dataset, store))


def refused_rows(name: str, store: Store) -> bytes | None:
    """Return the list of refused rows (CSV) of that name; None if it is not there any more."""
    try:
        (rows,) = database.read(
            store, sa.select(file_table.c.sha256).where(file_table.c.name == name)
        )
        return files.sound(store, name, rows[0].sha256).read_bytes() if rows else None
    except StoreError:
        return None


def write_rows(frame: gpd.GeoDataFrame, name: str, store: Store) -> Path:
    """Write the rows of a dataset to a file of the store, named by what is in it."""
    content = io.BytesIO()
    frame.to_parquet(content, compression="zstd", index=True)
    digest = hashlib.sha256(content.getbuffer()).hexdigest()
    target = store.folder / f"{name}-{digest[:12]}.parquet"
    with database.told(store):
        refresh(target, content.getvalue())
    return target


def enter(dataset: Dataset, store: Store) -> None:
    """Make a dataset what ``dataset`` says; its files lie in the folder already.

    Called by whoever has the store to itself (:func:`geo.store.database.exclusive`).

    Raises
    ------
    StoreError
        If it cannot be written: what was there before stays.
    """
    with database.writing(store) as connection:
        parts = bool(store.url)
        files.enter(connection, store.folder / dataset.parquet, dataset.sha256, parts=parts)
        for one in dataset.files:
            path = store.folder / one.refused_file
            if one.refused_file and path.is_file():
                files.enter(connection, path, sha256(path), parts=parts)
        put(connection, dataset)
        gone, named = _changed(connection)
    _after(store, gone, named)


def remove(name: str, store: Store) -> int:
    """Remove a dataset and what belongs to it, damaged or not; returns how many rows it had.

    Raises
    ------
    InputError
        If there is none of that name; says which there are.
    StoreError
        If the store cannot be written.
    """
    take_in(store)
    with database.exclusive(store):
        found = {row.name: row.rows for row, _ in _records(store)}
        if name not in found:
            names = ", ".join(found) or "none"
            raise InputError(f"No dataset {name!r} is imported; there are: {names}.")
        with database.writing(store) as connection:
            connection.execute(datasets.delete().where(datasets.c.name == name))
            gone, named = _changed(connection)
        _after(store, gone, named)
    return found[name] if isinstance(found[name], int) else 0


def cut(one: str, other: str, note: str, store: Store) -> None:
    """Enter that two rows are not one event."""
    now = datetime.now(UTC).isoformat()
    with database.writing(store) as connection:
        same = (cut_links.c.event_id == one) & (cut_links.c.other_id == other)
        if connection.execute(sa.select(cut_links).where(same)).first() is None:
            values = {"event_id": one, "other_id": other, "note": note, "at": now}
            connection.execute(cut_links.insert().values(values))
            connection.execute(revision.insert().values(at=now))


def cut_pairs(store: Store) -> frozenset[frozenset[str]]:
    """Return the pairs of event ids that are not one event, as far as the store can be read."""
    try:
        take_in(store)
        (rows,) = database.read(store, sa.select(cut_links.c.event_id, cut_links.c.other_id))
    except StoreError:  # named by held()
        return frozenset()
    return frozenset(frozenset(row) for row in rows)


def _records(store: Store) -> list[tuple[sa.Row[Any], list[sa.Row[Any]]]]:
    """Return the rows of each dataset as they are, not yet looked at, by name."""
    known, imported = database.read(
        store,
        sa.select(datasets).order_by(datasets.c.name),
        sa.select(dataset_files).order_by(dataset_files.c.position),
    )
    of: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    for row in imported:
        of[row.dataset].append(row)
    return [(row, of[row.name]) for row in known]


def _rows_file(dataset: Dataset, store: Store) -> Path:
    try:
        return files.sound(store, dataset.parquet, dataset.sha256)
    except StoreError as error:
        raise StoreError(f"{error} {_way_out(dataset.name, dataset.files)}") from error


def _way_out(name: str, imported: Sequence[Any]) -> str:
    """Say how to get a damaged dataset back, from rows or records of its files."""
    names = ", ".join(str(one.file) for one in imported) or "its files"
    return f"The rest works. Run 'python -m geo import --remove {name}' and import again: {names}."


def _changed(connection: sa.Connection) -> tuple[list[str], list[str]]:
    """Count the change; return the names of files that are not needed any more, and of the rest."""
    connection.execute(revision.insert().values(at=datetime.now(UTC).isoformat()))
    refused = connection.execute(sa.select(dataset_files.c.refused_file)).scalars().all()
    gone = files.drop_unused(connection, refused)
    return gone, list(connection.execute(sa.select(file_table.c.name)).scalars())


def _after(store: Store, gone: list[str], named: list[str]) -> None:
    with database.told(store):
        files.tidy(store, gone, named)
    database.save_copy(store)
