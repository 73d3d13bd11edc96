"""The filter bar: a button for each dimension says its state in words; one click clears it.

What it holds is the table of dimensions; here is a form for each kind of condition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from geo.pages.shared import address, parts, scripts
from geo.pages.shared.html import md
from geo.query.conditions import Contains, Limit, OneOf
from geo.query.days import Days
from geo.query.dimension import MAX_TEXT, Dimension
from geo.query.dimensions import DIMENSIONS, Choices
from geo.query.filter import EventFilter
from geo.words import LINE_WORDS, clip, upper_first

__all__ = ["Bar", "bar"]


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar shows.

    ``line`` is a key of :data:`geo.words.LINE_WORDS`, ``done`` what the button says that closes
    the bar on a narrow screen.
    """

    want: EventFilter
    offered: Choices
    line: str = "border"
    done: str = "Done"


Read = Callable[[], Bar]


def bar(read: Read) -> None:
    """Draw the bar; every widget shows what ``read`` tells and writes its change to the address."""
    with st.container(key="popkeys"):
        scripts.mount("popkeys")
    with st.container(key="filter_toggle"):
        parts.part("filter_toggle", lambda: (read().want, _opened()), lambda: _toggle(read().want))
    with st.container(horizontal=True, gap="small", key="filters", vertical_alignment="bottom"):
        for name, dimension in DIMENSIONS.items():
            with st.container(width="content", key=f"part_{name}"):
                parts.part(
                    f"chip_{name}",
                    partial(_dimension_shows, dimension, read),
                    partial(_chip, name, dimension, read),
                )
        with st.container(width="content", key="part_reset"):
            parts.part("reset", lambda: bool(read().want.active()), lambda: _reset(read().want))
        with st.container(key="part_done"):
            parts.part("done", lambda: _opened() and read().done, lambda: _done(read().done))


def _opened() -> bool:
    """Whether the bar is open on a narrow screen: a sheet over the foot of the page."""
    return bool(st.session_state.get("filters_open"))


def _toggle(want: EventFilter) -> None:
    """On a narrow screen the bar hides behind one button that says the whole filter."""
    label = f"Filters: {clip(want.describe(), 44)}"
    st.button(md(label), key="filter_button", width="stretch", on_click=parts.then(_flip))


def _reset(want: EventFilter) -> None:
    st.button(
        "Reset", key="reset", type="tertiary", on_click=parts.then(address.reset),
        disabled=not want.active(),
    )  # fmt: skip


def _done(words: str) -> None:
    if _opened():
        st.button(words, key="filters_done", type="primary", on_click=parts.then(_flip))


def _flip() -> None:
    st.session_state["filters_open"] = not st.session_state.get("filters_open")


def _dimension_shows(dimension: Dimension, read: Read) -> tuple[object, ...]:
    shown = read()
    return shown.line, *(getattr(shown.want, field.name) for field in dimension.fields)


def _chip(name: str, dimension: Dimension, read: Read) -> None:
    shown = read()
    words = shown.want.words(name)
    # always two places, the second empty or not: the other chips never move in the page's tree
    with st.container(horizontal=True, gap=None, width="content", key=f"chip_{name}"):
        if dimension.inline:
            _form(dimension, shown)
        else:
            label = clip(upper_first(words), 34) if words else dimension.rest
            with st.popover(md(label), key=f"open_{name}", type="secondary"):
                _form(dimension, shown)
        _clear(name, words)


def _clear(name: str, words: str) -> None:
    if words:
        help_text = f"Clear: {md(clip(words))}"
        st.button(
            "✕", key=f"clear_{name}", help=help_text, on_click=parts.then(address.clear),
            args=(name,),
        )  # fmt: skip


def _form(dimension: Dimension, shown: Bar) -> None:
    want = shown.want
    for condition in dimension.conditions:
        match condition:
            case Days():
                _days(condition, want)
            case OneOf():
                _one_of(condition, want, shown.offered[condition.wanted.name])
            case Limit():
                _limit(condition, want, LINE_WORDS[shown.line])
            case Contains():
                _contains(condition, want)


