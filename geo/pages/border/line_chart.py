"""The strip chart: kilometre along the line against time, crossings as ticks."""

from __future__ import annotations

from datetime import date
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from geo.counts import first_of, floats
from geo.pages.border.chart_style import Layers, background_colour, guide_colour, text_colour
from geo.pages.border.crossings_chart import time_axis
from geo.schema import records
from geo.story import event, toll
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS, PRECISION_WORDS

__all__ = ["PICK", "cell_chart", "strip_chart", "strip_rows"]

PICK: Final = "pick_event"
HEIGHT: Final = 620
LABEL_KM: Final = 62.0
"""Kilometres of the line that the height of a crossing's label takes."""
POINTLIKE: Final = ("exact", "near")
NARROW_PX: Final = 420


def strip_rows(
    events: pd.DataFrame, first: date | None = None, last: date | None = None
) -> pd.DataFrame:
    """Return what is drawn of ``events``, which hold ``line_km`` and its bounds.

    Days before ``first`` and after ``last`` are cut off; each event has a day between them. A
    place known no better than to a tehsil has a bar and no dot. ``toll`` is the best figure, else
    the highest, else the lowest given; NaN if none is.
    """
    start, end = events["date_start"], events["date_end"].fillna(events["date_start"])
    start = start.mask(start < pd.Timestamp(first), pd.Timestamp(first)) if first else start
    end = end.mask(end > pd.Timestamp(last), pd.Timestamp(last)) if last else end
    hue = events["event_group"].map(GROUP_COLOURS).to_numpy(object)
    toll = first_of(*(floats(events[f"fatalities_{b}"]) for b in ("best", "high", "low")))
    return pd.DataFrame(
        {
            "event_id": events.index.astype(str),
            "event_group": events["event_group"].to_numpy(object),
            "start": start.to_numpy("datetime64[ms]"),
            "until": (end + pd.Timedelta(days=1)).to_numpy("datetime64[ms]"),
            "middle": (start + (end - start) / 2).to_numpy("datetime64[ms]"),
            "lasting": (end > start).to_numpy(bool),
            "line_km": events["line_km"].to_numpy(np.float64),
            "low": events["line_km_min"].to_numpy(np.float64),
            "high": events["line_km_max"].to_numpy(np.float64),
            "wide": (events["precision"] != "exact").to_numpy(bool),
            "dot": events["precision"].isin(POINTLIKE).to_numpy(bool),
            "toll": toll,
            "stated": ~np.isnan(toll),
            "inside": np.where(np.isnan(toll), "transparent", hue),
            "edge": np.where(np.isnan(toll), hue, background_colour()),
            **_words(events),
            "placed": events["precision"].map(PRECISION_WORDS).to_numpy(object),
        }
    )


_SPOKEN: Final = (
    *("event_type", "place_named", "place", "date_start", "date_end", "date_precision"),
    *("fatalities_low", "fatalities_best", "fatalities_high"),
)
"""What the words need: all seventy columns as records would take most of the page's time."""


def _words(events: pd.DataFrame) -> dict[str, list[str]]:
    rows = records(events[list(_SPOKEN)])
    what, when, deaths = (
        [said(row) for row in rows] for said in (event.title, event.when, toll.deaths)
    )
    label = [f"{a}, {b}, deaths: {c}" for a, b, c in zip(what, when, deaths, strict=True)]
    return {"what": what, "when": when, "deaths": deaths, "label": label}


def strip_chart(rows: pd.DataFrame, gates: pd.DataFrame, length_km: float, chosen: str) -> Layers:
    """Draw each event; ``chosen`` is the id of the one to begin with."""
    first = [{"event_id": chosen}] if chosen else alt.Undefined
    pick = alt.selection_point(name=PICK, fields=["event_id"], toggle=False, value=first)
    picked = alt.when(pick, empty=False)
    base = alt.Chart(rows).encode(
        y=_along("line_km:Q", length_km),
        description="label:N",
        tooltip=[
            alt.Tooltip("what:N", title="What"), alt.Tooltip("when:N", title="When"),
            alt.Tooltip("deaths:N", title="Deaths"), alt.Tooltip("placed:N", title="Place"),
            alt.Tooltip("line_km:Q", title="Km along the line", format=",.0f"),
        ],
    )  # fmt: skip
    axis = time_axis(rows["start"].min(), rows["until"].max())
    room = alt.Scale(padding=12)
    middle, start = (
        alt.X(field, title=None, axis=axis, scale=room) for field in ("middle:T", "start:T")
    )
    across = base.transform_filter("datum.lasting").mark_rule(strokeWidth=2, opacity=0.75)
    layers = [
        across.encode(x=start, x2="until:T", color=_colour()),
        _upright(base, picked, length_km).encode(x=middle).add_params(pick),
        _dots(base, picked).encode(x=middle),
    ]
    return alt.layer(*_gates(gates, length_km), *layers).properties(height=HEIGHT)


def _upright(base: alt.Chart, picked: alt.When, length_km: float) -> alt.Chart:
    """Return the bars over the stretch of the line; a dot's own bar is fainter.

    To a screen reader they say nothing, as an empty group of marks without a name would: the same
    events are in the table.
    """
    weight = alt.Scale(type="sqrt", domain=[0, 100], range=[1.6, 5], clamp=True)
    bars = base.transform_filter("datum.wide").mark_rule(cursor="pointer", aria=False)
    drawn: alt.Chart = bars.encode(
        color=_colour(), y=_along("low:Q", length_km), y2="high:Q",
        strokeWidth=picked.then(alt.value(5)).otherwise(
            alt.StrokeWidth("toll:Q", scale=weight, legend=None)
        ),
        opacity=picked.then(alt.value(1)).when(alt.datum.dot).then(alt.value(0.3))
        .otherwise(alt.value(0.6)),
    )  # fmt: skip
    return drawn


