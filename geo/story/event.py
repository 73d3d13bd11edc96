"""What the standalone page tells of each event: plain values by column, words already made.

A column is held as its distinct values and, row by row, which of them: most values repeat. Nothing
here is HTML; the page writes every value as text. Words come from :mod:`geo.words`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from geo.model import UNCERTAINTY_KM
from geo.schema import COLUMNS, Row, records
from geo.settings import DATA
from geo.words import (
    CERTAINTY_WORDS,
    NATIONS,
    PRECISION_WORDS,
    SIDE_WORDS,
    count_words,
    day_words,
    km_words,
    span_words,
)

__all__ = ["TOLD", "http_link", "in_our_words", "story_columns"]

BOUNDS: Final = ("low", "best", "high")
DOUBT: Final = frozenset({"claimed", "alleged", "denied", "planned"})
NO_RADIUS: Final = frozenset({"exact", "near", "unknown"})
"""Precisions whose words say all; the others get the radius beside them."""


def story_columns(rows: pd.DataFrame) -> dict[str, dict[str, list[Any]]]:
    """Return every column of :data:`TOLD`, each as ``{"of": distinct values, "at": positions}``.

    Parameters
    ----------
    rows
        Events as :func:`geo.schema.read_points` gives them, shape ``(n, …)``; a column that is not
        there counts as unknown. ``at`` has n entries. Unknown is ``""`` or an empty list.
    """
    used = [name for name in rows.columns if name in COLUMNS or name == "source_id"]
    told = records(rows[used])
    present = frozenset(str(name) for name in rows.index)
    ours = in_our_words(rows)
    for record, own in zip(told, ours, strict=True):
        if not own:
            record |= {"summary": None, "notes": None}
        record["own_words"], record["present"] = own, present
    return {name: _coded([tell(record) for record in told]) for name, tell in TOLD.items()}


def in_our_words(rows: pd.DataFrame) -> list[bool]:
    """Return which rows carry text that may travel: all but those read from a user's own reports.

    A report that a user reads is an article: its sentences stay with the user. The reports bundled
    with the shipped events, the chronology and the datasets are in our wording or their licence
    permits it.
    """
    if "source_type" not in rows or not rows["source_type"].eq("report").any():
        return [True] * len(rows)
    shipped = pd.read_parquet(DATA / "events.parquet", columns=["document_id"])["document_id"]
    bundled = rows["document_id"].isin(shipped.dropna())
    return (rows["source_type"].ne("report") | bundled).fillna(value=False).tolist()


def http_link(address: object) -> str:
    """Return ``address`` if it is an http(s) link to a host, else an empty text."""
    text = str(address or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""


def _coded(values: Iterable[Any]) -> dict[str, list[Any]]:
    """Return distinct values in order of appearance and where each row finds its own."""
    distinct: list[Any] = []
    seen: dict[str, int] = {}
    at = []
    for value in values:
        key = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if key not in seen:
            seen[key] = len(distinct)
            distinct.append(value)
        at.append(seen[key])
    return {"of": distinct, "at": at}


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value)


def _number(row: Row, name: str) -> float | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def _plain(name: str) -> Callable[[Row], str]:
    return lambda row: _text(row, name)


def _flag(name: str) -> Callable[[Row], bool]:
    return lambda row: bool(_text(row, name) == "True")


def _list(row: Row, name: str) -> list[Any]:
    found: list[Any] = json.loads(_text(row, name) or "[]")
    return found


def _when(row: Row) -> str:
    first, last = _calendar_day(row, "date_start"), _calendar_day(row, "date_end")
    return span_words(first, last, _text(row, "date_precision") or "day")


def _calendar_day(row: Row, name: str) -> date | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _toll(what: str) -> Callable[[Row], str]:
    def words(row: Row) -> str:
        bounds = [_number(row, f"{what}_{bound}") for bound in BOUNDS]
        return count_words(*(None if value is None else int(value) for value in bounds))

    return words


def _where(row: Row) -> str:
    place = _text(row, "place")
    country = NATIONS.get(_text(row, "country"), "")
    inside = (_text(row, "admin2"), _text(row, "admin1"), country)
    within = dict.fromkeys(part for part in inside if part and part not in place)
    return ", ".join(part for part in (place, *within) if part)


def _known(row: Row) -> str:
    precision = _text(row, "precision")
    said = PRECISION_WORDS.get(precision, precision)
    usual = {str(name): km for name, km in UNCERTAINTY_KM.items()}
    radius = _number(row, "uncertainty_km") or usual.get(precision)
    if not radius or precision in NO_RADIUS:
        return said
    return f"{said} (within {radius:,.0f} km of the point)"


def _certainty(row: Row) -> str:
    return CERTAINTY_WORDS.get(_text(row, "certainty"), _text(row, "certainty"))


def _sources(listed: Sequence[Row]) -> list[list[str]]:
    """Return outlet, address (http or https, else empty) and day in words of each source."""
    return [
        [str(one.get("outlet") or ""), http_link(one.get("url")), _day(one.get("date"))]
        for one in listed
    ]


def _day(text: object) -> str:
    try:
        return day_words(date.fromisoformat(str(text or "")))
    except ValueError:
        return ""


def _row_sources(row: Row) -> list[list[str]]:
    return [] if _list(row, "tellings") else _sources(_list(row, "sources"))


def _tellings(row: Row) -> list[dict[str, Any]]:
    return [_telling(one, row) for one in _list(row, "tellings")]


def _telling(told: Row, row: Row) -> dict[str, Any]:
    notes = str(told.get("notes") or "") if row["own_words"] else ""
    doubt = str(told.get("certainty") or "")
    said = CERTAINTY_WORDS.get(doubt, "") if doubt in DOUBT else ""
    by = str(told.get("claimed_by") or "")
    facts = {
        "sources": _sources(told.get("sources") or []),
        "figures": _figures(told),
        "notes": "" if notes == _text(row, "summary") else notes,
        "claims": [
            [str(one.get("claimant") or ""), str(one.get("value") or "")]
            for one in told.get("claims") or []
        ],
        "doubt": f"{said}: {by}" if said and by else said,
    }
    return {name: value for name, value in facts.items() if value}


def _figures(told: Row) -> str:
    parts = []
    for key, label in (("fatalities", "deaths"), ("injured", "injured")):
        bounds = [(told.get(key) or {}).get(bound) for bound in BOUNDS]
        if any(value is not None for value in bounds):
            parts.append(f"{label} {count_words(*bounds)}")
    return ", ".join(parts)


def _side(row: Row) -> str:
    code = _text(row, "border_side") or "unknown"
    return code if code in SIDE_WORDS else "unknown"


def _distance(row: Row) -> str:
    km = _number(row, "border_km")
    bounds = (_number(row, f"border_km_{end}") for end in ("min", "max"))
    return "" if km is None else km_words(km, *bounds)


def _gate(row: Row) -> str:
    gate, km = _text(row, "nearest_crossing"), _number(row, "crossing_km")
    return f"{gate}, {km_words(km)} away" if gate and km is not None else gate


def _placing(row: Row) -> list[str]:
    """Return how the place was found: as named, the reason, the runners-up with their scores."""
    named, reason = _text(row, "place_named"), _text(row, "geocode_reason")
    others = [
        ", ".join(str(part) for part in other[:3] if part) + f" (score {other[3]:.2f})"
        for other in _list(row, "geocode_candidates")[1:]
    ]
    lines = [
        f"Named in the source as “{named}”." if named else "",
        f"Found by: {reason}." if reason else "",
        f"Runners-up: {'; '.join(others)}." if others else "",
    ]
    return [line for line in lines if line]


def _linked(row: Row) -> list[str]:
    """Return the linked events that are in the file too."""
    named = (name.strip() for name in _text(row, "linked_ids").split(";"))
    return [name for name in named if name in row["present"]]


def _whole(row: Row) -> str:
    whole = _text(row, "part_of")
    return whole if whole in row["present"] else ""


TOLD: Final[dict[str, Callable[[Row], Any]]] = {
    "type": _plain("event_type"),
    "group": _plain("event_group"),
    "side": _side,
    "dataset": _plain("dataset"),
    "when": _when,
    "inferred": _flag("date_inferred"),
    "place": _plain("place"),
    "named": _plain("place_named"),
    "where": _where,
    "known": _known,
    "actors": _plain("actors"),
    "deaths": _toll("fatalities"),
    "injured": _toll("injured"),
    "certainty": _certainty,
    "doubtful": lambda row: _text(row, "certainty") in DOUBT,
    "claimed": _plain("claimed_by"),
    "total": _flag("aggregate"),
    "summary": _plain("summary"),
    "notes": _plain("notes"),
    "sources": _row_sources,
    "tellings": _tellings,
    "distance": _distance,
    "gate": _gate,
    "status": _plain("crossing_status"),
    "placing": _placing,
    "linked": _linked,
    "whole": _whole,
    "number": _plain("source_id"),
}
"""Column of the page → how a row tells it."""
