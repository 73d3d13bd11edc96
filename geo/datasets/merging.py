"""The rows of a file put into a dataset: what is replaced, what stays, what gives way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.datasets.formats.format import Superseded
from geo.files.registry import sha256
from geo.store import catalogue, database
from geo.store.place import Store
from geo.store.records import Dataset, ImportedFile

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Change", "save"]


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
    store: Store,
    *,
    replace_all: bool,
    superseded: Superseded | None = None,
) -> Change:
    """Put the rows of one file into a dataset, replacing rows of the same source id.

    Parameters
    ----------
    frame
        The joined event frame of the file, index ``event_id``.
    about
        Name, format, licence, citation, conditions; the rest is filled in here.
    replace_all
        Drop what the dataset held instead of adding to it.
    superseded
        Asked of held and of new rows for each version that is there whole: one of whose file had
        rows elsewhere in the world, so that what it lacks was left out on purpose.

    Returns
    -------
    Change
        ``changed`` is False where the result is what was there, byte for byte.
    """
    with database.exclusive(store):
        held = None if replace_all else catalogue.find(about.name, store)
        before = catalogue.read_frame(held, store) if held else frame.iloc[:0]
        merged, change = _merge(frame, before, held, file, superseded)
        target = catalogue.write_rows(merged, about.name, store)
        same = held is not None and held.parquet == target.name
        files = _files(held, file, unchanged=same)
        if not (held and same and files == held.files):
            facts = _facts(merged, target)
            catalogue.enter(replace(about, **facts, files=files), store)
    return replace(change, changed=not same)


def _merge(
    frame: gpd.GeoDataFrame,
    before: gpd.GeoDataFrame,
    held: Dataset | None,
    file: ImportedFile,
    superseded: Superseded | None,
) -> tuple[gpd.GeoDataFrame, Change]:
    whole = [one.version for one in (*(held.files if held else ()), file) if one.counts["outside"]]
    old, fresh = (_lasting(rows, whole, superseded) for rows in (before, frame))
    newer = old.index[_is_newer(old["dataset_version"], file.version)]
    fresh = fresh[~fresh.index.isin(newer)]
    kept = old[~old.index.isin(fresh.index)]
    merged = _merged(kept, fresh)
    again = fresh.index.isin(old.index)
    versioned = old.index[old["dataset_version"].fillna("").ne("")]
    return merged, Change(
        new=int((~again).sum()),
        replaced=int(again.sum()),
        kept=int((~kept.index.isin(frame.index)).sum()),
        newer_held=int(frame.index.isin(newer).sum()),
        superseded=len(before.index.union(frame.index)) - len(merged),
        unstated=0 if file.version else int(fresh.index.isin(versioned).sum()),
        changed=True,
    )


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


def _files(
    held: Dataset | None, file: ImportedFile, *, unchanged: bool
) -> tuple[ImportedFile, ...]:
    """Return the files of the dataset; one of the same content is entered anew if rows changed."""
    old = held.files if held else ()
    if unchanged and any(one.sha256 == file.sha256 for one in old):
        return old
    return (*(one for one in old if one.sha256 != file.sha256), file)


def _facts(frame: gpd.GeoDataFrame, target: Path) -> dict[str, Any]:
    return {
        "parquet": target.name,
        "sha256": sha256(target),
        "rows": len(frame),
        "first": _day(frame["date_start"].min()),
        "last": _day(frame["date_end"].fillna(frame["date_start"]).max()),
    }


def _day(value: Any) -> str:  # noqa: ANN401 - pandas gives a Timestamp or NaT
    return "" if pd.isna(value) else str(value.date())
