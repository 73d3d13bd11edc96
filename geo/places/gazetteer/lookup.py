"""The gazetteer: places, every name they have, and the four steps of looking one up.

A step is how far the name asked lies from the name held: ``exact`` (the canonical name, in
normal form), ``alias`` (any other name), ``folded`` (the same but for romanisation), ``fuzzy``
(at most two letters off). Each later step is tried only where the caller wants more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Literal

from geo.errors import DataError
from geo.model import Place
from geo.places.names import fold, normalise
from geo.settings import GAZETTEER_FILE

__all__ = ["COLUMNS", "Gazetteer", "Hit", "Step", "load", "place_of", "split_sides"]

Step = Literal["exact", "alias", "folded", "fuzzy"]

COLUMNS: Final = (
    *("id", "name", "kind", "country", "admin1", "admin2", "lat", "lon", "radius_km"),
    *("population", "source", "aliases"),
)
"""Columns of the built file. A crossing has both sides, ``AF/PK``, in its three admin columns."""

_FUZZY_LETTERS: Final = 5
_FUZZY_EDITS: Final = 2
_FUZZY_SIMILARITY: Final = 0.85
_FOLD_LETTERS: Final = 3
_SIDES: Final = "/"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a name may mean, the step that found it and the name it was found by."""

    place: Place
    step: Step
    matched: str


