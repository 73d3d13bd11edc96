"""What a reader did in the map's frame: a click on an event or a place, a brush over dates.

It comes through streamlit-folium as a drawing whose properties are the dataset's token with numbers
and days, never text; whatever does not fit what was published is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from geo.webmap import event_layer
from geo.webmap.event_layer import View

__all__ = ["Answer", "PlaceNumber", "answer", "clicked"]

TOKEN: Final = re.compile(r"[0-9a-f]{16}")

PlaceNumber = tuple[str, int]
"""``crossing``, ``admin1`` or ``admin2``, and its number in the file of that layer."""

FARTHEST: Final = 10 * 360
"""Degrees of longitude: a map that was dragged around the Earth goes on counting."""
DEEPEST: Final = 30

PLACE_KINDS: Final = ("crossing", "admin1", "admin2")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader did last in the map's frame, and where the map stood then.

    ``kind`` is ``"event"`` (``event_id`` was chosen), ``"nothing"`` (a click beside every mark
    while something was chosen), ``"dates"`` (``first`` to ``last`` were brushed, both inclusive;
    both None for all dates) or ``"place"`` (``place`` was clicked).
    """

    kind: Literal["event", "nothing", "dates", "place"]
    event_id: str | None = None
    first: date | None = None
    last: date | None = None
    view: View | None = None
    place: PlaceNumber | None = None


def answer(value: object) -> Answer | None:
    """Return what the reader did last in the frame, or None (nothing yet, or no answer of ours).

    Parameters
    ----------
    value
        What ``st_folium`` returned (or ``st.session_state[key]``) with
        ``returned_objects=["last_active_drawing"]``. It keeps the last answer over reruns: act on
        it in ``on_change``, which is called only for a new one. A browser can send any JSON there:
        what does not fit a published table gives None.
    """
    facts = _part(_part(value, "last_active_drawing"), "properties")
    token = _part(facts, "dataset")
    if not isinstance(facts, Mapping) or not isinstance(token, str) or not TOKEN.fullmatch(token):
        return None
    view = _view(facts.get("view"))
    if "dates" in facts:
        span = _span(facts["dates"])
        return span and Answer("dates", first=span[0], last=span[1], view=view)
    if "place" in facts:
        place = _place(facts["place"])
        return place and Answer("place", view=view, place=place)
    return _event(event_layer.ids(token), facts["row"], view) if "row" in facts else None


def _part(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None


def _event(ids: Sequence[str], row: object, view: View | None) -> Answer | None:
    if row is None:
        return Answer("nothing", view=view) if ids else None
    if type(row) is int and 0 <= row < len(ids):
        return Answer("event", event_id=ids[row], view=view)
    return None


def clicked(value: object) -> str | None:
    """Return the id of the event chosen last, or None; ``value`` as for :func:`answer`."""
    told = answer(value)
    return told.event_id if told else None


def _span(dates: object) -> tuple[date | None, date | None] | None:
    """Return brushed days, (None, None) for all of them, or None when they are no days."""
    if dates is None:
        return None, None
    first, last = _day(_part(dates, "from")), _day(_part(dates, "to"))
    return (first, last) if first and last and first <= last else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _place(told: object) -> PlaceNumber | None:
    if not isinstance(told, list) or len(told) != 2 or told[0] not in PLACE_KINDS:
        return None
    kind, number = told
    return (kind, number) if type(number) is int and number >= 0 else None


def _view(told: object) -> View | None:
    """Return latitude, longitude and zoom if they are numbers of this Earth."""
    if not isinstance(told, list) or len(told) != 3:
        return None
    if not all(type(part) in {int, float} for part in told):
        return None
    lat, lon, zoom = told
    if not (abs(lat) <= 90 and abs(lon) <= FARTHEST and 0 <= zoom <= DEEPEST):
        return None
    return float(lat), float(lon), int(zoom)
