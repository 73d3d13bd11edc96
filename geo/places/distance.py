"""Great-circle distance for ranking places; reported kilometres come from ``geo.border``."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

__all__ = ["km_between"]

_EARTH_KM: Final = 6371.0088


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the haversine distance in km between two points in degrees WGS 84.

    Mean Earth radius 6371.0088 km (IUGG); within 0.6 % of the geodesic. Formula: Sinnott,
    "Virtues of the Haversine", Sky and Telescope 68 (1984).
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2
    half += cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
