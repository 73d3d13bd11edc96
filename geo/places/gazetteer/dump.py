"""Read the dumps of GeoNames: country files and code tables, as places of our vocabulary.

Layout: https://download.geonames.org/export/dump/readme.txt (19 tab-separated columns, no header).
Provinces and countries are left out, the embedded gazetteer has them all; a district that it has
under another spelling gives its places that spelling, so that units compare.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import DataError
from geo.model import Place
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.gazetteer.sources import ADMIN1, plain, readable
from geo.places.names import fold, normalise, split_generic
from geo.places.nearness import km_between

__all__ = ["CODE_TABLES", "COUNTRIES", "check_table", "check_zip", "read_places"]

COUNTRIES: Final = ("AF", "PK")
CODE_TABLES: Final = ("admin1CodesASCII.txt", "admin2Codes.txt")

_COLUMNS: Final = 19
_TABLE_COLUMNS: Final = 4
_CITY, _TOWN = 100_000, 5_000
_SAME_DISTRICT_KM: Final = 80.0
_SEATS: Final = {"PPLC": "city", **dict.fromkeys(("PPLA", "PPLA2", "PPLA3", "PPLG"), "town")}
_KINDS: Final = {
    **{"ADM2": "admin2", "ADM3": "admin3", "PASS": "pass", "FT": "fort", "MKT": "bazaar"},
    **dict.fromkeys(("PPLX", "AREA", "LCTY", "RGN", "GRAZ", "OAS"), "area"),
    **dict.fromkeys(("MT", "MTS", "HLL", "HLLS", "RDGE", "SPUR", "PK", "PKS", "DSRT"), "area"),
    **dict.fromkeys(("VAL", "VALS", "GRGE"), "valley"),
    **dict.fromkeys(("STM", "STMX", "STMI", "WAD", "CNL"), "river"),
    **dict.fromkeys(("AIRP", "AIRF", "AIRB", "MILB", "INSM", "PSTB", "CSTM", "RSTN"), "facility"),
    **dict.fromkeys(("CMPRF", "DAM", "UNIV", "HSP", "MN", "MNCU", "PS"), "facility"),
}
"""GeoNames feature codes → our kinds; populated places go by their size, the rest is left out."""


@dataclass(frozen=True, slots=True)
class _Codes:
    """The code tables: ``AF.08.x`` → name of the district; ``AF``, ``x`` → province code."""

    districts: dict[tuple[str, str, str], str]
    province_of: dict[tuple[str, str], str]


def check_zip(path: Path, country: str) -> None:
    """Raise DataError unless ``path`` is a whole zip of the dump of ``country``."""
    try:
        with zipfile.ZipFile(path) as archive:
            if broken := archive.testzip():
                raise DataError(f"{path.name}: {broken} inside it is damaged.")
            rows = 0
            for rows, cells in enumerate(_cells(archive, country), 1):
                _check_row(path, rows, cells, country)
    except (zipfile.BadZipFile, KeyError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} is not a whole GeoNames dump: {error}.") from error
    if not rows:
        raise DataError(f"{path.name} holds no places.")


def check_table(path: Path) -> None:
    """Raise DataError unless ``path`` is a code table that covers both countries."""
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text.") from error
    if any(len(cells) != _TABLE_COLUMNS for cells in rows):
        raise DataError(f"{path.name} is not a GeoNames code table of {_TABLE_COLUMNS} columns.")
    missing = set(COUNTRIES) - {cells[0].split(".")[0] for cells in rows}
    if missing:
        raise DataError(f"{path.name} has no rows of {', '.join(sorted(missing))}.")


def read_places(folder: Path, embedded: Gazetteer) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield the places of both dumps with their other names, in the order of the files.

    Parameters
    ----------
    folder
        Holds ``AF.zip``, ``PK.zip`` and the code tables.
    embedded
        Gives districts their names; its own districts and all provinces are not yielded again.
    """
    codes = _codes(folder)
    known = _Districts(embedded)
    for country in COUNTRIES:
        provinces = dict(entry.split(" ", 1) for entry in ADMIN1[country].split(","))
        with zipfile.ZipFile(folder / f"{country}.zip") as archive:
            rows = list(_cells(archive, country))
        centres = {(row[10], row[11]): (float(row[4]), float(row[5])) for row in rows if row[11]}
        centres |= {
            (row[10], row[11]): (float(row[4]), float(row[5])) for row in rows if row[7] == "ADM2"
        }
        for row in rows:
            kind = _kind(row[7], row[6], int(row[14] or 0))
            if not kind or not row[1].strip():
                continue
            code1 = row[10] or codes.province_of.get((country, row[11]), "")
            province = provinces.get(code1, "")
            written = codes.districts.get((country, code1, row[11]), "")
            centre = centres.get((row[10], row[11]))
            district, ours = known.spelled(written, country, province, centre)
            if kind == "admin2" and ours:
                continue
            place = _place(row, kind, province, district)
            yield place, _aliases(row, place)


