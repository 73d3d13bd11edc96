"""The land beneath the events, made small enough to travel inside a page.

Countries and provinces are thinned as coverages, so that neighbours keep their common edge; the
border line is left whole, for side and distance are judged by it. Degrees WGS 84.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import mapping, shape

from geo.errors import DataError
from geo.settings import DATA

__all__ = ["districts", "layers"]

TOLERANCE: Final = 0.002
"""Degrees, about 200 m: half a pixel at zoom 9."""
COARSE: Final = 0.005
"""Degrees, about 500 m, for districts: they are tinted, never measured."""
DIGITS: Final = 4
"""Decimals kept: 11 m."""


@lru_cache(maxsize=1)
def layers() -> dict[str, str]:
    """Return ``countries``, ``admin1`` and ``border`` as GeoJSON text.

    Raises
    ------
    DataError
        If a shipped file is missing.
    """
    return {
        "countries": _thinned(DATA / "countries.geojson"),
        "admin1": _thinned(DATA / "admin1.geojson"),
        "border": _written(*_read(DATA / "border_line.geojson")),
    }


def districts(path: Path, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> str | None:
    """Return the districts of ``path`` that hold a point, as GeoJSON text.

    Parameters
    ----------
    path
        ``map.geojson`` of ``geo fetch districts``.
    lon, lat
        Degrees WGS 84, shape ``(n,)``; where the events known to a district lie.

    Returns
    -------
    str or None
        None where the districts were not fetched, or none of them holds a point.
    """
    if not path.exists() or not len(lon):
        return None
    facts, shapes = _districts(path, path.stat().st_mtime_ns)
    hit = np.unique(shapely.STRtree(shapes).query(shapely.points(lon, lat), "intersects")[1])
    return _written([facts[at] for at in hit], [shapes[at] for at in hit]) if len(hit) else None


@lru_cache(maxsize=1)
def _districts(path: Path, _modified: int) -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    facts, shapes = _read(path)
    return facts, list(shapely.coverage_simplify(np.array(shapes), COARSE))


def _read(path: Path) -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    if not path.exists():
        raise DataError(f"{path} is missing: restore it with git, or run 'make data'.")
    features = json.loads(path.read_text("utf-8"))["features"]
    return [one["properties"] for one in features], [shape(one["geometry"]) for one in features]


def _thinned(path: Path) -> str:
    facts, shapes = _read(path)
    return _written(facts, list(shapely.coverage_simplify(np.array(shapes), TOLERANCE)))


def _written(facts: list[dict[str, Any]], shapes: list[shapely.Geometry]) -> str:
    rounded = shapely.transform(np.array(shapes), lambda spots: spots.round(DIGITS))
    features = [
        {"type": "Feature", "properties": own, "geometry": mapping(one)}
        for own, one in zip(facts, rounded, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
