"""The address is the state: every widget is set from it and every change is written to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo.query.dimensions import Choices
from geo.query.filter import EventFilter
from geo.query.params import BESIDE, View, read_page_params

__all__ = [
    "Beside",
    "aside",
    "beside",
    "carry",
    "change",
    "clear",
    "current",
    "put",
    "put_aside",
    "reset",
    "select",
]

PASSING: Final = ("data",)
"""Said by a link only: gone once the reader changes anything."""

CARRIED: Final = ("line",)
"""Kept from page to page."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the address says beside the filter: where a link wants the map, the line's name."""

    view: View | None = None
    line: str = "border"


def current(offered: Choices | None = None) -> tuple[EventFilter, list[str]]:
    """Return what the address asks for, and notes on what in it makes no sense."""
    said = st.query_params.to_dict()
    return EventFilter.from_params({k: v for k, v in said.items() if k not in BESIDE}, offered)


def beside(version: str) -> tuple[Beside, list[str]]:
    """Return what the address says beside the filter, and notes; ``version`` is the data's."""
    said, notes = read_page_params(st.query_params.to_dict())
    made_with = said.get("data", version)
    if made_with != version:
        notes.append(
            f"This link was made with version {made_with} of the data; shown is {version}. "
            "Events may have been added, changed or taken out since."
        )
    return Beside(said.get("view"), said.get("line", Beside().line)), notes


def aside(key: str) -> str:
    """Return what the address says of one of the page's own keys, empty if nothing."""
    return str(st.query_params.get(key, ""))


def put(want: EventFilter) -> None:
    """Write ``want`` to the address; the page follows on its next run."""
    st.query_params.from_dict(want.to_params() | _kept())


def put_aside(**said: str) -> None:
    """Write the page's own keys to the address, an empty one not; the filter stays."""
    gone = {*said, *PASSING}
    rest = {k: v for k, v in st.query_params.to_dict().items() if k not in gone}
    st.query_params.from_dict(rest | {k: v for k, v in said.items() if v})


def carry(page: str) -> None:
    """Bring the filter along when a reader comes from another page by the menu.

    The menu leaves the address bare; an address that says anything is left as it is.
    """
    before = st.session_state.get("filter_was_at")
    if before and before[0] != page and not st.query_params.to_dict():
        st.query_params.from_dict(before[1])
    said = st.query_params.to_dict().items()
    own = {k: v for k, v in said if k not in BESIDE or k in CARRIED}
    st.session_state["filter_was_at"] = (page, own)


def select(event_id: str) -> None:
    """Select an event, or none with an empty id."""
    put(current()[0].changed(selected=event_id))


def clear(*names: str) -> None:
    """Take away the limits of the dimensions ``names``."""
    put(current()[0].without(*names))


def reset() -> None:
    """Take away every limit; the selected event stays."""
    clear(*current()[0].active())


def change(**fields: Any) -> None:  # noqa: ANN401 - values of any field
    """Set fields of the filter."""
    put(current()[0].changed(**fields))


def _kept() -> dict[str, str]:
    return {key: text for key in BESIDE if key not in PASSING and (text := aside(key))}
