"""How an event's place was found, where its point is, and what else the name might mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from geo.schema import Row
from geo.story.cells import listed, number, text
from geo.words import NATIONS, dataset_words

__all__ = ["OTHERS", "lines", "others"]

OTHERS: Final = "Other places it might have meant, likeliest first:"


def lines(row: Row) -> list[str]:
    """Say how the place was found, a sentence each."""
    told = [
        f"Named in the source as “{text(row, 'place_named') or 'nothing'}”.",
        _found(row),
        _point(row),
        "The name fits several places; the likeliest is shown."
        if text(row, "geocode_status") == "ambiguous"
        else "",
    ]
    return [line for line in told if line]


def others(row: Row) -> list[str]:
    """Say the other places that the name might mean, each with its score."""
    return [_candidate(other) for other in listed(row, "geocode_candidates")[1:]]


def _found(row: Row) -> str:
    """Say how the place was found and how sure that is, of 1."""
    reason, score = text(row, "geocode_reason"), number(row, "geocode_score")
    if text(row, "source_type") == "dataset" and reason.startswith("as "):
        return f"Placed where {dataset_words(text(row, 'dataset'))} puts it."
    sure = f" (score {score:.2f} of 1)" if score else ""
    return f"Found by: {reason}{sure}." if reason else ""


def _point(row: Row) -> str:
    lat, lon = number(row, "lat"), number(row, "lon")
    if lat is None or lon is None:
        return ""
    stands = "" if text(row, "precision") in {"exact", "near"} else ", which stands for an area"
    return f"Point: {_degrees(lat, 'NS')}, {_degrees(lon, 'EW')}{stands}."


def _candidate(other: Sequence[Any]) -> str:
    name, admin1, country, score = other[:4]
    where = ", ".join(str(part) for part in (name, admin1, NATIONS.get(country, country)) if part)
    return f"{where} (score {score:.2f})"


def _degrees(value: float, ends: str) -> str:
    return f"{abs(value):.3f}° {ends[value < 0]}"
