"""How an event is cited: what, when, its id, the data's version, who reported it, the terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.datasets.store import Dataset
from geo.schema import Row
from geo.story import event
from geo.story.cells import text
from geo.story.tellings import sources
from geo.words import TITLE, dataset_words

__all__ = ["MAP", "citation"]

MAP: Final = f"the open map of {TITLE}"
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
    head = f"{event.title(row)}, {event.when(row)}."
    held = datasets.get(text(row, "dataset"))
    if held is None:
        named = ((one.name, one.day, one.link) for one in sources(row))
        told = "; ".join(", ".join(filter(None, parts)) for parts in named)
        after = f" As told by: {told}." if told else ""
        own = f"Event {event_id} of {MAP}, data version {version}."
        return f"{head} {own}{after} Licence: {OWN_LICENCE}."
    release = f", version {version_of}" if (version_of := text(row, "dataset_version")) else ""
    cite = f" {held.citation}" if held.citation else ""
    return (
        f"{head} {dataset_words(held.name)} event {text(row, 'source_id') or event_id}{release}, "
        f"as on {MAP} (event {event_id}, data version {version}).{cite} Licence: {held.licence}."
    )
