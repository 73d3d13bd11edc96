"""The reader: one news item in, its toponyms and placed events out. Never raises on any text.

Each step is taken once for the whole item and hands on what it found:

1. :mod:`.annotate`: tokens, dates, places, sentences;
2. :mod:`.triggers`: the words that name events, sentence by sentence;
3. :mod:`.clause`: each sentence cut so that a clause tells one event;
4. :mod:`.extract`: a draft event for each clause: type, place, day, toll, source;
5. :mod:`.coreference`: which drafts tell the same event;
6. :mod:`.merge`: the tellings of each event merged;
7. :mod:`.inherited`: the place and day of the story where the words give none;
8. :mod:`.select`: which of them are events worth telling;
9. :mod:`.assemble`: the records that leave, with totals and their parts tied.
"""

from __future__ import annotations

from dataclasses import replace

from geo.model import Document
from geo.places.gazetteer.lookup import Gazetteer
from geo.reports.events.annotate import annotate
from geo.reports.events.assemble import assemble
from geo.reports.events.clause import clauses_of
from geo.reports.events.coreference import chains_of
from geo.reports.events.extract import extract
from geo.reports.events.inherited import settle
from geo.reports.events.merge import merged
from geo.reports.events.reading import Reading
from geo.reports.events.select import select
from geo.reports.events.triggers import find_triggers

__all__ = ["read_document"]


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
