"""The reports behind what is known of a crossing, as safe HTML."""

from __future__ import annotations

import pandas as pd

from geo.pages.shared import tellings_html
from geo.pages.shared.html import esc, link
from geo.schema import Row, record
from geo.story import event, intervals
from geo.story.cells import text
from geo.words import span_words

__all__ = ["reports_html"]


def reports_html(interval: Row, rows: pd.DataFrame, events: pd.DataFrame) -> str:
    """Return what each status row and event behind the interval says, with sources and dates."""
    cards = []
    for name in intervals.evidence(interval):
        if name in rows.index:
            cards.append(_row_card(record(rows, name)))
        elif name in events.index:
            row = record(events, name)
            cards.append(
                f'<h4 class="bm-part" dir="auto">{esc(event.line(row))}</h4>'
                f'<p dir="auto">{esc(text(row, "summary"))}</p>'
                f"{tellings_html.tellings_html(row)}{tellings_html.claims_html(row)}"
            )
    return "".join(cards)


def _row_card(row: Row) -> str:
    first, last = row["date_start"].date(), row["date_end"].date()
    source = link(row["source_url"], row["source_outlet"])
    told = f' <span class="bm-quiet">{esc(intervals.told_on(row["source_date"]))}</span>'
    return (
        f'<h4 class="bm-part">{esc(span_words(first, last, "day_range"))}</h4>'
        f'<p dir="auto">{esc(row["what"])}</p><p class="bm-source">{source}{told}</p>'
    )
