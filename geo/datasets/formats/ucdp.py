"""UCDP GED and Candidate events: the CSV of any version from 5.0 on.

Codes: UCDP GED codebook (Högbladh, Uppsala University). The type of violence says who fought, not
how, so types are coarse here. Fighting between the governments of Afghanistan and Pakistan is a
border clash; that between Pakistan's and India's is none of this border's.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from geo.datasets.formats.crosswalk import ours
from geo.datasets.formats.format import (
    ColumnMap,
    Format,
    Terms,
    coded,
    outlets,
)
from geo.datasets.tables.cells import counts, days, known_text
from geo.datasets.tables.faults import Faults

__all__ = ["UCDP", "superseded", "version_of"]

TERMS: Final = Terms(
    licence="CC BY 4.0, Uppsala Conflict Data Program",
    citation=(
        "Sundberg, Ralph and Erik Melander (2013) Introducing the UCDP Georeferenced Event "
        "Dataset. Journal of Peace Research 50(4). Candidate events: Hegre, Håvard, Mihai Croicu, "
        "Kristine Eck and Stina Högbladh (2020) Introducing the UCDP Candidate Events Dataset. "
        "Research & Politics 7(3)."
    ),
)
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("event_id", "ged_id"),
    "relid": (),
    "year": (),
    "code_status": (),
    "type_of_violence": ("type_of_vi", "violence_type"),
    "conflict_name": ("conflict_n",),
    "dyad_name": (),
    "side_a": (),
    "side_b": (),
    "number_of_sources": (),
    "source_article": ("source_art",),
    "source_office": ("source_off",),
    "source_date": ("source_dat",),
    "source_headline": ("source_hea",),
    "source_original": ("source_ori",),
    "where_prec": ("geo_precision", "where_precision"),
    "where_coordinates": ("where_coor", "location"),
    "where_description": ("where_desc", "where_descr"),
    "adm_1": ("adm1", "admin1"),
    "adm_2": ("adm2", "admin2"),
    "latitude": ("lat",),
    "longitude": ("lon", "long", "lng"),
    "country": ("country_name",),
    "event_clarity": ("event_clar",),
    "date_prec": ("date_precision",),
    "date_start": ("start_date",),
    "date_end": ("end_date",),
    "deaths_a": (),
    "deaths_b": (),
    "deaths_civilians": ("deaths_civ",),
    "deaths_unknown": ("deaths_unk",),
    "best": ("best_est", "best_estimate", "deaths_best"),
    "high": ("high_est", "high_estimate", "deaths_high"),
    "low": ("low_est", "low_estimate", "deaths_low"),
}
"""The names since 17.1 → other names: of version 5, and as shape files cut them to ten letters."""
NEEDED: Final = (
    *("id", "type_of_violence", "where_prec", "latitude", "longitude"),
    *("date_prec", "date_start", "date_end", "best"),
)
KEPT: Final = (
    *("type_of_violence", "where_prec", "date_prec", "event_clarity", "code_status", "relid"),
    *("conflict_name", "dyad_name", "source_original", "number_of_sources"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best", "high"),
)
"""Kept as written, as ``ucdp_…``."""
STATE: Final = "Government of "
BOTH: Final = ("Afghanistan", "Pakistan")
_YEARLY: Final = re.compile(r"(\d{1,2})\.\d")
_RELEASE: Final = re.compile(r"(?i)v(\d{1,2})_(\d{1,2})(?:_(\d{1,2}))?(?:_(\d{1,2}))?")
_ARCHIVE: Final = re.compile(r"(?i)ged(\d{1,2})(\d)(?!\d)")
"""``GEDEvent_v25_1``, ``…_v26_0_6``, ``…_v26_01_26_06``; ``ged251-csv.zip``, ``ged50.csv``."""


def interpret(rows: pd.DataFrame, faults: Faults, given: ColumnMap) -> pd.DataFrame:
    """Return rows as columns of the event frame; see :mod:`geo.datasets.formats.format`."""
    start = days(rows["date_start"], faults, given.date_order)
    end = days(rows["date_end"], faults, given.date_order).fillna(start)
    faults.refuse(end < start, rows["date_end"], "lies before date_start")
    faults.refuse(known_text(rows["id"]).isna(), rows["id"], "the row has no id")
    faults.refuse(start.isna(), rows["date_start"], "the row has no date")
    return pd.DataFrame(
        {
            "source_id": known_text(rows["id"]),
            "event_type": _types(rows, faults),
            "date_start": start,
            "date_end": end,
            "date_precision": coded(rows["date_prec"], "ucdp", "date_prec", faults),
            "precision": coded(rows["where_prec"], "ucdp", "where_prec", faults),
            "place": known_text(rows["where_coordinates"]),
            "admin1_named": known_text(rows["adm_1"]),
            "admin2_named": known_text(rows["adm_2"]),
            "actors": _joined(rows["side_a"], rows["side_b"], "; "),
            **_tally(rows, faults),
            "summary": known_text(rows["source_headline"]).fillna(
                _joined(rows["side_a"], rows["side_b"], " – ")
            ),
            "notes": known_text(rows["where_description"]),
            "sources": outlets(
                known_text(rows["source_office"]).fillna(known_text(rows["source_article"])),
                known_text(rows["source_date"]),
            ),
            **{f"ucdp_{name}": known_text(rows[name]) for name in KEPT},
        },
        index=rows.index,
    )


def version_of(name: str) -> str:
    """Return the version that a file name tells: ``25.1``, ``26.0.6`` (Candidate) or empty."""
    if match := _RELEASE.search(name):
        year, *rest = (int(part) for part in match.groups() if part)
        months = len(rest) > 2  # from January to a month: named as that month's release
        return f"{year}.0.{rest[2]}" if months else ".".join(map(str, (year, *rest)))
    match = _ARCHIVE.search(name)
    return f"{match[1]}.{match[2]}" if match else ""


def superseded(rows: pd.DataFrame, version: str) -> pd.Series[Any]:
    """Return which rows are Candidate events of days that a yearly version covers.

    ``26.1`` covers all years to the end of 2025, and has looked at each Candidate event of them
    again: those it does not hold were dropped or told otherwise. Bool, on the index of ``rows``,
    which have ``dataset_version`` and ``date_start``.
    """
    match = _YEARLY.fullmatch(version)
    last = 1999 + int(match[1]) if match else 0
    candidate = rows["dataset_version"].str.count(r"\.") > 1
    covered: pd.Series[Any] = candidate & (rows["date_start"].dt.year <= last)
    return covered.fillna(False).astype(bool)


def _types(rows: pd.DataFrame, faults: Faults) -> pd.Series[Any]:
    types = coded(rows["type_of_violence"], "ucdp", "type_of_violence", faults)
    sides = rows["side_a"], rows["side_b"]
    af, pk = ([side.str.startswith(STATE + name) for side in sides] for name in BOTH)
    states = (af[0] & pk[1]) | (pk[0] & af[1])
    first = rows["type_of_violence"].str.strip() == "1"
    clash = ours("ucdp", "type_of_violence")["1 two states"]
    return types.mask((states & first).fillna(False), clash)


def _tally(rows: pd.DataFrame, faults: Faults) -> dict[str, pd.Series[Any]]:
    """Return the bounds; a low above the best or a high below it is moved to the best.

    UCDP has a few such rows. Its own three numbers stay beside as ``ucdp_low`` and so on.
    """
    low, best, high = (counts(rows[name], faults) for name in ("low", "best", "high"))
    above, below = (low > best).fillna(False), (high < best).fillna(False)
    faults.changed["rows whose low or high was moved to the best figure"] += int(
        (above | below).sum()
    )
    return {
        "fatalities_low": low.mask(above, best),
        "fatalities_best": best,
        "fatalities_high": high.mask(below, best),
    }


def _joined(first: pd.Series[Any], second: pd.Series[Any], mark: str) -> pd.Series[Any]:
    a, b = known_text(first), known_text(second)
    return (a + mark + b).fillna(a).fillna(b)


UCDP: Final = Format(
    name="ucdp",
    label="UCDP GED or Candidate events",
    aliases=ALIASES,
    needed=NEEDED,
    dates=("date_start", "date_end"),
    interpret=interpret,
    terms=TERMS,
    version_of=version_of,
    superseded=superseded,
)
