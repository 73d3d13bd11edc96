"""All events that are on the map: those that ship and those imported, linked where they are one.

Links are kept beside the datasets and made anew whenever what they were made from has changed, or
what is kept cannot be read. A person cuts a link; the store remembers that (:func:`cut_link`).
"""

from __future__ import annotations

import hashlib
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Final

import pandas as pd

from geo.datasets.linking import LINK_COLUMNS, find_links, with_links
from geo.errors import InputError, StoreError
from geo.files.registry import sha256
from geo.files.writing import write
from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.store import catalogue
from geo.store.place import Store
from geo.store.records import Dataset

__all__ = ["cut_link", "events_table", "links_of"]

TRIES: Final = 5
"""How often the datasets are listed again because they change while they are read."""
LINKS: Final = "links-{}.csv"
"""The links made from inputs of that hash; the first line is a hash of the rest."""


def events_table(
    store: Store, shipped: Path = EVENTS_FILE, *, restricted: bool = True
) -> pd.DataFrame:
    """Return shipped and imported events in one table, read without GeoPandas.

    What is damaged in the store is left out; :func:`geo.store.catalogue.held` names it.

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
        If the shipped file is missing; says the way out.
    """
    held, table = _all(store, shipped)
    if not held:
        return table if restricted else _redistributable(table)
    links = _links(held, store, shipped, table)
    return with_links(table if restricted else _redistributable(table), links)


def links_of(store: Store, shipped: Path = EVENTS_FILE) -> pd.DataFrame:
    """Return the links in force: ``event_id, other_id, score, km, days``, the best first."""
    return _links(catalogue.listing(store), store, shipped)


def cut_link(
    one: str, other: str, note: str = "", *, store: Store, shipped: Path = EVENTS_FILE
) -> None:
    """Say that two linked rows are not one event; the rest of their group is linked anew.

    Raises
    ------
    InputError
        If the two are not linked.
    """
    table = events_table(store, shipped)
    known = one in table.index and other in table.index
    groups = [str(table.loc[name, "link_group"]) for name in (one, other)] if known else ["", "x"]
    if groups[0] != groups[1] or groups[0] == "<NA>":
        raise InputError(f"{one} and {other} are not linked; 'geo import --links' lists the links.")
    catalogue.cut(one, other, note, store)


def _redistributable(table: pd.DataFrame) -> pd.DataFrame:
    if "restricted" not in table.columns:
        return table
    return table[~table["restricted"].astype("boolean").fillna(False).astype(bool)]


def _all(store: Store, shipped: Path) -> tuple[list[Dataset], pd.DataFrame]:
    """Return the datasets that could be read, and their rows with the shipped ones."""
    own = read_points(shipped)
    for _ in range(TRIES):
        listed = catalogue.listing(store)
        found = [(one, table) for one in listed if (table := _points(one, store)) is not None]
        if len(found) == len(listed):
            break
    held = [one for one, _ in found]
    return held, _joined([own, *(table for _, table in found)], [one.name for one in held])


def _points(one: Dataset, store: Store) -> pd.DataFrame | None:
    """Return the rows of a dataset; None if it was replaced or removed since it was listed."""
    try:
        return catalogue.points(one, store)
    except StoreError:
        return None


def _joined(tables: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    if len(tables) == 1:
        return tables[0]
    table = pd.concat(_originals_first(tables, names))
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
    held: list[Dataset], store: Store, shipped: Path, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the links as they were kept, or make them; ``table`` is read only if it must be."""
    cuts = catalogue.cut_pairs(store)
    inputs = {"shipped": sha256(shipped)} | {one.name: one.sha256 for one in held}
    inputs["cuts"] = str(sorted(sorted(pair) for pair in cuts))
    digest = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
    path = store.folder / LINKS.format(digest[:16])
    kept = _kept(path)
    if kept is None:
        whole = _all(store, shipped)[1] if table is None else table
        links = find_links(whole, cuts).round({"score": 3, "km": 1})
        kept = links.to_csv(index=False, columns=list(LINK_COLUMNS))
        _keep(path, kept)
    return pd.read_csv(io.StringIO(kept), dtype={"event_id": "string", "other_id": "string"})


def _kept(path: Path) -> str | None:
    """Return what was kept; None if it is not there, or not as it was written."""
    try:
        digest, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return text.decode() if hashlib.sha256(text).hexdigest().encode() == digest else None


def _keep(path: Path, text: str) -> None:
    """Keep the links, in place of older ones; where that cannot be, they are made again."""
    if not path.parent.is_dir():
        return
    with suppress(OSError):
        write(path, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
        for other in path.parent.glob(LINKS.format("*")):
            if other != path:
                other.unlink(missing_ok=True)
