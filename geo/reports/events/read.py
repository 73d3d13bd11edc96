"""The reader: one news item in, its toponyms and placed events out. Never raises on any text.

Each step is taken once for the whole item and hands on what it found:

1. :mod:`.annotate`: tokens, dates, places, sentences;
2. :mod:`.triggers`: the words that name events, sentence by sentence;
3. :mod:`.clause`: each sentence cut so that a clause tells one event;
4. :mod:`.extract`: a draft event for each clause: type, place, day, toll, source;
5. :mod:`.coreference`: which drafts tell the same event, and what they say together;
6. :mod:`.inherited`: the place and day of the story where the words give none;
7. :mod:`.assemble`: which of them are events worth telling, and the records that leave, with totals
   and their parts tied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from geo.errors import InputError
from geo.model import Document
from geo.places.gazetteer.lookup import Gazetteer
from geo.reports.documents.read import Refuse, read_path, report_files
from geo.reports.events.annotate import annotate
from geo.reports.events.assemble import assemble, select
from geo.reports.events.clause import clauses_of
from geo.reports.events.coreference import chains_of, merged
from geo.reports.events.extract import extract
from geo.reports.events.inherited import settle
from geo.reports.events.item import Reading
from geo.reports.events.triggers import find_triggers

__all__ = ["read_document", "read_reports"]


def read_document(document: Document, gazetteer: Gazetteer) -> Reading:
    """Read one item; offsets in the result point into ``document.text``."""
    item = annotate(document, gazetteer)
    triggers = find_triggers(item.tokens, item.overlaid, item.sentences)
    drafts = extract(item, clauses_of(item, triggers))
    events = [merged(chain) for chain in chains_of(drafts)]
    settled = settle(item, [event.draft for event in events])
    told = [replace(event, draft=draft) for event, draft in zip(events, settled, strict=True)]
    return Reading(
        document,
        tuple(item.mentions.toponyms),
        tuple(assemble(document, select(told))),
        tuple(named.span for named in item.mentions.dates),
        item.published,
        f"inferred: {item.inferred}" if item.inferred else document.published_basis,
    )


def read_reports(
    path: Path, gazetteer: Gazetteer, published: date | None, refuse: Refuse
) -> Iterator[Reading]:
    """Yield the reading of each report at ``path``, a file or a folder, in order.

    ``refuse`` is called with the error of each file or record that cannot be used, and of each
    file that names no place of the gazetteer; nothing is yielded of that one.
    """
    for file in report_files(path, refuse):
        held: list[Reading] = []
        placed = False
        for document in read_path(file, published, refuse):
            held.append(read_document(document, gazetteer))
            placed = placed or bool(held[-1].toponyms)
            if placed:
                yield from held
                held.clear()
        if held:
            refuse(InputError(f"{file}: no place that the gazetteer knows is named in this text."))
