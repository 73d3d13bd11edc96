"""The event frame: its columns, how records become rows, and the one validator.

The frame is a GeoDataFrame in EPSG:4326, one row an event, indexed by the unique string
``event_id``, with Point or null geometry: an event without a place stays in the frame.
Column names are constants here; nested facts (tellings) travel as JSON text in one column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import pandas as pd

from geo.errors import DataError, SchemaError
from geo.model import CERTAINTIES, DATE_PRECISIONS, GROUP_OF, PRECISIONS, Event, Tally
from geo.settings import CRS

if TYPE_CHECKING:  # importing GeoPandas costs a second; the app needs only the column names
    import geopandas as gpd

__all__ = [
    "COLUMNS",
    "EVENT_COLUMNS",
    "IMPORT_COLUMNS",
    "JOIN_COLUMNS",
    "LINK_COLUMNS",
    "SOURCE_PREFIXES",
    "Row",
    "optional_columns",
    "read_points",
    "read_tellings",
    "record",
    "records",
    "to_frame",
    "validate",
]

Row = Mapping[str, Any]
"""One row of a table: its cells by column, each as pandas holds it."""

TEXT, WHOLE, REAL, DAY, FLAG = "string", "Int32", "float64", "datetime64[ms]", "bool"

EVENT_COLUMNS: Final[dict[str, str]] = {
    "dataset": TEXT,
    "event_type": TEXT,
    "event_group": TEXT,
    "source_type": TEXT,
    "date_start": DAY,
    "date_end": DAY,
    "date_precision": TEXT,
    "date_inferred": FLAG,
    "place": TEXT,
    "place_id": TEXT,
    "place_kind": TEXT,
    "country": TEXT,
    "admin1": TEXT,
    "admin2": TEXT,
    "precision": TEXT,
    "uncertainty_km": REAL,
    "geocode_status": TEXT,
    "geocode_score": REAL,
    "geocode_reason": TEXT,
    "geocode_candidates": TEXT,
    "place_named": TEXT,
    "admin1_named": TEXT,
    "admin2_named": TEXT,
    "actors": TEXT,
    "fatalities_low": WHOLE,
    "fatalities_best": WHOLE,
    "fatalities_high": WHOLE,
    "injured_low": WHOLE,
    "injured_best": WHOLE,
    "injured_high": WHOLE,
    "certainty": TEXT,
    "claimed_by": TEXT,
    "summary": TEXT,
    "sources": TEXT,
    "notes": TEXT,
    "document_id": TEXT,
    "evidence_start": WHOLE,
    "evidence_end": WHOLE,
    "part_of": TEXT,
    "aggregate": FLAG,
    "tellings": TEXT,
    "linked_ids": TEXT,
}
"""What the events themselves say. ``sources`` and ``tellings`` are JSON arrays of objects,
``geocode_candidates`` a JSON array of ``[name, admin1, country, score]``; ``actors`` and
``linked_ids`` are joined with ``"; "``."""

JOIN_COLUMNS: Final[dict[str, str]] = {
    "border_side": TEXT,
    "border_km": REAL,
    "border_km_min": REAL,
    "border_km_max": REAL,
    "nearest_crossing": TEXT,
    "crossing_km": REAL,
    "crossing_status": TEXT,
    "admin2_source": TEXT,
}
"""What :mod:`geo.border.join` adds: geodesic km; ``border_side`` AF, PK, straddles or
unknown (which also covers places outside both countries), from the polygon the point lies in;
``crossing_status`` open, partial, closed or unknown; ``admin2_source`` record (the row named its
district), polygon or gazetteer (a circle), null without a district."""

COLUMNS: Final = {**EVENT_COLUMNS, **JOIN_COLUMNS}

IMPORT_COLUMNS: Final[dict[str, str]] = {
    "source_id": TEXT,
    "dataset_version": TEXT,
    "restricted": FLAG,
    "source_lon": REAL,
    "source_lat": REAL,
}
"""Of imported rows: the source's own id and coordinates, whether its terms forbid passing it on."""

