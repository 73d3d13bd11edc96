"""The address is the state: every widget is set from it and every change is written to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.query import Choices, EventFilter

__all__ = ["change", "clear", "current", "put", "reset", "select"]


def current(offered: Choices | None = None) -> tuple[EventFilter, list[str]]:
    """Return what the address asks for, and notes on what in it makes no sense."""
    return EventFilter.from_params(st.query_params.to_dict(), offered)


def put(want: EventFilter) -> None:
    """Write ``want`` to the address; the page follows on its next run."""
    st.query_params.from_dict(want.to_params())


def select(event_id: str) -> None:
    """Select an event, or none with an empty id."""
    put(replace(current()[0], selected=event_id))


def clear(*names: str) -> None:
    """Take away the limits of the dimensions ``names``."""
    put(current()[0].without(*names))


def reset() -> None:
    """Take away every limit; the selected event stays."""
    clear(*current()[0].active())


def change(**fields: Any) -> None:  # noqa: ANN401 - values of any field
    """Set fields of the filter."""
    put(replace(current()[0], **fields))
