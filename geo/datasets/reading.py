"""A table file to the event frame, in chunks, every row accounted for.

Of each chunk, rows whose point concerns neither country are counted and left out first, so that
nobody is told of faults in rows about elsewhere; the rest is interpreted; what cannot be used is
refused with its line, column and reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.datasets.area import concerns
from geo.datasets.formats.crosswalk import to_ours
from geo.datasets.formats.exported import NOTE, is_export, read_export
from geo.datasets.formats.format import (
    NOTHING_GIVEN,
    ColumnMap,
    Format,
    headed,
)
from geo.datasets.rows import assemble
from geo.datasets.tables.cells import date_order, known_text, reals
from geo.datasets.tables.faults import Faults
from geo.datasets.tables.grid import Batch, Grid, open_grid

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Reading", "read_dataset"]

Mask = npt.NDArray[np.bool_]

OURS: Final = ("AF", "PK")
POSITION: Final = ("latitude", "longitude", "country")
SWAPPED: Final = (
    "latitude and longitude look swapped: the other way round it lies in the two countries"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file. ``rows`` = imported + ``outside`` + refused, always."""

    frame: gpd.GeoDataFrame
    rows: int
    outside: int
    faults: Faults
    used: ColumnMap
    notes: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return rows in, imported, outside, refused.

        Raises
        ------
        AssertionError
            If they do not add up: a fault of this program, not of the file.
        """
        imported, refused = len(self.frame), len(self.faults.found)
        if self.rows != imported + self.outside + refused:
            raise AssertionError(f"{self.rows} rows in, {imported}+{self.outside}+{refused} out")
        return {
            "in": self.rows,
            "imported": imported,
            "outside": self.outside,
            "refused": refused,
        }


def read_dataset(
    path: Path,
    kind: Format,
    given: ColumnMap = NOTHING_GIVEN,
    *,
    version: str = "",
    progress: Callable[[int], object] = int,
) -> Reading:
    """Read a dataset file into the event frame, without the border's columns.

    Parameters
    ----------
    path
        A table as :func:`geo.datasets.tables.grid.open_grid` takes it.
    kind
        The format; ``given`` overrides its columns. A plain table that is an export of ours is
        read as that (:mod:`geo.datasets.formats.exported`).
    version
        Of the dataset, for ``dataset_version``.
    progress
        Called with bytes read.

    Raises
    ------
    InputError
        If the file as a whole cannot be used. Single rows never raise.
    """
    with open_grid(path, kind.known, encoding=given.encoding, progress=progress) as grid:
        if kind.name == "table" and is_export(grid.columns):
            frame, licence, citation = read_export(grid)
            used = replace(given, licence=licence or given.licence, citation=citation)
            return Reading(frame, grid.rows, 0, grid.faults, used, (*grid.notes, NOTE))
        used = headed(kind, grid.columns, given, str(path))
        return _read(grid, kind, used, version)


def _read(grid: Grid, kind: Format, used: ColumnMap, version: str) -> Reading:
    outside, drafts = 0, []
    seen: dict[str, int] = {}
    for batch in grid.batches():
        used = used if used.date_order else replace(used, date_order=_order(batch, kind, used))
        placed = _located(_columns(batch, POSITION, used), grid.faults)
        here = placed.pop("concerns").to_numpy(bool)
        sound = grid.faults.sound(placed.index)
        outside += int((~here & sound).sum())
        kept = _columns(batch, tuple(kind.aliases), used, here & sound)
        draft = kind.interpret(kept, grid.faults, used).join(placed)
        _refuse_doubles(draft["source_id"], grid.faults, seen)
        drafts.append(draft[grid.faults.sound(draft.index)])
    name = used.name or kind.name
    restricted = bool(kind.terms.conditions)
    frame = assemble(drafts, name, version=version, restricted=restricted)
    grid.faults.rename(used.columns)
    changed = [f"{number:,} {what}" for what, number in grid.faults.changed.items() if number]
    return Reading(frame, grid.rows, outside, grid.faults, used, (*grid.notes, *changed))


def _columns(
    batch: Batch, names: tuple[str, ...], used: ColumnMap, keep: Mask | None = None
) -> pd.DataFrame:
    """Return columns under canonical names: constants filled in, absent ones null."""
    raw = batch.frame({own: used.columns[own] for own in names if own in used.columns}, keep)
    empty = pd.Series(pd.NA, index=raw.index, dtype="string")
    whole = {own: raw.get(own, empty) for own in names}
    for own in (name for name in names if name in used.constants):
        whole[own] = whole[own].where(known_text(whole[own]).notna(), used.constants[own])
    return pd.DataFrame(whole, index=raw.index)


def _order(batch: Batch, kind: Format, used: ColumnMap) -> str:
    dates = batch.frame({name: used.columns[name] for name in kind.dates if name in used.columns})
    return date_order(pd.concat([dates[name] for name in dates])) if len(dates.columns) else ""


def _located(raw: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Return lon, lat (degrees or NaN), the country named, and whether the row concerns us.

    A row with no point stays unless it names another country.
    """
    named = known_text(raw["country"])
    country = to_ours(named, "any", "country")
    elsewhere = (named.notna() & ~country.isin(OURS).fillna(False)).to_numpy(bool)
    own = Faults()
    lat, lon = reals(raw["latitude"], own, -90, 90), reals(raw["longitude"], own, -180, 180)
    half = (lat.isna() != lon.isna()).to_numpy(bool)
    own.refuse(half, raw["latitude"], "only one of latitude and longitude is there")
    x, y = lon.to_numpy(float), lat.to_numpy(float)
    here = np.where(np.isnan(x), ~elsewhere, concerns(x, y))
    swapped = ~here & ~elsewhere & concerns(y, x)
    own.refuse(swapped, raw["latitude"], SWAPPED)
    bad = ~own.sound(raw.index)
    for fault in (own.found[int(line)] for line in raw.index[bad & ~elsewhere]):
        faults.add(fault.line, fault.column, fault.value, fault.reason)
    return pd.DataFrame(
        {"lon": lon, "lat": lat, "country": country, "concerns": here & ~(bad & elsewhere)},
        index=raw.index,
    )


def _refuse_doubles(ids: pd.Series[Any], faults: Faults, seen: dict[str, int]) -> None:
    for line, source_id in ids[faults.sound(ids.index)].items():
        number = int(str(line))
        if seen.setdefault(source_id, number) != number:
            faults.add(number, "id", source_id, f"the id stands already on line {seen[source_id]}")
