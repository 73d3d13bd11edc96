"""Any event table: what its columns mean is guessed, shown, and corrected in a small TOML file."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from geo.datasets.formats.crosswalk import ours
from geo.datasets.formats.format import ColumnMap, Format, outlets
from geo.datasets.tables.cells import counts, days, known_text
from geo.datasets.tables.faults import Faults
from geo.model import CERTAINTIES, GROUP_OF, PRECISIONS

__all__ = ["DEFAULT_PRECISION", "TABLE"]

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("event_id", "incident_id", "incident_no", "no", "ref", "reference", "code", "uid"),
    "date": ("event_date", "date_start", "start_date", "incident_date", "day", "when"),
    "date_end": ("end_date", "until", "date_to"),
    "event_type": ("type", "category", "incident_type", "kind", "event", "attack_type"),
    "place": ("location", "place_name", "town", "village", "site", "where", "settlement"),
    "latitude": ("lat", "y", "lat_dd", "decimal_latitude", "gps_lat"),
    "longitude": ("lon", "long", "lng", "x", "lon_dd", "decimal_longitude", "gps_lon"),
    "precision": ("geo_precision", "location_precision"),
    "country": ("country_name", "iso", "iso2", "iso3"),
    "admin1": ("province", "adm_1", "adm1", "region", "state"),
    "admin2": ("district", "adm_2", "adm2", "agency"),
    "actors": ("actor", "actor1", "perpetrator", "group", "party", "side_a"),
    "target": ("actor2", "victim", "side_b", "target_type"),
    "fatalities": ("deaths", "killed", "dead", "fatalities_best", "best", "total_killed"),
    "fatalities_low": ("deaths_low", "low", "min_killed"),
    "fatalities_high": ("deaths_high", "high", "max_killed"),
    "injured": ("wounded", "injuries", "total_injured", "injured_best"),
    "certainty": (),
    "claimed_by": ("claimant",),
    "source": ("sources", "outlet", "newspaper", "publisher"),
    "summary": ("description", "details", "title", "headline", "text"),
    "notes": ("remarks", "comments", "comment", "note"),
}
"""Our columns → headers that tables have for them, plain (lower case, underscores)."""
NEEDED: Final = ("date", "latitude", "longitude")
DEFAULT_PRECISION: Final = "near"
"""What a point is worth of which the table does not say how well it is known."""
MONTH, YEAR = r"^\d{4}-\d{2}$", r"^\d{4}$"


def interpret(rows: pd.DataFrame, faults: Faults, given: ColumnMap) -> pd.DataFrame:
    """Return rows as columns of the event frame; see :mod:`geo.datasets.formats.format`."""
    start, last, precision = _dates(rows["date"], faults, given.date_order)
    end = days(rows["date_end"], faults, given.date_order).fillna(last)
    faults.refuse(end < start, rows["date_end"], "lies before the first day")
    ranged = (precision == "day") & (end > start)
    return pd.DataFrame(
        {
            "source_id": _ids(rows),
            "event_type": _types(rows["event_type"], given),
            "date_start": start,
            "date_end": end,
            "date_precision": precision.mask(ranged, "day_range"),
            "precision": _words(rows["precision"], PRECISIONS, given, "precision", faults),
            "place": known_text(rows["place"]),
            "admin1_named": known_text(rows["admin1"]),
            "admin2_named": known_text(rows["admin2"]),
            "actors": _both(rows["actors"], rows["target"]),
            **_tally(rows, faults),
            "injured_best": counts(rows["injured"], faults),
            "certainty": _words(rows["certainty"], CERTAINTIES, given, "certainty", faults),
            "claimed_by": known_text(rows["claimed_by"]),
            "summary": known_text(rows["summary"]),
            "notes": known_text(rows["notes"]),
            "sources": outlets(known_text(rows["source"]), pd.Series("", index=rows.index)),
            "table_event_type": known_text(rows["event_type"]),
            "table_precision": known_text(rows["precision"]),
            "table_date": known_text(rows["date"]),
        },
        index=rows.index,
    )


def _dates(
    column: pd.Series[Any], faults: Faults, order: str
) -> tuple[pd.Series[Any], pd.Series[Any], pd.Series[Any]]:
    """Return first day, last day and precision; ``2024-03`` is a month and ``2024`` a year."""
    text = known_text(column)
    month, year = (text.str.match(form).fillna(False) for form in (MONTH, YEAR))
    whole = text.mask(month, text + "-01").mask(year, text + "-01-01").rename(str(column.name))
    first = days(whole, faults, order)
    last = first.mask(month, first + pd.offsets.MonthEnd(0))
    last = last.mask(year, first + pd.offsets.YearEnd(0)).astype("datetime64[ms]")
    said = pd.Series("day", index=column.index, dtype="string").mask(month, "month")
    return first, last, said.mask(year, "year").mask(first.isna(), "unknown")


def _ids(rows: pd.DataFrame) -> pd.Series[Any]:
    """Return the row's own id, else one that follows from its content."""
    own = known_text(rows["id"])
    if own.notna().all():
        return own
    hashed = pd.util.hash_pandas_object(rows.fillna(""), index=False)
    return own.fillna(hashed.map(lambda number: f"{number:016x}").astype("string"))


def _types(column: pd.Series[Any], given: ColumnMap) -> pd.Series[Any]:
    """Return our types: by the map's words, our own words, common words; else ``other``."""
    plain = known_text(column).str.lower()
    table = {kind.replace("_", " "): kind for kind in GROUP_OF} | {kind: kind for kind in GROUP_OF}
    table |= ours("table", "event_type") | ours("acled", "sub_event_type")
    table |= dict(given.words.get("event_type", {}))
    return plain.map(table).fillna("other").astype("string")


def _words(
    column: pd.Series[Any], allowed: tuple[str, ...], given: ColumnMap, what: str, faults: Faults
) -> pd.Series[Any]:
    plain = known_text(column).str.lower()
    table = {word: word for word in allowed} | dict(given.words.get(what, {}))
    found = plain.map(table).astype("string")
    say = f"is none of {', '.join(allowed)}; translate it in the map under [words.{what}]"
    faults.refuse(found.isna() & plain.notna(), column, say)
    return found.fillna(DEFAULT_PRECISION if what == "precision" else allowed[0])


def _tally(rows: pd.DataFrame, faults: Faults) -> dict[str, pd.Series[Any]]:
    low, best, high = (
        counts(rows[name], faults) for name in ("fatalities_low", "fatalities", "fatalities_high")
    )
    wrong = ((low > best) | (best > high) | (low > high)).fillna(False)
    faults.refuse(wrong, rows["fatalities"], "lies outside the row's own low and high")
    return {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high}


def _both(first: pd.Series[Any], second: pd.Series[Any]) -> pd.Series[Any]:
    one, two = known_text(first), known_text(second)
    return (one + "; " + two).fillna(one).fillna(two)


TABLE: Final = Format(
    name="table",
    label="A table of my own",
    aliases=ALIASES,
    needed=NEEDED,
    dates=("date", "date_end"),
    interpret=interpret,
    hint="A table of names without coordinates: run 'geo locate --csv IN --out OUT' on it first.",
)
