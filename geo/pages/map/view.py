"""What the map page shows, read from the address; what follows from a filter is made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from geo.border import layers
from geo.counts import Mask
from geo.pages.map import shading
from geo.pages.shared import address, load
from geo.query.filter import EventFilter
from geo.story import place_words, places
from geo.story.places import Spot
from geo.webmap import choropleth

__all__ = ["Shown", "View", "view"]

T = TypeVar("T")
KEPT: Final = 32
"""So many filters are kept ready, of all sessions together: those asked for last."""


class Shown:
    """The events that a filter lets through, and what was made of them already."""

    def __init__(self, data: load.Shared, want: EventFilter) -> None:
        self.data, self.want = data, want
        self.mask = want.mask(data.table)
        self._made: dict[Callable[..., Any], Any] = {}

    @cached_property
    def mask_of_all_dates(self) -> Mask:
        """Which rows pass all but the dates: the map itself applies those."""
        return self.want.without("dates").mask(self.data.table)

    def once(self, make: Callable[[pd.DataFrame, Mask], T]) -> T:
        """Return ``make(table, mask)``, made when it is asked for first."""
        if make not in self._made:
            self._made[make] = make(self.data.table, self.mask)
        found: T = self._made[make]
        return found


@dataclass(frozen=True, eq=False)
class View:
    """What the address asks of the map page, next to the filter too."""

    shown: Shown
    selected: str
    row: int | None
    """Number of the row that is selected."""
    beside: address.Beside
    spot: Spot | None
    shade: shading.Asked | None
    dark: bool
    notes: tuple[str, ...]

    @property
    def data(self) -> load.Shared:
        """What every session shares."""
        return self.shown.data

    @property
    def filter(self) -> EventFilter:
        """The filter, whatever is selected."""
        return self.shown.want

    @cached_property
    def shades(self) -> choropleth.Shade | None:
        """The shades of the areas, None where none are asked for."""
        return shading.shaded(self.data, self.shown.mask, self.shade, dark=self.dark)


def view() -> View:
    """Return what the address asks for now."""
    said = tuple(sorted(st.query_params.to_dict().items()))
    return _read(load.shared(), said, dark=st.context.theme.type == "dark")


@lru_cache(maxsize=KEPT)
def _read(data: load.Shared, said: tuple[tuple[str, str], ...], *, dark: bool) -> View:
    """Read the address, which says ``said``; the same address is read once."""
    want, notes = address.current(data.offered)
    beside, faults = address.beside(data.version)
    row = _row_of(data.table, want.selected)
    if want.selected and row is None:
        faults.append("The address names an event that is not in the data.")
    spot, no_place = _place()
    shade, no_shade = shading.asked()
    shown = _shown(data, want.changed(selected=""))
    said_of_it = (*notes, *faults, *no_place, *no_shade)
    return View(shown, want.selected, row, beside, spot, shade, dark, said_of_it)


def _place() -> tuple[Spot | None, list[str]]:
    """Return the place that the address names, and notes where it names none that is known."""
    said = address.aside("place")
    if not said:
        return None, []
    spot = places.find(said)
    known = layers.has_districts()
    return spot, [] if spot else [place_words.unknown_place(said, districts=known)]


@lru_cache(maxsize=KEPT)
def _shown(data: load.Shared, want: EventFilter) -> Shown:
    return Shown(data, want)


def _row_of(table: pd.DataFrame, event_id: str) -> int | None:
    found = np.flatnonzero(table.index == event_id)
    return int(found[0]) if event_id and len(found) else None
