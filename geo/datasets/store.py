"""Imported datasets on disk: one GeoParquet each, and a JSON that says what it is and whence.

The Parquet file is named by its content and the JSON names it: replacing the JSON is the one step
that makes an import count, so a crash at any moment leaves the state before or after, never half.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.datasets.formats.format import Superseded
from geo.errors import DataError, InputError
from geo.files.registry import sha256
from geo.files.writing import write
from geo.settings import DATA

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "IMPORTED",
    "Change",
    "Dataset",
    "ImportedFile",
    "find",
    "listing",
    "read_frame",
    "remove",
    "save",
]

IMPORTED: Final = Path(os.environ.get("BORDERMAP_IMPORTED") or DATA / "imported")
"""Git-ignored; ``BORDERMAP_IMPORTED`` names another folder."""


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
    """What the JSON of a dataset says. ``conditions`` not empty: its rows are restricted."""

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


@dataclass(frozen=True, slots=True)
class Change:
    """What an import did to the rows held before."""

    new: int
    replaced: int
    kept: int
    """Held before and not in the file."""
    newer_held: int
    """In the file, but held in a newer version, which stays."""
    superseded: int
    """In the file or held, and left out because a whole newer version covers their days."""
    unstated: int
    """Replaced although held in a known version, by a file that states none."""
    changed: bool


def save(
    frame: gpd.GeoDataFrame,
    about: Dataset,
    file: ImportedFile,
    folder: Path,
    *,
    replace: bool,
    superseded: Superseded | None = None,
) -> Change:
    """Put the rows of one file into a dataset, replacing rows of the same source id.

    Parameters
    ----------
    frame
        The joined event frame of the file, index ``event_id``.
    about
        Name, format, licence, citation, conditions; the rest is filled in here.
    replace
        Drop what the dataset held instead of adding to it.
    superseded
        Asked of held and of new rows for each version that is there whole: one of whose file had
        rows elsewhere in the world, so that what it lacks was left out on purpose.

    Returns
    -------
    Change
        ``changed`` is False where the result is what was there, byte for byte.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = None if replace else find(about.name, folder)
    whole = [one.version for one in (*(held.files if held else ()), file) if one.counts["outside"]]
    before = read_frame(held, folder) if held else frame.iloc[:0]
    old, fresh = (_lasting(rows, whole, superseded) for rows in (before, frame))
    newer = old.index[_is_newer(old["dataset_version"], file.version)]
    fresh = fresh[~fresh.index.isin(newer)]
    kept = old[~old.index.isin(fresh.index)]
    merged = _merged(kept, fresh)
    target = _write(merged, about.name, folder)
    again = fresh.index.isin(old.index)
    versioned = old.index[old["dataset_version"].fillna("").ne("")]
    change = Change(
        new=int((~again).sum()),
        replaced=int(again.sum()),
        kept=int((~kept.index.isin(frame.index)).sum()),
        newer_held=int(frame.index.isin(newer).sum()),
        superseded=len(before.index.union(frame.index)) - len(merged),
        unstated=0 if file.version else int(fresh.index.isin(versioned).sum()),
        changed=held is None or held.parquet != target.name,
    )
    files = _files(held, file, unchanged=not change.changed)
    _describe(merged, about, target, files, folder)
    _sweep(folder)
    return change


def listing(folder: Path = IMPORTED) -> list[Dataset]:
    """Return the datasets that are there, by name."""
    return [_read(path) for path in sorted(folder.glob("*.dataset.json"))]


def find(name: str, folder: Path = IMPORTED) -> Dataset | None:
    """Return one dataset, or None."""
    path = folder / f"{name}.dataset.json"
    return _read(path) if path.exists() else None


def read_frame(dataset: Dataset, folder: Path = IMPORTED) -> gpd.GeoDataFrame:
    """Return the rows of a dataset.

    Raises
    ------
    DataError
        If its file is missing.
    """
    import geopandas as gpd

    path = folder / dataset.parquet
    if not path.exists():
        raise DataError(f"{path} is missing: import the dataset {dataset.name} again.")
    return gpd.read_parquet(path)


