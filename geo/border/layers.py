"""The layers: border line, countries and provinces as shipped, districts where fetched.

Read once per process; districts again when they have been fetched anew.

Sources and licences are in ``data/README.md``; ``python -m geo.border.sources`` builds the files.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shapely

from geo.errors import DataError
from geo.settings import CRS, DATA, FETCHED

if TYPE_CHECKING:  # a second's import, which whoever asks only for a file's path is spared
    import geopandas as gpd

__all__ = [
    "ADMIN1_FILE",
    "COUNTRIES_FILE",
    "DISTRICTS_FILE",
    "LINE_FILE",
    "admin1",
    "border_line",
    "countries",
    "districts",
]

LINE_FILE: Final = DATA / "border_line.geojson"
COUNTRIES_FILE: Final = DATA / "countries.geojson"
ADMIN1_FILE: Final = DATA / "admin1.geojson"
DISTRICTS_FILE: Final = FETCHED / "districts" / "districts.parquet"
"""What ``geo fetch districts`` builds; not shipped."""


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


def districts() -> gpd.GeoDataFrame | None:
    """Return the districts, or None where nobody has fetched them.

    Columns ``country``, ``admin1``, ``admin2`` (canonical where the gazetteer knows the district),
    ``source_name``, ``match``, ``km_min``, ``km_max`` (geodesic km from the line to its nearest
    and farthest point) and ``geometry``, EPSG:4326, ordered by country, province and name. They
    tile the two countries as the provinces do.
    """
    if not DISTRICTS_FILE.is_file():
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
