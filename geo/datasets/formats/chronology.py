"""The sourced chronology of border events (``seeds/chronology.csv``) as events.

The file holds place names, no coordinates: every row is geocoded here. Rows that share
``same_event`` become one event whose tellings keep each row's sources, figures and claims apart.
Columns are described in ``seeds/README.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

from geo.datasets.tables.columns import Row, read_rows, split_cell
from geo.model import (
    CERTAINTIES,
    DATE_PRECISIONS,
    GROUP_OF,
    Certainty,
    Claim,
    DatePrecision,
    DateSpan,
    Event,
    Resolution,
    Source,
    Tally,
    Telling,
)
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.resolve import locate
from geo.settings import SEEDS

__all__ = ["CHRONOLOGY", "read_chronology"]

CHRONOLOGY: Final = SEEDS / "chronology.csv"
REQUIRED: Final = (
    *("id", "same_event", "part_of", "aggregate", "date_start", "date_end", "date_precision"),
    *("event_type", "place", "admin2", "admin1", "country", "actors", "certainty", "claimed_by"),
    *("claims", "notes", "source1_outlet", "source1_url", "source1_date", "fatalities_best"),
)


def read_chronology(gazetteer: Gazetteer, path: Path = CHRONOLOGY) -> list[Event]:
    """Read and geocode the chronology.

    Returns
    -------
    list of Event
        One per event in file order; ids are ``chr-`` and the id of the group's first row.

    Raises
    ------
    InputError
        Naming the file, row and column of the first cell that cannot be used.
    """
    groups: dict[str, list[Row]] = {}
    for row in read_rows(path, REQUIRED):
        groups.setdefault(row.text("same_event") or row.text("id"), []).append(row)
    heads = {row.text("id"): group for group, rows in groups.items() for row in rows}
    return [_event(group, rows, heads, gazetteer) for group, rows in groups.items()]


def _event(group: str, rows: Sequence[Row], heads: dict[str, str], gazetteer: Gazetteer) -> Event:
    lead = rows[0]
    tellings = tuple(_telling(row) for row in rows)
    whole = lead.text("part_of")
    if whole and whole not in heads:
        raise lead.fault("part_of", f"there is no row {whole!r}")
    return Event(
        id=f"chr-{group}",
        dataset="chronology",
        event_type=lead.one_of("event_type", tuple(GROUP_OF)),
        when=_when(lead),
        place_name=lead.text("place"),
        resolution=_resolution(lead, gazetteer),
        tellings=tellings,
        summary=lead.text("notes"),
        actors=tuple(dict.fromkeys(a for row in rows for a in split_cell(row.text("actors")))),
        fatalities=_span([telling.fatalities for telling in tellings]),
        injured=_span([telling.injured for telling in tellings]),
        certainty=tellings[0].certainty,
        claimed_by=lead.text("claimed_by"),
        source_type="chronology",
        part_of=f"chr-{heads[whole]}" if whole else "",
        aggregate=lead.text("aggregate") == "1",
        admin_named=(lead.text("admin2"), lead.text("admin1")),
    )


def _when(row: Row) -> DateSpan:
    first, last = row.day("date_start"), row.day("date_end")
    if first and last and first > last:
        raise row.fault("date_end", f"{last} lies before date_start {first}")
    precision = row.one_of("date_precision", DATE_PRECISIONS, "unknown")
    return DateSpan(first, last or first, cast("DatePrecision", precision))


def _resolution(row: Row, gazetteer: Gazetteer) -> Resolution:
    return locate(
        row.text("place"),
        gazetteer,
        country=row.text("country"),
        admin1=row.text("admin1"),
        admin2=row.text("admin2"),
    )


def _telling(row: Row) -> Telling:
    sources = tuple(
        Source(outlet, row.text(f"source{n}_url"), row.text(f"source{n}_date"))
        for n in (1, 2)
        if (outlet := row.text(f"source{n}_outlet"))
    )
    certainty = cast("Certainty", row.one_of("certainty", CERTAINTIES, "reported"))
    return Telling(
        id=row.text("id"),
        sources=sources,
        fatalities=row.tally("fatalities"),
        injured=row.tally("injured"),
        certainty=certainty,
        claimed_by=row.text("claimed_by"),
        claims=tuple(_claim(text) for text in split_cell(row.text("claims"), "|")),
        notes=row.text("notes"),
    )


def _claim(text: str) -> Claim:
    claimant, colon, value = text.partition(":")
    return (
        Claim(claimant.strip(), "account", value.strip()) if colon else Claim("", "account", text)
    )


def _span(tallies: Sequence[Tally]) -> Tally:
    """Join the figures of several tellings: the lead's best, bounds over all, none added up."""
    lows = [low for t in tallies if (low := t.low if t.low is not None else t.best) is not None]
    highs = [
        high for t in tallies if (high := t.high if t.high is not None else t.best) is not None
    ]
    best = tallies[0].best
    if best is None and not tallies[0].known:
        best = next((t.best for t in tallies if t.best is not None), None)
    return Tally(min(lows, default=None), best, max(highs, default=None))