def remove(name: str, folder: Path = IMPORTED) -> Dataset:
    """Remove a dataset and what belongs to it.

    Raises
    ------
    InputError
        If there is none of that name; says which there are.
    """
    held = find(name, folder)
    if held is None:
        names = ", ".join(one.name for one in listing(folder)) or "none"
        raise InputError(f"No dataset {name!r} is imported; there are: {names}.")
    (folder / f"{name}.dataset.json").unlink()
    _sweep(folder)
    return held


def _lasting(
    rows: gpd.GeoDataFrame, whole: list[str], superseded: Superseded | None
) -> gpd.GeoDataFrame:
    """Return the rows that give way to none of the versions that are there whole."""
    if superseded:
        for version in whole:
            rows = rows[~superseded(rows, version)]
    return rows


def _is_newer(versions: pd.Series[Any], version: str) -> pd.Series[Any]:
    """Return which versions are known to be newer than ``version``."""
    if not version:
        return pd.Series(data=False, index=versions.index)
    key = _key(version)
    return versions.map({v: bool(v) and _key(v) > key for v in versions.unique()}).astype(bool)


def _key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _merged(kept: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join old and new rows in an order that does not depend on which came first."""
    both: Any = pd.concat([kept, fresh]) if len(kept) else fresh
    order = both.reset_index()[["date_start", "event_id"]].sort_values(["date_start", "event_id"])
    sorted_: gpd.GeoDataFrame = both.iloc[order.index.to_numpy()]
    return sorted_


def _write(frame: gpd.GeoDataFrame, name: str, folder: Path) -> Path:
    """Write the rows under a name that says what they are."""
    content = BytesIO()
    frame.to_parquet(content, compression="zstd", index=True)
    target = folder / f"{name}-{hashlib.sha256(content.getbuffer()).hexdigest()[:12]}.parquet"
    write(target, content.getvalue())
    return target


def _files(
    held: Dataset | None, file: ImportedFile, *, unchanged: bool
) -> tuple[ImportedFile, ...]:
    """Return the files of the dataset; one of the same content is entered anew if rows changed."""
    old = held.files if held else ()
    if unchanged and any(one.sha256 == file.sha256 for one in old):
        return old
    return (*(one for one in old if one.sha256 != file.sha256), file)


def _describe(
    frame: gpd.GeoDataFrame,
    about: Dataset,
    target: Path,
    files: tuple[ImportedFile, ...],
    folder: Path,
) -> None:
    facts = asdict(about) | {
        "parquet": target.name,
        "sha256": sha256(target),
        "rows": len(frame),
        "first": _day(frame["date_start"].min()),
        "last": _day(frame["date_end"].fillna(frame["date_start"]).max()),
        "files": [asdict(file) for file in files],
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    write(folder / f"{about.name}.dataset.json", f"{text}\n")


def _day(value: Any) -> str:  # noqa: ANN401 - pandas gives a Timestamp or NaT
    return "" if pd.isna(value) else str(value.date())


def _read(path: Path) -> Dataset:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(ImportedFile(**one) for one in facts.pop("files"))
        return Dataset(**facts, files=files)
    except (ValueError, TypeError, KeyError) as error:
        raise DataError(f"{path} cannot be read ({error}): remove it and import again.") from error


def _sweep(folder: Path) -> None:
    """Delete files of the store that no JSON names any more."""
    held = listing(folder)
    named = {one.parquet for one in held} | {f.refused_file for one in held for f in one.files}
    for path in _ours(folder):
        if path.name not in named:
            path.unlink(missing_ok=True)


def _ours(folder: Path) -> Iterator[Path]:
    yield from folder.glob("*-????????????.parquet")
    yield from folder.glob("*.refused.csv")
