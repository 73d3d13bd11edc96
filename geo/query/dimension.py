"""What a dimension of the filter is: one thing a reader can limit, and all that is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from geo.query.values import Written

if TYPE_CHECKING:
    import pandas as pd

    from geo.counts import Mask

__all__ = ["Condition", "Dimension", "Field", "Values"]

Values = Mapping[str, Any]
"""What is wanted: the value of every field, by its name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a filter: an attribute of the filter, a key of the address, an option.

    ``rest`` is the value that limits nothing, ``help`` what the command line says of the option.
    """

    name: str
    key: str
    rest: Any
    written: Written
    help: str = ""


class Condition(Protocol):
    """A test of rows on some fields; the kinds stand in ``conditions`` and ``days`` beside."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that it looks at."""

    def mask(self, values: Values, table: pd.DataFrame) -> Mask:
        """Return which rows of ``table`` (shape ``(n,)``, bool) pass, where a field is limited."""

    def words(self, values: Values) -> str:
        """Say the limit: ``within 50 km``."""

    def widened(self, values: Values, table: pd.DataFrame, rows: Mask) -> dict[str, Any] | None:
        """Return the fields changed as little as lets one of ``rows`` pass, None if unknown how."""

    def as_data(self, table: pd.DataFrame) -> dict[str, Any]:
        """Return the test as plain JSON values, with what it reads of each row of ``table``."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing a reader can limit, with the conditions it sets.

    ``noun`` is what it is called ("the dates"), ``rest`` what its button says while it limits
    nothing, ``joined`` what stands between the words of its conditions. One that is ``inline``
    has its widget in the filter bar itself, not behind a button.
    """

    noun: str
    rest: str
    conditions: tuple[Condition, ...]
    joined: str = ", "
    inline: bool = False
    fields: tuple[Field, ...] = field(init=False)
    """The fields of all its conditions, in the order of the address."""

    def __post_init__(self) -> None:
        every = tuple(one for condition in self.conditions for one in condition.fields)
        object.__setattr__(self, "fields", every)

    def mask(self, values: Values, table: pd.DataFrame) -> Mask:
        """Return which rows of ``table`` pass; at least one field of the dimension is limited."""
        first, *more = (one.mask(values, table) for one in self._limited(values))
        for mask in more:
            first = first & mask
        return first

    def words(self, values: Values) -> str:
        """Say what is limited: ``Pakistani side, Balochistan``."""
        return self.joined.join(one.words(values) for one in self._limited(values))

    def widened(self, values: Values, table: pd.DataFrame, rows: Mask) -> dict[str, Any] | None:
        """As for a condition; several conditions are not widened."""
        if len(self.conditions) > 1:
            return None
        return self.conditions[0].widened(values, table, rows)

    def _limited(self, values: Values) -> tuple[Condition, ...]:
        return tuple(
            one
            for one in self.conditions
            if any(values[own.name] != own.rest for own in one.fields)
        )
