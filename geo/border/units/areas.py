"""Provinces and districts as a reader meets them: names, size, neighbours, and what lies in each.

The outlines are those the map draws, in the same order, so that a number stands for the same area
here and in the browser. Provinces ship; districts are there once ``geo fetch districts`` has run.
Read without GeoPandas: the map page needs no more than this, and its import costs a second.

A key names an area in an address: ``admin1:PK:Balochistan``, ``admin2:PK:Khyber``; where a country
has two districts of one name, ``admin2:AF:Badakhshan:Baharak``.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.border import layers
from geo.border.points import Numbers, Words, containing_polygons, point_tree
from geo.places.names import normalise

__all__ = [
    "DISTRICT_COLUMN",
    "LEVELS",
    "Level",
    "area_numbers",
    "areas",
    "find",
    "neighbours",
    "with_district",
]

Level = Literal["admin1", "admin2"]
LEVELS: Final[tuple[Level, ...]] = ("admin1", "admin2")
DISTRICT_COLUMN: Final = "district"
"""Categorical column of :func:`with_district`; ``PK:Khyber Pakhtunkhwa:Khyber``."""

_GEOD: Final = pyproj.Geod(ellps="WGS84")
_KNOWN_TO: Final[dict[str, tuple[str, ...]]] = {
    "admin1": ("exact", "near", "admin3", "admin2", "admin1"),
    "admin2": ("exact", "near", "admin3", "admin2"),
}
_ISO: Final = ("AF", "PK")
_TOUCH: Final = 2e-4
"""Degrees (about 20 m) within which two outlines touch: the two countries' district files follow
the line to a metre or so only."""


def areas(level: Level) -> pd.DataFrame | None:
    """Return the areas of a level, or None for districts that nobody has fetched.

    Index ``key`` (as in an address); columns ``country`` (AF, PK), ``admin1``, ``name`` and
    ``km2``, the geodesic area in km² on WGS 84 (Karney 2013, as ``pyproj.Geod`` has it). The order
    is that of the outlines the map draws.

    Raises
    ------
    DataError
        If the provinces' file is missing.
    """
    held = _held(level)
    return None if held is None else held[0]


def find(key: str) -> tuple[Level, int] | None:
    """Return level and number of the area of a ``key``, or None where there is none.

    A district may always be named with its province too.
    """
    level, _, rest = key.partition(":")
    table = areas(level) if level in LEVELS else None
    if table is None:
        return None
    full = table["country"] + ":" + table["admin1"] + ":" + table["name"]
    named = (table.index == key) | (full == rest).to_numpy(bool)
    hits = np.flatnonzero(named)
    return (level, int(hits[0])) if len(hits) else None  # type: ignore[return-value]  # checked above


def area_numbers(table: pd.DataFrame, level: Level) -> npt.NDArray[np.int16]:
    """Return the number of the area each event happened in, -1 where that is not known.

    Parameters
    ----------
    table
        Columns ``country, admin1, admin2, precision, lon, lat`` (degrees, NaN for no point) and,
        where there is one, ``admin2_source``.
    level
        An event known only to its province is in no district; one known only to a region, to its
        country or not at all is in no area.

    Notes
    -----
    The name that the row itself gives decides, else the outline that holds its point, unless the
    row names the other country. A district that was only looked up by its point (``admin2_source``
    polygon or gazetteer) counts as not named: the outlines of today are asked again. An event
    known to within 25 km counts where its point lies.
    """
    held = _held(level)
    if held is None:
        return np.full(len(table), -1, dtype=np.int16)
    layer, shapes = held
    known = table["precision"].isin(_KNOWN_TO[level]).to_numpy(bool)
    found = np.where(known, _by_name(table, layer, level), -1)
    open_ = np.flatnonzero(known & (found < 0))
    found[open_] = _by_point(table.iloc[open_], layer, shapes)
    return found.astype(np.int16)


def with_district(table: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with :data:`DISTRICT_COLUMN`, or as it is where no districts were fetched.

    Categorical; its codes are the numbers of :func:`area_numbers`, null where not known.
    """
    layer = areas("admin2")
    if layer is None:
        return table
    names = layer["country"] + ":" + layer["admin1"] + ":" + layer["name"]
    kinds = pd.CategoricalDtype(list(names))
    found = pd.Categorical.from_codes(area_numbers(table, "admin2"), dtype=kinds)
    return table.assign(**{DISTRICT_COLUMN: found})


