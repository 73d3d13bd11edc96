"""Faults in the hand-made gazetteer and in the built file, one line each, for ``geo check``."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geo.errors import DataError
from geo.places.gazetteer.lookup import load
from geo.places.names import normalise
from geo.places.nearness import km_between
from geo.settings import GAZETTEER_FILE, SEEDS

__all__ = ["KINDS", "check_gazetteer"]

KINDS: Final = frozenset(
    (
        "country",
        "admin1",
        "admin2",
        "admin3",
        "city",
        "town",
        "village",
        "crossing",
        "pass",
        "valley",
        "area",
        "river",
        "facility",
        "fort",
        "bazaar",
        "road",
        "region",
        "boundary",
    )
)
_BOX: Final = {"AF": (60.4, 29.3, 75.0, 38.6), "PK": (60.8, 23.5, 77.9, 37.2)}
"""West, south, east, north of the two countries in degrees, with a small margin."""

_RADIUS_NEEDED: Final = frozenset(("country", "admin1", "admin2", "admin3", "valley", "region"))
_REACH: Final = 1.6
"""A unit is no circle: its places may lie this many radii from its centre."""

_TWINS_KM: Final = 5.0


def check_gazetteer(seeds: Path = SEEDS, built: Path = GAZETTEER_FILE) -> list[str]:
    """Return every fault found, empty when all is well.

    Parameters
    ----------
    seeds
        Folder with ``gazetteer.csv`` and ``crossings.csv``.
    built
        The built file.

    Returns
    -------
    list of str
        Doubled ids, unknown kinds, parents that are missing, points outside their country's box
        or too far from their parent, areas without radius, an alias that another place of the
        same kind nearby has too, units with unknown names, and a built file that lacks a seed.

    Raises
    ------
    DataError
        If a file is not there.
    """
    rows = _rows(seeds / "gazetteer.csv")
    crossings = _rows(seeds / "crossings.csv")
    ids = Counter(row["id"] for row in (*rows, *crossings))
    faults = [f"{place}: id given {count} times" for place, count in ids.items() if count > 1]
    faults += [fault for row in rows for fault in _row_faults(row)]
    sound = [row for row in (*rows, *crossings) if _point(row)]
    faults += [f"{r['id']}: no coordinates" for r in (*rows, *crossings) if not _point(r)]
    faults += _parent_faults([row for row in rows if _point(row)])
    faults += _shared_aliases([row for row in sound if row in rows])
    faults += _unit_faults(rows)
    held = {place.id for place in load(built).places}
    return faults + [
        f"{place}: not in {built.name}; build it" for place in ids if place not in held
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        raise DataError(f"{path} is missing: restore it from the repository.")
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            {k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(lines)
        ]


def _point(row: dict[str, str]) -> tuple[float, float] | None:
    try:
        return float(row["lat"]), float(row["lon"])
    except ValueError:
        return None


def _row_faults(row: dict[str, str]) -> Iterator[str]:
    place, kind = row["id"], row["kind"]
    if kind not in KINDS:
        yield f"{place}: kind {kind!r} is not in the vocabulary"
    if not row["name"]:
        yield f"{place}: no name"
    if not row["source"]:
        yield f"{place}: no source"
    if kind in _RADIUS_NEEDED and not row["radius_km"]:
        yield f"{place}: an area without radius_km"
    point, box = _point(row), _BOX.get(row["country"])
    if point and box and not (box[0] <= point[1] <= box[2] and box[1] <= point[0] <= box[3]):
        yield f"{place}: {point[0]}, {point[1]} lies outside {row['country']}"


def _parent_faults(rows: list[dict[str, str]]) -> Iterator[str]:
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        if not row["parent"]:
            continue
        parent = by_id.get(row["parent"])
        if parent is None:
            yield f"{row['id']}: parent {row['parent']} does not exist"
        elif parent["radius_km"] and (km := _km(row, parent)) > _REACH * float(parent["radius_km"]):
            yield f"{row['id']}: {km:.0f} km from its parent {parent['id']}"


def _shared_aliases(rows: list[dict[str, str]]) -> Iterator[str]:
    holders: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        cells = f"{row['name']};{row['aliases']};{row['names_local']}".split(";")
        for key in {normalise(cell) for cell in cells} - {""}:
            holders[key].append(row)
    for key, sharing in sorted(holders.items()):
        for i, one in enumerate(sharing):
            for other in sharing[i + 1 :]:
                if one["kind"] == other["kind"] and _km(one, other) < _TWINS_KM:
                    yield f"{one['id']} and {other['id']}: both called '{key}', under 5 km apart"


def _unit_faults(rows: list[dict[str, str]]) -> Iterator[str]:
    provinces = {(row["country"], row["name"]) for row in rows if row["kind"] == "admin1"}
    for row in rows:
        unit = (row["country"], row["admin1"])
        if row["country"] in _BOX and row["admin1"] and unit not in provinces:
            yield f"{row['id']}: admin1 {row['admin1']!r} has no row of its own"


def _km(one: dict[str, str], other: dict[str, str]) -> float:
    first, second = _point(one), _point(other)
    return km_between(*first, *second) if first and second else 0.0
