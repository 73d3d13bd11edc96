"""How an event is cited: what, when, its id, the data's version, who reported it, the terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from geo.datasets.store import Dataset
from geo.pages.shared import event_html
from geo.pages.shared.event_html import word
from geo.pages.shared.tellings_html import sources
from geo.schema import Row
from geo.words import dataset_words, span_words

__all__ = ["citation"]

MAP: Final = "the open map of Afghanistan–Pakistan border events"
OWN_LICENCE: Final = "MIT (facts in the map’s own wording)"


def citation(row: Row, event_id: str, version: str, datasets: Mapping[str, Dataset]) -> str:
    """Return one paragraph to put under a quotation of the event.

    Parameters
    ----------
    row
        The event's cells by column.
    version
        Of the data, as in ``data=`` of a link.
    datasets
        The imported datasets by name: a row of one is cited as its makers ask.
    """
    head = f"{event_html.title(row)}, {event_html.when(row)}."
    held = datasets.get(word(row, "dataset"))
    if held is None:
        told = "; ".join(_source(source) for source in sources(row))
        after = f" As told by: {told}." if told else ""
        own = f"Event {event_id} of {MAP}, data version {version}."
        return f"{head} {own}{after} Licence: {OWN_LICENCE}."
    release = f", version {row['dataset_version']}" if word(row, "dataset_version") else ""
    cite = f" {held.citation}" if held.citation else ""
    return (
        f"{head} {dataset_words(held.name)} event {word(row, 'source_id') or event_id}{release}, "
        f"as on {MAP} (event {event_id}, data version {version}).{cite} Licence: {held.licence}."
    )


def _source(source: Mapping[str, str]) -> str:
    parts = [source.get("outlet") or "source not named"]
    try:
        day = date.fromisoformat(source.get("date") or "")
        parts.append(span_words(day, day, "day_range"))
    except ValueError:
        pass
    return ", ".join([*parts, *([source["url"]] if source.get("url") else [])])
