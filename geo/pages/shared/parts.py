"""Parts of a page that are drawn again by themselves: a click costs what it changes.

A part is a fragment of Streamlit's with a name. It says what it is drawn from, as values that can
be compared. Whatever a widget does is done by a callback that changes the address; wrapped by
:func:`then`, it has only those parts drawn again whose values are other ones now, in the order in
which the page drew them first: the most urgent part comes first. Where nothing has changed,
Streamlit draws the part that holds the widget, so that no widget shows what the address does not
say.

A page that calls :func:`begin` is made of parts. On a page that calls :func:`whole` a part is drawn
like anything else, and every change draws the whole page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Final, ParamSpec

import streamlit as st

__all__ = ["begin", "part", "then", "whole"]

P = ParamSpec("P")
HELD: Final = "parts_of_the_page"
"""In the session: for each part, by its name, what tells its values and what they were."""


def begin() -> None:
    """Start a page that is made of parts."""
    st.session_state[HELD] = {}


def whole() -> None:
    """Start a page that is drawn as a whole."""
    st.session_state.pop(HELD, None)


def part(
    name: str, drawn_from: Callable[[], Hashable], draw: Callable[[], None], *, ahead: float = 0.0
) -> None:
    """Draw a part of the page here, and again by itself once ``drawn_from`` gives another value.

    Both functions are called again later, on their own: they read the address, and take nothing
    along that it can change. Where the part is drawn again, those behind it wait ``ahead`` seconds,
    so that the browser shows it before it builds them.
    """
    if HELD not in st.session_state:
        draw()
        return

    @st.fragment(key=name)
    def drawn() -> None:
        value, again = drawn_from(), name in st.session_state[HELD]
        draw()
        st.session_state[HELD][name] = (drawn_from, value)
        if again:
            time.sleep(ahead)

    drawn()


def then(act: Callable[P, None]) -> Callable[P, None]:
    """Return ``act`` as a callback after which the parts that it changed are drawn again."""

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> None:
        act(*args, **kwargs)
        held = st.session_state.get(HELD, {})
        changed = [name for name, (drawn_from, value) in held.items() if drawn_from() != value]
        if changed:
            st.rerun(changed)

    return done
