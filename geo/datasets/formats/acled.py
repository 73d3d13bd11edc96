"""ACLED: the CSV that a registered user exports, old (numbers in ``inter1``) and new (words).

Codes: ACLED codebook (acleddata.com). ACLED writes 0 deaths for none and for unknown: its 0 stays
in ``acled_fatalities`` and is unknown in our own columns.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from geo.datasets.formats.crosswalk import ours, to_ours
from geo.datasets.formats.format import (
    ColumnMap,
    Format,
    Terms,
    coded,
    outlets,
)
from geo.datasets.tables.cells import counts, days, known_text
from geo.datasets.tables.faults import Faults

__all__ = ["ACLED"]

TERMS: Final = Terms(
    licence="ACLED terms of use (acleddata.com); the user's own file",
    citation=(
        "ACLED, www.acleddata.com. Raleigh, Clionadh, Roudabeh Kishi and Andrew Linke (2023) "
        "Political instability patterns are obscured by conflict dataset scope conditions, "
        "sources, and coding choices. Humanities and Social Sciences Communications 10, 74."
    ),
    conditions=(
        "ACLED data are licensed to the person who registered for them. They may be used with "
        "credit to ACLED, but their rows may not be given to others or used to build a dataset "
        "that stands in for ACLED's. These rows stay on this machine, are marked, and are left "
        "out of exports unless you ask for them. The terms in force are at "
        "acleddata.com/terms-and-conditions."
    ),
)
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "event_id_cnty": ("event_id",),
    "event_date": (),
    "time_precision": (),
    "event_type": (),
    "sub_event_type": (),
    "actor1": ("actor_1",),
    "actor2": ("actor_2",),
    "inter1": ("inter_1",),
    "inter2": ("inter_2",),
    "interaction": (),
    "civilian_targeting": (),
    "disorder_type": (),
    "country": (),
    "admin1": (),
    "admin2": (),
    "admin3": (),
    "location": (),
    "latitude": ("lat",),
    "longitude": ("lon", "long"),
    "geo_precision": (),
    "source": (),
    "source_scale": (),
    "notes": (),
    "fatalities": (),
    "tags": (),
    "timestamp": (),
}
NEEDED: Final = (
    *("event_id_cnty", "event_date", "time_precision", "event_type", "latitude", "longitude"),
    *("geo_precision", "fatalities"),
)
KEPT: Final = (
    *("event_type", "sub_event_type", "geo_precision", "time_precision", "inter1", "inter2"),
    *("interaction", "disorder_type", "civilian_targeting", "source_scale", "fatalities"),
    *("admin3", "event_date", "timestamp"),
)
STATES: Final = ("state forces", "external/other forces")
ARMED: Final = ("armed clash",)
SPREAD: Final = {"week": 3}
"""ACLED dates a week by a day in it: the event lies within three days either side."""


def interpret(rows: pd.DataFrame, faults: Faults, given: ColumnMap) -> pd.DataFrame:
    """Return rows as columns of the event frame; see :mod:`geo.datasets.formats.format`."""
    day = days(rows["event_date"], faults, given.date_order)
    faults.refuse(known_text(rows["event_id_cnty"]).isna(), rows["event_id_cnty"], "no id")
    faults.refuse(day.isna(), rows["event_date"], "the row has no date")
    precision = coded(rows["time_precision"], "acled", "time_precision", faults)
    start, end = _span(day, precision)
    toll = counts(rows["fatalities"], faults)
    return pd.DataFrame(
        {
            "source_id": known_text(rows["event_id_cnty"]),
            "event_type": _types(rows, faults),
            "date_start": start,
            "date_end": end,
            "date_precision": precision,
            "precision": coded(rows["geo_precision"], "acled", "geo_precision", faults),
            "place": known_text(rows["location"]),
            "admin1_named": known_text(rows["admin1"]),
            "admin2_named": known_text(rows["admin2"]),
            "actors": _actors(rows),
            "fatalities_best": toll.mask((toll == 0).fillna(False)),
            "summary": known_text(rows["notes"]),
            "sources": outlets(known_text(rows["source"]), pd.Series("", index=rows.index)),
            **{f"acled_{name}": known_text(rows[name]) for name in KEPT},
            **{f"acled_{name}_kind": _kind(rows[name]) for name in ("inter1", "inter2")},
        },
        index=rows.index,
    )


def _kind(inter: pd.Series[Any]) -> pd.Series[Any]:
    """Return the kind of actor in words, whether coded as a number or as words."""
    word = to_ours(inter, "acled", "inter")
    plain = inter.str.strip().str.lower()
    known = plain.isin(list(ours("acled", "inter").values()))
    return word.fillna(plain.where(known)).replace("", pd.NA)


def _types(rows: pd.DataFrame, faults: Faults) -> pd.Series[Any]:
    """Return our types: by sub-event, else by event; a type that is neither is refused."""
    types = to_ours(rows["sub_event_type"], "acled", "sub_event_type")
    types = types.fillna(to_ours(rows["event_type"], "acled", "event_type"))
    faults.refuse(types.isna(), rows["event_type"], "is no event type of ACLED")
    armed = rows["sub_event_type"].str.strip().str.lower().isin(ARMED)
    states = _kind(rows["inter1"]).isin(STATES) & _kind(rows["inter2"]).isin(STATES)
    both = pd.Series(data=True, index=rows.index)
    for country in ("Afghanistan", "Pakistan"):
        named = rows[["actor1", "actor2"]].apply(lambda actor, c=country: actor.str.contains(c))
        both &= named.fillna(False).any(axis=1) & ~named.fillna(False).all(axis=1)
    clash = ours("acled", "sub_event_type")["armed clash two states"]
    return types.mask((armed & states & both).fillna(False), clash)


def _span(day: pd.Series[Any], precision: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return first and last day on which the event may have been, by the date's precision."""
    wide = pd.to_timedelta(precision.map(SPREAD).fillna(0).astype("int64"), unit="D")
    month = (precision == "month").fillna(False)
    first = day.dt.to_period("M").dt.start_time
    last = (first + pd.offsets.MonthEnd(0)).where(first.notna())
    start, end = (day - wide).mask(month, first), (day + wide).mask(month, last)
    return start.astype("datetime64[ms]"), end.astype("datetime64[ms]")


def _actors(rows: pd.DataFrame) -> pd.Series[Any]:
    first, second = known_text(rows["actor1"]), known_text(rows["actor2"])
    return (first + "; " + second).fillna(first).fillna(second)


ACLED: Final = Format(
    name="acled",
    label="ACLED export",
    aliases=ALIASES,
    needed=NEEDED,
    dates=("event_date",),
    interpret=interpret,
    terms=TERMS,
    pledge="I registered with ACLED and may use this file under its terms",
)
