"""What is known of a crossing over a span of days: open or closed, on what ground, told by whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from geo.schema import Row, records
from geo.words import CROSSING_WORDS, clip, day_words, span_words

__all__ = ["at_day", "evidence", "heading", "standing", "state", "today", "told_on", "why"]

NAMED: Final = 4
UNTOLD: Final = "No report in the data says when it was open or closed."
BASIS_WORDS: Final[dict[str, str]] = {
    "row": "As reports of these days say.",
    "event": "From the closures and reopenings reported of these days.",
    "taken": "Taken to hold on after the report below, since no closure is told; for 30 days at "
    "most, then it counts as not known.",
    "": "No report in the data tells of these days. That is no sign that it was open, or closed.",
}


def standing(latest: pd.DataFrame, crossings: int, day: date) -> str:
    """Say what is known of the crossings on ``day``, else what was known last.

    ``latest`` as :func:`geo.border.gates.board.latest_known` returns it; ``crossings`` is how many
    there are in all.
    """
    today, now = f"Today, {day_words(day)}", latest[latest["holds"].astype(bool)]
    if latest.empty:
        return f"{today}: no report in the data tells of any crossing. Add reports to know more."
    if len(now):
        told = "; ".join(_said(row) for row in records(now))
        return f"{today}: {told}. Of the other {crossings - len(now)} crossings nothing is known."
    told = "; ".join(_said(row) for row in records(latest.head(NAMED)))
    if (older := len(latest) - NAMED) > 0:
        told += f"; {older} {'other' if older == 1 else 'others'} earlier"
    never = crossings - len(latest)
    rest = f" Of {never} crossings no report tells anything." if never > 0 else ""
    return f"{today}, no report says whether any crossing is open. Last known: {told}.{rest}"


def at_day(timeline: pd.DataFrame, crossing: str, day: date) -> dict[str, Any]:
    """Return the interval of ``crossing`` that holds ``day``; a gap reaches to its neighbours.

    Keys as :data:`geo.border.gates.status.COLUMNS`; a gap before or after everything known has no
    ``start`` or no ``end`` (None).
    """
    own, asked = timeline[timeline["crossing"] == crossing], pd.Timestamp(day)
    held = own[(own["start"] <= asked) & (own["end"] >= asked)]
    if len(held):
        return records(held)[0]
    before, after = own.loc[own["end"] < asked, "end"].max(), own.loc[own["start"] > asked, "start"]
    start = None if pd.isna(before) else before + timedelta(days=1)
    end = None if after.empty else after.min() - timedelta(days=1)
    blank = {"status": "unknown", "basis": "", "evidence": ""}
    return {"crossing": crossing, "start": start, "end": end, **blank}


def heading(interval: Row) -> str:
    """Say crossing, status and days: ``Torkham: closed, 12–31 Oct 2025``."""
    return f"{interval['crossing']}: {state(interval)}"


def state(interval: Row) -> str:
    """Say status and days: ``closed, 12–31 Oct 2025``."""
    start, end = interval["start"], interval["end"]
    if start is not None and end is not None:
        days = span_words(start.date(), end.date(), "day_range")
    elif start is not None:
        days = f"from {span_words(start.date(), None)} on"
    else:
        days = "at any time" if end is None else f"until {span_words(end.date(), None)}"
    return f"{CROSSING_WORDS[interval['status']]}, {days}"


def today(timeline: pd.DataFrame, crossing: str, day: date) -> tuple[str, Row]:
    """Return what a crossing's state on ``day`` is called, and the interval known last.

    The interval is empty where no report tells of the crossing. ``timeline`` as
    :func:`geo.border.gates.status.status_timeline` returns it.
    """
    asked = pd.Timestamp(day)
    own = timeline[(timeline["crossing"] == crossing) & (timeline["start"] <= asked)]
    if own.empty:
        return UNTOLD, {}
    last = records(own.sort_values("start").tail(1))[0]
    if last["end"] >= asked:
        return "Today", last
    return f"Not known today, {day_words(day)}. Last known", last


def why(interval: Row) -> str:
    """Say on what ground the status stands."""
    return BASIS_WORDS[interval["basis"]]


def evidence(interval: Row) -> list[str]:
    """Return the ids of the events and status rows behind an interval."""
    return [part for part in str(interval["evidence"]).split("; ") if part]


def told_on(text: str) -> str:
    """Say the date of a source, which may be a day, a month, or nothing."""
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return clip(text) if text else "date of the report not stated"


def _said(row: Row) -> str:
    status, start, end = CROSSING_WORDS[row["status"]], row["start"].date(), row["end"].date()
    if row["holds"]:
        return f"{row['crossing']} {status} since {span_words(start, None)}"
    how = "on" if start == end else "until"
    return f"{row['crossing']} {status} {how} {span_words(end, None)}"
