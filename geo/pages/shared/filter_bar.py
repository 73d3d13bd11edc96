"""The filter bar: a button for each dimension says its state in words; one click clears it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.model import EVENT_GROUPS, GROUP_OF, PRECISIONS
from geo.pages.shared import address, scripts
from geo.pages.shared.html import md
from geo.query.filter import Choices, EventFilter
from geo.query.widening import ROUND_KM
from geo.schema import SIDES
from geo.words import (
    GROUP_WORDS,
    LINE_WORDS,
    NATIONS,
    PRECISION_WORDS,
    SIDE_WORDS,
    TYPE_WORDS,
    clip,
    dataset_words,
)

__all__ = ["bar"]

REST: Final[dict[str, str]] = {
    "dates": "Any date",
    "what": "All kinds",
    "where": "Both sides",
    "distance": "Any distance",
    "deaths": "Any toll",
    "precision": "However well placed",
    "source": "All sources",
}
"""What a dimension says while it limits nothing."""


def bar(want: EventFilter, offered: Choices, *, line: str = "border", done: str = "Done") -> None:
    """Draw the bar; every widget shows ``want`` and writes its change to the address.

    ``line`` is a key of :data:`geo.words.LINE_WORDS`, ``done`` what the button says that closes
    the bar on a narrow screen.
    """
    scripts.mount("popkeys")
    opened = _toggle(want)
    forms: dict[str, Callable[[EventFilter], None]] = {
        "dates": _dates,
        "what": _what,
        "where": partial(_where, offered=offered),
        "distance": partial(_distance, line=LINE_WORDS[line]),
        "deaths": _deaths,
        "precision": _precision,
        "source": partial(_source, offered=offered),
    }
    with st.container(horizontal=True, gap="small", key="filters", vertical_alignment="bottom"):
        for name, form in forms.items():
            _chip(name, want, form)
        _search(want)
        st.button(
            "Reset",
            key="reset",
            type="tertiary",
            on_click=address.reset,
            disabled=not want.active(),
        )
        if opened:
            st.button(done, key="filters_done", type="primary", on_click=_flip)


def _toggle(want: EventFilter) -> bool:
    """On a narrow screen the bar hides behind one button that says the whole filter.

    Returns whether it is open: a sheet over the foot of the page.
    """
    opened = bool(st.session_state.get("filters_open"))
    with st.container(key="filter_toggle"):
        label = f"Filters: {clip(want.describe(), 44)}"
        st.button(md(label), key="filter_button", width="stretch", on_click=_flip)
    if opened:
        st.html("<style>.st-key-filters.st-key-filters{display:flex}</style>")
    return opened


def _flip() -> None:
    st.session_state["filters_open"] = not st.session_state.get("filters_open")


def _chip(name: str, want: EventFilter, form: Callable[[EventFilter], None]) -> None:
    words = want.words(name)
    # always two places, the second empty or not: the other chips never move in the page's tree
    with st.container(horizontal=True, gap=None, width="content", key=f"chip_{name}"):
        label = clip(words[:1].upper() + words[1:], 34) if words else REST[name]
        with st.popover(md(label), key=f"open_{name}", type="secondary"):
            form(want)
        _clear(name, words)


def _bound(
    widget: Callable[..., Any],
    label: str,
    key: str,
    shown: object,
    field: str,
    /,
    **more: Any,  # noqa: ANN401 - passed on to the widget
) -> None:
    """Draw ``widget`` showing ``shown``; its change goes to ``field`` in the address."""
    st.session_state[key] = shown

    def changed() -> None:
        got = st.session_state[key]
        address.change(**{field: tuple(got) if isinstance(got, list) else got})

    widget(label, key=key, on_change=changed, **more)


def _dates(want: EventFilter) -> None:
    for label, field in (("From", "first"), ("Until", "last")):
        value = getattr(want, field)
        _bound(
            st.date_input, label, f"f_{field}", value, field, value=None, min_value=None,
            format="YYYY-MM-DD",
        )  # fmt: skip
    _bound(st.checkbox, "Keep events without a date", "f_undated", want.undated, "undated")


def _what(want: EventFilter) -> None:
    groups = [word for word in want.what if word in EVENT_GROUPS]
    kinds = [word for word in want.what if word not in EVENT_GROUPS]
    st.session_state["f_groups"], st.session_state["f_kinds"] = groups, kinds

    def changed() -> None:
        chosen = (*st.session_state["f_groups"], *st.session_state["f_kinds"])
        address.change(what=tuple(dict.fromkeys(chosen)))

    shared: dict[str, Any] = {"on_change": changed}
    st.pills(
        "Groups", list(EVENT_GROUPS), selection_mode="multi", key="f_groups",
        format_func=GROUP_WORDS.__getitem__, **shared,
    )  # fmt: skip
    single = [kind for kind in GROUP_OF if kind not in EVENT_GROUPS]
    st.multiselect(
        "Or single kinds of event", single, key="f_kinds", format_func=TYPE_WORDS.__getitem__,
        placeholder="any kind", **shared,
    )  # fmt: skip


def _where(want: EventFilter, offered: Choices) -> None:
    sides = {code: words[:1].upper() + words[1:] for code, words in SIDE_WORDS.items()}
    _pills("Side of the border", "side", SIDES, sides, want)
    _many("Province", "province", offered.province, want, _province_words)


def _distance(want: EventFilter, line: str) -> None:
    steps = sorted({*ROUND_KM, want.max_km or ROUND_KM[0]})
    _bound(
        st.select_slider, f"At most so far from the {line}", "f_km", want.max_km, "max_km",
        options=[*steps, None], format_func=lambda km: "no limit" if km is None else f"{km:g} km",
    )  # fmt: skip
    st.caption("Measured from the point where the event is placed.")
    _bound(
        st.checkbox, "Keep events whose distance is not known", "f_far", want.far_unknown,
        "far_unknown",
    )  # fmt: skip


def _deaths(want: EventFilter) -> None:
    _bound(
        st.number_input, "At least so many deaths", "f_deaths", want.min_deaths, "min_deaths",
        min_value=0, max_value=99_999, step=1,
    )  # fmt: skip
    _bound(
        st.checkbox, "Keep events whose toll is not stated", "f_toll", want.deaths_unknown,
        "deaths_unknown",
    )  # fmt: skip


def _precision(want: EventFilter) -> None:
    words = {code: text[:1].upper() + text[1:] for code, text in PRECISION_WORDS.items()}
    _pills("How well the place is known", "precision", PRECISIONS, words, want)


def _source(want: EventFilter, offered: Choices) -> None:
    _many("Told by", "outlet", offered.outlet, want, str)
    if len(offered.dataset) > 1:
        _many("Dataset", "dataset", offered.dataset, want, dataset_words)


def _search(want: EventFilter) -> None:
    with st.container(horizontal=True, gap=None, width="content", key="chip_text"):
        _bound(
            st.text_input, "Search the text", "f_text", want.text, "text", width=210,
            max_chars=200, label_visibility="collapsed", placeholder="Search words, places, names",
        )  # fmt: skip
        _clear("text", want.text)


def _clear(name: str, words: str) -> None:
    if words:
        help_text = f"Clear: {md(clip(words))}"
        st.button("✕", key=f"clear_{name}", help=help_text, on_click=address.clear, args=(name,))


def _pills(
    label: str, field: str, options: Sequence[str], words: dict[str, str], want: EventFilter
) -> None:
    _bound(
        st.pills, label, f"f_{field}", list(getattr(want, field)), field, options=list(options),
        selection_mode="multi", format_func=words.__getitem__,
    )  # fmt: skip


def _many(
    label: str, field: str, options: Sequence[str], want: EventFilter, words: Callable[[str], str]
) -> None:
    _bound(
        st.multiselect, label, f"f_{field}", list(getattr(want, field)), field,
        options=list(options), format_func=words, placeholder="any",
    )  # fmt: skip


def _province_words(key: str) -> str:
    country, _, name = key.partition(":")
    return f"{name} ({NATIONS.get(country, country)})"
