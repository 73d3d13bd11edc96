"""What ships, built and checked: chronology and reports in, the joined event frame out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import BorderMapError
from geo.files.writing import replacing
from geo.places.gazetteer.lookup import load
from geo.reports.documents.read import seed_documents
from geo.reports.events.read import read_document
from geo.settings import EVENTS_FILE

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Build", "build", "check"]

LICENCE: Final = "facts in our own wording, MIT as the code; places CC BY 4.0 (GeoNames)"
SOURCE: Final = "seeds/chronology.csv and seeds/reports, each event with its public sources"
SEEDS_DATE: Final = "2026-11-24"
"""The day the seeds were last edited; given here so that building twice gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Build:
    """What went into a build and what came out, for the reconciliation line."""

    frame: gpd.GeoDataFrame
    items: int
    rows: int
    told: int

    def reconciliation(self) -> str:
        """Return one line: items in, events out, how they were placed, how many were merged."""
        status = Counter(self.frame["geocode_status"])
        placed = int(self.frame.geometry.notna().sum())
        return (
            f"{self.items} reports and {self.rows} chronology rows in, "
            f"{len(self.frame)} events out "
            f"({self.told - len(self.frame)} further tellings merged); places: "
            f"{status['resolved']} resolved, {status['ambiguous']} ambiguous, "
            f"{status['unmatched']} unmatched; {placed} on the map, "
            f"{len(self.frame) - placed} known to a country only or not placed"
        )


def build(target: Path = EVENTS_FILE) -> Build:
    """Build the event frame from the seeds and write it as GeoParquet to ``target``.

    The same seeds give the same bytes.

    Raises
    ------
    InputError, SchemaError
        When a seed cannot be used or the frame breaks its contract; ``target`` is left as it was.
    """
    from geo.border.join import join_events
    from geo.datasets.formats.chronology import read_chronology
    from geo.reports.events.across_documents import merge_events
    from geo.schema import to_frame

    gazetteer = load()
    documents = seed_documents()
    rows = read_chronology(gazetteer)
    read = [event for doc in documents for event in read_document(doc, gazetteer).events]
    events = merge_events([*rows, *read], {doc.id: doc.text for doc in documents})
    frame = join_events(to_frame(events), fetched=False)
    _write(frame, target)
    told = sum(len(row.tellings) for row in rows)
    return Build(frame, len(documents), told, told + len(read))


def check() -> Iterator[str]:
    """Yield every fault of what is shipped: files against the registry, seeds, event frame."""
    import geopandas as gpd

    from geo.datasets.formats.chronology import read_chronology
    from geo.files import registry
    from geo.places.gazetteer.check import check_gazetteer
    from geo.schema import validate

    yield from registry.verify()
    yield from check_gazetteer()
    try:
        read_chronology(load())
        seed_documents()
        validate(gpd.read_parquet(EVENTS_FILE))
    except BorderMapError as error:
        yield str(error)


def _write(frame: gpd.GeoDataFrame, target: Path) -> None:
    """Replace ``target`` whole, so that a failed build leaves the old file; then record it."""
    from geo.files import registry

    with replacing(target) as draft:
        frame.to_parquet(draft, compression="zstd", index=True)
    if target == EVENTS_FILE:
        registry.record_seeds()
        registry.record(target, licence=LICENCE, source=SOURCE, date=SEEDS_DATE)