def _dots(base: alt.Chart, picked: alt.When) -> alt.Chart:
    """Return the dots of named places: solid with a toll, a ring where none is stated."""
    dots = base.transform_filter("datum.dot").transform_calculate(size=_SIZE)
    drawn: alt.Chart = dots.mark_point(cursor="pointer", opacity=1).encode(
        size=alt.Size("size:Q", legend=None, scale=None),
        fill=alt.Fill("inside:N", scale=None, legend=None),
        strokeWidth=picked.then(alt.value(4)).when(alt.datum.stated).then(alt.value(0.8))
        .otherwise(alt.value(2)),
        stroke=picked.then(alt.value(text_colour())).otherwise(
            alt.Stroke("edge:N", scale=None, legend=None)
        ),
    )  # fmt: skip
    return drawn


def cell_chart(cells: pd.DataFrame, gates: pd.DataFrame, length_km: float) -> Layers:
    """Draw counts (:func:`geo.border.line.strip.line_cells`) where single events are too many."""
    # the smaller circle lies above the larger
    rows = cells.assign(what=cells["event_group"].map(GROUP_WORDS)).sort_values(
        "events", ascending=False
    )
    axis = time_axis(rows["start"].min(), rows["start"].max())
    marks = alt.Chart(rows).mark_circle(opacity=0.7).encode(
        x=alt.X("start:T", title=None, axis=axis, scale=alt.Scale(padding=12)),
        y=_along("line_km:Q", length_km),
        color=_colour(),
        size=_by_count(int(rows["events"].max())),
        tooltip=[
            alt.Tooltip("what:N", title="What"), alt.Tooltip("start:T", title="From"),
            alt.Tooltip("line_km:Q", title="Km along the line, about", format=",.0f"),
            alt.Tooltip("events:Q", title="Events"),
        ],
    )  # fmt: skip
    return alt.layer(*_gates(gates, length_km), marks).properties(height=HEIGHT)


def _by_count(most: int) -> alt.Size:
    """Return an area that follows the count, and its key; smaller on a narrow screen."""
    largest = alt.ExprRef(f"width < {NARROW_PX} ? 220 : 620")
    steps = [count for count in (1, 10, 100, 1000, 10_000) if count < most * 0.7]
    key = alt.Legend(
        title="Events", values=[*steps, most], orient="bottom", direction="horizontal",
        symbolFillColor=text_colour(), symbolStrokeWidth=0, labelColor=text_colour(),
        titleColor=text_colour(), titleFontWeight="normal", titleOrient="left", labelFontSize=12,
        titleFontSize=12, format=",d",
    )  # fmt: skip
    return alt.Size("events:Q", legend=key, scale=alt.Scale(domain=[0, most], range=[9, largest]))


_SIZE: Final = "datum.stated ? 3.1416 * pow(min(20, 2.6 + 0.6 * sqrt(datum.toll)), 2) : 50"
"""Area in square px as on the map, somewhat smaller: one death already shows."""


def _gates(gates: pd.DataFrame, length_km: float) -> list[alt.Chart]:
    """Return a rule for each crossing, and its name on the right where there is room for it."""
    table = gates.assign(label_km=_apart(gates["line_km"].to_numpy(np.float64), length_km))
    table = table.assign(short=table["name"].str.split("–").str[0])
    base = alt.Chart(table).encode(y=_along("line_km:Q", length_km))
    rules = base.mark_rule(color=guide_colour(), strokeWidth=1, opacity=0.7)
    leads = base.mark_rule(color=guide_colour(), strokeWidth=1).encode(
        x=alt.value(alt.ExprRef("width")), x2=alt.value(alt.ExprRef("width + 10")), y2="label_km:Q"
    )
    names = base.mark_text(align="left", dx=13, color=text_colour(), fontSize=11.5).encode(
        x=alt.value(alt.ExprRef("width")), y=_along("label_km:Q", length_km), text="short:N"
    )
    return [rules, leads, names]


def _apart(km: np.ndarray, length_km: float) -> np.ndarray:
    """Return label positions at least ``LABEL_KM`` apart, near ``km`` (sorted), on the line."""
    at = km.astype(float)
    for _ in range(200):
        short = LABEL_KM - np.diff(at)
        if not (short > 0.01).any():
            break
        push = np.where(short > 0, short / 2, 0.0)
        at[:-1] -= push
        at[1:] += push
        at = np.clip(at, 0.0, length_km)
    return at


def _along(field: str, length_km: float) -> alt.Y:
    scale = alt.Scale(domain=[0, length_km], nice=False)
    axis = alt.Axis(
        values=list(range(0, int(length_km), 500)), labelColor=text_colour(), labelFontSize=12,
        titleColor=text_colour(), titleFontWeight="normal", titleFontSize=12, format=",d",
        grid=False, domain=False, tickColor=guide_colour(),
    )  # fmt: skip
    return alt.Y(field, scale=scale, axis=axis, title="km along the line, from the south-west")


def _colour() -> alt.Color:
    scale = alt.Scale(domain=list(GROUP_COLOURS), range=list(GROUP_COLOURS.values()))
    return alt.Color("event_group:N", legend=None, scale=scale)
