"""The story of a place in a reader's words and safe HTML; no Streamlit, so every word is tested."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd

from geo.border.gates import crossings
from geo.counts import TimeCounts, Totals
from geo.model import AT_GATE_KM
from geo.pages.shared import intervals
from geo.pages.shared.html import esc
from geo.schema import Row, records
from geo.story.places import (
    Near,
    Spot,
    scripts,
)
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS, NATIONS, clip, day_words, events_words, toll_words

__all__ = [
    "bars_html",
    "counts_html",
    "gate_html",
    "head_html",
    "near_words",
    "option_words",
    "unknown_place",
    "wider_html",
]

GATE_KINDS: Final = {
    "formal": "Official border crossing",
    "trade": "Border crossing for trade",
    "pedestrian": "Border crossing for people on foot",
    "informal": "Border crossing or pass without an official post",
}
UNIT: Final = {"M": "month", "Y": "year"}
SAID: Final = {"M": "%b %Y", "Y": "%Y"}


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


def head_html(spot: Spot) -> str:
    """Return its name, its names in their own script, and where it is."""
    names = " · ".join(
        f'<bdi dir="rtl" class="bm-script">{esc(name)}</bdi>'
        + (f' <span class="bm-quiet">{esc(language)}</span>' if language else "")
        for language, name in scripts(spot)
    )
    return (
        f'<h2 class="bm-title" dir="auto">{esc(spot.title)}</h2>'
        + (f'<p class="bm-scripts">{names}</p>' if names else "")
        + f'<p class="bm-when">{esc(_where(spot))}</p>'
    )


def counts_html(spot: Spot, sums: Totals, described: str) -> str:
    """Return how many events there are under the filter, and their deaths as a range."""
    count = sums.counted + sums.toll_unknown
    under = "" if described == "all events" else f" for: {described}"
    where = f"within {AT_GATE_KM:g} km" if spot.kind == "crossing" else "here"
    if not sums.shown:
        return f"<p><b>No events</b> {where}{esc(under)}.</p>"
    words = toll_words(sums.deaths_low, sums.deaths_high, sums.toll_unknown)
    lost = sums.left_out + sums.linked
    apart = (
        f' <span class="bm-quiet">{lost:,} more {"is" if lost == 1 else "are"} not counted: totals '
        "over a period, parts of another event, planned or denied events, second tellings.</span>"
        if lost
        else ""
    )
    return f"<p><b>{events_words(count)}</b> {where}{esc(under)} · {esc(words)}.{apart}</p>"


def wider_html(wider: Iterable[tuple[int, str]]) -> str:
    """Say how many more may be of the place, but are known only to a wider one; empty if none."""
    parts = [f"{count:,} {words}" for count, words in wider]
    if not parts:
        return ""
    return f'<p class="bm-flag">Not counted here: {esc("; ".join(parts))}.</p>'


def bars_html(told: TimeCounts) -> str:
    """Return the counts over time as small stacked bars, with the same in words."""
    if told.counts.empty:
        return '<p class="bm-quiet">No event here has a date known to a year.</p>'
    groups = [group for group in GROUP_WORDS if group in told.counts]
    sums = told.counts.sum(axis=1)
    most = int(sums.max())
    bars = "".join(
        _bar(period.strftime(SAID[told.period]), row, groups, most)
        for period, row in zip(told.counts.index, records(told.counts), strict=True)
    )
    first, last = (period.strftime(SAID[told.period]) for period in (sums.index[0], sums.index[-1]))
    key = "".join(
        f'<span><i style="background:{GROUP_COLOURS[g]}"></i>{esc(GROUP_WORDS[g])}</span>'
        for g in groups
    )
    ends = f"<span>{first}</span><span>{last}</span>" if first != last else f"<span>{first}</span>"
    return (
        f'<div class="bm-bars" role="img" aria-label="{esc(_spoken(told, groups))}">{bars}</div>'
        f'<div class="bm-bar-ends">{ends}</div><div class="bm-bar-key">{key}</div>'
        f'<p class="bm-quiet">{esc(_in_words(told))}</p>'
    )


def gate_html(spot: Spot, timeline: pd.DataFrame, today: date) -> tuple[str, Row]:
    """Return what is known of a crossing today, else last, and that interval (empty if none).

    ``timeline`` as :func:`geo.border.gates.status.status_timeline` returns it.
    """
    own = timeline[(timeline["crossing"] == spot.name) & (timeline["start"] <= pd.Timestamp(today))]
    if own.empty:
        said = "No report in the data says when it was open or closed."
        return f"<p>{esc(said)}</p>", {}
    last = records(own.sort_values("start").tail(1))[0]
    known = last["end"] >= pd.Timestamp(today)
    lead = "Today" if known else f"Not known today, {day_words(today)}. Last known"
    said = intervals.heading(last).removeprefix(f"{spot.name}: ")
    return f"<p><b>{esc(lead)}:</b> {esc(said)}.</p><p>{esc(intervals.why(last))}</p>", last


def near_words(near: Near, count: int) -> str:
    """Say a place beside another, how it stands to it and how many events it has."""
    name = near.spot.title
    if near.how == "next" and near.km is not None:
        way = "north-east" if near.km > 0 else "south-west"
        name = f"{name}, {abs(near.km):,.0f} km along the line to the {way}"
    elif near.how == "edge" and near.km is not None:
        name = f"{name}, {max(1, round(near.km)):,} km of common edge"
    return f"{name} — {events_words(count)}"


def _where(spot: Spot) -> str:
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


def _bar(name: str, row: Row, groups: list[str], most: int) -> str:
    parts = "".join(
        f'<i style="height:{100 * row[g] / most:.1f}%;background:{GROUP_COLOURS[g]}"></i>'
        for g in groups
        if row[g]
    )
    return f'<span title="{esc(name)}: {events_words(sum(row.values()))}">{parts}</span>'


def _spoken(told: TimeCounts, groups: list[str]) -> str:
    """Say every bar that is not empty, for those who do not see them."""
    bars = [
        f"{period.strftime(SAID[told.period])}: "
        + ", ".join(f"{int(row[g]):,} {GROUP_WORDS[g].lower()}" for g in groups if row[g])
        for period, row in zip(told.counts.index, records(told.counts), strict=True)
        if any(row.values())
    ]
    return f"Events by {UNIT[told.period]}. {'; '.join(bars)}."


def _in_words(told: TimeCounts) -> str:
    sums = told.counts.sum(axis=1)
    peak = sums.index[int(sums.to_numpy().argmax())].strftime(SAID[told.period])
    empty = int((sums == 0).sum())
    unit = UNIT[told.period]
    said = [f"By {unit} in which they began; most in {peak}: {events_words(int(sums.max()))}"]
    if empty:
        said.append(f"none in {empty:,} of {len(sums):,} {unit}s")
    if told.undated:
        said.append(f"{told.undated:,} not dated to one {unit}, so not drawn")
    return "; ".join(said) + "."
