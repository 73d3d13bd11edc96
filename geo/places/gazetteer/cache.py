"""Build the cache of the full tier: the embedded gazetteer and the GeoNames dumps in one file.

SQLite, each name in its normal and its folded form, indexed by both and by first letter and
length. An embedded place wins: a dump place of the same name within 15 km of it only lends it its
other names.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from tqdm import tqdm

from geo.files.registry import sha256
from geo.files.writing import replacing
from geo.model import Place
from geo.places.gazetteer.dump import read_places
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.gazetteer.sources import SAME_PLACE_KM
from geo.places.names import fold, normalise
from geo.places.nearness import km_between
from geo.settings import GAZETTEER_FILE

__all__ = ["FORMAT", "PLACE_COLUMNS", "build_cache"]

FORMAT: Final = "1"
"""Version of the file's layout and of what is put into it; another one is built again."""
PLACE_COLUMNS: Final = (
    "id, name, kind, country, admin1, admin2, lat, lon, source, radius_km, population"
)
"""Columns of the table ``places`` in the order of :class:`geo.model.Place`."""

_POINTS: Final = frozenset(("city", "town", "village", "crossing", "facility", "fort", "bazaar"))
_SCHEMA: Final = """
create table meta (key text primary key, value text) without rowid;
create table places (i integer primary key, id text, name text, kind text, country text,
    admin1 text, admin2 text, lat real, lon real, source text, radius_km real, population integer);
create table names (i integer, key text, fold text, size integer, written text);
"""
_INDEXES: Final = """
create unique index by_id on places (id);
create index by_key on names (key);
create index by_fold on names (fold);
create index by_size on names (substr(key, 1, 1), size, key);
create index by_place on names (i);
"""

Row = tuple[Place, tuple[str, ...]]


def build_cache(folder: Path, target: Path, embedded_file: Path = GAZETTEER_FILE) -> int:
    """Build the cache of the full tier; the file appears whole or not at all.

    Parameters
    ----------
    folder
        Holds the dumps and code tables, already checked.
    target
        The SQLite file to write.
    embedded_file
        The embedded gazetteer, which wins over the dumps.

    Returns
    -------
    int
        Places written.
    """
    embedded = load(embedded_file)
    dump = tqdm(
        read_places(folder, embedded),
        desc="building",
        unit=" places",
        delay=2,
        disable=not sys.stderr.isatty(),
    )
    rows = _merged(embedded, dump)
    with replacing(target) as draft, closing(sqlite3.connect(draft)) as base:
        base.executescript(f"pragma journal_mode = off; pragma synchronous = off; {_SCHEMA}")
        count = _write(base, rows)
        meta = {"format": FORMAT, "embedded": sha256(embedded_file), "places": str(count)}
        base.executemany("insert into meta values (?, ?)", meta.items())
        base.executescript(_INDEXES)
        base.execute("analyze")
        base.commit()
    return count


def _merged(embedded: Gazetteer, dump: Iterable[Row]) -> list[Row]:
    """Return the embedded rows, with further names from the dump, and the dump's other places."""
    same = _SamePlaces(embedded)
    left: list[Row] = []
    members: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    known: set[str] = set()
    for place, aliases in dump:
        if place.id in known:  # a place on the line can stand in both countries' files
            continue
        known.add(place.id)
        members[place.country, place.admin1, place.admin2].append(place)
        twin = same.of(place)
        if twin is None:
            left.append((place, aliases))
        elif embedded.places[twin].kind != "crossing":
            same.names[twin] += (place.name, *aliases)
    held = [
        (_joined(embedded.sides(place)), (*embedded.aliases[i], *same.names[i]))
        for i, place in enumerate(embedded.places)
    ]
    return held + [(_with_radius(place, members), aliases) for place, aliases in left]


class _SamePlaces:
    """Embedded points by each name, and the names that the dump has for them."""

    def __init__(self, embedded: Gazetteer) -> None:
        self._places = embedded.places
        self._ids = {place.id: i for i, place in enumerate(embedded.places)}
        self._points: dict[str, list[int]] = defaultdict(list)
        for name, i in embedded.names():
            if embedded.places[i].kind in _POINTS:
                self._points[normalise(name)].append(i)
        self.names: dict[int, tuple[str, ...]] = defaultdict(tuple)

    def of(self, place: Place) -> int | None:
        if place.id in self._ids:
            return self._ids[place.id]
        if place.kind not in _POINTS:
            return None
        near = [
            (km, i)
            for i in self._points.get(normalise(place.name), ())
            if (km := self._km(i, place)) <= SAME_PLACE_KM
        ]
        return min(near)[1] if near else None

    def _km(self, index: int, place: Place) -> float:
        own = self._places[index]
        return km_between(own.lat, own.lon, place.lat, place.lon)


def _joined(sides: tuple[Place, ...]) -> Place:
    """Return a place with its sides in one row again, as the files hold it."""
    return replace(
        sides[-1],
        country="/".join(side.country for side in sides),
        admin1="/".join(side.admin1 for side in sides),
        admin2="/".join(side.admin2 for side in sides),
    )


def _with_radius(place: Place, members: dict[tuple[str, str, str], list[Place]]) -> Place:
    """Give a district of the dump the radius that holds 95 % of its places."""
    if place.kind != "admin2":
        return place
    inside = members[place.country, place.admin1, place.admin2]
    reach = sorted(km_between(place.lat, place.lon, other.lat, other.lon) for other in inside)
    return replace(place, radius_km=max(5.0, round(reach[int(0.95 * (len(reach) - 1))])))


def _write(base: sqlite3.Connection, rows: list[Row]) -> int:
    marks = ", ".join("?" * 12)
    names: list[tuple[int, str, str, int, str]] = []
    for i, (place, aliases) in enumerate(rows):
        cells = [getattr(place, column.strip()) for column in PLACE_COLUMNS.split(",")]
        base.execute(f"insert into places values ({marks})", (i, *cells))
        for written in dict.fromkeys((place.name, *aliases)):
            if key := normalise(written):
                names.append((i, key, fold(key), len(key), written))
    base.executemany("insert into names values (?, ?, ?, ?, ?)", names)
    return len(rows)
