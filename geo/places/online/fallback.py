"""The opt-in online fall-back: asks a geopy geocoder for what the gazetteer lacks, politely.

By default OpenStreetMap's Nominatim, within its usage policy
(https://operations.osmfoundation.org/policies/nominatim/): at most one request a second for the
whole process and never two at once, a User-Agent of our own, answers kept, credit given. Settings:

- ``BORDERMAP_GEOCODER``: another geopy geocoder, e.g. ``geopy.geocoders.Photon``
- ``BORDERMAP_GEOCODER_OPTIONS``: its arguments as JSON, e.g. ``{"domain": "nominatim.example"}``
- ``BORDERMAP_CONTACT``: an e-mail or web address to add to the User-Agent
"""

from __future__ import annotations

import importlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPException
from threading import Lock
from typing import Any, Final

from geopy.adapters import URLLibAdapter
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderRateLimited,
    GeopyError,
)
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder

from geo.errors import InputError
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.names import normalise
from geo.places.online import accepted
from geo.places.online.cache import AnswerCache
from geo.places.table import Found, finder, stands_in
from geo.settings import BORDER_BBOX

__all__ = ["OnlineFinder", "geocoder_from_settings"]

AGENT: Final = "afpak-border-map/0.1 (place names of the Afghanistan-Pakistan border)"
TIMEOUT_S: Final = 10.0
SECONDS_APART: Final = 1.05
"""Between the starts of two requests; the margin is for a server's own clock."""
LONGEST_ASKED: Final = 200
REFUSED_PAUSE_S: Final = 3600.0
BUSY_PAUSE_S: Final = 60.0
FAILURES_BEFORE_PAUSE: Final = 3
FAILURES: Final = (
    *(GeopyError, HTTPException, OSError),
    *(ValueError, TypeError, LookupError, AttributeError),  # what a parser makes of junk
)

_turn = Lock()
_last_asked = -SECONDS_APART


class StrictNominatim(Nominatim):  # type: ignore[misc]  # geopy ships no types
    """Nominatim whose search answers are lists of places with coordinates.

    geopy takes any empty JSON for "not found" and a place without coordinates for one at 0, 0.
    """

    def _parse_json(self, places: object, exactly_one: bool) -> Any:  # noqa: ANN401 - as geopy has it
        if not isinstance(places, list):
            raise GeocoderParseError("the answer to a search is not a list")
        if not all(isinstance(p, dict) and p.get("lat") and p.get("lon") for p in places):
            raise GeocoderParseError("the answer holds a place without coordinates")
        return super()._parse_json(places, exactly_one)


def geocoder_from_settings(environment: Mapping[str, str] = os.environ) -> Geocoder:
    """Return the geocoder that the settings name; Nominatim where they name none.

    Raises
    ------
    InputError
        If there is no such class, or it does not take the options.
    """
    path = environment.get("BORDERMAP_GEOCODER") or ""
    contact = environment.get("BORDERMAP_CONTACT") or ""
    try:
        options = json.loads(environment.get("BORDERMAP_GEOCODER_OPTIONS") or "{}")
        module, _, name = path.rpartition(".")
        made = getattr(importlib.import_module(module), name) if path else StrictNominatim
        made = StrictNominatim if made is Nominatim else made
        common = {
            "user_agent": f"{AGENT}; {contact}" if contact else AGENT,
            "timeout": TIMEOUT_S,
            "adapter_factory": URLLibAdapter,  # the other one repeats a request that failed
        }
        return made(**(common | options))
    except (ImportError, AttributeError, TypeError, ValueError, GeopyError) as error:
        asked = path or "Nominatim"
        raise InputError(
            f"The geocoder {asked} cannot be set up ({error}): see BORDERMAP_GEOCODER and "
            "BORDERMAP_GEOCODER_OPTIONS."
        ) from error


