"""The layers: border line, countries and provinces as shipped, districts where fetched.

Read once per process; districts again when they have been fetched anew.

Sources and licences are in ``data/README.md``; ``python -m geo.border.sources`` builds the files.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shapely

from geo.errors import DataError
from geo.files.registry import sha256
from geo.settings import CRS, DATA, FETCHED

if TYPE_CHECKING:  # a second's import, which whoever asks only for a file's path is spared
    import geopandas as gpd

__all__ = [
    "ADMIN1_FILE",
    "COUNTRIES_FILE",
    "DIGESTS",
    "DISTRICTS_FILE",
    "DISTRICTS_MAP",
    "LINE_FILE",
    "admin1",
    "border_line",
    "countries",
    "district_fault",
    "districts",
    "has_districts",
]

LINE_FILE: Final = DATA / "border_line.geojson"
COUNTRIES_FILE: Final = DATA / "countries.geojson"
ADMIN1_FILE: Final = DATA / "admin1.geojson"
DISTRICTS_FILE: Final = FETCHED / "districts" / "districts.parquet"
"""What ``geo fetch districts`` builds; not shipped."""
DISTRICTS_MAP: Final = "map.geojson"
"""Name of the file beside it with the same outlines for the map."""
DIGESTS: Final = "sha256.json"
"""Name of the file beside it that says what the two were when built; older versions wrote none."""


@lru_cache(maxsize=1)
def border_line() -> shapely.LineString:
    """Return the border: one line from south-west to north-east, degrees, EPSG:4326.

    Raises
    ------
    DataError
        If the file is missing or holds anything but one line.
    """
    shapes = _read(LINE_FILE).geometry
    if len(shapes) != 1 or not isinstance(shapes.iloc[0], shapely.LineString):
        raise DataError(f"{LINE_FILE} does not hold one line: run 'make data'.")
    return shapes.iloc[0]


@lru_cache(maxsize=1)
def countries() -> gpd.GeoDataFrame:
    """Return the two countries: columns ``iso`` (AF, PK) and ``geometry``, EPSG:4326."""
    return _read(COUNTRIES_FILE)


@lru_cache(maxsize=1)
def admin1() -> gpd.GeoDataFrame:
    """Return the provinces: columns ``name``, ``country``, ``geometry``, EPSG:4326.

    They tile the two countries: no gap, no overlap, the border's own vertices along the line.
    """
    return _read(ADMIN1_FILE)


def has_districts() -> bool:
    """Whether districts have been fetched and are what was fetched."""
    return DISTRICTS_FILE.is_file() and not district_fault()


def district_fault() -> str:
    """Say what of the fetched districts is damaged, and the way out; empty where nothing is."""
    files = (DISTRICTS_FILE, *(DISTRICTS_FILE.with_name(one) for one in (DISTRICTS_MAP, DIGESTS)))
    if not files[-1].is_file():
        return ""
    facts = (path.stat() if path.is_file() else None for path in files)
    return _damaged(files, tuple(one and (one.st_mtime_ns, one.st_size) for one in facts))


@lru_cache(maxsize=1)
def _damaged(files: tuple[Path, ...], _: tuple[object, ...]) -> str:
    *built, digests = files
    try:
        said = json.loads(digests.read_bytes())
        bad = [path for path in built if sha256(path) != said[path.name]]
    except (OSError, ValueError, LookupError, TypeError):
        bad = list(files)
    if not bad:
        return ""
    names = ", ".join(path.name for path in bad)
    return (
        f"{files[0].parent}: damaged or missing ({names}), so no districts are shown. "
        "The rest works. Run 'python -m geo fetch districts'."
    )


def districts() -> gpd.GeoDataFrame | None:
    """Return the districts, or None where nobody has fetched them or they are damaged.

    Columns ``country``, ``admin1``, ``admin2`` (canonical where the gazetteer knows the district),
    ``source_name``, ``match``, ``km_min``, ``km_max`` (geodesic km from the line to its nearest
    and farthest point) and ``geometry``, EPSG:4326, ordered by country, province and name. They
    tile the two countries as the provinces do.
    """
    if not has_districts():
        return None
    return _districts(DISTRICTS_FILE, DISTRICTS_FILE.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _districts(path: Path, _: int) -> gpd.GeoDataFrame:
    import geopandas as gpd

    return gpd.read_parquet(path)


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.exists():
        raise DataError(f"{path} is missing: restore it from the repository or run 'make data'.")
    import geopandas as gpd

    return gpd.read_file(path).to_crs(CRS)
