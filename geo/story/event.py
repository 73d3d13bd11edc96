"""One event in plain words, field by field: what, when, where, who, how certain.

Page, one-file map, exports and citation lay these words out; none of them words a field itself.
Its toll, its gate, its placing and its tellings have rooms of their own beside this one.
"""

from __future__ import annotations

import re
from typing import Final

from geo.model import UNCERTAINTY_KM
from geo.schema import Row
from geo.story import toll
from geo.story.cells import Fact, day, number, text
from geo.words import (
    CERTAINTY_WORDS,
    NATIONS,
    PRECISION_WORDS,
    TYPE_WORDS,
    dataset_words,
    span_words,
    upper_first,
)

__all__ = [
    "DOUBT",
    "FACTS",
    "HEADINGS",
    "OUTSIDE",
    "certainty",
    "dataset",
    "flags",
    "inferred",
    "known",
    "line",
    "summary",
    "title",
    "when",
    "where",
    "who",
]

HEADINGS: Final = {
    "linked": "The same event in other datasets",
    "border": "At the border",
    "passages": "The words behind it",
    "claims": "What each party says",
    "tellings": "Who reports what",
    "placing": "How the place was found",
    "citation": "Citation",
}
"""What the parts of an event's panel are called, in their order."""
OUTSIDE: Final = "Outside the present filter, so not counted below."
TOTAL: Final = "A total over a period, not a single event; never added to other figures."
DOUBT: Final = frozenset({"claimed", "alleged", "denied", "planned"})
HEADLINES: Final = re.compile(r"\s*;(?=\S)\s*")
SAYS_ALL: Final = frozenset({"exact", "near", "unknown"})
"""Precisions whose words say all; the others get the radius beside them."""


def title(row: Row) -> str:
    """Say what and where: ``Suicide attack, Torkham``."""
    kind = TYPE_WORDS.get(text(row, "event_type"), text(row, "event_type"))
    place = text(row, "place_named") or text(row, "place")
    return f"{kind}, {place}" if place else kind


def when(row: Row) -> str:
    """Say the dates as exactly as they are known."""
    first, last = day(row, "date_start"), day(row, "date_end")
    return span_words(first, last, text(row, "date_precision"))


def line(row: Row) -> str:
    """Name an event in one line: ``Sun 19 Feb 2023 — Suicide attack, Torkham``."""
    return f"{when(row)} — {title(row)}"


def inferred(row: Row) -> str:
    """Say that the date is inferred, where it is."""
    return "(date inferred)" if text(row, "date_inferred") == "True" else ""


def flags(row: Row) -> list[str]:
    """Say what kind of entry it is, where it is not one event that is reported as a fact."""
    total = [TOTAL] if text(row, "aggregate") == "True" else []
    if text(row, "certainty") not in DOUBT:
        return total
    by = text(row, "claimed_by")
    return [*total, f"{certainty(row)} ({by})." if by else f"{certainty(row)}."]


def summary(row: Row) -> str:
    """Say what happened; empty where a dataset tells only the parties, who are named anyway.

    UCDP gives the headlines of its sources instead, one after another.
    """
    told = text(row, "summary")
    parties = " – ".join(text(row, "actors").split("; "))
    if text(row, "source_type") == "dataset":
        told = HEADLINES.sub(" · ", told)
    return "" if told == parties else told


def where(row: Row) -> str:
    """Say the place and what it lies in: ``Torkham, Khyber, Khyber Pakhtunkhwa, Pakistan``."""
    place = text(row, "place")
    inside = (text(row, "admin2"), text(row, "admin1"), NATIONS.get(text(row, "country"), ""))
    within = dict.fromkeys(part for part in inside if part and part not in place)
    return ", ".join(part for part in (place, *within) if part) or "not stated"


def known(row: Row) -> str:
    """Say how well the place is known: ``known to the district (within 40 km of the point)``."""
    precision = text(row, "precision")
    words = PRECISION_WORDS.get(precision, precision)
    usual = {str(name): km for name, km in UNCERTAINTY_KM.items()}
    radius = number(row, "uncertainty_km") or usual.get(precision)
    if not radius or precision in SAYS_ALL:
        return words
    return f"{words} (within {radius:,.0f} km of the point)"


def who(row: Row) -> str:
    """Say who took part."""
    return text(row, "actors") or "not stated"


def certainty(row: Row) -> str:
    """Say how certain it is: ``Claimed by one party``."""
    code = text(row, "certainty")
    return upper_first(CERTAINTY_WORDS.get(code, code))


def dataset(row: Row) -> str:
    """Say whose row it is: ``This map’s chronology``."""
    return upper_first(dataset_words(text(row, "dataset")))


def _claimed_by(row: Row) -> str:
    return text(row, "claimed_by")


FACTS: Final = (
    Fact("Where", where, known),
    Fact("Who", who),
    Fact("Deaths", toll.deaths_known),
    Fact("Injured", toll.injured_known),
    Fact("Certainty", certainty),
    Fact("Claimed by", _claimed_by),
)
"""The facts of an event in the order told; one that a row says nothing of is left out."""
