"""What the store says of an imported dataset, as records and as rows of its tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from geo.errors import StoreError
from geo.store.tables import dataset_files, datasets

__all__ = ["Dataset", "ImportedFile", "dataset_of", "put"]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file that went into a dataset. ``imported`` is an ISO day, ``counts`` as of Reading."""

    file: str
    sha256: str
    version: str
    imported: str
    counts: dict[str, int]
    notes: tuple[str, ...] = ()
    refused_file: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is known of a dataset. ``conditions`` not empty: its rows are restricted."""

    name: str
    format: str
    licence: str
    citation: str
    conditions: str
    parquet: str
    sha256: str
    rows: int
    first: str
    last: str
    files: tuple[ImportedFile, ...] = field(default=())


def dataset_of(row: sa.Row[Any], held: Sequence[sa.Row[Any]]) -> Dataset:
    """Return the record of a row of ``datasets`` and its rows of ``dataset_files``.

    Raises
    ------
    StoreError
        If a cell does not hold what belongs there.
    """
    try:
        imported = tuple(_file_of(one) for one in held)
        facts = {name: str(value) for name, value in row._mapping.items()}
        return Dataset(**facts | {"rows": int(row.rows), "files": imported})  # type: ignore[arg-type]
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"What the store says of {row.name} cannot be read ({error}).") from error


def put(connection: sa.Connection, one: Dataset) -> None:
    """Write a record, in place of the one of the same name."""
    connection.execute(datasets.delete().where(datasets.c.name == one.name))
    facts = asdict(one)
    facts.pop("files")
    connection.execute(datasets.insert().values(facts))
    for position, file in enumerate(one.files):
        told = asdict(file) | {"dataset": one.name, "position": position}
        told |= {name: _json(told[name]) for name in ("counts", "notes")}
        connection.execute(dataset_files.insert().values(told))


def _file_of(row: sa.Row[Any]) -> ImportedFile:
    facts = dict(row._mapping)
    del facts["dataset"], facts["position"]
    counts = {str(key): int(value) for key, value in json.loads(facts["counts"]).items()}
    notes = tuple(str(note) for note in json.loads(facts["notes"]))
    missing = {"in", "imported", "outside", "refused"} - counts.keys()
    if missing:
        raise ValueError(f"no count of {', '.join(sorted(missing))}")
    return ImportedFile(**facts | {"counts": counts, "notes": notes})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