LINK_COLUMNS: Final = {"link_group": TEXT, "link_score": REAL}
"""Rows of one ``link_group`` tell one event (:mod:`geo.datasets.linking`); null alone."""

SOURCE_PREFIXES: Final = ("ucdp_", "acled_", "table_")
"""A column that begins so holds a dataset's own code, as written; all of them are optional."""


def to_frame(events: Sequence[Event]) -> gpd.GeoDataFrame:
    """Turn events into the frame, without the join columns.

    Parameters
    ----------
    events
        Any number of events; their ids must differ.

    Returns
    -------
    GeoDataFrame
        One row an event in the order given, columns ``EVENT_COLUMNS`` plus ``geometry``
        (Point or null, EPSG:4326), index ``event_id``.

    Raises
    ------
    SchemaError
        If the rows break the contract; lists every fault.
    """
    import geopandas as gpd
    import shapely

    rows = pd.DataFrame([_row(event) for event in events], columns=["event_id", *EVENT_COLUMNS])
    rows = rows.set_index("event_id").astype(EVENT_COLUMNS)
    geometry = [_point(event, shapely.Point) for event in events]
    frame = gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(geometry, index=rows.index, crs=CRS))
    validate(frame)
    return frame


def validate(frame: gpd.GeoDataFrame) -> None:
    """Check ``frame`` against the contract.

    Raises
    ------
    SchemaError
        One error whose text lists every fault: missing columns, doubled ids, a wrong CRS,
        geometries that are no points, words outside the vocabulary, bounds out of order.
    """
    missing = [name for name in EVENT_COLUMNS if name not in frame.columns]
    if missing:
        raise SchemaError(f"The event frame lacks the columns {', '.join(missing)}.")
    faults = list(frame_faults(frame))
    if faults:
        raise SchemaError("The event frame breaks its contract:\n- " + "\n- ".join(faults))


def read_points(path: Path) -> pd.DataFrame:
    """Read a built event file without GeoPandas: the columns plus ``lon`` and ``lat`` (degrees).

    Raises
    ------
    DataError
        If the file is not there.
    """
    import shapely

    if not path.exists():
        raise DataError(f"{path} is missing: run 'python -m geo build' to make it from the seeds.")
    table = pd.read_parquet(path)
    points = shapely.from_wkb(table.pop("geometry").to_numpy())
    table["lon"], table["lat"] = shapely.get_x(points), shapely.get_y(points)
    kinds = COLUMNS | IMPORT_COLUMNS | LINK_COLUMNS
    return table.astype({name: kind for name, kind in kinds.items() if name in table.columns})


def optional_columns(table: pd.DataFrame) -> list[str]:
    """Return the columns of ``table`` that only imported rows have, in the table's order."""
    known = {**IMPORT_COLUMNS, **LINK_COLUMNS}
    return [n for n in table.columns if n in known or n.startswith(SOURCE_PREFIXES)]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every row of ``table`` as its cells by column, in the table's order."""
    # pandas types the names of columns as Hashable; ours are all text
    return cast("list[dict[str, Any]]", table.to_dict("records"))


