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
import shapely
from shapely.geometry import mapping, shape

from geo.errors import DataError
from geo.settings import DATA

__all__ = ["layers"]

TOLERANCE: Final = 0.002
"""Degrees, about 200 m: half a pixel at zoom 9."""
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
