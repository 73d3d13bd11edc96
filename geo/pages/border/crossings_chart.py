"""The board of crossings as a chart, and its rows in words for the table below it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import altair as alt
import pandas as pd

from geo.pages.border.chart_style import (
    BLUE,
    FILLS,
    guide_colour,
    text_colour,
)
from geo.schema import records
from geo.story import intervals
from geo.words import CROSSING_WORDS, span_words

__all__ = ["PICK", "board_chart", "board_rows", "time_axis"]

PICK: Final = "pick"
ROW_PX: Final = 25
THICK: Final = {"closed": 17, "partial": 17, "open": 9, "unknown": 13}
SHORT_NAME: Final = "width < 420 ? split(datum.label, '–')[0] : datum.label"
"""On a narrow screen the first of a crossing's two names."""
LONG_DAYS: Final = 200
LONG_YEARS: Final = 3660
"""Days beyond which an axis says months, and years."""


def board_rows(intervals_: pd.DataFrame, gates: pd.DataFrame) -> pd.DataFrame:
    """Return the intervals with their words; ``key`` names each in the address."""
    ids = {name: gate for gate, name in gates["name"].items()}
    rows = records(intervals_)
    spans = [span_words(r["start"].date(), r["end"].date(), "day_range") for r in rows]
    return intervals_.assign(
        key=[f"{ids[r['crossing']]} {r['start']:%Y-%m-%d}" for r in rows],
        until=intervals_["end"] + timedelta(days=1),
        days=(intervals_["end"] - intervals_["start"]).dt.days + 1,
        when=spans,
        label=[f"{intervals.heading(r)}. {intervals.why(r)}" for r in rows],
        says=intervals_["status"].map(CROSSING_WORDS),
        reason=[intervals.why(r) for r in rows],
        reports=[len(intervals.evidence(r)) for r in rows],
        fill=intervals_["status"].map(FILLS),
        thick=intervals_["status"].map(THICK),
        held_on=intervals_["basis"] == "taken",
    )


def board_chart(rows: pd.DataFrame, gates: pd.DataFrame, chosen: str) -> alt.Chart:
    """Draw one row a crossing, north-east at the top; ``chosen`` is a key to begin with.

    Always as SVG: above 2,000 marks Streamlit would draw on a canvas, which knows no patterns, and
    gaps would look like something that is known.
    """
    first = [{"key": chosen}] if chosen else alt.Undefined
    pick = alt.selection_point(name=PICK, fields=["key"], toggle=False, value=first)
    chart: alt.Chart = alt.Chart(rows).mark_bar(cursor="pointer").encode(
        x=alt.X("start:T", title=None, axis=time_axis(rows["start"].min(), rows["until"].max())),
        x2="until:T",
        y=alt.Y(
            "crossing:N", sort=list(gates["name"][::-1]), title=None,
            axis=alt.Axis(
                labelExpr=SHORT_NAME, labelLimit=190, labelColor=text_colour(), ticks=False,
                domain=False, labelFontSize=12, grid=False,
            ),
        ),
        fill=alt.Fill("fill:N", scale=None, legend=None),
        size=alt.Size("thick:Q", scale=None, legend=None),
        stroke=alt.when(pick, empty=False).then(alt.value(text_colour())).when(
            alt.datum.status == "unknown").then(alt.value("transparent")
        ).otherwise(alt.value(BLUE)),
        strokeWidth=alt.when(pick, empty=False).then(alt.value(3)).otherwise(alt.value(1)),
        strokeDash=alt.when(alt.datum.held_on).then(alt.value([3, 2])).otherwise(alt.value([1, 0])),
        description="label:N",
        tooltip=[
            alt.Tooltip("crossing:N", title="Crossing"), alt.Tooltip("says:N", title="Status"),
            alt.Tooltip("when:N", title="Days"), alt.Tooltip("reason:N", title="Ground"),
        ],
    )  # fmt: skip
    drawn: alt.Chart = chart.add_params(pick).properties(
        height=ROW_PX * len(gates), usermeta={"embedOptions": {"renderer": "svg"}}
    )
    return drawn


def time_axis(first: pd.Timestamp, last: pd.Timestamp) -> alt.Axis:
    """Return an axis that has room for its labels at any width."""
    days = (last - first).days
    said = "%Y" if days > LONG_YEARS else "%b %Y" if days > LONG_DAYS else "%-d %b %Y"
    return alt.Axis(
        orient="top", format=said, labelColor=text_colour(),
        tickCount=alt.ExprRef("max(2, floor(width / 90))"), labelOverlap=True, labelFontSize=12,
        gridColor=guide_colour(), gridOpacity=0.6, grid=True, domain=False, labelFlush=True,
        tickColor=guide_colour(),
    )  # fmt: skip
