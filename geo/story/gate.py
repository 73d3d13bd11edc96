"""The border of an event: the side, the distance, the nearest gate and whether it was open."""

from __future__ import annotations

from typing import Final

from geo.schema import Row
from geo.story import event
from geo.story.cells import Fact, day, number, text
from geo.words import CROSSING_WORDS, LINE_WORDS, SIDE_WORDS, TYPE_WORDS, km_words, upper_first

__all__ = ["NO_DISTANCE", "border", "distance", "last_told", "nearest", "side", "was"]

NO_DISTANCE: Final = "Not known: the event has no place on the map."
NOT_KNOWN: Final = "open or closed: not stated"


def border(line: str = LINE_WORDS["border"]) -> tuple[Fact, ...]:
    """Return the facts of the border; ``line`` is what the reader calls it."""
    return (
        Fact("Side", side),
        Fact(f"To the {line}", distance),
        Fact("Nearest crossing", nearest),
        Fact("It was", was),
    )


def side(row: Row) -> str:
    """Say the side of the border; empty where the event has no place."""
    words = SIDE_WORDS.get(text(row, "border_side"), SIDE_WORDS["unknown"])
    return upper_first(words) if _placed(row) else ""


def distance(row: Row) -> str:
    """Say the distance to the line with its bounds; empty where the event has no place."""
    km = number(row, "border_km")
    bounds = (number(row, f"border_km_{end}") for end in ("min", "max"))
    return "" if km is None else km_words(km, *bounds)


def nearest(row: Row) -> str:
    """Say the nearest crossing and how far it is: ``Torkham, 3.1 km away``."""
    gate, km = text(row, "nearest_crossing") if _placed(row) else "", number(row, "crossing_km")
    return f"{gate}, {km_words(km)} away" if gate and km is not None else gate


def was(row: Row) -> str:
    """Say whether the nearest crossing was open: ``partly open that day``.

    The state is known for the first day, so an event over several days says ``when it began``.
    """
    if not nearest(row):
        return ""
    status = text(row, "crossing_status") or "unknown"
    if status == "unknown":
        return NOT_KNOWN
    first = day(row, "date_start")
    one_day = first == (day(row, "date_end") or first)
    return f"{CROSSING_WORDS[status]} {'that day' if one_day else 'when it began'}"


def last_told(row: Row) -> str:
    """Say a closure or reopening where its gate is named already: ``closure, 19–22 Feb 2023``."""
    kind = TYPE_WORDS.get(text(row, "event_type"), "")
    return f"{kind.removeprefix('Border ').lower()}, {event.when(row)}"


def _placed(row: Row) -> bool:
    return number(row, "border_km") is not None
