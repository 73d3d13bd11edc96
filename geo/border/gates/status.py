"""When each crossing was open, closed or partly open, as far as anybody has reported it.

Three kinds of evidence, the stronger first:

- ``row``: a row of ``seeds/crossing_status.csv``, read by hand from the sources it names;
- ``event``: a closure or reopening told in an event at the gate. A closure counts from its first
  to its last day, a reopening on its last day; a day that has both is ``partial``;
- ``taken``: after a reopening the gate is taken to stay as it was that day (open, or partly, where
  a row says so) for ``OPEN_DAYS``, unless it closes again before that. An assumption, and marked
  as one.

A day without evidence is in no interval. Unknown is unknown, never open by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.border.gates import crossings
from geo.errors import InputError
from geo.model import AT_GATE_KM
from geo.schema import Row, records
from geo.settings import SEEDS

__all__ = [
    "COLUMNS",
    "OPEN_DAYS",
    "STATUSES",
    "STATUS_FILE",
    "crossing_status",
    "known_status",
    "status_timeline",
]

STATUS_FILE: Final = SEEDS / "crossing_status.csv"
STATUSES: Final = ("open", "partial", "closed")
COLUMNS: Final = ("crossing", "start", "end", "status", "basis", "evidence")
OPEN_DAYS: Final = 30
UNREAL: Final = ("planned", "denied")
TO_THE_DAY: Final = ("day", "day_range")

_DAY: Final = pd.Timedelta(days=1)
_LONGEST: Final = 20 * 366
"""Days beyond which an interval is taken for a slip of the pen."""
_REQUIRED: Final = (
    *("id", "crossing", "date_start", "date_end", "status", "what"),
    *("source_outlet", "source_url", "source_date"),
)


class _Day(NamedTuple):
    status: str
    basis: str
    evidence: tuple[str, ...]


def status_timeline(events: pd.DataFrame, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Derive the timeline of every crossing that anything is known of.

    Planned and denied events, period totals, events dated no better than to a week, and events
    farther than ``AT_GATE_KM`` from a gate or known to no better than a district tell nothing.

    Parameters
    ----------
    events
        Index ``event_id``; columns ``event_type, date_start, date_end, date_precision, certainty,
        precision, aggregate, nearest_crossing, crossing_km``.
    rows
        As :func:`known_status` returns them; by default those that ship.

    Returns
    -------
    DataFrame
        ``COLUMNS``: ``crossing`` (name), ``start`` and ``end`` (inclusive days), ``status`` (open,
        partial, closed), ``basis`` (row, event, taken), ``evidence`` (ids of the events or rows
        behind it, joined with "; "). By crossing and start; intervals of one crossing never
        overlap, and what lies between them is unknown.
    """
    held = known_status() if rows is None else rows
    told = _told(events)
    intervals = [
        (name, *span)
        for name in sorted({*told["nearest_crossing"], *held["crossing"]})
        for span in _spans(
            _days(
                told[told["nearest_crossing"] == name],
                held[held["crossing"] == name],
            )
        )
    ]
    table = pd.DataFrame(intervals, columns=list(COLUMNS))
    return table.astype({"start": "datetime64[ms]", "end": "datetime64[ms]"})


def crossing_status(events: pd.DataFrame, timeline: pd.DataFrame) -> pd.Series[Any]:
    """Return the status of each event's nearest crossing on the event's first day.

    Parameters
    ----------
    events
        Columns ``date_start`` and ``nearest_crossing``; with ``date_precision``, an event dated
        no better than to a week has no day to ask for.
    timeline
        As :func:`status_timeline` returns it.

    Returns
    -------
    Series of str
        ``crossing_status``: open, partial, closed or unknown, on the index of ``events``.
    """
    status = np.full(len(events), "unknown", dtype=object)
    days = events["date_start"].to_numpy("datetime64[D]")
    asked = ~np.isnat(days)
    if "date_precision" in events:
        asked = asked & events["date_precision"].isin(TO_THE_DAY).to_numpy(bool)
    codes, names = pd.factorize(events["nearest_crossing"])
    for name, spans in timeline.groupby("crossing", sort=True):
        if name not in names:
            continue
        rows = np.flatnonzero((codes == list(names).index(name)) & asked)
        first = spans["start"].to_numpy("datetime64[D]")
        last = spans["end"].to_numpy("datetime64[D]")
        number = np.searchsorted(first, days[rows], side="right") - 1
        within = (number >= 0) & (days[rows] <= last[number])
        status[rows[within]] = spans["status"].to_numpy(object)[number[within]]
    return pd.Series(status, index=events.index, name="crossing_status", dtype="string")


