"""A place that has a story: a crossing, a province or a district; what lies in it and around it.

Keys are those of addresses: ``crossing:torkham``, ``admin1:PK:Balochistan``, ``admin2:PK:Khyber``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.border.gates import crossings
from geo.border.units import areas
from geo.counts import Mask
from geo.model import AT_GATE_KM
from geo.places.gazetteer import lookup
from geo.query.codes import at_crossing
from geo.words import NATIONS

__all__ = [
    "KIND_WORDS",
    "Near",
    "Numbers",
    "Spot",
    "around",
    "every",
    "find",
    "inside",
    "numbered",
    "scripts",
    "wider",
]

KIND_WORDS: Final = {"crossing": "crossing", "admin1": "province", "admin2": "district"}
LOCAL_NAMES: Final = (("Urdu", "name_ur"), ("Pashto", "name_ps"), ("Dari", "name_prs"))

_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_MOST_NAMES: Final = 4
_OWN_PROVINCE: Final = {"Islamabad Capital Territory", "Azad Kashmir", "Gilgit-Baltistan"}

Numbers = npt.NDArray[np.int16]
"""Number of each row's area, -1 where unknown (:func:`geo.border.units.areas.area_numbers`)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with a story.

    ``kind`` is ``crossing``, ``admin1`` or ``admin2``; ``number`` its position in that layer;
    ``country`` is ``AF``, ``PK`` or empty for a crossing, which has both; ``km2`` its geodesic
    area, None for a crossing.
    """

    key: str
    kind: str
    number: int
    name: str
    country: str = ""
    admin1: str = ""
    km2: float | None = None

    @property
    def title(self) -> str:
        """The name as it stands in a sentence: ``Khyber district``."""
        if self.kind == "crossing" or self.name in _OWN_PROVINCE:
            return self.name
        return f"{self.name} {KIND_WORDS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Near:
    """A place beside another: how it stands to it (``next``, ``edge``, ``within``, ``part``).

    ``km`` is the way along the line for ``next`` (south-west negative) and the length of the
    common edge for ``edge``, else None.
    """

    spot: Spot
    how: str
    km: float | None = None


def find(key: str) -> Spot | None:
    """Return the place of a key, or None where there is none."""
    kind, _, rest = key.partition(":")
    if kind == "crossing":
        gates = crossings.listed()
        return _gate(list(gates.index).index(rest)) if rest in gates.index else None
    found = areas.find(key)
    return None if found is None else _area(*found)


def numbered(kind: str, number: int) -> Spot | None:
    """Return the place at a position of its layer, or None where the layer ends before it."""
    if kind == "crossing":
        return _gate(number) if number < len(crossings.listed()) else None
    level: areas.Level = "admin2" if kind == "admin2" else "admin1"
    table = areas.areas(level)
    return _area(level, number) if table is not None and number < len(table) else None


@lru_cache(maxsize=2)
def every(*, districts: bool) -> tuple[Spot, ...]:
    """Return all places: crossings, provinces and, if asked for and fetched, districts, by name."""
    spots = [_gate(number) for number in range(len(crossings.listed()))]
    levels: tuple[areas.Level, ...] = areas.LEVELS if districts else ("admin1",)
    for level in levels:
        table = areas.areas(level)
        made = [_area(level, number) for number in range(0 if table is None else len(table))]
        spots += sorted(made, key=lambda spot: (spot.name, spot.country))
    return tuple(spots)


def inside(table: pd.DataFrame, spot: Spot, numbers: Numbers) -> Mask:
    """Return which rows happened there; at a crossing, within 10 km and known that well.

    ``numbers`` are those of the spot's own level; a crossing does without.
    """
    if spot.kind == "crossing":
        return at_crossing(table, [spot.name])
    found: Mask = numbers == spot.number
    return found


def wider(
    table: pd.DataFrame, counted: Mask, spot: Spot, provinces: Numbers
) -> list[tuple[int, str]]:
    """Return how many more events may be of the place, but are known only to a wider one.

    Pairs of a count, never 0, and words such as ``known only to the province``; ``provinces`` are
    the numbers of the rows' provinces.
    """
    found = ((int((counted & mask).sum()), words) for words, mask in _wider(table, spot, provinces))
    return [(count, words) for count, words in found if count]


def around(spot: Spot) -> list[Near]:
    """Return the places beside it: next along the line, sharing an edge, holding it, within it."""
    if spot.kind == "crossing":
        return [*_along(spot), *_holders(spot)]
    level: areas.Level = "admin2" if spot.kind == "admin2" else "admin1"
    beside = [Near(_area(level, n), "edge", km) for n, km in areas.neighbours(level, spot.number)]
    gates = [Near(gate, "part") for gate in map(_gate, range(len(crossings.listed())))]
    own = [near for near in gates if any(held.spot == spot for held in _holders(near.spot))]
    province = find(f"admin1:{spot.country}:{spot.admin1}") if level == "admin2" else None
    return [*([Near(province, "within")] if province else []), *own, *beside]


def scripts(spot: Spot) -> list[tuple[str, str]]:
    """Return its names in their own script: language (empty if not known) and name, each once."""
    if spot.kind == "crossing":
        row = crossings.listed().iloc[spot.number]
        named = [(language, str(row[column])) for language, column in LOCAL_NAMES if row[column]]
        joined: dict[str, list[str]] = {}
        for language, name in named:
            joined.setdefault(name, []).append(language)
        return [(", ".join(languages), name) for name, languages in joined.items()]
    held = lookup.load()
    for place, aliases in zip(held.places, held.aliases, strict=True):
        here = place.kind == spot.kind and place.country == spot.country
        if here and place.name == spot.name and (place.admin1 or spot.admin1) == spot.admin1:
            return [("", name) for name in aliases if _ARABIC.search(name)][:_MOST_NAMES]
    return []


def _gate(number: int) -> Spot:
    table = crossings.listed()
    key = str(table.index[number])
    return Spot(f"crossing:{key}", "crossing", number, str(table["name"].iloc[number]))


def _area(level: areas.Level, number: int) -> Spot:
    table = areas.areas(level)
    assert table is not None  # the number came from this table
    row = table.iloc[number]
    return Spot(
        str(table.index[number]), level, number, str(row["name"]), str(row["country"]),
        str(row["admin1"]), float(row["km2"]),
    )  # fmt: skip


def _along(spot: Spot) -> Iterator[Near]:
    """Yield the crossings before and after one along the line."""
    from geo.border.gates.board import gates_along  # with GeoPandas a second's import

    gates = gates_along()
    ids, km = list(gates.index), gates["line_km"].to_numpy()
    at = ids.index(spot.key.removeprefix("crossing:"))
    listed = list(crossings.listed().index)
    for other in (at - 1, at + 1):
        if 0 <= other < len(ids):
            yield Near(_gate(listed.index(ids[other])), "next", float(km[other] - km[at]))


def _holders(spot: Spot) -> list[Near]:
    """Return the provinces and districts that a crossing stands in, on both sides."""
    row = crossings.listed().iloc[spot.number]
    keys = []
    for side in ("af", "pk"):
        country, province = side.upper(), row[f"{side}_admin1"]
        keys.append(f"admin1:{country}:{province}")
        keys.append(f"admin2:{country}:{province}:{row[f'{side}_admin2']}")
    found = (find(key) for key in keys)
    return [Near(held, "within") for held in found if held is not None]


def _wider(table: pd.DataFrame, spot: Spot, provinces: Numbers) -> Iterator[tuple[str, Mask]]:
    precision = table["precision"]
    province = (precision == "admin1").to_numpy(bool)
    if spot.kind == "crossing":
        yield from _wider_than_gate(table, spot, provinces)
        return
    if spot.kind == "admin2" and (held := find(f"admin1:{spot.country}:{spot.admin1}")):
        yield f"known only to the province ({held.name})", province & (provinces == held.number)
    vague = precision.isin(["region", "country"]) & (table["country"] == spot.country)
    yield (
        f"known only to a wider area of {NATIONS[spot.country]}",
        vague.fillna(False).to_numpy(bool),
    )


def _wider_than_gate(
    table: pd.DataFrame, spot: Spot, provinces: Numbers
) -> Iterator[tuple[str, Mask]]:
    named = (table["nearest_crossing"] == spot.name).fillna(False).to_numpy(bool)
    near = named & (table["crossing_km"] <= AT_GATE_KM).fillna(False).to_numpy(bool)
    pointlike = table["precision"].isin(["exact", "near", "admin3"]).to_numpy(bool)
    loose = near & pointlike & ~at_crossing(table, [spot.name])
    yield f"placed within {AT_GATE_KM:g} km but known less exactly than that", loose
    row = crossings.listed().iloc[spot.number]
    for level, words in (
        ("admin2", "known only to a district it lies in"),
        ("admin1", "known only to a province it lies in"),
    ):
        hit = np.zeros(len(table), dtype=bool)
        for side in ("af", "pk"):
            here = table["country"] == side.upper()
            here &= table["admin1"] == row[f"{side}_admin1"]
            if level == "admin2":
                here &= table["admin2"] == row[f"{side}_admin2"]
            hit |= here.fillna(False).to_numpy(bool)
        yield words, hit & (table["precision"] == level).to_numpy(bool)
