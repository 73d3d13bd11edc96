"""What a dimension of the filter is: one thing a reader can limit, and all that is said of it.

Its fields say how their values are written in an address and read back (:class:`Written`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from geo.counts import Mask

__all__ = [
    "CODES",
    "COUNT",
    "DAY",
    "KM",
    "MAX_TEXT",
    "NAMES",
    "TEXT",
    "YES_NO",
    "Condition",
    "Dimension",
    "Field",
    "Values",
    "Written",
]

Values = Mapping[str, Any]
"""What is wanted: the value of every field, by its name."""
MAX_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A way of writing.

    ``read`` raises ``ValueError`` at what it cannot read; ``expected`` completes "is not …".
    ``kind`` is what a page without a server knows it by, ``separator`` stands between the items
    of a list.
    """

    kind: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    expected: str = "understood"
    separator: str = ""


def _listing(separator: str) -> Written:
    def read(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in text.split(separator) if part.strip()))

    return Written("list", read, separator.join, separator=separator)


def _km(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(text)
    return int(text)


def _flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text)
    return text == "yes"


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _text(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT]


CODES: Final = _listing(",")
NAMES: Final = _listing(";")
DAY: Final = Written("day", date.fromisoformat, date.isoformat, "a day like 2023-02-19")
YES_NO: Final = Written("flag", _flag, _yes_no, "yes or no")
KM: Final = Written("number", _km, "{:g}".format, "a number of kilometres")
COUNT: Final = Written("count", _count, str, "a whole number")
TEXT: Final = Written("text", _text, str)


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
