"""Decisions that people take on what was read: added one by one, never changed, read in order.

A decision points at a passage of a document, by the hash of the text and the first and last
character, so that it can be replayed when the reader has become better. What holds now is the
last decision on each field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from geo.store import database, tables
from geo.store.place import Store

__all__ = ["Decision", "add", "in_force", "of"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what on which passage. ``number`` and ``at`` (ISO, UTC) are given by the store.

    ``field`` is a field of the draft event, or ``status`` for accepting and dropping it; ``before``
    and ``after`` are its values as text.
    """

    who: str
    document_id: str
    first: int
    last: int
    field: str
    before: str
    after: str
    why: str = ""
    at: str = ""
    number: int = 0


def add(decisions: Iterable[Decision], store: Store) -> list[int]:
    """Add decisions, all or none; returns their numbers. On return they are on the disk.

    Raises
    ------
    StoreError
        If the store cannot be written; none of them counts.
    """
    now = datetime.now(UTC).isoformat()
    numbers = []
    with database.writing(store) as connection:
        for one in decisions:
            values = asdict(one) | {"at": now}
            del values["number"]
            done = connection.execute(tables.decisions.insert().values(values))
            (number,) = done.inserted_primary_key or (0,)
            numbers.append(int(number))
    return numbers


def of(document_id: str, store: Store) -> list[Decision]:
    """Return all decisions on a document in the order in which they were taken.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    table = tables.decisions
    wanted = sa.select(table).where(table.c.document_id == document_id).order_by(table.c.number)
    (rows,) = database.read(store, wanted)
    return [Decision(**row._mapping) for row in rows]


def in_force(decisions: Iterable[Decision]) -> dict[tuple[int, int, str], Decision]:
    """Return the last decision on each passage (first, last) and field."""
    return {(one.first, one.last, one.field): one for one in decisions}
