"""Taking in what lies in a folder from before there was a store: JSON records and cut links.

Each record is taken in once, known by its content. Its files stay where they are until the
transaction that names them is through.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from geo.errors import BorderMapError, DataError, InputError, StoreError
from geo.files.registry import sha256
from geo.files.writing import replacing
from geo.store import database, files
from geo.store.place import Store
from geo.store.records import Dataset, ImportedFile, put
from geo.store.tables import cut_links, datasets, revision, taken_in

__all__ = ["take_in"]

RECORDS: Final = "*.dataset.json"
CUTS: Final = "cut_links.csv"
CACHES: Final = ("links.csv", "links.json")


_Cuts = dict[Path, list[tuple[str, str, str]]]
"""Files of cut links, with what each says."""


@dataclass(frozen=True, slots=True)
class _Old:
    """A record of before, its hash, and where its files lie."""

    path: Path
    digest: str
    dataset: Dataset

    def names(self) -> list[str]:
        """Return the files that it needs and that are there."""
        refused = (one.refused_file for one in self.dataset.files if one.refused_file)
        return [n for n in (self.dataset.parquet, *refused) if (self.path.parent / n).is_file()]


def take_in(store: Store) -> list[str]:
    """Take in what is there from before; returns a sentence for each that cannot be.

    Raises
    ------
    StoreError
        If there is something and the store cannot be written.
    """
    if not _found(store):
        return []
    with database.exclusive(store), database.told(store):
        return _take_in(store)


def _found(store: Store) -> list[Path]:
    folders = dict.fromkeys((store.folder, store.before or store.folder))
    records = [path for folder in folders for path in sorted(folder.glob(RECORDS))]
    return records + [folder / CUTS for folder in folders if (folder / CUTS).is_file()]


def _take_in(store: Store) -> list[str]:
    (done,) = database.read(store, sa.select(taken_in.c.sha256))
    (names,) = database.read(store, sa.select(datasets.c.name))
    known, held = {row.sha256 for row in done}, {row.name for row in names}
    faults: list[str] = []
    old: list[_Old] = []
    cuts: _Cuts = {}
    finished: list[Path] = []
    for path in _found(store):
        if sha256(path) in known:
            finished.append(path)
        else:
            _look(path, held, (old, cuts), faults)
    if old or cuts:
        _enter(store, old, cuts)
    _clear(store, [*finished, *cuts], old)
    return faults


def _look(
    path: Path,
    held: set[str],
    found: tuple[list[_Old], _Cuts],
    faults: list[str],
) -> None:
    old, cuts = found
    try:
        if path.name == CUTS:
            cuts[path] = _pairs(path)
            return
        one = _read(path)
    except BorderMapError as error:
        faults.append(str(error))
        return
    if one.dataset.name in held:
        faults.append(
            f"{path} was not taken into the store, which has a dataset {one.dataset.name} already: "
            "import its files again, or delete it."
        )
    else:
        old.append(one)


def _read(path: Path) -> _Old:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        files_ = tuple(ImportedFile(**one) for one in facts.pop("files"))
        dataset = Dataset(**facts, files=files_)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{path} cannot be read ({error}): delete it and import again.") from error
    parquet = path.parent / dataset.parquet
    if not parquet.is_file() or sha256(parquet) != dataset.sha256:
        raise StoreError(
            f"{parquet} is missing or is not what was imported: delete {path} and import again."
        )
    return _Old(path, sha256(path), dataset)


def _enter(store: Store, old: list[_Old], cuts: _Cuts) -> None:
    for one in old:
        for name in one.names():
            _copy(one.path.parent / name, store.folder / name)
    pairs = [pair for found in cuts.values() for pair in found]
    now = datetime.now(UTC).isoformat()
    with database.writing(store) as connection:
        for one in old:
            for name in one.names():
                path = store.folder / name
                files.enter(connection, path, sha256(path), parts=bool(store.url))
            put(connection, one.dataset)
        for one_id, other_id, note in pairs:
            values = {"event_id": one_id, "other_id": other_id, "note": note, "at": now}
            same = (cut_links.c.event_id == one_id) & (cut_links.c.other_id == other_id)
            if not connection.execute(sa.select(cut_links).where(same)).first():
                connection.execute(cut_links.insert().values(values))
        for digest in [one.digest for one in old] + [sha256(path) for path in cuts]:
            connection.execute(taken_in.insert().values(sha256=digest, at=now))
        connection.execute(revision.insert().values(at=now))


def _copy(source: Path, target: Path) -> None:
    if source.resolve() != target.resolve():
        with replacing(target) as draft:
            shutil.copyfile(source, draft)


def _pairs(path: Path) -> list[tuple[str, str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except ValueError as error:
        raise InputError(f"{path} cannot be read ({error}): mend it or delete it.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"event_id", "other_id"} <= set(rows.fieldnames or ()):
        raise InputError(f"{path}: needs the columns event_id and other_id.")
    cells = ((row["event_id"], row["other_id"], row.get("note")) for row in rows)
    return [((a or "").strip(), (b or "").strip(), note or "") for a, b, note in cells]


def _clear(store: Store, records: list[Path], old: list[_Old]) -> None:
    """Delete what is in the store now; where that may not be, it stays and is known as done."""
    moved = [one.path.parent / n for one in old for n in one.names()]
    left = [path for path in moved if path.parent.resolve() != store.folder.resolve()]
    caches = [path.parent / name for path in records for name in CACHES]
    for path in [*records, *(one.path for one in old), *left, *caches]:
        with suppress(OSError):
            path.unlink(missing_ok=True)
