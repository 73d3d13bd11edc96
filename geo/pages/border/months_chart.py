"""Events near each crossing over time: small bars, one row a crossing, and a table of figures."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from geo.pages.border.chart_style import Layers, background_colour, guide_colour, text_colour
from geo.pages.border.crossings_chart import time_axis
from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS, events_words, toll_words

__all__ = ["month_chart", "month_table"]

ROW_PX: Final = 38
FULL: Final = 0.86
"""Part of its row that the tallest bar takes."""
LEAST: Final = 0.08
"""Part of its row that any bar takes: one event beside a year of a hundred is seen."""
PERIOD_WORDS: Final = {"M": "%b %Y", "Y": "%Y"}


def month_chart(
    counts: pd.DataFrame, names: list[str], period: str, span: tuple[pd.Timestamp, pd.Timestamp]
) -> Layers:
    """Draw ``counts`` (:func:`geo.border.gates.board.by_period`) in rows ``names``, lowest first.

    The events of each row in all stand at its right end.
    """
    bars = _stacked(counts, names, period)
    labels = "[" + ",".join(f"'{name}'" for name in names) + "][datum.value]"
    axis = alt.Axis(
        values=list(range(len(names))), labelBaseline="bottom", labelColor=text_colour(),
        labelExpr=f"width < 420 ? split({labels}, '–')[0] : {labels}", labelLimit=190,
        ticks=False, labelFontSize=12, domain=False, gridColor=guide_colour(), labelPadding=6,
    )  # fmt: skip
    low, high = (alt.ExprRef(f"datetime({t.year}, {t.month - 1}, {t.day})") for t in span)
    across = alt.Scale(domainMin=low, domainMax=high)
    scale = alt.Scale(domain=[-0.06, len(names)], nice=False)
    along: dict[str, Any] = {"axis": axis, "title": None, "scale": scale}
    chart = alt.Chart(bars).mark_bar(stroke=background_colour(), strokeWidth=0.7).encode(
        x=alt.X("start:T", title=None, axis=time_axis(*span), scale=across),
        x2="until:T",
        y=alt.Y("low:Q", **along),
        y2="high:Q",
        color=alt.Color("event_group:N", legend=None, scale=_colours()),
        description="label:N",
        tooltip=[
            alt.Tooltip("crossing:N", title="Crossing"), alt.Tooltip("when:N", title="When"),
            alt.Tooltip("what:N", title="What"), alt.Tooltip("events:Q", title="Events"),
            alt.Tooltip("deaths:N", title="Deaths"),
        ],
    )  # fmt: skip
    return alt.layer(chart, _sums(counts, names, along)).properties(height=ROW_PX * len(names) + 20)


def month_table(counts: pd.DataFrame, names: list[str], period: str) -> pd.DataFrame:
    """Return events and deaths by crossing and period, north-east first, newest first."""
    keys, sums = ["crossing", "start"], ["events", "deaths_low", "deaths_high", "toll_unknown"]
    table = counts.groupby(keys, as_index=False)[sums].sum()
    order = {name: n for n, name in enumerate(names)}
    table = table.assign(at=table["crossing"].map(order))
    table = table.sort_values(["at", "start"], ascending=[False, False])
    return pd.DataFrame(
        {
            "Crossing": table["crossing"],
            "When": table["start"].dt.strftime(PERIOD_WORDS[period]),
            "Events": table["events"],
            "Deaths": _deaths(table),
        }
    )


def _sums(counts: pd.DataFrame, names: list[str], along: dict[str, Any]) -> alt.Chart:
    sums = counts.groupby("crossing")["events"].sum().reindex(names)
    at = pd.DataFrame({"middle": [n + 0.3 for n in range(len(names))], "events": sums.to_numpy()})
    marks = alt.Chart(at).mark_text(align="left", dx=8, color=text_colour(), fontSize=12)
    totals: alt.Chart = marks.encode(
        x=alt.value(alt.ExprRef("width")), y=alt.Y("middle:Q", **along),
        text=alt.Text("events:Q", format=","),
    )  # fmt: skip
    return totals


def _stacked(counts: pd.DataFrame, names: list[str], period: str) -> pd.DataFrame:
    rows = counts[counts["crossing"].isin(names)].copy()
    place = [rows["crossing"], rows["start"]]
    top = rows["events"].groupby(place).sum().max()
    base = rows["crossing"].map({name: n for n, name in enumerate(names)})
    height = (rows["events"] / top * FULL).clip(lower=LEAST)
    height *= FULL / max(FULL, height.groupby(place).sum().max())
    above = height.groupby(place).cumsum()
    step = pd.DateOffset(months=1) if period == "M" else pd.DateOffset(years=1)
    when, deaths = rows["start"].dt.strftime(PERIOD_WORDS[period]), _deaths(rows)
    what = rows["event_group"].map(GROUP_WORDS)
    events = rows["events"].map(events_words)
    return rows.assign(
        label=rows["crossing"] + ", " + when + ": " + what + ", " + events + ", deaths: " + deaths,
        until=rows["start"] + step,
        low=base + above - height,
        high=base + above,
        when=when,
        what=what,
        deaths=deaths,
    )


def _deaths(table: pd.DataFrame) -> pd.Series:
    bounds = zip(
        table["deaths_low"], table["deaths_high"], table["toll_unknown"], table["events"],
        strict=True,
    )  # fmt: skip
    said = [
        "not stated" if unknown == events else toll_words(low, high, unknown)
        for low, high, unknown, events in bounds
    ]
    return pd.Series(said, index=table.index, dtype=object)


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(GROUP_COLOURS), range=list(GROUP_COLOURS.values()))
