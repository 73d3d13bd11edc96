"""Tiny builders: events in the schema, with the join columns, for tests of query, export, app."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from geo import model, schema

TORKHAM = model.Place(
    "x-torkham", "Torkham", "crossing", "PK", "Khyber Pakhtunkhwa", "Khyber", 34.123, 71.093, "test"
)


UCDP_CELLS = {
    "dataset": "ucdp",
    "source_type": "dataset",
    "source_id": "58071",
    "dataset_version": "22.1",
    "tellings": "[]",
    "actors": "Government of Pakistan; TTP",
    "summary": "Government of Pakistan – TTP",
    "notes": "Peshawar",
    "geocode_reason": "as ucdp gives it",
    "sources": '[{"outlet": "(1) Blast\\n4 August 2010\\nReuters\\n\\n(2) SATP"}]',
    "ucdp_type_of_violence": "1",
    "ucdp_where_prec": "2",
    "ucdp_deaths_b": "4",
    "ucdp_number_of_sources": "-1",
}
"""What a row of UCDP holds in the cells that ours has too, and its own codes."""


def place(name: str, lat: float, lon: float, **more: Any) -> model.Place:
    """Return a place like Torkham, elsewhere."""
    return replace(TORKHAM, id=f"x-{name.lower()}", name=name, lat=lat, lon=lon, **more)


def placed(where: model.Place, precision: model.Precision = "exact") -> model.Resolution:
    """Return a resolution that found ``where``."""
    found = model.Candidate(where, 1.0, "exact name")
    return model.Resolution(where, precision, "resolved", (found,), 1.0, "exact name")


UNPLACED = model.Resolution(None, "unknown", "unmatched", (), 0.0, "no such name")


def two_torkhams() -> model.Resolution:
    """Return a resolution that found two places of one name, of which it took the likelier."""
    other = place("Torkham", 34.0, 71.0, country="AF", admin1="Nangarhar")
    names = tuple(model.Candidate(where, 0.9, "name") for where in (TORKHAM, other))
    return model.Resolution(TORKHAM, "exact", "ambiguous", names, 0.9, "exact name")


def day(text: str, until: str = "", precision: model.DatePrecision = "day") -> model.DateSpan:
    """Return the inclusive span from ``text`` to ``until`` (ISO days)."""
    return model.DateSpan(date.fromisoformat(text), date.fromisoformat(until or text), precision)


def event(event_id: str = "e1", **more: Any) -> model.Event:
    """Return one armed attack at Torkham with one source; ``more`` replaces fields."""
    telling = model.Telling(
        f"{event_id}-t", sources=(model.Source("Dawn", "https://example.org/a"),)
    )
    basic = model.Event(
        event_id,
        "chronology",
        "armed_attack",
        day("2023-02-19"),
        "Torkham",
        placed(TORKHAM),
        (telling,),
    )
    return replace(basic, **more)


def frame(events: Iterable[model.Event], **joined: Iterable[Any]) -> Any:
    """Return the event GeoDataFrame; ``joined`` gives join columns, the rest of them is null."""
    made = schema.to_frame(list(events))
    empty = {
        name: pd.Series(pd.NA, made.index, kind if kind == "string" else "Float64")
        for name, kind in schema.JOIN_COLUMNS.items()
    }
    given = {name: pd.array(list(values)) for name, values in joined.items()}
    made = made.assign(**empty | given)
    return made.astype(schema.JOIN_COLUMNS)


def table(events: Iterable[model.Event], **joined: Iterable[Any]) -> pd.DataFrame:
    """Return what the app reads: the frame through its own file format."""
    buffer = io.BytesIO()
    frame(events, **joined).to_parquet(buffer)
    return schema.read_points(_InMemory(buffer.getvalue()))


def row(joined: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return the cells of one event's row: ``joined`` those of the border, ``more`` as before."""
    given = {name: [value] for name, value in (joined or {}).items()}
    cells: dict[str, Any] = table([event(**more)], **given).iloc[0].to_dict()
    return cells


class _InMemory(io.BytesIO):
    """A Parquet file that says it exists."""

    def exists(self) -> bool:
        return True


def save(events: Iterable[model.Event], path: Path, **joined: Iterable[Any]) -> Path:
    """Write the frame where an app under test will read it."""
    frame(events, **joined).to_parquet(path)
    return path
