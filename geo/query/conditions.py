"""The kinds of test a dimension can be made of, each in Python and as data for a browser.

One of several codes, a number at most or at least, words in a text; a span of days stands in
:mod:`geo.query.days`. Templates such as ``within {:g} km`` are those of :meth:`str.format`, as far
as the browser knows them: ``{}``, ``{:g}`` and ``{:,}``. NumPy and pandas are imported where a
table is at hand: the command line reads its options from here and starts without either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from geo.query.dimension import Field, Values
from geo.words import LINE_WORDS, upper_first

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from geo.counts import Mask

__all__ = ["Contains", "Limit", "OneOf"]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Rows that have one of the codes wanted.

    Parameters
    ----------
    codes
        Gives each row's code; where a row may have several, each row's tuple of codes, and
        ``quick`` finds the rows.
    choices
        The codes there are; None where the table decides: those of its rows, or ``named``.
    label
        What the widget is called.
    word
        Says a code within a limit.
    title
        Says a code in the widget; by default the word with a large first letter.
    groups
        A code that stands for several → those, which are offered under ``label_single``.
    said
        Template around the words, which are joined by "or"; ``each`` around every one of them.
    widget
        ``pills`` for a few, ``list`` for many, empty for none: the address alone sets it.
    least
        With fewer choices than this in the table, no widget is worth its place.
    quick
        A way to the same rows that needs no code for each of them.
    """

    wanted: Field
    codes: Callable[[pd.DataFrame], pd.Series[Any]]
    label: str
    choices: tuple[str, ...] | None = None
    named: Callable[[pd.DataFrame], pd.Series[Any]] | None = None
    word: Callable[[str], str] = str
    title: Callable[[str], str] | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    label_single: str = ""
    each: str = "{}"
    said: str = "{}"
    widget: Literal["pills", "list", ""] = "list"
    least: int = 0
    quick: Callable[[pd.DataFrame, Sequence[str]], Mask] | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The list of codes wanted."""
        return (self.wanted,)

    def mask(self, values: Values, table: pd.DataFrame) -> Mask:
        """Return which rows have one of the codes, or one that a group of them stands for."""
        wanted = values[self.wanted.name]
        if self.quick:
            return self.quick(table, wanted)
        single = {code for one in wanted for code in self.groups.get(one, (one,))}
        found: Mask = self.codes(table).isin(list(single)).to_numpy(bool)
        return found

    def words(self, values: Values) -> str:
        """Say the codes: ``violence or protest``."""
        wanted = (self.each.format(self.word(code)) for code in values[self.wanted.name])
        return self.said.format(" or ".join(wanted))

    def widened(self, *_: object) -> None:
        """Return None: a code has no next one, the limit can only be taken away."""

    def offered(self, table: pd.DataFrame) -> tuple[str, ...]:
        """Return the codes to choose from, those of ``table`` sorted where it decides."""
        import pandas as pd

        if self.choices is not None:
            return self.choices
        codes = (self.named or self.codes)(table)
        whole = isinstance(codes.dtype, pd.CategoricalDtype)
        found = codes.cat.categories if whole else codes.dropna().unique()
        held = {code for one in found for code in (one if isinstance(one, tuple) else (one,))}
        return tuple(sorted(code for code in held if code))

    def titled(self, code: str) -> str:
        """Say ``code`` in the widget."""
        if self.title:
            return self.title(code)
        return upper_first(self.word(code))

    def as_data(self, table: pd.DataFrame) -> dict[str, Any]:
        """Return the choices with their words, and each row's code by its place among all."""
        import pandas as pd

        codes = self.codes(table)
        at, distinct = pd.factorize(codes.astype(object).where(codes.notna(), ""))
        words = {code: [self.titled(code), self.word(code)] for code in self.offered(table)}
        return {
            "kind": "one",
            "label": self.label,
            "choices": [[code, *both] for code, both in words.items()],
            "closed": self.choices is not None,
            "groups": [[code, list(held)] for code, held in self.groups.items()],
            "each": self.each,
            "said": self.said,
            "shown": bool(self.widget) and len(words) >= self.least,
            "of": list(distinct),
            "at": at.tolist(),
        }


