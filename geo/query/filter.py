"""One frozen filter: from and to URL parameters, to words, to a mask over the table of events.

The table is what :func:`geo.schema.read_points` returns. A dimension is one thing a reader can
limit (dates, what, where …); each knows its fields, its mask and its words, so that clearing one,
counting without it and saying it all follow from the same list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from geo.counts import Mask, Totals, first_of, floats, totals
from geo.model import AT_GATE_KM, EVENT_GROUPS, GROUP_OF, PRECISIONS
from geo.query.choices import Choices, choices
from geo.query.params import read_params, write_params
from geo.query.text import contains, has_words, with_search
from geo.schema import SIDES
from geo.words import (
    GROUP_WORDS,
    PRECISION_WORDS,
    SIDE_WORDS,
    TYPE_WORDS,
    dataset_words,
    span_words,
)

__all__ = [
    "DIMENSIONS",
    "Choices",
    "EventFilter",
    "Totals",
    "at_crossing",
    "choices",
    "totals",
    "with_search",
]

VOCABULARY: Final[dict[str, tuple[str, ...]]] = {
    "what": (*EVENT_GROUPS, *GROUP_OF),
    "side": SIDES,
    "precision": PRECISIONS,
}
"""Words a list field may hold; the fields not named here depend on the table."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What a reader wants to see; the defaults limit nothing. ``selected`` never hides an event.

    ``what`` mixes groups and types; ``province`` holds ``"PK:Balochistan"``, ``district``
    ``"PK:Balochistan:Kalat"``, ``crossing`` names of crossings; ``max_km`` is the distance of the
    placed point to the line. A toll is compared by its best figure, else the highest, else the
    lowest given.
    """

    first: date | None = None
    last: date | None = None
    undated: bool = False
    what: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    crossing: tuple[str, ...] = ()
    max_km: float | None = None
    far_unknown: bool = False
    min_deaths: int = 0
    deaths_unknown: bool = True
    precision: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()
    text: str = ""
    selected: str = ""

    @classmethod
    def from_params(
        cls, params: Mapping[str, str], offered: Choices | None = None
    ) -> tuple[EventFilter, list[str]]:
        """Read URL parameters; what makes no sense is left out and named in the notes.

        With ``offered``, names of places and sources that the table lacks are left out too.
        """
        allowed = dict(VOCABULARY)
        if offered is not None:
            allowed |= {f.name: getattr(offered, f.name) for f in fields(offered)}
        values, notes = read_params(params, allowed)
        found = cls(**values)
        if found.first and found.last and found.first > found.last:
            found = replace(found, first=found.last, last=found.first)
            notes.append("The dates in the address were the wrong way round; they are swapped.")
        return found, notes

    def to_params(self) -> dict[str, str]:
        """Return URL parameters that :meth:`from_params` reads back; defaults are left out."""
        changed = {f.name: getattr(self, f.name) for f in fields(self)}
        return write_params({k: v for k, v in changed.items() if v != getattr(EVERYTHING, k)})

    def mask(self, table: pd.DataFrame) -> Mask:
        """Return which rows of ``table`` (shape ``(n,)``, bool) meet every condition."""
        keep = np.ones(len(table), dtype=bool)
        for name in self.active():
            keep &= DIMENSIONS[name].mask(self, table)
        return keep

    def active(self) -> tuple[str, ...]:
        """Return the names of the dimensions that limit something, text search last."""
        return tuple(name for name in DIMENSIONS if self.without(name) != self)

    def without(self, *names: str) -> EventFilter:
        """Return the filter with the dimensions ``names`` back at no limit."""
        cleared = [field for name in names for field in DIMENSIONS[name].fields]
        return replace(self, **{field: getattr(EVERYTHING, field) for field in cleared})

    def words(self, name: str) -> str:
        """Say one dimension: ``within 50 km``; empty when it limits nothing."""
        return DIMENSIONS[name].words(self) if self.without(name) != self else ""

    def describe(self) -> str:
        """Say the whole filter: ``Feb 2023, violence, within 50 km``; ``all events`` if none."""
        return ", ".join(self.words(name) for name in self.active()) or "all events"


EVERYTHING: Final = EventFilter()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing a reader can limit."""

    fields: tuple[str, ...]
    mask: Callable[[EventFilter, pd.DataFrame], Mask]
    words: Callable[[EventFilter], str]


def _in_dates(want: EventFilter, table: pd.DataFrame) -> Mask:
    start = table["date_start"].to_numpy("datetime64[D]")
    end = table["date_end"].to_numpy("datetime64[D]")
    end = np.where(np.isnat(end), start, end)
    keep: Mask = ~np.isnat(start)
    if want.first:
        keep &= end >= np.datetime64(want.first)
    if want.last:
        keep &= start <= np.datetime64(want.last)
    return keep | np.isnat(start) if want.undated else keep


def _of_kind(want: EventFilter, table: pd.DataFrame) -> Mask:
    kinds = {kind for word in want.what for kind in EVENT_GROUPS.get(word, (word,))}
    # "other" is both a group and a type in it: the group, which holds the type, wins
    return table["event_type"].isin(list(kinds)).to_numpy(bool)


