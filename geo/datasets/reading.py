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
import pandas as pd

from geo.datasets.area import concerns
from geo.datasets.cells import date_order, known_text, reals
from geo.datasets.crosswalk import to_ours
from geo.datasets.faults import Faults
from geo.datasets.formats import NOTHING_GIVEN, ColumnMap, Format, headed
from geo.datasets.grid import Grid, open_grid
from geo.datasets.rows import assemble

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Reading", "read_dataset"]

OURS: Final = ("AF", "PK")
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
        A table as :func:`geo.datasets.grid.open_grid` takes it.
    kind
        The format; ``given`` overrides its columns.
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
        used = headed(kind, grid.columns, given, str(path))
        return _read(grid, kind, used, version)


def _read(grid: Grid, kind: Format, used: ColumnMap, version: str) -> Reading:
    outside, drafts = 0, []
    seen: dict[str, int] = {}
    for chunk in grid.chunks():
        raw = _canonical(chunk, kind, used)
        used = used if used.date_order else replace(used, date_order=_order(raw, kind))
        placed = _located(raw, grid.faults)
        here = placed.pop("concerns").to_numpy(bool)
        outside += int((~here & grid.faults.sound(raw.index)).sum())
        kept = raw[here & grid.faults.sound(raw.index)]
        draft = kind.interpret(kept, grid.faults, used).join(placed)
        _refuse_doubles(draft["source_id"], grid.faults, seen)
        drafts.append(draft[grid.faults.sound(draft.index)])
    name = used.name or kind.name
    restricted = bool(kind.terms.conditions)
    frame = assemble(drafts, name, version=version, restricted=restricted)
    grid.faults.rename(used.columns)
    changed = [f"{number:,} {what}" for what, number in grid.faults.changed.items() if number]
    return Reading(frame, grid.rows, outside, grid.faults, used, (*grid.notes, *changed))


def _canonical(chunk: pd.DataFrame, kind: Format, used: ColumnMap) -> pd.DataFrame:
    """Return the chunk under canonical names: constants filled in, absent columns null."""
    empty = pd.Series(pd.NA, index=chunk.index, dtype="string")
    columns = {}
    for own in kind.aliases:
        column = chunk[used.columns[own]] if own in used.columns else empty
        if own in used.constants:
            column = column.where(known_text(column).notna(), used.constants[own])
        columns[own] = column.rename(used.columns.get(own, own))
    return pd.DataFrame(columns)


def _order(raw: pd.DataFrame, kind: Format) -> str:
    return date_order(pd.concat([raw[name] for name in kind.dates]))


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
