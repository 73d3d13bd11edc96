"""What an online geocoder's answer is worth: only places in the region and in the units asked.

Scores are set by hand, not fitted, and stay below those of a gazetteer match.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Final

from geo.model import Candidate, Place, Precision, Resolution
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.nearness import elsewhere, km_between
from geo.places.rank import Context, precision_of
from geo.places.resolve import resolve
from geo.settings import BORDER_BBOX

__all__ = ["REGION", "countries", "judged", "named_units", "plain"]

REGION: Final = ("AF", "PK")
SCORE: Final = 0.5
SCORE_IN_UNIT: Final = 0.6
SHOWN: Final = 5
SLACK_KM: Final = 20.0
"""A unit is a circle here: a place so far outside the circle may still lie in it."""

KINDS: Final = {
    "country": "country",
    **dict.fromkeys(("state", "province", "region"), "admin1"),
    **dict.fromkeys(("county", "district", "state_district"), "admin2"),
    **dict.fromkeys(("subdistrict", "municipality"), "admin3"),
    "city": "city",
    "town": "town",
    **dict.fromkeys(("village", "hamlet", "isolated_dwelling", "locality"), "village"),
    **dict.fromkeys(("suburb", "quarter", "neighbourhood", "city_district"), "village"),
}
"""Nominatim's ``addresstype`` to our kinds; everything else is a facility, taken as near."""
AREAS: Final = frozenset(("country", "admin1", "admin2", "admin3"))


def countries(gazetteer: Gazetteer, country: str) -> tuple[str, ...]:
    """Return the codes to ask within: the row's own, both where it names none, else none."""
    if not country.strip():
        return REGION
    asked = country.strip().upper()
    named = {hit.place.country for hit in gazetteer.direct(country) if hit.place.kind == "country"}
    return tuple(code for code in REGION if code == asked or code in named)


def plain(found: object) -> list[dict[str, Any]]:
    """Return geopy locations as plain JSON values.

    Raises
    ------
    TypeError, ValueError, AttributeError
        If the answer is none that geopy promises, or a coordinate is no finite number.
    """
    if found is None:
        return []
    locations = found if isinstance(found, list) else [found]
    return [_plain(location) for location in locations[:SHOWN]]


def _plain(location: Any) -> dict[str, Any]:  # noqa: ANN401 - geopy ships no types
    lat, lon = float(location.latitude), float(location.longitude)
    if not (isfinite(lat) and isfinite(lon)):
        raise ValueError("a coordinate is no number")
    raw = location.raw if isinstance(location.raw, Mapping) else {}
    address = raw.get("address")
    address = address if isinstance(address, Mapping) else {}
    return {
        "lat": lat,
        "lon": lon,
        "address": str(location.address or ""),
        "name": str(raw.get("name") or ""),
        "type": str(raw.get("addresstype") or ""),
        "osm": f"{raw.get('osm_type', '')}-{raw.get('osm_id', '')}".strip("-"),
        "country": str(address.get("country_code") or "").upper(),
        "admin1": str(address.get("state") or address.get("province") or ""),
        "admin2": str(address.get("county") or address.get("district") or ""),
        "box": [float(edge) for edge in raw.get("boundingbox") or ()],
    }


def named_units(
    gazetteer: Gazetteer, codes: tuple[str, ...], admin1: str, admin2: str
) -> list[Place]:
    """Return the areas of the province and the district that a row names, where known."""
    country = codes[0] if len(codes) == 1 else ""
    asked = ((admin1, "admin1", ""), (admin2, "admin2", admin1))
    found = [
        resolve(unit, gazetteer, Context(country, admin1=within, kind_hint=kind)).place
        for unit, kind, within in asked
        if unit.strip() and ";" not in unit
    ]
    return [place for place in found if place is not None and place.radius_km]


def judged(
    answers: Iterable[Mapping[str, Any]],
    codes: tuple[str, ...],
    units: list[Place],
    credit: str,
) -> Resolution:
    """Return the resolution that a service's answers amount to.

    Parameters
    ----------
    answers
        As :func:`plain` gives them, best first.
    codes
        Countries asked for; a place said to be in another, or outside the region, is left out.
    units
        Areas that the row names; a place far outside one is left out.
    credit
        Becomes the source of each place.

    Returns
    -------
    Resolution
        Ambiguous where two places lie over 25 km apart; unmatched where none is left.
    """
    places = [_place(answer, credit) for answer in answers if _in_region(answer, codes)]
    places = [place for place in places if all(_within(place, unit) for unit in units)]
    if not places:
        return Resolution(None, "unknown", "unmatched", (), 0.0, f"{credit}: not found")
    rivals = [place for place in places[1:] if elsewhere(places[0], place)]
    score = (SCORE_IN_UNIT if units else SCORE) / (1 + len(rivals))
    why = f"not in the gazetteer; answer of {credit}"
    why += "; lies in the unit named" if units else ""
    shown = tuple(Candidate(place, score, why) for place in places)
    if rivals:
        why += f"; {len(rivals)} more of that name elsewhere"
        return Resolution(None, "unknown", "ambiguous", shown, score, why)
    return Resolution(places[0], _precision(places[0]), "resolved", shown, score, why)


def _in_region(answer: Mapping[str, Any], codes: tuple[str, ...]) -> bool:
    west, south, east, north = BORDER_BBOX
    inside = south <= answer["lat"] <= north and west <= answer["lon"] <= east
    return inside and (not answer["country"] or answer["country"] in codes)


def _within(place: Place, unit: Place) -> bool:
    apart = km_between(place.lat, place.lon, unit.lat, unit.lon)
    return apart <= (unit.radius_km or 0.0) * 1.5 + SLACK_KM


def _place(answer: Mapping[str, Any], credit: str) -> Place:
    kind = KINDS.get(answer["type"], "facility")
    return Place(
        id=f"osm-{answer['osm']}" if answer["osm"] else f"at-{answer['lat']}-{answer['lon']}",
        name=answer["name"] or answer["address"].split(",")[0],
        kind=kind,
        country=answer["country"],
        admin1=answer["admin1"],
        admin2=answer["admin2"],
        lat=answer["lat"],
        lon=answer["lon"],
        source=credit,
        radius_km=_radius_km(answer["box"]) if kind in AREAS else None,
    )


def _radius_km(box: list[float]) -> float | None:
    """Return half the diagonal of Nominatim's box: south, north, west, east in degrees."""
    if len(box) != 4:
        return None
    south, north, west, east = box
    return round(km_between(south, west, north, east) / 2, 1)


def _precision(place: Place) -> Precision:
    return "near" if place.kind == "facility" else precision_of(place)