@lru_cache(maxsize=64)
def neighbours(level: Level, number: int) -> tuple[tuple[int, float], ...]:
    """Return the areas that share an edge with one: number and km of the edge, longest first.

    Geodesic km along the outlines as drawn; corners that merely touch are left out.
    """
    held = _held(level)
    if held is None:
        return ()
    own, shapes = held[1][number], held[1]
    touching = np.flatnonzero(shapely.dwithin(shapes, own, _TOUCH))
    shared = (
        (int(other), _length_km(own.boundary.intersection(shapes[other].buffer(_TOUCH))))
        for other in touching
        if other != number
    )
    longest = sorted((pair for pair in shared if pair[1] >= 0.1), key=lambda pair: -pair[1])
    return tuple(longest)


def _length_km(line: shapely.Geometry) -> float:
    return float(_GEOD.geometry_length(line)) / 1000.0


def _held(level: Level) -> tuple[pd.DataFrame, npt.NDArray[Any]] | None:
    path = layers.ADMIN1_FILE if level == "admin1" else layers.DISTRICTS_FILE
    if level == "admin2" and not layers.has_districts():
        return None
    return _read(level, path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(level: Level, path: Path, _: int) -> tuple[pd.DataFrame, npt.NDArray[Any]]:
    table, shapes = (_provinces if level == "admin1" else _districts)(path)
    table["km2"] = [abs(_GEOD.geometry_area_perimeter(shape)[0]) / 1e6 for shape in shapes]
    shapely.prepare(shapes)
    table.index = pd.Index(_keys(level, table), name="key")
    return table, shapes


def _provinces(path: Path) -> tuple[pd.DataFrame, npt.NDArray[Any]]:
    if not path.exists():
        layers.admin1()  # says what is missing, and the way out
    features = json.loads(path.read_bytes())["features"]
    facts = [feature["properties"] for feature in features]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    names = [fact["name"] for fact in facts]
    table = pd.DataFrame(
        {"country": [fact["country"] for fact in facts], "admin1": names, "name": names}
    )
    return table, shapes


def _districts(path: Path) -> tuple[pd.DataFrame, npt.NDArray[Any]]:
    held = pd.read_parquet(path, columns=["country", "admin1", "admin2", "geometry"])
    shapes = shapely.from_wkb(held.pop("geometry").to_numpy())
    return held.rename(columns={"admin2": "name"}).astype(object), shapes


def _keys(level: Level, table: pd.DataFrame) -> list[str]:
    short = [f"{level}:{c}:{name}" for c, name in zip(table["country"], table["name"], strict=True)]
    count = Counter(short)
    long = (f"{level}:{c}:{a}:{n}" for c, a, n in table[["country", "admin1", "name"]].to_numpy())
    return [s if count[s] == 1 else full for s, full in zip(short, long, strict=True)]


def _by_name(table: pd.DataFrame, layer: pd.DataFrame, level: Level) -> Numbers:
    """Return the number of the area that each row names, -1 where it names none that is known."""
    columns = ["country", "admin1", "admin2"] if level == "admin2" else ["country", "admin1"]
    words = table[columns].astype("string").fillna("")
    if level == "admin2" and "admin2_source" in table:
        looked_up = table["admin2_source"].isin(["gazetteer", "polygon"])
        words["admin2"] = words["admin2"].where(~looked_up, "")
    sure = _index(
        layer, ["country", "admin1", "name"] if level == "admin2" else ["country", "name"]
    )
    loose = _index(layer, ["country", "name"])
    codes, unique = pd.MultiIndex.from_frame(words).factorize()
    own = [
        sure.get(key, loose.get((key[0], key[-1]), -1)) if key[-1] else -1
        for key in (tuple(normalise(str(word)) for word in row) for row in unique)
    ]
    numbers: Numbers = np.asarray(own, dtype=np.int64)[codes]
    return numbers


def _index(layer: pd.DataFrame, columns: list[str]) -> dict[tuple[str, ...], int]:
    """Return names in normal form to number; names that two areas share stand for neither."""
    keys = [tuple(normalise(str(word)) for word in row) for row in layer[columns].to_numpy()]
    count = Counter(keys)
    return {key: number for number, key in enumerate(keys) if count[key] == 1}


def _by_point(rows: pd.DataFrame, layer: pd.DataFrame, shapes: npt.NDArray[Any]) -> Numbers:
    lon, lat = (rows[name].to_numpy(np.float64, na_value=np.nan) for name in ("lon", "lat"))
    country: Words = layer["country"].to_numpy(object)
    named: Words = rows["country"].fillna("").to_numpy(object)
    found = containing_polygons(point_tree(lon, lat), shapes, country, named)
    other = np.isin(named, _ISO) & (named != np.append(country, [None])[found])
    return np.where(other, -1, found)
