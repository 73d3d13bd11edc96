"""News text in; dated, placed, counted, attributed events out.

How a report is read: each room takes what the rooms before it found, and none asks back.

1. ``documents``: a file, page or archive becomes news items: text, title, outlet, publication day.
   Each line of an item gets its kind: title, caption, bullet, body or page furniture.
2. ``tokens``: the text becomes tokens, each with a tag that says what it may mean, and sentences.
3. ``places``, ``time`` and ``casualties`` look at the tokens, each for itself: which words name
   places and which places these are; which name dates and which days; which count whom.
4. ``events``: words that tell an event (triggers) cut sentences into clauses; each clause becomes a
   draft event with type, place, day, toll and source; drafts that tell the same event are merged.
   ``events.read.read_document`` is the whole way, step by step.
5. ``output``: a reading as rows for scripts, as notes on the text, as cards on a terminal.

Offsets are code points into the document's text as given, from the first room to the last.
"""