class Gazetteer:
    """Places and an index of all their names.

    Parameters
    ----------
    rows
        Pairs of a place and its other names, as written. The ``country``, ``admin1`` and
        ``admin2`` of a crossing may hold two sides, ``AF/PK``; :attr:`places` then holds the
        last and :meth:`sides` both.
    """

    def __init__(self, rows: Iterable[tuple[Place, tuple[str, ...]]]) -> None:
        held = list(rows)
        self._sides = tuple(split_sides(place) for place, _ in held)
        self.places: tuple[Place, ...] = tuple(sides[-1] for sides in self._sides)
        self.aliases: tuple[tuple[str, ...], ...] = tuple(aliases for _, aliases in held)
        self._index_of = {place.id: i for i, place in enumerate(self.places)}
        self._index: dict[str, list[tuple[int, str]]] = {}
        for i, place in enumerate(self.places):
            for name in {place.name: None, **dict.fromkeys(self.aliases[i])}:
                self._index.setdefault(normalise(name), []).append((i, name))
        self._index.pop("", None)

    def __len__(self) -> int:
        return len(self.places)

    def by_id(self, place_id: str) -> Place:
        """Return the place of that id; raises ``KeyError`` where there is none."""
        return self.places[self._index_of[place_id]]

    def place(self, index: int) -> Place:
        """Return the place of a number that :meth:`names` gives."""
        return self._place(index)

    def sides(self, place: Place) -> tuple[Place, ...]:
        """Return ``place`` as each country it stands in sees it: two for a crossing, else one."""
        index = self._index_of.get(place.id)
        return (place,) if index is None else self._sides[index]

    def country(self, iso: str) -> Place | None:
        """Return the country of an ISO 3166 alpha-2 code, or None."""
        return self._countries.get(iso)

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield every name and alias as written with the index of its place in ``places``."""
        for i, place in enumerate(self.places):
            yield place.name, i
            yield from ((alias, i) for alias in self.aliases[i])

    def lookup(self, name: str) -> tuple[Hit, ...]:
        """Return the hits of the first step that has any; exact and alias count as one step."""
        return next(self.steps(name), ())

    def steps(self, name: str) -> Iterator[tuple[Hit, ...]]:
        """Yield the hits of every step that has any, the surest first, each place once.

        Fuzzy hits come only where no other step found anything.
        """
        direct = self.direct(name)
        if direct:
            yield direct
        seen = {hit.place.id for hit in direct}
        folded = tuple(hit for hit in self.folded(name) if hit.place.id not in seen)
        if folded:
            yield folded
        if not direct and not folded and (fuzzy := self.fuzzy(name)):
            yield fuzzy

    def direct(self, name: str) -> tuple[Hit, ...]:
        """Return the places called so, canonically (``exact``) or otherwise (``alias``)."""
        key = normalise(name)
        hits: dict[int, Hit] = {}
        for i, written in self._called(key):
            place = self._place(i)
            step: Step = "exact" if written == place.name else "alias"
            if i not in hits or step == "exact":
                hits[i] = Hit(place, step, written)
        return tuple(hits.values())

    def folded(self, name: str) -> tuple[Hit, ...]:
        """Return the places whose name differs at most in romanisation."""
        folded = fold(normalise(name))
        if len(folded) < _FOLD_LETTERS:
            return ()
        return tuple(Hit(self._place(i), "folded", n) for i, n in self._sounding(folded))

    def fuzzy(self, name: str) -> tuple[Hit, ...]:
        """Return the places at most two letters off, the first letter right."""
        key = normalise(name)
        if len(key) < _FUZZY_LETTERS:
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        most = min(_FUZZY_EDITS, int(len(key) * (1 / _FUZZY_SIMILARITY - 1)))
        pool = [n for size in range(-most, most + 1) for n in self._pool(key[0], len(key) + size)]
        similar = Levenshtein.normalized_similarity
        near = process.extract(key, pool, scorer=similar, score_cutoff=_FUZZY_SIMILARITY, limit=10)
        hits: dict[int, Hit] = {}
        for close, _, _ in near:
            if Levenshtein.distance(key, close, score_cutoff=_FUZZY_EDITS) <= _FUZZY_EDITS:
                for i, written in self._called(close):
                    hits.setdefault(i, Hit(self._place(i), "fuzzy", written))
        return tuple(hits.values())

    def _place(self, index: int) -> Place:
        return self.places[index]

    def _called(self, key: str) -> Sequence[tuple[int, str]]:
        return self._index.get(key, ())

    def _sounding(self, folded: str) -> Sequence[tuple[int, str]]:
        return self._folds.get(folded, ())

    def _pool(self, letter: str, size: int) -> Sequence[str]:
        return self._by_letter.get((letter, size), ())

    @cached_property
    def _countries(self) -> dict[str, Place]:
        return {place.country: place for place in self.places if place.kind == "country"}

    @cached_property
    def _folds(self) -> dict[str, list[tuple[int, str]]]:
        folds: dict[str, dict[int, str]] = {}
        for key, held in self._index.items():
            folds.setdefault(fold(key), {}).update(dict(held))
        return {key: list(held.items()) for key, held in folds.items()}

    @cached_property
    def _by_letter(self) -> dict[tuple[str, int], list[str]]:
        pools: dict[tuple[str, int], list[str]] = {}
        for key in self._index:
            pools.setdefault((key[0], len(key)), []).append(key)
        return pools


@lru_cache(maxsize=4)
def load(path: Path = GAZETTEER_FILE) -> Gazetteer:
    """Read a built gazetteer file (UTF-8, ``COLUMNS``); read once per process and path.

    Raises
    ------
    DataError
        If the file is not there.
    """
    if not path.exists():
        raise DataError(
            f"{path} is missing: "
            "run 'python -m geo.places.gazetteer.sources' to build it from the seeds."
        )
    with path.open(encoding="utf-8", newline="") as lines:
        return Gazetteer([(place_of(row), _split(row["aliases"])) for row in csv.DictReader(lines)])


def place_of(row: dict[str, str]) -> Place:
    """Return the place of a table row; ``radius_km`` and ``population`` may be empty or missing."""
    return Place(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        admin1=row["admin1"],
        admin2=row["admin2"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        source=row["source"],
        radius_km=float(row["radius_km"]) if row.get("radius_km") else None,
        population=int(row.get("population") or 0),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(name for part in cell.split(";") if (name := part.strip()))


def split_sides(place: Place) -> tuple[Place, ...]:
    """Return a place as each country sees it, from admin columns that may hold ``AF/PK``."""
    if _SIDES not in place.country:
        return (place,)
    columns = [cell.split(_SIDES) for cell in (place.country, place.admin1, place.admin2)]
    return tuple(
        replace(place, country=country, admin1=admin1, admin2=admin2)
        for country, admin1, admin2 in zip(*columns, strict=True)
    )
