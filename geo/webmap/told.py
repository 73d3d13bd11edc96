"""What is told of each event in the one-file map: the words of :mod:`geo.story`, by column.

A column is held as its distinct values and, row by row, which of them: most values repeat. Nothing
here is HTML; the page writes every value as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

import pandas as pd

from geo.schema import COLUMNS, Row, records
from geo.settings import DATA
from geo.store.records import Dataset
from geo.story import event, gate, placing, related, tellings, toll
from geo.story.cells import Fact, listed, text
from geo.story.citation import citation
from geo.words import SIDE_WORDS

__all__ = ["in_our_words", "panel_words", "told_columns"]

BESIDE: Final = ("source_id", "dataset_version", "link_score", "lon", "lat")
"""Columns that the words need and not every table has."""


def told_columns(
    rows: pd.DataFrame, version: str, datasets: Mapping[str, Dataset]
) -> dict[str, dict[str, list[Any]]]:
    """Return every column of the page, each as ``{"of": distinct values, "at": positions}``.

    Parameters
    ----------
    rows
        Events as :func:`geo.schema.read_points` gives them, shape ``(n, …)``; a column that is not
        there counts as unknown. ``at`` has n entries. Unknown is ``""`` or an empty list.
    version, datasets
        As a citation names them (:func:`geo.story.citation.citation`).
    """
    used = [name for name in rows.columns if name in COLUMNS or name in BESIDE]
    ours, ids = in_our_words(rows), [str(name) for name in rows.index]
    held = zip(records(rows[used]), ours, strict=True)
    told = [row if own else _without_text(row) for row, own in held]
    present = frozenset(ids)
    columns = {name: [tell(row) for row in told] for name, tell in TOLD.items()}
    columns["linked"] = [related.linked(row, present) for row in told]
    named = {name for ids_of in columns["linked"] for name in ids_of}
    linked = (bool(own) or name in named for own, name in zip(columns["linked"], ids, strict=True))
    columns["beside"] = [
        related.beside(row) if one else () for row, one in zip(told, linked, strict=True)
    ]
    # the note says how alike linked rows are: of a row that is withheld not even that is told
    columns["linked note"] = [
        related.linked_note(row) if own else ""
        for row, own in zip(told, columns["linked"], strict=True)
    ]
    columns["whole"] = [related.whole(row, present) for row in told]
    columns["citation"] = [
        citation(row, name, version, datasets) for row, name in zip(told, ids, strict=True)
    ]
    return {name: _coded(values) for name, values in columns.items()}


def panel_words() -> dict[str, Any]:
    """Return what the page's panel says of every event alike: headings, terms, fixed sentences."""
    return {
        "headings": event.HEADINGS,
        "facts": [fact.term for fact in event.FACTS],
        "border": [fact.term for fact in gate.border()],
        "linked": related.HEADS,
        "outside": event.OUTSIDE,
        "nowhere": gate.NO_DISTANCE,
        "others": placing.OTHERS,
        "whole": related.WHOLE,
        "parts": related.PARTS,
    }


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


def _without_text(record: dict[str, Any]) -> dict[str, Any]:
    told = [one | {"notes": ""} for one in listed(record, "tellings")]
    return record | {"summary": None, "notes": None, "tellings": json.dumps(told)}


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


def _plain(name: str) -> Callable[[Row], str]:
    return lambda row: text(row, name)


def _side(row: Row) -> str:
    code = text(row, "border_side") or "unknown"
    return code if code in SIDE_WORDS else "unknown"


def _claims(row: Row) -> list[tuple[str, list[str]]]:
    return list(tellings.claims(row).items())


def _tellings(row: Row) -> list[dict[str, Any]]:
    return [_stated(asdict(one)) for one in tellings.tellings(row)]


def _stated(told: dict[str, Any]) -> dict[str, Any]:
    sources = [tuple(source.values()) for source in told["sources"]]
    return {name: value for name, value in (told | {"sources": sources}).items() if value}


def _lines(fact: Fact) -> Callable[[Row], tuple[str, ...]]:
    """Return how a fact is told: its words and, if any, the words beneath; nothing where empty."""
    tellers = [tell for tell in fact[1:] if tell]
    return lambda row: tuple(tell(row) for tell in tellers) if fact.tell(row) else ()


TOLD: Final[dict[str, Callable[[Row], Any]]] = {
    "group": _plain("event_group"),
    "side": _side,
    "place": _plain("place"),
    "named": _plain("place_named"),
    "actors": _plain("actors"),
    "claimed": _plain("claimed_by"),
    "notes": _plain("notes"),
    "title": event.title,
    "when": event.when,
    "inferred": event.inferred,
    "flags": event.flags,
    "summary": event.summary,
    "known": event.known,
    "deaths": toll.deaths,
    "distance": gate.distance,
    "claims": _claims,
    "tellings": _tellings,
    "placing": placing.lines,
    "others": placing.others,
} | {fact.term: _lines(fact) for fact in (*event.FACTS, *gate.border())}
"""Column of the page → how a row tells it."""
