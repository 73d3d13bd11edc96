"""The gazetteer as a geopy geocoder, so anything written for geopy takes it.

Nothing here asks the network; :mod:`geo.places.online.fallback` does. The map itself does not
need this module: it is for code written for geopy (https://geopy.readthedocs.io).
"""

from __future__ import annotations

from heapq import nsmallest
from typing import Any, Final

from geopy.geocoders.base import (
    DEFAULT_SENTINEL,
    Geocoder,
)
from geopy.location import Location
from geopy.point import Point

from geo.model import Candidate, Place
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.nearness import km_between
from geo.places.rank import precision_of
from geo.places.resolve import locate

__all__ = ["GazetteerGeocoder"]

_REVERSE_SHOWN: Final = 5
_POINTS_ONLY: Final = frozenset(("exact", "near"))


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Geocode names and points from the gazetteer.

    Parameters
    ----------
    gazetteer
        Places to answer from; the shipped ones when left out.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__()
        self.gazetteer = gazetteer or load()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        country: str | None = None,
    ) -> Location | list[Location] | None:
        """Return where a place text is.

        Parameters
        ----------
        query
            A name or a row's place text, e.g. ``"Laman, Barmal district"``.
        exactly_one
            One location, or the list of all candidates, best first.
        timeout
            Taken for geopy's sake; nothing here waits.
        country
            ISO 3166 alpha-2 code to keep to.

        Returns
        -------
        Location, list of Location or None
            Degrees WGS 84; ``raw`` has the id, kind, units, precision, score, status and reason.
            ``None`` where nothing matches, and with ``exactly_one`` where the name is ambiguous.
        """
        found = locate(query, self.gazetteer, country=country or "")
        if exactly_one:
            if found.place is None:
                return None
            best = Candidate(found.place, found.score, found.reason)
            return _location(best, found.precision, found.status)
        locations = [
            _location(candidate, precision_of(candidate.place), found.status)
            for candidate in found.candidates
        ]
        return locations or None

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the settlements, crossings and sites nearest to a point.

        Parameters
        ----------
        query
            Latitude and longitude in degrees, in any form that :class:`geopy.point.Point` takes.
        exactly_one
            The nearest one, or a list of the five nearest.
        timeout
            Taken for geopy's sake; nothing here waits.

        Returns
        -------
        Location, list of Location or None
            ``raw["distance_km"]`` has the great-circle distance; areas are never returned.

        Raises
        ------
        ValueError
            If ``query`` is no point.
        """
        point = query if isinstance(query, Point) else Point(query)
        away = (
            (km_between(point.latitude, point.longitude, place.lat, place.lon), place.id, place)
            for place in self.gazetteer.places
            if precision_of(place) in _POINTS_ONLY
        )
        nearest = nsmallest(1 if exactly_one else _REVERSE_SHOWN, away)
        locations = [
            Location(_address(place), (place.lat, place.lon), {**_raw(place), "distance_km": km})
            for km, _, place in nearest
        ]
        if exactly_one:
            return locations[0] if locations else None
        return locations or None


def _location(candidate: Candidate, precision: str, status: str) -> Location:
    place = candidate.place
    raw = {
        **_raw(place),
        "precision": precision,
        "status": status,
        "score": candidate.score,
        "reason": candidate.reason,
    }
    return Location(_address(place), (place.lat, place.lon), raw)


def _raw(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "radius_km": place.radius_km,
        "source": place.source,
    }


def _address(place: Place) -> str:
    parts = dict.fromkeys((place.name, place.admin2, place.admin1, place.country))
    return ", ".join(part for part in parts if part)
