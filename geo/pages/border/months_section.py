"""The section of incidents near each crossing by month."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from geo.counts import Mask, floats
from geo.pages.border.chart_style import group_legend, note
from geo.pages.border.data import BorderData
from geo.pages.border.months_chart import month_chart, month_table
from geo.pages.shared import address
from geo.pages.shared.html import esc, md
from geo.query.filter import EventFilter
from geo.story.coverage import collected_words
from geo.words import GROUP_WORDS, events_words

__all__ = ["section"]

KILOMETRES: Final = (25, 50)
MONTHS_SHOWN: Final = 120
"""Beyond ten years a month is too thin to see: then it is years."""
UNIT: Final = {"M": "month", "Y": "year"}


def section(table: pd.DataFrame, known: BorderData, want: EventFilter, counted: Mask) -> None:
    """Draw the section. Without a filter on kinds it counts violence, else what passes."""
    from geo.border.gates.board import by_period

    st.html('<h2 class="bm-section">Incidents near each crossing</h2>')
    km = _radius()
    rows = counted if want.what else counted & (table["event_group"] == "violence").to_numpy(bool)
    period, span = _period(table, rows, want)
    begun = table["date_start"]
    rows &= ~((begun < span[0]) | (begun >= span[1])).fillna(False).to_numpy(bool)
    found = by_period(table, rows, km, period=period)
    what = want.words("what") or "violence"
    if found.counts.empty:
        st.info(
            f"No incident counted ({md(what)}) within {km} km of a crossing. Widen the dates or "
            "clear a filter above."
        )
        _uncounted(found.wide, found.undated, km)
        return
    _drawn(found.counts, list(known.gates["name"]), (period, span), what, km)
    note(collected_words(table, rows & (floats(table["crossing_km"]) <= km)))
    _uncounted(found.wide, found.undated, km)
    _twin(found.counts, list(known.gates["name"]), period)


def _drawn(
    counts: pd.DataFrame,
    gates: list[str],
    when: tuple[str, tuple[pd.Timestamp, pd.Timestamp]],
    what: str,
    km: int,
) -> None:
    period, span = when
    near, unit = set(counts["crossing"]), UNIT[period]
    names = [name for name in gates if name in near]
    none = [name for name in gates if name not in near]
    groups = [g for g in GROUP_WORDS if g in set(counts["event_group"])]
    peak = counts.groupby(["crossing", "start"])["events"].sum().max()
    st.html(
        f"{group_legend(groups)}<p class='bm-chart-note'>Counted: {esc(what)}, in the {unit} it "
        "began and at the nearest crossing only. All rows have one scale; the tallest bar is "
        f"{events_words(peak)}. On the right, all of the row."
        f"{'' if period == 'M' else ' Choose ten years or fewer to see months.'}</p>"
    )
    st.altair_chart(
        month_chart(counts, names, period, span), key="chart_months",
        alt=f"Events within {km} km of each crossing by {unit}: {counts['events'].sum():,} "
        f"in all, at most {peak:,} in one {unit}. The table below says the same.",
    )  # fmt: skip
    if none:
        note(f"None counted near {', '.join(none)}.")


def _twin(counts: pd.DataFrame, gates: list[str], period: str) -> None:
    twin = month_table(counts, gates, period)
    some = f"{len(twin):,} crossing-{UNIT[period]}{'' if len(twin) == 1 else 's'} with incidents"
    with st.expander(f"The same as a table: {some}"):
        st.dataframe(twin, hide_index=True, height=min(420, 38 + 35 * len(twin)))
        note("Deaths are the lowest to the highest figure given; no figure is not zero.")


def _radius() -> int:
    said = address.aside("near")
    km = int(said) if said in {str(choice) for choice in KILOMETRES} else KILOMETRES[0]
    st.session_state["near_km"] = km

    def changed() -> None:
        chosen = st.session_state["near_km"]
        address.put_aside(near="" if chosen in {None, KILOMETRES[0]} else str(chosen))

    st.segmented_control(
        "Within", list(KILOMETRES), key="near_km", format_func=lambda choice: f"{choice} km",
        on_change=changed,
    )  # fmt: skip
    return km


def _period(
    table: pd.DataFrame, rows: Mask, want: EventFilter
) -> tuple[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """Return months or years, and the span drawn: the filter's, else that of the events."""
    dates = table.loc[rows, "date_start"].dropna()
    low = pd.Timestamp(want.first) if want.first else dates.min()
    high = pd.Timestamp(want.last) if want.last else dates.max()
    if pd.isna(low) or pd.isna(high):
        return "M", (pd.Timestamp(2021, 1, 1), pd.Timestamp(2022, 1, 1))
    months = (high.year - low.year) * 12 + high.month - low.month
    period = "M" if months <= MONTHS_SHOWN else "Y"
    return period, (
        low.to_period(period).start_time,
        (high.to_period(period) + 1).start_time,
    )


def _uncounted(wide: int, undated: int, km: int) -> None:
    said = []
    if wide:
        said.append(
            f"{wide:,} more may lie within {km} km, but their place is known only to a wider area"
        )
    if undated:
        said.append(f"{undated:,} are near, but not dated well enough")
    if said:
        note("Not counted: " + "; ".join(said) + ".")