def known_status(path: Path = STATUS_FILE) -> pd.DataFrame:
    """Return the hand-made status rows: index ``id``; ``crossing`` holds the crossing's name.

    Raises
    ------
    InputError
        Naming row and column of the first cell that cannot be used.
    """
    return _known(path, path.stat().st_mtime_ns if path.exists() else 0).copy()


@lru_cache(maxsize=4)
def _known(path: Path, _: int) -> pd.DataFrame:
    if not path.exists():
        raise InputError(f"{path}: no such file; restore it from the repository.")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [name for name in _REQUIRED if name not in table.columns]:
        raise InputError(f"{path}: the columns {', '.join(missing)} are missing.")
    names = crossings.load()["name"]
    for line, row in enumerate(records(table), 2):
        if fault := _fault(row, names):
            raise InputError(f"{path}, line {line}, {fault}.")
    table["crossing"] = table["crossing"].map(names)
    dates = {name: pd.to_datetime(table[name]) for name in ("date_start", "date_end")}
    return table.assign(**dates).set_index("id")


def _fault(row: Row, names: pd.Series[Any]) -> str:
    if row["crossing"] not in names.index:
        return f"column crossing: {row['crossing']!r} is no id of {crossings.CROSSINGS_FILE.name}"
    if row["status"] not in STATUSES:
        return f"column status: {row['status']!r} is none of {', '.join(STATUSES)}"
    for name in ("date_start", "date_end"):
        if pd.isna(pd.to_datetime(row[name], format="%Y-%m-%d", errors="coerce")):
            return f"column {name}: {row[name]!r} is no day, write it as 2025-10-12"
    if row["date_start"] > row["date_end"]:
        return "column date_end: it ends before it starts"
    return "" if row["source_outlet"] and row["source_url"] else "column source_url: no source"


def _told(events: pd.DataFrame) -> pd.DataFrame:
    return events[
        events["event_type"].isin(["border_closure", "border_reopening"])
        & events["date_start"].notna()
        & ~events["certainty"].isin(UNREAL)
        & events["precision"].isin(["exact", "near"])
        & events["date_precision"].isin(TO_THE_DAY)
        & ~events["aggregate"]
        & (events["crossing_km"] <= AT_GATE_KM)
        & (events["date_end"] - events["date_start"] < _LONGEST * _DAY)
    ]


def _days(told: pd.DataFrame, rows: pd.DataFrame) -> dict[pd.Timestamp, _Day]:
    """Return what is known of each day of one crossing: assumption, then events, then rows."""
    closed = _by_day(told[told["event_type"] == "border_closure"], "date_start")
    opened = _by_day(told[told["event_type"] == "border_reopening"], "date_end")
    read = {
        day: _Day(str(status), "row", (str(name),))
        for name, first, last, status in zip(
            rows.index, rows["date_start"], rows["date_end"], rows["status"], strict=True
        )
        for day in pd.date_range(first, last)
    }
    days: dict[pd.Timestamp, _Day] = {}
    for first, evidence in opened.items():
        status = read[first].status if first in read else "open"
        for day in (first + n * _DAY for n in range(1, OPEN_DAYS + 1)):
            if day in closed or status == "closed":
                break
            days[day] = _Day(status, "taken", evidence)
    for day in {**closed, **opened}:
        word = "closed" if day not in opened else "partial" if day in closed else "open"
        days[day] = _Day(word, "event", (*closed.get(day, ()), *opened.get(day, ())))
    return {**days, **read}


def _by_day(told: pd.DataFrame, first: str) -> dict[pd.Timestamp, tuple[str, ...]]:
    """Return the ids of the events that tell of each day, from their column ``first`` on."""
    found: dict[pd.Timestamp, tuple[str, ...]] = {}
    for name, start, end in zip(told.index, told[first], told["date_end"], strict=True):
        for day in pd.date_range(start, end):
            found[day] = (*found.get(day, ()), str(name))
    return dict(sorted(found.items()))


def _spans(days: Mapping[pd.Timestamp, _Day]) -> Iterator[tuple[Any, ...]]:
    """Join days that follow each other and say the same into intervals."""

    def run(numbered: tuple[int, tuple[pd.Timestamp, _Day]]) -> tuple[pd.Timestamp, _Day]:
        number, (day, said) = numbered
        return day - number * _DAY, said

    for (_, said), group in groupby(enumerate(sorted(days.items())), key=run):
        held = [day for _, (day, _) in group]
        yield held[0], held[-1], said.status, said.basis, "; ".join(said.evidence)
