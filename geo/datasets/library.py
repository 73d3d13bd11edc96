"""All events that are on the map: those that ship and those imported, linked where they are one.

Links are kept beside the datasets (``links.csv``) and made anew whenever what they were made from
has changed. A person cuts a link by a row in ``cut_links.csv``.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Final

import pandas as pd

from geo.datasets.linking import LINK_COLUMNS, find_links, with_links
from geo.datasets.store import IMPORTED, Dataset, listing
from geo.errors import InputError
from geo.files.registry import sha256
from geo.files.writing import write
from geo.schema import read_points
from geo.settings import EVENTS_FILE

__all__ = ["CUTS", "cut_link", "cut_pairs", "events_table", "links_of"]

CUTS: Final = "cut_links.csv"
LINKS: Final = "links.csv"
MADE_FROM: Final = "links.json"
CUT_COLUMNS: Final = ("event_id", "other_id", "note")


def events_table(
    folder: Path = IMPORTED, shipped: Path = EVENTS_FILE, *, restricted: bool = True
) -> pd.DataFrame:
    """Return shipped and imported events in one table, read without GeoPandas.

    Parameters
    ----------
    restricted
        Whether rows that may not be passed on come too; without them no link names one either.

    Returns
    -------
    DataFrame
        As :func:`geo.schema.read_points`, with the optional columns of imported rows and, where
        anything is imported, ``linked_ids``, ``link_group`` and ``link_score`` filled.

    Raises
    ------
    DataError
        If a file is missing; says which and the way out.
    """
    held = listing(folder)
    table = _joined(held, folder, shipped)
    if not held:
        return table if restricted else _redistributable(table)
    links = _links(held, folder, shipped, table)
    return with_links(table if restricted else _redistributable(table), links)


def links_of(folder: Path = IMPORTED, shipped: Path = EVENTS_FILE) -> pd.DataFrame:
    """Return the links in force: ``event_id, other_id, score, km, days``, the best first."""
    return _links(listing(folder), folder, shipped)


def cut_pairs(folder: Path = IMPORTED) -> frozenset[frozenset[str]]:
    """Return the pairs of event ids that ``cut_links.csv`` says are not one event.

    Raises
    ------
    InputError
        If the file lacks a column.
    """
    path = folder / CUTS
    if not path.exists():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"event_id", "other_id"} <= set(rows.fieldnames or ()):
            raise InputError(f"{path}: needs the columns event_id and other_id.")
        return frozenset(
            frozenset((row["event_id"].strip(), row["other_id"].strip())) for row in rows
        )


def cut_link(
    one: str, other: str, note: str = "", folder: Path = IMPORTED, shipped: Path = EVENTS_FILE
) -> None:
    """Say that two linked rows are not one event; the rest of their group is linked anew.

    Raises
    ------
    InputError
        If the two are not linked.
    """
    table = events_table(folder, shipped)
    known = one in table.index and other in table.index
    groups = [str(table.loc[name, "link_group"]) for name in (one, other)] if known else ["", "x"]
    if groups[0] != groups[1] or groups[0] == "<NA>":
        raise InputError(f"{one} and {other} are not linked; 'geo import --links' lists the links.")
    path = folder / CUTS
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        if fresh:
            rows.writerow(CUT_COLUMNS)
        rows.writerow([one, other, note])


def _redistributable(table: pd.DataFrame) -> pd.DataFrame:
    if "restricted" not in table.columns:
        return table
    return table[~table["restricted"].astype("boolean").fillna(False).astype(bool)]


def _joined(held: list[Dataset], folder: Path, shipped: Path) -> pd.DataFrame:
    tables = [read_points(shipped), *(read_points(folder / one.parquet) for one in held)]
    if len(tables) == 1:
        return tables[0]
    table = pd.concat(_originals_first(tables, [one.name for one in held]))
    table = table[~table.index.duplicated()]
    restricted = table["restricted"].astype("boolean").fillna(False).astype(bool)
    return table.assign(restricted=restricted)


def _originals_first(tables: list[pd.DataFrame], names: list[str]) -> list[pd.DataFrame]:
    """Put behind all others the rows that an imported export of ours brought from elsewhere.

    Such a row keeps its id and its dataset, and gives way where that event is here itself.
    """
    own = [table["dataset"] == name for table, name in zip(tables[1:], names, strict=True)]
    from_exports = [
        table[~mine] for table, mine in zip(tables[1:], own, strict=True) if not mine.all()
    ]
    imported = [table[mine] for table, mine in zip(tables[1:], own, strict=True) if mine.any()]
    return [tables[0], *imported, *from_exports]


def _links(
    held: list[Dataset], folder: Path, shipped: Path, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the links as they were kept, or make them; ``table`` is read only if it must be."""
    inputs = {"shipped": sha256(shipped)} | {one.name: one.sha256 for one in held}
    if (folder / CUTS).exists():
        inputs[CUTS] = sha256(folder / CUTS)
    stamp, path = folder / MADE_FROM, folder / LINKS
    if path.exists() and stamp.exists() and json.loads(stamp.read_text("utf-8")) == inputs:
        kinds = {"event_id": "string", "other_id": "string"}
        return pd.read_csv(path, dtype=kinds)
    whole = _joined(held, folder, shipped) if table is None else table
    links = find_links(whole, cut_pairs(folder)).round({"score": 3, "km": 1})
    stamp.unlink(missing_ok=True)
    write(path, links.to_csv(index=False, columns=list(LINK_COLUMNS)))
    write(stamp, json.dumps(inputs))
    return links