def _bound(
    widget: Callable[..., Any],
    label: str,
    field: str,
    want: EventFilter,
    /,
    **more: Any,  # noqa: ANN401 - passed on to the widget
) -> None:
    """Draw ``widget`` showing ``field`` of ``want``; its change goes to the address."""
    key, shown = f"f_{field}", getattr(want, field)
    st.session_state[key] = list(shown) if isinstance(shown, tuple) else shown

    def changed() -> None:
        got = st.session_state[key]
        address.change(**{field: tuple(got) if isinstance(got, list) else got})

    widget(label, key=key, on_change=parts.then(changed), **more)


def _days(condition: Days, want: EventFilter) -> None:
    first, last, undated = condition.labels
    for label, field in ((first, condition.first), (last, condition.last)):
        _bound(
            st.date_input, label, field.name, want, value=None, min_value=None,
            format="YYYY-MM-DD",
        )  # fmt: skip
    _bound(st.checkbox, undated, condition.undated.name, want)


def _one_of(condition: OneOf, want: EventFilter, offered: tuple[str, ...]) -> None:
    if not condition.widget or len(offered) < condition.least:
        return
    if condition.groups:
        _grouped(condition, want, offered)
    elif condition.widget == "pills":
        _bound(
            st.pills, condition.label, condition.wanted.name, want, options=list(offered),
            selection_mode="multi", format_func=condition.titled,
        )  # fmt: skip
    else:
        _bound(
            st.multiselect, condition.label, condition.wanted.name, want, options=list(offered),
            format_func=condition.titled, placeholder="any",
        )  # fmt: skip


def _grouped(condition: OneOf, want: EventFilter, offered: tuple[str, ...]) -> None:
    """Two widgets for one list of codes: groups of them, and single ones."""
    field = condition.wanted.name
    keys = (f"f_{field}_groups", f"f_{field}_single")
    for key, grouped in zip(keys, (True, False), strict=True):
        shown = [code for code in getattr(want, field) if (code in condition.groups) == grouped]
        st.session_state[key] = shown

    def changed() -> None:
        chosen = (code for key in keys for code in st.session_state[key])
        address.change(**{field: tuple(dict.fromkeys(chosen))})

    st.pills(
        condition.label, list(condition.groups), selection_mode="multi", key=keys[0],
        format_func=condition.titled, on_change=parts.then(changed),
    )  # fmt: skip
    st.multiselect(
        condition.label_single, [code for code in offered if code not in condition.groups],
        key=keys[1], format_func=condition.titled, placeholder="any kind",
        on_change=parts.then(changed),
    )  # fmt: skip


def _limit(condition: Limit, want: EventFilter, line: str) -> None:
    label, unknown = condition.labels
    if condition.steps:
        _steps(condition, label.format(line=line), want)
    else:
        _bound(
            st.number_input, label.format(line=line), condition.bound.name, want,
            min_value=0, max_value=condition.top, step=1,
        )  # fmt: skip
    if condition.note:
        st.caption(condition.note)
    _bound(st.checkbox, unknown, condition.unknown.name, want)


def _steps(condition: Limit, label: str, want: EventFilter) -> None:
    name = condition.bound.name
    steps = sorted({*condition.steps, getattr(want, name) or condition.steps[0]})
    _bound(
        st.select_slider, label, name, want, options=[*steps, condition.bound.rest],
        format_func=lambda step: (
            "no limit" if step == condition.bound.rest else condition.step_said.format(step)
        ),
    )  # fmt: skip


def _contains(condition: Contains, want: EventFilter) -> None:
    _bound(
        st.text_input, condition.label, condition.text.name, want, width=210, max_chars=MAX_TEXT,
        label_visibility="collapsed", placeholder=condition.placeholder,
    )  # fmt: skip
