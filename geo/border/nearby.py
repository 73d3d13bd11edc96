"""What the border says of a place: its side, kilometres to the line, the nearest crossing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from geo.model import UNCERTAINTY_KM, Place, Precision

__all__ = ["Nearby", "Pin", "nearby", "spread_km"]

Pin = tuple[Place, Precision]
"""A place and how well it is meant: "Kalat district" is the district even at the town's point."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """Side as :data:`geo.words.SIDE_WORDS`; km are geodesic, None beyond 500 km."""

    side: str
    line_km: float | None
    crossing: str | None
    crossing_km: float | None


def spread_km(place: Place, precision: Precision) -> float | None:
    """Return the radius in km within which a place so known lies; None where it has no bounds."""
    areal = precision not in {"exact", "near"}
    return place.radius_km if areal and place.radius_km else UNCERTAINTY_KM[precision]


def nearby(pins: Sequence[Pin]) -> list[Nearby]:
    """Return what the border says of each of ``pins``, in their order."""
    import geopandas as gpd  # a second's import, only once somebody looks for a place

    from geo.border import join
    from geo.settings import CRS

    places = [place for place, _ in pins]
    columns = {
        "precision": [precision for _, precision in pins],
        "uncertainty_km": [spread_km(*pin) for pin in pins],
        "country": [place.country for place in places],
        "place_kind": [place.kind for place in places],
    }
    points = gpd.points_from_xy([p.lon for p in places], [p.lat for p in places], crs=CRS)
    frame = gpd.GeoDataFrame(columns, geometry=points)
    line, gates = join.border_distance_km(frame), join.nearest_crossing(frame)
    sides = join.border_side(frame, line)
    found = zip(sides, line, gates["nearest_crossing"], gates["crossing_km"], strict=True)
    return [
        Nearby(
            side=str(side),
            line_km=None if isnan(km) else float(km),
            crossing=None if isnan(gate_km) else str(gate),
            crossing_km=None if isnan(gate_km) else float(gate_km),
        )
        for side, km, gate, gate_km in found
    ]