@dataclass(frozen=True, slots=True)
class Limit:
    """Rows whose number is at most, or at least, the one wanted; unknown ones are a choice.

    Parameters
    ----------
    number
        Gives each row's number, NaN where it is not known.
    way
        ``most`` or ``least``.
    labels
        What the two widgets are called; ``{line}`` in one is the name of the border line.
    said, any_said, unknown_said
        Templates of the limit's words, of those without one, and with unknown ones kept.
    steps
        The numbers to choose from; none: any whole number up to ``top``.
    step_said
        Template of a step's words in the widget.
    note
        What is said beneath the widget.
    """

    bound: Field
    unknown: Field
    number: Callable[[pd.DataFrame], npt.NDArray[np.float64]]
    way: Literal["most", "least"]
    labels: tuple[str, str]
    said: str
    any_said: str
    unknown_said: str
    steps: tuple[float, ...] = ()
    step_said: str = "{:g}"
    note: str = ""
    top: int = 99_999

    @property
    def fields(self) -> tuple[Field, ...]:
        """The bound, and whether unknown numbers are kept."""
        return self.bound, self.unknown

    def mask(self, values: Values, table: pd.DataFrame) -> Mask:
        """Return which rows are within the bound; without one, all are."""
        import numpy as np

        bound, unknown = values[self.bound.name], values[self.unknown.name]
        if bound is None:
            return np.ones(len(table), dtype=bool)
        numbers = self.number(table)
        within: Mask = numbers <= bound if self.way == "most" else numbers >= bound
        return within | np.isnan(numbers) if unknown else within

    def words(self, values: Values) -> str:
        """Say the bound: ``within 50 km or not known``."""
        bound, unknown = values[self.bound.name], values[self.unknown.name]
        said = self.any_said if bound == self.bound.rest else self.said.format(bound)
        return self.unknown_said.format(said) if unknown and said else said

    def widened(self, values: Values, table: pd.DataFrame, rows: Mask) -> dict[str, Any] | None:
        """Move the bound to the nearest number, or to the step beyond; None if no step reaches."""
        import numpy as np

        numbers = self.number(table)[rows]
        if np.isnan(numbers).all():
            return {self.unknown.name: True}
        if self.way == "least":
            return {self.bound.name: int(np.nanmax(numbers))}
        nearest = float(np.nanmin(numbers))
        reached = [step for step in self.steps or (nearest,) if step >= nearest]
        return {self.bound.name: reached[0]} if reached else None

    def as_data(self, table: pd.DataFrame) -> dict[str, Any]:
        """Return words and steps, and each row's number to three places, None if not known."""
        import numpy as np

        return {
            "kind": "limit",
            "way": self.way,
            "labels": [label.format(line=LINE_WORDS["border"]) for label in self.labels],
            "said": self.said,
            "anySaid": self.any_said,
            "unknownSaid": self.unknown_said,
            "steps": [[step, self.step_said.format(step)] for step in self.steps],
            "stepSaid": self.step_said,
            "note": self.note,
            "top": self.top,
            "numbers": [
                None if np.isnan(one) else round(float(one), 3) for one in self.number(table)
            ],
        }


@dataclass(frozen=True, slots=True)
class Contains:
    """Rows that hold every word of a text somewhere; parts of words count."""

    text: Field
    label: str
    placeholder: str
    said: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """The text."""
        return (self.text,)

    def mask(self, values: Values, table: pd.DataFrame) -> Mask:
        """Return which rows hold the words, see :func:`geo.query.text.has_words`."""
        from geo.query.text import has_words

        return has_words(table, values[self.text.name])

    def words(self, values: Values) -> str:
        """Say the text."""
        return self.said.format(values[self.text.name])

    def widened(self, *_: object) -> None:
        """Return None: no word is close to another, the limit can only be taken away."""

    def as_data(self, table: pd.DataFrame) -> dict[str, Any]:
        """Return the words alone: a page looks into the texts it tells."""
        said = {"label": self.label, "placeholder": self.placeholder, "said": self.said}
        return {"kind": "contains", **said}