def _one_of(field: str, column: str) -> Callable[[EventFilter, pd.DataFrame], Mask]:
    def mask(want: EventFilter, table: pd.DataFrame) -> Mask:
        found: Mask = table[column].isin(list(getattr(want, field))).to_numpy(bool)
        return found

    return mask


def _where(want: EventFilter, table: pd.DataFrame) -> Mask:
    keep = np.ones(len(table), dtype=bool)
    if want.side:
        keep &= table["border_side"].fillna("unknown").isin(list(want.side)).to_numpy(bool)
    if want.province:
        keep &= np.logical_or.reduce([_inside(table, key) for key in want.province])
    if want.district:
        keep &= _in_district(table, want.district)
    if want.crossing:
        keep &= at_crossing(table, want.crossing)
    return keep


def at_crossing(table: pd.DataFrame, names: Iterable[str]) -> Mask:
    """Return which rows happened at one of the crossings ``names``.

    The crossing is the nearest, within ``AT_GATE_KM``, and the place is known at least that well.
    """
    near = floats(table["crossing_km"]) <= AT_GATE_KM
    sure = floats(table["uncertainty_km"]) <= AT_GATE_KM
    named = table["nearest_crossing"].isin(list(names)).to_numpy(bool)
    found: Mask = near & sure & named
    return found


def _in_district(table: pd.DataFrame, names: Iterable[str]) -> Mask:
    if "district" not in table:
        return np.zeros(len(table), dtype=bool)
    found: Mask = table["district"].isin(list(names)).to_numpy(bool)
    return found


def _inside(table: pd.DataFrame, province: str) -> Mask:
    country, _, name = province.partition(":")
    here = (table["country"] == country) & (table["admin1"] == name)
    return here.fillna(False).to_numpy(bool)


def _near_line(want: EventFilter, table: pd.DataFrame) -> Mask:
    if want.max_km is None:
        return np.ones(len(table), dtype=bool)
    km = floats(table["border_km"])
    near: Mask = km <= want.max_km
    return near | (np.isnan(km) & want.far_unknown)


def _deadly(want: EventFilter, table: pd.DataFrame) -> Mask:
    toll = first_of(*(floats(table[f"fatalities_{b}"]) for b in ("best", "high", "low")))
    deadly: Mask = toll >= want.min_deaths
    return deadly | (np.isnan(toll) & want.deaths_unknown)


def _from_source(want: EventFilter, table: pd.DataFrame) -> Mask:
    keep = np.ones(len(table), dtype=bool)
    if want.outlet:
        # the cell is JSON: a quote inside a name is escaped there, so the match is exact
        named = [f'"outlet": {json.dumps(name, ensure_ascii=False)}' for name in want.outlet]
        keep &= np.logical_or.reduce([contains(table["sources"], name) for name in named])
    if want.dataset:
        keep &= table["dataset"].isin(list(want.dataset)).to_numpy(bool)
    return keep


def _contains_text(want: EventFilter, table: pd.DataFrame) -> Mask:
    return has_words(table, want.text)


def _listed(values: Iterable[str], words: Mapping[str, str]) -> str:
    return " or ".join(words.get(value, value).lower() for value in values)


def _what_words(want: EventFilter) -> str:
    return _listed(want.what, TYPE_WORDS | GROUP_WORDS)


def _date_words(want: EventFilter) -> str:
    if want.first and want.last:
        span = span_words(want.first, want.last)
    elif want.first:
        span = f"from {span_words(want.first, None)}"
    else:
        span = f"until {span_words(want.last, None)}" if want.last else "all dates"
    return f"{span} or undated" if want.undated else span


def _where_words(want: EventFilter) -> str:
    sides = " or ".join(SIDE_WORDS[side] for side in want.side)
    provinces = " or ".join(name.partition(":")[2] for name in want.province)
    districts = " or ".join(f"{name.rpartition(':')[2]} district" for name in want.district)
    gates = f"within {AT_GATE_KM:g} km of {' or '.join(want.crossing)}" if want.crossing else ""
    return ", ".join(part for part in (sides, provinces, districts, gates) if part)


def _km_words(want: EventFilter) -> str:
    limit = "any distance" if want.max_km is None else f"within {want.max_km:g} km"
    return f"{limit} or not known" if want.far_unknown else limit


def _death_words(want: EventFilter) -> str:
    if not want.min_deaths:
        return "toll stated"
    least = f"{want.min_deaths:,} or more deaths"
    return f"{least} or not stated" if want.deaths_unknown else least


DIMENSIONS: Final[dict[str, Dimension]] = {
    "dates": Dimension(("first", "last", "undated"), _in_dates, _date_words),
    "what": Dimension(("what",), _of_kind, _what_words),
    "where": Dimension(("side", "province", "district", "crossing"), _where, _where_words),
    "distance": Dimension(("max_km", "far_unknown"), _near_line, _km_words),
    "deaths": Dimension(("min_deaths", "deaths_unknown"), _deadly, _death_words),
    "precision": Dimension(
        ("precision",),
        _one_of("precision", "precision"),
        lambda want: _listed(want.precision, PRECISION_WORDS),
    ),
    "source": Dimension(
        ("outlet", "dataset"),
        _from_source,
        lambda want: " or ".join((*want.outlet, *map(dataset_words, want.dataset))),
    ),
    "text": Dimension(("text",), _contains_text, lambda want: f"with “{want.text}”"),
}
