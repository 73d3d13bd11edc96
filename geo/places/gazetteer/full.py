"""The full tier: every place of the GeoNames dumps beside the embedded ones, answered from disk.

:class:`FullGazetteer` reads the file that :mod:`geo.places.gazetteer.cache` builds, never
into memory. ``locate``, ``read`` and the pages that look places up use this tier; the shipped
events are always built with the embedded one, so that everyone builds the same file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from geo.errors import DataError
from geo.files.registry import sha256
from geo.model import Place
from geo.places.gazetteer.cache import FORMAT, PLACE_COLUMNS, build_cache
from geo.places.gazetteer.lookup import Gazetteer, load, split_sides
from geo.settings import FETCHED, GAZETTEER_FILE

__all__ = ["CACHE", "FOLDER", "FullGazetteer", "load_best"]

FOLDER: Final = FETCHED / "gazetteer"
"""Where ``geo fetch gazetteer`` leaves the dumps and the cache built from them."""
CACHE: Final = "places.sqlite"

_HELD: Final = 1 << 14


class FullGazetteer(Gazetteer):
    """The same lookups as :class:`Gazetteer`, answered from a built cache file.

    Parameters
    ----------
    path
        What :func:`build_cache` wrote. It is opened read-only and may be shared by threads.

    Raises
    ------
    DataError
        If the file is not there or is not a whole cache of this version.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise DataError(f"{path} is missing: run 'python -m geo fetch gazetteer'.")
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            self.meta = dict(self._base.execute("select key, value from meta"))
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise DataError(f"{path} is damaged: run 'python -m geo fetch gazetteer'.") from error
        self._both = lru_cache(_HELD)(self._read_sides)
        self._pools: dict[tuple[str, int], list[str]] = {}

    def __len__(self) -> int:
        return int(self.meta["places"])

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def by_id(self, place_id: str) -> Place:
        """Return the place of that id; raises ``KeyError`` where there is none."""
        return self._both(self._number(place_id))[-1]

    def sides(self, place: Place) -> tuple[Place, ...]:
        """Return ``place`` as each country it stands in sees it: two for a crossing, else one."""
        return self._both(self._number(place.id)) if place.kind == "crossing" else (place,)

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield every name and alias as written with the index of its place in ``places``."""
        yield from self._base.execute("select written, i from names order by rowid")

    @cached_property
    def places(self) -> tuple[Place, ...]:  # type: ignore[override]  # read late
        """All places; reading them takes seconds and 100 MB, looking up does not need it."""
        rows = self._base.execute(f"select {PLACE_COLUMNS} from places order by i")
        return tuple(split_sides(Place(*row))[-1] for row in rows)

    @cached_property
    def aliases(self) -> tuple[tuple[str, ...], ...]:  # type: ignore[override]  # read late
        """The other names of each of :attr:`places`."""
        held: list[list[str]] = [[] for _ in range(len(self))]
        for written, i in self.names():
            held[i].append(written)
        return tuple(tuple(names[1:]) for names in held)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        rows = self._base.execute(f"select {PLACE_COLUMNS} from places where kind = 'country'")
        return {place.country: place for place in (Place(*row) for row in rows)}

    def _number(self, place_id: str) -> int:
        row = self._base.execute("select i from places where id = ?", (place_id,)).fetchone()
        if row is None:
            raise KeyError(place_id)
        return int(row[0])

    def _place(self, index: int) -> Place:
        return self._both(index)[-1]

    def _read_sides(self, index: int) -> tuple[Place, ...]:
        row = self._base.execute(
            f"select {PLACE_COLUMNS} from places where i = ?", (index,)
        ).fetchone()
        return split_sides(Place(*row))

    def _called(self, key: str) -> Sequence[tuple[int, str]]:
        return self._base.execute(
            "select i, written from names where key = ? order by rowid", (key,)
        ).fetchall()

    def _sounding(self, folded: str) -> Sequence[tuple[int, str]]:
        rows = self._base.execute(
            "select i, written from names where fold = ? order by rowid", (folded,)
        )
        return list({i: (i, written) for i, written in rows}.values())

    def _pool(self, letter: str, size: int) -> Sequence[str]:
        if (letter, size) not in self._pools:
            rows = self._base.execute(
                "select distinct key from names where substr(key, 1, 1) = ? and size = ?",
                (letter, size),
            )
            self._pools[letter, size] = [key for (key,) in rows]
        return self._pools[letter, size]


def load_best(folder: Path = FOLDER) -> Gazetteer:
    """Return the full tier where it has been fetched, else the embedded one.

    A cache built by another version, or before the embedded gazetteer changed, is built again
    from the dumps beside it.
    """
    path = folder / CACHE
    if not path.is_file():
        return load()
    return _opened(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _opened(path: Path, _: int) -> Gazetteer:
    held = FullGazetteer(path)
    if held.meta.get("format") == FORMAT and held.meta["embedded"] == sha256(GAZETTEER_FILE):
        return held
    held.close()
    build_cache(path.parent, path)
    return FullGazetteer(path)