def _cells(archive: zipfile.ZipFile, country: str) -> Iterator[list[str]]:
    with archive.open(f"{country}.txt") as lines:
        for line in lines:
            yield line.decode("utf-8").rstrip("\r\n").split("\t")


def _check_row(path: Path, number: int, cells: list[str], country: str) -> None:
    try:
        sound = len(cells) == _COLUMNS and cells[8] in {country, ""}
        sound = sound and abs(float(cells[4])) <= 90 and abs(float(cells[5])) <= 180
    except ValueError:
        sound = False
    if not sound:
        raise DataError(f"{path.name}: row {number} is not a GeoNames row of {_COLUMNS} columns.")


def _codes(folder: Path) -> _Codes:
    districts: dict[tuple[str, str, str], str] = {}
    province_of: dict[tuple[str, str], str] = {}
    for line in (folder / "admin2Codes.txt").read_text(encoding="utf-8").splitlines():
        code, name, *_ = line.split("\t")
        country, code1, code2 = code.split(".", 2)
        if country in COUNTRIES:
            districts[country, code1, code2] = plain(name)
            province_of[country, code2] = code1
    return _Codes(districts, province_of)


class _Districts:
    """The districts of the embedded gazetteer, found under any spelling within their province."""

    def __init__(self, embedded: Gazetteer) -> None:
        self._embedded = embedded
        self._found: dict[tuple[str, str, str], tuple[str, bool]] = {}

    def spelled(
        self, name: str, country: str, province: str, centre: tuple[float, float] | None
    ) -> tuple[str, bool]:
        """Return our spelling and True, or the name as given and False where it is new."""
        if not name:
            return "", False
        key = (name, country, province)
        if key not in self._found:
            self._found[key] = self._look_up(name, country, province, centre)
        return self._found[key]

    def _look_up(
        self, name: str, country: str, province: str, centre: tuple[float, float] | None
    ) -> tuple[str, bool]:
        bare = split_generic(name)[0]
        for text in dict.fromkeys((name, bare)):
            for hits in (*self._embedded.steps(text), self._embedded.fuzzy(text)):
                for place in (hit.place for hit in hits):
                    if (place.kind, place.country) != ("admin2", country):
                        continue
                    near = centre and km_between(*centre, place.lat, place.lon)
                    if place.admin1 == province and (near or 0.0) <= _SAME_DISTRICT_KM:
                        return place.name, True
        return name, False


def _kind(code: str, group: str, people: int) -> str:
    if code in _KINDS:
        return _KINDS[code]
    if group != "P" or code in {"PPLH", "PPLQ", "PPLW"}:
        return ""
    size = "city" if people >= _CITY else "town" if people >= _TOWN else "village"
    seat = _SEATS.get(code, size)
    return size if size == "city" else seat


def _place(row: list[str], kind: str, province: str, district: str) -> Place:
    return Place(
        id=f"gn-{row[0]}",
        name=plain(row[1]),
        kind=kind,
        country=row[8],
        admin1=province,
        admin2=district,
        lat=round(float(row[4]), 4),
        lon=round(float(row[5]), 4),
        source=f"GeoNames {row[0]}",
        population=int(row[14] or 0),
    )


def _aliases(row: list[str], place: Place) -> tuple[str, ...]:
    names = [row[2], *row[3].split(",")]
    if place.kind == "admin2":  # a district's list also holds the division it once was part of
        own = fold(normalise(place.name))
        names = [name for name in names if own[:3] in fold(normalise(name)) or not name.isascii()]
    spelled = {normalise(name): name for name in reversed(names) if name and readable(name)}
    spelled.pop(normalise(place.name), None)
    spelled.pop("", None)
    return tuple(sorted(spelled.values(), key=names.index))