class OnlineFinder:
    """A :class:`geo.places.table.Find` that asks online where the gazetteer has no match.

    Parameters
    ----------
    gazetteer
        Asked first; its answer stands unless it has no match, or only the unit that the row
        names ("'X' is not in the gazetteer; its district is").
    geocoder
        Any geopy geocoder; from the settings when left out.
    cache
        Where answers are kept.

    Notes
    -----
    Nothing is raised for a service that fails: the gazetteer's answer, if any, is given with the
    status ``error``, nothing is kept, and after a refusal, or three failures in a row, the
    service is left alone for a while.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        geocoder: Geocoder | None = None,
        cache: AnswerCache | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._find = finder(gazetteer)
        self._geocoder = geocoder or geocoder_from_settings()
        self._cache = cache or AnswerCache()
        self._is_nominatim = isinstance(self._geocoder, Nominatim)
        plain = "Nominatim" if self._is_nominatim else type(self._geocoder).__name__
        self._credit = f"{plain}, © OpenStreetMap contributors" if self._is_nominatim else plain
        self._service = f"{plain} {getattr(self._geocoder, 'domain', '')}".strip()
        self._failures, self._paused_until, self._why_paused = 0, 0.0, ""

    def __call__(self, name: str, country: str, admin1: str, admin2: str) -> Found:
        """Return the gazetteer's answer, or where it has none, the service's."""
        found = self._find(name, country, admin1, admin2)
        if not _lacking(found) or len(name) > LONGEST_ASKED or not normalise(name):
            return found
        countries = accepted.countries(self._gazetteer, country)
        if not countries:
            return found
        query = ", ".join(" ".join(p.split()) for p in (name, admin2, admin1) if p.strip())
        try:
            answers = self._answers(query, countries)
        except FAILURES as error:
            why = f"{found.resolution.reason}; {self._credit}: no answer ({error or 'failed'})"
            return Found(replace(found.resolution, reason=why), "error")
        units = accepted.named_units(self._gazetteer, countries, admin1, admin2)
        answer = accepted.judged(answers, countries, units, self._credit)
        return Found(answer, answer.status) if answer.candidates else found

    def _answers(self, query: str, countries: tuple[str, ...]) -> list[dict[str, Any]]:
        key = f"{normalise(query)} [{' '.join(countries)}]"
        kept = self._cache.get(self._service, key)
        if kept is not None:
            return kept
        if time.monotonic() < self._paused_until:
            raise OSError(f"not asked, since the last answer was: {self._why_paused}")
        try:
            with _one_at_a_time():
                found = self._geocoder.geocode(query, **self._arguments(countries))
            places = accepted.plain(found)
        except FAILURES as error:
            self._note(error)
            raise
        self._failures = 0
        self._cache.put(self._service, key, places)
        return places

    def _arguments(self, countries: tuple[str, ...]) -> dict[str, Any]:
        if not self._is_nominatim:
            return {"exactly_one": False}
        west, south, east, north = BORDER_BBOX
        return {
            "exactly_one": False,
            "limit": 5,
            "addressdetails": True,
            "language": "en",
            "country_codes": [code.lower() for code in countries],
            "viewbox": [(south, west), (north, east)],
            "bounded": True,
        }

    def _note(self, error: Exception) -> None:
        """Leave the service alone where it says so, or where it keeps failing."""
        self._failures += 1
        pause = 0.0
        if isinstance(error, GeocoderRateLimited):
            pause = float(error.retry_after or BUSY_PAUSE_S)
        elif isinstance(error, GeocoderInsufficientPrivileges):
            pause = REFUSED_PAUSE_S
        elif self._failures >= FAILURES_BEFORE_PAUSE:
            pause = BUSY_PAUSE_S
        if pause:
            self._failures = 0
            self._why_paused = str(error)
            self._paused_until = time.monotonic() + pause


def _lacking(found: Found) -> bool:
    """Whether the gazetteer has no match, or stood in with the unit that the row names."""
    return found.status == "unmatched" or (
        found.status == "resolved" and stands_in(found.resolution)
    )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the process's only turn to ask, at the earliest a second after the turn before."""
    global _last_asked  # one pace for the whole process, whoever asks
    with _turn:
        time.sleep(max(0.0, _last_asked + SECONDS_APART - time.monotonic()))
        _last_asked = time.monotonic()
        yield
