"""A place in plain words: what it is and where, how many events, what is known only more widely."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from geo.border.gates import crossings
from geo.counts import TimeCounts, Totals
from geo.model import AT_GATE_KM
from geo.schema import records
from geo.story.places import Near, Spot
from geo.words import GROUP_WORDS, NATIONS, clip, events_words, toll_words

__all__ = [
    "UNDATED",
    "counted",
    "near_words",
    "option_words",
    "over_time",
    "period_words",
    "spoken",
    "unknown_place",
    "where",
    "wider",
]

GATE_KINDS: Final = {
    "formal": "Official border crossing",
    "trade": "Border crossing for trade",
    "pedestrian": "Border crossing for people on foot",
    "informal": "Border crossing or pass without an official post",
}
UNIT: Final = {"M": "month", "Y": "year"}
SAID: Final = {"M": "%b %Y", "Y": "%Y"}
UNDATED: Final = "No event here has a date known to a year."
APART: Final = (
    "not counted: totals over a period, parts of another event, planned or denied events, "
    "second tellings."
)


def option_words(spot: Spot) -> str:
    """Return how a list of places names one: ``Khyber — district, Khyber Pakhtunkhwa``."""
    if spot.kind == "crossing":
        return f"{spot.name} — crossing"
    if spot.kind == "admin1":
        return f"{spot.name} — province, {NATIONS[spot.country]}"
    return f"{spot.name} — district, {spot.admin1}"


def unknown_place(said: str, *, districts: bool) -> str:
    """Say that an address names no place that is known here, and why that may be."""
    name = said.rpartition(":")[2]
    if said.startswith("admin2:") and not districts:
        return (
            f"The address asks for the district “{clip(name)}”. District outlines are not "
            "installed here; whoever runs this map can add them with “geo fetch districts”."
        )
    return f"The address names a place that is not known here: “{clip(said)}”."


def where(spot: Spot) -> str:
    """Say what it is and where: ``Province of Afghanistan, 4,942 km²``."""
    if spot.kind == "crossing":
        row = crossings.listed().iloc[spot.number]
        sides = " and ".join(
            f"{row[f'{side}_admin2']} ({row[f'{side}_admin1']}, {NATIONS[side.upper()]})"
            for side in ("af", "pk")
        )
        kind = GATE_KINDS.get(str(row["kind"]), "Border crossing")
        return f"{kind} between {sides}; its position is known to about {row['accuracy_km']:g} km"
    country, size = NATIONS[spot.country], f"{spot.km2:,.0f} km²"
    if spot.kind == "admin1":
        return f"Province of {country}, {size}"
    return f"District in {spot.admin1}, {country}, {size}"


def counted(spot: Spot, sums: Totals, described: str) -> tuple[str, str, str]:
    """Say how many events there are under the filter, their deaths, and what is not counted.

    ``described`` is the filter in words; the last text is empty where all is counted.
    """
    under = "" if described == "all events" else f" for: {described}"
    here = f"within {AT_GATE_KM:g} km" if spot.kind == "crossing" else "here"
    if not sums.shown:
        return "No events", f"{here}{under}.", ""
    deaths = toll_words(sums.deaths_low, sums.deaths_high, sums.toll_unknown)
    lost = sums.left_out + sums.linked
    apart = f"{lost:,} more {'is' if lost == 1 else 'are'} {APART}" if lost else ""
    return events_words(sums.counted + sums.toll_unknown), f"{here}{under} · {deaths}.", apart


def wider(found: Iterable[tuple[int, str]]) -> str:
    """Say how many more may be of the place, but are known only to a wider one; empty if none."""
    parts = "; ".join(f"{count:,} {words}" for count, words in found)
    return f"Not counted here: {parts}." if parts else ""


def near_words(near: Near, count: int) -> str:
    """Say a place beside another, how it stands to it and how many events it has."""
    name = near.spot.title
    if near.how == "next" and near.km is not None:
        way = "north-east" if near.km > 0 else "south-west"
        name = f"{name}, {abs(near.km):,.0f} km along the line to the {way}"
    elif near.how == "edge" and near.km is not None:
        name = f"{name}, {max(1, round(near.km)):,} km of common edge"
    return f"{name} — {events_words(count)}"


def period_words(told: TimeCounts, period: pd.Period) -> str:
    """Say a month or a year: ``Feb 2023``."""
    return str(period.strftime(SAID[told.period]))


def spoken(told: TimeCounts, groups: list[str]) -> str:
    """Say every bar that is not empty, for those who do not see them."""
    bars = [
        f"{period_words(told, period)}: "
        + ", ".join(f"{int(row[g]):,} {GROUP_WORDS[g].lower()}" for g in groups if row[g])
        for period, row in zip(told.counts.index, records(told.counts), strict=True)
        if any(row.values())
    ]
    return f"Events by {UNIT[told.period]}. {'; '.join(bars)}."


def over_time(told: TimeCounts) -> str:
    """Say when most events began, and what the counts over time cannot show."""
    sums = told.counts.sum(axis=1)
    peak = period_words(told, sums.index[int(sums.to_numpy().argmax())])
    empty = int((sums == 0).sum())
    unit = UNIT[told.period]
    said = [f"By {unit} in which they began; most in {peak}: {events_words(int(sums.max()))}"]
    if empty:
        said.append(f"none in {empty:,} of {len(sums):,} {unit}s")
    if told.undated:
        said.append(f"{told.undated:,} not dated to one {unit}, so not drawn")
    return "; ".join(said) + "."