def record(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """Return the row whose index is ``name`` as its cells by column."""
    return cast("dict[str, Any]", table.loc[name].to_dict())


def read_tellings(cell: str) -> list[dict[str, Any]]:
    """Return the ``tellings`` cell of one row as plain objects (keys as in ``model.Telling``)."""
    tellings: list[dict[str, Any]] = json.loads(cell)
    return tellings


def _row(event: Event) -> dict[str, object]:
    place, found = event.resolution.place, event.resolution
    lead = event.tellings[0]
    return {
        "event_id": event.id,
        "dataset": event.dataset,
        "event_type": event.event_type,
        "event_group": GROUP_OF.get(event.event_type),
        "source_type": event.source_type,
        "date_start": event.when.first,
        "date_end": event.when.last,
        "date_precision": event.when.precision,
        "date_inferred": event.when.inferred,
        "place": place.name if place else event.place_name,
        "place_id": place.id if place else None,
        "place_kind": place.kind if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "precision": found.precision,
        "uncertainty_km": found.uncertainty_km,
        "geocode_status": found.status,
        "geocode_score": found.score,
        "geocode_reason": found.reason,
        "geocode_candidates": _json(
            [c.place.name, c.place.admin1, c.place.country, round(c.score, 3)]
            for c in found.candidates[:5]
        ),
        "place_named": event.place_name,
        "admin1_named": event.admin_named[1],
        "admin2_named": event.admin_named[0],
        "actors": "; ".join(event.actors),
        **_bounds("fatalities", event.fatalities),
        **_bounds("injured", event.injured),
        "certainty": event.certainty,
        "claimed_by": event.claimed_by,
        "summary": event.summary,
        "sources": _json(_unique(asdict(s) for t in event.tellings for s in t.sources)),
        "notes": lead.notes,
        "document_id": lead.document_id or None,
        "evidence_start": lead.start,
        "evidence_end": lead.end,
        "part_of": event.part_of or None,
        "aggregate": event.aggregate,
        "tellings": _json(asdict(telling) for telling in event.tellings),
        "linked_ids": None,
    }


def _bounds(name: str, tally: Tally) -> dict[str, int | None]:
    return {f"{name}_low": tally.low, f"{name}_best": tally.best, f"{name}_high": tally.high}


def _json(items: Iterable[object]) -> str:
    return json.dumps(list(items), ensure_ascii=False, default=date.isoformat)


def _unique(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({tuple(item.values()): item for item in items}.values())


def _point(event: Event, point: Any) -> Any:  # noqa: ANN401 - Shapely ships no types
    place = event.resolution.place
    known = place is not None and event.resolution.precision not in {"country", "unknown"}
    return point(place.lon, place.lat) if place and known else None


def frame_faults(frame: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield every fault of a frame that has all its columns, in words that name the row."""
    yield from _index_faults(frame)
    yield from _geometry_faults(frame)
    yield from _word_faults(frame)
    yield from _bound_faults(frame, "fatalities")
    yield from _bound_faults(frame, "injured")
    late = frame["date_start"] > frame["date_end"]
    yield from (f"ends before it starts: {name}" for name in frame.index[late.fillna(False)])


def _index_faults(frame: gpd.GeoDataFrame) -> list[str]:
    faults = [] if frame.index.name == "event_id" else ["the index is not named event_id"]
    doubled = frame.index[frame.index.duplicated()].unique()
    return [*faults, *(f"doubled event_id: {name}" for name in doubled)]


def _geometry_faults(frame: gpd.GeoDataFrame) -> list[str]:
    faults = [] if frame.crs == CRS else [f"the CRS is {frame.crs}, not {CRS}"]
    strange = frame.index[frame.geometry.notna() & (frame.geometry.geom_type != "Point")]
    return faults + [f"geometry is no point: {name}" for name in strange]


def _word_faults(frame: gpd.GeoDataFrame) -> list[str]:
    allowed: dict[str, Iterable[str]] = {
        "event_type": GROUP_OF,
        "precision": PRECISIONS,
        "date_precision": DATE_PRECISIONS,
        "certainty": CERTAINTIES,
    }
    return [
        f"{column} {value!r} is not in the vocabulary: {name}"
        for column, words in allowed.items()
        for name, value in frame.loc[~frame[column].isin(list(words)), column].items()
    ]


def _bound_faults(frame: gpd.GeoDataFrame, what: str) -> list[str]:
    low, best, high = (frame[f"{what}_{bound}"] for bound in ("low", "best", "high"))
    wrong = (low > best) | (best > high) | (low > high) | (low < 0)
    return [f"{what} bounds out of order: {name}" for name in frame.index[wrong.fillna(False)]]
