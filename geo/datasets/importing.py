"""Composition of imports: a table file read, joined to the border, stored and linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.datasets import fetch, library, store
from geo.datasets.formats import column_map
from geo.datasets.formats.acled import ACLED
from geo.datasets.formats.format import (
    NOTHING_GIVEN,
    ColumnMap,
    Format,
    Terms,
)
from geo.datasets.formats.table import TABLE
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.reading import Reading, read_dataset
from geo.errors import InputError
from geo.files.download import Progress, no_progress
from geo.files.registry import sha256
from geo.schema import read_points
from geo.settings import EVENTS_FILE

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "FORMATS",
    "Outcome",
    "import_file",
    "import_ucdp",
    "joined_to_border",
]

FORMATS: Final[dict[str, Format]] = {kind.name: kind for kind in (UCDP, ACLED, TABLE)}
"""Every format there is, by its name."""
TAKEN: Final = frozenset({"chr", "chronology", "report", "rep", "own"})
"""Names that a user's table cannot have, nor that of a format."""
BROUGHT_ALONG: Final = (
    "Some rows are marked as not to be passed on, by the terms of the dataset they come from: "
    "they are left out of exports unless you ask for them."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did; ``refused_file`` is None where every row could be used."""

    name: str
    reading: Reading
    change: store.Change
    terms: Terms
    refused_file: Path | None
    links: int

    def account(self) -> str:
        """Return the accounting in one line: every row of the file is in it."""
        n = self.reading.counts()
        return (
            f"{n['in']:,} rows in = {n['imported']:,} imported + {n['outside']:,} outside + "
            f"{n['refused']:,} refused"
        )

    def effect(self) -> str:
        """Return what became of the dataset in one line."""
        change = self.change
        if not change.changed:
            return f"{self.name}: nothing changed, the same rows were there already"
        parts = [f"{change.new:,} new", f"{change.replaced:,} replaced"]
        if change.kept:
            parts.append(f"{change.kept:,} from before that this file lacks (--replace drops them)")
        if change.newer_held:
            parts.append(f"{change.newer_held:,} held in a newer version, which stays")
        if change.superseded:
            parts.append(
                f"{change.superseded:,} Candidate rows left out, since a yearly version that is "
                "held whole covers their days without them"
            )
        if change.unstated:
            parts.append(
                f"{change.unstated:,} of those replaced had a version and this file states none: "
                "if it is an older one, import the newer again, and say --version here"
            )
        return f"{self.name}: {', '.join(parts)}"


def import_file(
    path: Path,
    kind: Format,
    given: ColumnMap = NOTHING_GIVEN,
    *,
    version: str = "",
    url: str = "",
    replace_all: bool = False,
    folder: Path = store.IMPORTED,
    progress: Callable[[int], object] = int,
) -> Outcome:
    """Import one file into the store.

    Parameters
    ----------
    path
        The table, see :func:`geo.datasets.tables.grid.open_grid`.
    given
        For a plain table, its map (guessed where empty); for others, columns named otherwise.
    version, url
        Recorded; the version is read off the file name where it is not given.
    replace_all
        Drop what the dataset held before.

    Raises
    ------
    InputError
        If the file cannot be used, or not one of its rows: what is held stays as it was.
    """
    used = column_map.guess_map(path, given) if kind is TABLE else given
    name = _name(used, kind)
    version = version or kind.version_of(path.name)
    reading = read_dataset(path, kind, used, version=version, progress=progress)
    digest = sha256(path)
    refused = _refused(reading, folder, f"{name}-{digest[:8]}.refused.csv")
    if reading.frame.empty:
        raise InputError(_nothing(path, reading, refused))
    terms = _terms(kind, reading)
    file = store.ImportedFile(
        file=path.name,
        sha256=digest,
        version=version,
        imported=datetime.now(UTC).date().isoformat(),
        counts=reading.counts(),
        notes=reading.notes,
        refused_file=refused.name if refused else "",
        url=url,
    )
    about = store.Dataset(
        name, kind.name, terms.licence, terms.citation, terms.conditions, "", "", 0, "", ""
    )
    joined = joined_to_border(reading.frame)
    change = store.save(
        joined, about, file, folder, replace=replace_all, superseded=kind.superseded
    )
    return Outcome(name, reading, change, terms, refused, len(library.links_of(folder)))


def import_ucdp(
    version: str = fetch.LATEST,
    source: str = "",
    *,
    checksum: str = "",
    folder: Path = store.IMPORTED,
    downloads: Path = fetch.FOLDER,
    fetching: Progress = no_progress,
    progress: Callable[[int], object] = int,
) -> Outcome:
    """Fetch a version of UCDP's events and import it; see :func:`geo.datasets.fetch.fetch_ucdp`.

    ``fetching`` is called while bytes come, ``progress`` while they are read.
    """
    path = fetch.fetch_ucdp(version, source, downloads, checksum, fetching)
    place, name = fetch.file_of(version)
    url = f"{source or f'{fetch.OFFICIAL}/{place}'}/{name}"
    return import_file(path, UCDP, url=url, folder=folder, progress=progress)


def joined_to_border(frame: gpd.GeoDataFrame, shipped: Path = EVENTS_FILE) -> gpd.GeoDataFrame:
    """Return ``frame`` with the border's columns; what gates were open is known from ``shipped``.

    The closures that ship speak for the gates, not those of the file itself, so that an import
    depends on the file and on what ships alone.

    Raises
    ------
    DataError
        If the shipped events are missing.
    """
    from geo.border.gates.status import status_timeline
    from geo.border.join import join_events

    return join_events(frame, timeline=status_timeline(read_points(shipped)))


def _name(used: ColumnMap, kind: Format) -> str:
    if kind is not TABLE:
        return kind.name
    if used.name in TAKEN | FORMATS.keys():
        raise InputError(f"The name {used.name!r} is taken: give the table another with --name.")
    return used.name


def _terms(kind: Format, reading: Reading) -> Terms:
    own, used = kind.terms, reading.used
    some = not own.conditions and bool(reading.frame["restricted"].any())
    return Terms(
        licence=used.licence or own.licence,
        citation=used.citation or own.citation,
        conditions=BROUGHT_ALONG if some else own.conditions,
    )


def _refused(reading: Reading, folder: Path, name: str) -> Path | None:
    if not reading.faults.found:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    reading.faults.write(folder / name)
    return folder / name


def _nothing(path: Path, reading: Reading, refused: Path | None) -> str:
    n = reading.counts()
    reasons = "; ".join(f"{count:,} {why}" for why, count in reading.faults.reasons().items())
    where = f" ({reasons}; listed in {refused})" if refused else ""
    return (
        f"{path}: none of {n['in']:,} rows can be imported: {n['outside']:,} are outside the two "
        f"countries and 50 km around, {n['refused']:,} refused{where}. "
        "What was imported before stays."
    )
