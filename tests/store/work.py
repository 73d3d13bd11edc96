"""What the tests' processes do with a store until they are done, or killed."""

import os
import resource
from collections.abc import Callable
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import settings
from geo.datasets import build, fetch, merging
from geo.datasets.formats.format import ColumnMap
from geo.datasets.formats.table import TABLE
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file, joined_to_border
from geo.datasets.reading import read_dataset
from geo.errors import BorderMapError
from geo.files.writing import write
from geo.store import catalogue, decisions
from geo.store.place import Store
from geo.store.records import Dataset, ImportedFile
from tests.datasets.sample_tables import ucdp

NOBODY = 65534
PRELOADED = [
    "tests.store.work",
    "geo.border.join",
    "geopandas.io.arrow",
    "psycopg",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "pyogrio",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
]
SAID, SAID_ELSE = "demanded looser visa rules", "demanded laxer visa rules"
HEAD = "date,latitude,longitude,event_type,id\n"


def processes():
    """Return what starts processes: each a fork of one that has our modules and no threads."""
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def same_name(store: Store, number: int, folder: Path) -> str:
    """Import one row of a UCDP file of its own; returns what went wrong."""
    path = ucdp(folder / f"u{number}.csv", {"id": str(number)})
    return _tried(lambda: import_file(path, UCDP, store=store))


def other_name(store: Store, number: int, folder: Path) -> str:
    """Import a table as a dataset of its own; returns what went wrong."""
    path = table(folder / f"t{number}.csv", number)
    given = ColumnMap(columns={}, name=f"t{number}")
    return _tried(lambda: import_file(path, TABLE, given, store=store))


def same_row(store: Store, number: int, folder: Path) -> str:
    """Put one row, read and joined before (:func:`prepare`), into the dataset ``ucdp``."""
    return _tried(lambda: _put_row(store, number, folder, "ucdp"))


def other_row(store: Store, number: int, folder: Path) -> str:
    """Put the same into a dataset of its own."""
    return _tried(lambda: _put_row(store, number, folder, f"t{number}"))


def prepare(folder: Path) -> None:
    """Read and join one row, so that the processes do nothing but use the store."""
    reading = read_dataset(ucdp(folder / "row.csv"), UCDP)
    joined_to_border(reading.frame).to_parquet(folder / "row.parquet")


def _put_row(store: Store, number: int, folder: Path, name: str) -> None:
    frame = gpd.read_parquet(folder / "row.parquet")
    frame.index = pd.Index([f"{name}-{number}"], name="event_id")
    frame["source_id"] = str(number)
    counts = {"in": 1, "imported": 1, "outside": 0, "refused": 0}
    file = ImportedFile(f"{number}.csv", f"{number:064}", "", "2026-11-30", counts)
    about = Dataset(name, "ucdp", "", "", "", "", "", 0, "", "")
    merging.save(frame, about, file, store, replace_all=False)


def with_little_room(size: int, store: Store, number: int, folder: Path) -> str:
    """Put a row and take a decision where no file may grow beyond ``size`` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return other_row(store, number, folder) or _tried(lambda: decide(store, number, 1))


def without_rights(store: Store) -> tuple[list[str], list[str]]:
    """As somebody who may only read: what is read, and what refusals say."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    read = [one.name for one in catalogue.listing(store)]
    read.append(f"{len(decisions.of('doc0', store))} decisions")
    tries = (
        lambda: catalogue.remove("t1", store),
        lambda: decisions.add([decision(0, 2)], store),
    )
    return read, [_tried(one) for one in tries]


def table(path: Path, number: int) -> Path:
    path.write_text(f"{HEAD}2023-02-19,34.123,71.093,armed_attack,r{number}\n", encoding="utf-8")
    return path


def decide(store: Store, who: int, many: int) -> list[int]:
    """Take decisions one by one; returns their numbers."""
    return [decisions.add([decision(who, n)], store)[0] for n in range(many)]


def decision(who: int, number: int) -> decisions.Decision:
    return decisions.Decision(
        f"writer {who}", f"doc{who}", number, number + 5, "place", "", f"p{number}", "known there"
    )


def forever(what: str, store: Store, folder: Path, done: Path) -> None:
    """Do one thing again and again; after each, what is done is added to the file ``done``."""
    with done.open("ab", buffering=0) as told:
        for number in count():
            told.write(f"{ENDLESS[what](store, number, folder)}\n".encode())


def _import(store: Store, number: int, folder: Path) -> str:
    return other_row(store, number, folder) or f"t{number}"


def _remove(store: Store, number: int, folder: Path) -> str:
    """Remove the datasets that are there in turn, and bring one in again when none is left."""
    held = catalogue.listing(store)
    if not held:
        same_row(store, number, folder)
        return "import"
    catalogue.remove(held[0].name, store)
    return held[0].name


def _build(_: Store, number: int, __: Path) -> str:
    """Build what ships, in this checkout, from seeds that differ each time."""
    rows = settings.SEEDS / "chronology.csv"
    words = (SAID, SAID_ELSE) if number % 2 else (SAID_ELSE, SAID)
    write(rows, rows.read_text(encoding="utf-8").replace(*words))
    build.build()
    return str(number)


def _fetch(_: Store, number: int, folder: Path) -> str:
    fetch.fetch_ucdp("25.0.6", str(folder / "mirror"), folder / "fetched" / "ucdp")
    return str(number)


def _decide(store: Store, number: int, _: Path) -> str:
    (got,) = decisions.add([decision(0, number)], store)
    return str(got)


ENDLESS: dict[str, Callable[[Store, int, Path], str]] = {
    "import": _import,
    "remove": _remove,
    "build": _build,
    "fetch": _fetch,
    "decide": _decide,
}


def _tried(work: Callable[[], object]) -> str:
    try:
        work()
    except BorderMapError as error:
        return str(error)
    return ""
