"""One place as safe HTML: the words of :mod:`geo.story`, laid out; no Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from geo.counts import TimeCounts, Totals
from geo.pages.shared.html import esc
from geo.schema import Row, records
from geo.story import intervals, place_words
from geo.story.places import Spot, scripts
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS, events_words

__all__ = [
    "bars_html",
    "counts_html",
    "gate_html",
    "head_html",
    "wider_html",
]


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
        + f'<p class="bm-when">{esc(place_words.where(spot))}</p>'
    )


def counts_html(spot: Spot, sums: Totals, described: str) -> str:
    """Return how many events there are under the filter, and their deaths as a range."""
    count, rest, left_out = place_words.counted(spot, sums, described)
    apart = f' <span class="bm-quiet">{esc(left_out)}</span>' if left_out else ""
    return f"<p><b>{esc(count)}</b> {esc(rest)}{apart}</p>"


def wider_html(wider: Iterable[tuple[int, str]]) -> str:
    """Say how many more may be of the place, but are known only to a wider one; empty if none."""
    said = place_words.wider(wider)
    return f'<p class="bm-flag">{esc(said)}</p>' if said else ""


def bars_html(told: TimeCounts) -> str:
    """Return the counts over time as small stacked bars, with the same in words."""
    if told.counts.empty:
        return f'<p class="bm-quiet">{place_words.UNDATED}</p>'
    groups = [group for group in GROUP_WORDS if group in told.counts]
    sums = told.counts.sum(axis=1)
    most = int(sums.max())
    bars = "".join(
        _bar(place_words.period_words(told, period), row, groups, most)
        for period, row in zip(told.counts.index, records(told.counts), strict=True)
    )
    first, last = (
        place_words.period_words(told, period) for period in (sums.index[0], sums.index[-1])
    )
    key = "".join(
        f'<span><i style="background:{GROUP_COLOURS[g]}"></i>{esc(GROUP_WORDS[g])}</span>'
        for g in groups
    )
    ends = f"<span>{first}</span><span>{last}</span>" if first != last else f"<span>{first}</span>"
    spoken = esc(place_words.spoken(told, groups))
    return (
        f'<div class="bm-bars" role="img" aria-label="{spoken}">{bars}</div>'
        f'<div class="bm-bar-ends">{ends}</div><div class="bm-bar-key">{key}</div>'
        f'<p class="bm-quiet">{esc(place_words.over_time(told))}</p>'
    )


def gate_html(spot: Spot, timeline: pd.DataFrame, today: date) -> tuple[str, Row]:
    """Return what is known of a crossing today, else last, and that interval (empty if none).

    ``timeline`` as :func:`geo.border.gates.status.status_timeline` returns it.
    """
    lead, last = intervals.today(timeline, spot.name, today)
    if not last:
        return f"<p>{esc(lead)}</p>", last
    said, ground = intervals.state(last), intervals.why(last)
    return f"<p><b>{esc(lead)}:</b> {esc(said)}.</p><p>{esc(ground)}</p>", last


def _bar(name: str, row: Row, groups: list[str], most: int) -> str:
    parts = "".join(
        f'<i style="height:{100 * row[g] / most:.1f}%;background:{GROUP_COLOURS[g]}"></i>'
        for g in groups
        if row[g]
    )
    return f'<span title="{esc(name)}: {events_words(sum(row.values()))}">{parts}</span>'
