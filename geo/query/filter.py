"""One frozen filter: from and to URL parameters, to words, to a mask over the table of events.

The table of events is what :func:`geo.schema.read_points` returns; what can be limited, and how, is
the table of dimensions (:mod:`geo.query.dimensions`). When nothing matches, :func:`ways` says what
would show something: how far a limit is widened is said by its dimension; one that is not widened
can only be taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.query.days import Days
from geo.query.dimensions import DIMENSIONS, Choices, fields, vocabulary
from geo.query.params import read_params, write_params

if TYPE_CHECKING:
    import pandas as pd

    from geo.counts import Mask

__all__ = ["EventFilter", "Way", "ways"]

SWAPPED = "The dates in the address were the wrong way round; they are swapped."


@dataclass(frozen=True, slots=True, init=False)
class EventFilter:
    """What a reader wants to see: ``EventFilter(what=("violence",), max_km=50)``.

    Its attributes are the fields of :func:`geo.query.dimensions.fields`; one that is not given
    limits nothing. ``selected`` never hides an event. Filters that limit the same are equal.
    """

    limits: tuple[tuple[str, Any], ...]
    """Name and value of each field that is not at rest, in the order of the fields."""

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - values of any field
        known = fields()
        if strange := values.keys() - known.keys():
            raise TypeError(f"A filter has no {', '.join(sorted(strange))}.")
        given = ((name, values[name]) for name in known if name in values)
        limits = tuple((name, value) for name, value in given if value != known[name].rest)
        object.__setattr__(self, "limits", limits)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the value of any field
        found = fields().get(name)
        if found is None:
            raise AttributeError(f"A filter has no {name}.")
        return dict(self.limits).get(name, found.rest)

    @classmethod
    def from_params(
        cls, params: Mapping[str, str], offered: Choices | None = None
    ) -> tuple[EventFilter, list[str]]:
        """Read URL parameters; what makes no sense is left out and named in the notes.

        With ``offered``, names of places and sources that the table lacks are left out too.
        """
        values, notes = read_params(params, vocabulary() if offered is None else offered)
        conditions = (one for dimension in DIMENSIONS.values() for one in dimension.conditions)
        notes += [SWAPPED for one in conditions if isinstance(one, Days) and one.righted(values)]
        return cls(**values), notes

    def to_params(self) -> dict[str, str]:
        """Return URL parameters that :meth:`from_params` reads back; defaults are left out."""
        return write_params(dict(self.limits))

    def values(self) -> dict[str, Any]:
        """Return the value of every field by its name."""
        return {name: field.rest for name, field in fields().items()} | dict(self.limits)

    def changed(self, **values: Any) -> EventFilter:  # noqa: ANN401 - values of any field
        """Return the filter with other values of some fields."""
        return EventFilter(**dict(self.limits) | values)

    def mask(self, table: pd.DataFrame) -> Mask:
        """Return which rows of ``table`` (shape ``(n,)``, bool) meet every condition."""
        import numpy as np

        keep, values = np.ones(len(table), dtype=bool), self.values()
        for name in self.active():
            keep &= DIMENSIONS[name].mask(values, table)
        return keep

    def active(self) -> tuple[str, ...]:
        """Return the names of the dimensions that limit something, in the order of the bar."""
        limited = {name for name, _ in self.limits}
        return tuple(
            name
            for name, dimension in DIMENSIONS.items()
            if any(field.name in limited for field in dimension.fields)
        )

    def without(self, *names: str) -> EventFilter:
        """Return the filter with the dimensions ``names`` back at no limit."""
        cleared = {field.name for name in names for field in DIMENSIONS[name].fields}
        return EventFilter(**{name: value for name, value in self.limits if name not in cleared})

    def words(self, name: str) -> str:
        """Say one dimension: ``within 50 km``; empty when it limits nothing."""
        return DIMENSIONS[name].words(self.values()) if name in self.active() else ""

    def describe(self) -> str:
        """Say the whole filter: ``Feb 2023, violence, within 50 km``; ``all events`` if none."""
        return ", ".join(self.words(name) for name in self.active()) or "all events"


@dataclass(frozen=True, slots=True)
class Way:
    """A filter that shows ``count`` events by changing the dimension ``name`` alone.

    ``taken_away`` is whether the limit is gone rather than widened.
    """

    name: str
    filter: EventFilter
    count: int
    taken_away: bool


def ways(want: EventFilter, table: pd.DataFrame) -> list[Way]:
    """Return what would show something: limits widened first, then those taken away, most first.

    ``table`` as for the filter's mask. Empty where no single limit is the cause.
    """
    found = []
    for name in want.active():
        rest = want.without(name)
        rows = rest.mask(table)
        if not rows.any():
            continue
        change = DIMENSIONS[name].widened(want.values(), table, rows)
        wider = want.changed(**change) if change else rest
        count = int(wider.mask(table).sum())
        found.append(Way(name, wider, count, taken_away=wider == rest))
    return sorted(found, key=lambda way: (way.taken_away, -way.count if way.taken_away else 0))
