"""What a table of events offers to choose from, where no vocabulary says it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pandas as pd

__all__ = ["Choices", "choices"]

ONE_LINE: Final = 80
"""A longer name of a source is a passage that a dataset put there, nothing to choose from."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the table at hand offers for the fields without a fixed vocabulary, sorted."""

    province: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    crossing: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()


def choices(table: pd.DataFrame) -> Choices:
    """Return the places, outlets and datasets that ``table`` holds, each sorted.

    Districts are those of the column ``district``, which the table has once districts were fetched
    (:func:`geo.border.units.areas.with_district`).
    """
    named = table.loc[table["admin1"].fillna("") != "", ["country", "admin1"]].drop_duplicates()
    cells = table["sources"].dropna().unique()
    outlets = {s["outlet"] for cell in cells for s in json.loads(cell)}
    return Choices(
        province=tuple(sorted(f"{c}:{a}" for c, a in named.itertuples(index=False) if c)),
        district=tuple(sorted(table["district"].cat.categories)) if "district" in table else (),
        crossing=tuple(sorted(table["nearest_crossing"].dropna().unique())),
        outlet=tuple(sorted(name for name in outlets if _is_name(name))),
        dataset=tuple(sorted(table["dataset"].dropna().unique())),
    )


def _is_name(outlet: str) -> bool:
    return 0 < len(outlet) <= ONE_LINE and "\n" not in outlet and ";" not in outlet
