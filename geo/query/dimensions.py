"""The dimensions of the filter: one table from which all that knows of filters is made.

The filter itself and its mask (:mod:`geo.query.filter`), the address (:mod:`geo.query.params`), the
filter bar, the words for what shows nothing, the options of ``export``, the filter of the one-file
map (:func:`dimensions_data`): none of them names a dimension. The order is that of the bar, the
address and the options.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from geo.model import AT_GATE_KM, EVENT_GROUPS, GROUP_OF, PRECISIONS
from geo.query import codes
from geo.query.conditions import Contains, Limit, OneOf
from geo.query.days import Days
from geo.query.dimension import (
    CODES,
    COUNT,
    DAY,
    KM,
    NAMES,
    TEXT,
    YES_NO,
    Condition,
    Dimension,
    Field,
)
from geo.words import (
    GROUP_WORDS,
    NATIONS,
    PRECISION_WORDS,
    SIDE_WORDS,
    TYPE_WORDS,
    dataset_words,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DIMENSIONS",
    "SELECTED",
    "Choices",
    "choices",
    "dimensions_data",
    "fields",
    "vocabulary",
]

SELECTED: Final = Field("selected", "event", "", TEXT)
"""The event chosen; it hides nothing, so it is part of no dimension."""
Choices = Mapping[str, tuple[str, ...]]
"""The codes there are for each field that holds some of them, by the field's name."""
if TYPE_CHECKING:
    import pandas as pd


def _kind_title(code: str) -> str:
    return (TYPE_WORDS | GROUP_WORDS).get(code, code)


def _kind_words(code: str) -> str:
    return _kind_title(code).lower()


def _side_words(code: str) -> str:
    return SIDE_WORDS.get(code, code)


def _precision_words(code: str) -> str:
    return PRECISION_WORDS.get(code, code)


def _province_words(key: str) -> str:
    return key.partition(":")[2]


def _province_title(key: str) -> str:
    country, _, name = key.partition(":")
    return f"{name} ({NATIONS.get(country, country)})"


def _district_words(key: str) -> str:
    return key.rpartition(":")[2]


DIMENSIONS: Final[dict[str, Dimension]] = {
    "dates": Dimension(
        noun="the dates",
        rest="Any date",
        conditions=(
            Days(
                first=Field("first", "from", None, DAY, "first day, YYYY-MM-DD"),
                last=Field("last", "to", None, DAY, "last day, YYYY-MM-DD"),
                undated=Field(
                    "undated", "undated", False, YES_NO, "yes: events without a date too"
                ),
                labels=("From", "Until", "Keep events without a date"),
            ),
        ),
    ),
    "what": Dimension(
        noun="the kind of event",
        rest="All kinds",
        conditions=(
            OneOf(
                Field(
                    *("what", "what", (), CODES),
                    "groups or types, with commas: violence,border_closure",
                ),
                codes.column("event_type"),
                "Groups",
                choices=tuple(dict.fromkeys((*EVENT_GROUPS, *GROUP_OF))),
                word=_kind_words,
                title=_kind_title,
                # "other" is both a group and a type in it: the group, which holds the type, wins
                groups={group: tuple(types) for group, types in EVENT_GROUPS.items()},
                label_single="Or single kinds of event",
                widget="pills",
            ),
        ),
    ),
    "where": Dimension(
        noun="the side or province",
        rest="Both sides",
        conditions=(
            OneOf(
                Field("side", "side", (), CODES, "AF, PK, straddles, unknown, with commas"),
                codes.sides,
                "Side of the border",
                choices=tuple(SIDE_WORDS),
                word=_side_words,
                widget="pills",
            ),
            OneOf(
                Field(
                    *("province", "province", (), NAMES),
                    "COUNTRY:NAME, with semicolons: PK:Balochistan;AF:Kandahar",
                ),
                codes.provinces,
                "Province",
                word=_province_words,
                title=_province_title,
                quick=codes.in_province,
            ),
            OneOf(
                Field(
                    *("district", "district", (), NAMES),
                    "as in the address, with semicolons: PK:Balochistan:Kalat",
                ),
                codes.districts,
                "District",
                word=_district_words,
                each="{} district",
                widget="",
                quick=codes.in_district,
            ),
            OneOf(
                Field(
                    *("crossing", "crossing", (), NAMES),
                    "names of crossings, with semicolons: Torkham",
                ),
                codes.crossings,
                "Crossing",
                named=codes.column("nearest_crossing"),
                said=f"within {AT_GATE_KM:g} km of {{}}",
                widget="",
                quick=codes.at_crossing,
            ),
        ),
    ),
    "distance": Dimension(
        noun="the distance",
        rest="Any distance",
        conditions=(
            Limit(
                bound=Field("max_km", "km", None, KM, "at most so far from the line"),
                unknown=Field(
                    *("far_unknown", "kmunknown", False, YES_NO),
                    "yes: events at an unknown distance too",
                ),
                number=codes.km_to_line,
                way="most",
                labels=(
                    "At most so far from the {line}",
                    "Keep events whose distance is not known",
                ),
                said="within {:g} km",
                any_said="any distance",
                unknown_said="{} or not known",
                steps=(5.0, 10.0, 25.0, 50.0, 100.0, 200.0),
                step_said="{:g} km",
                note="Measured from the point where the event is placed.",
            ),
        ),
    ),
    "deaths": Dimension(
        noun="the toll",
        rest="Any toll",
        conditions=(
            Limit(
                bound=Field("min_deaths", "deaths", 0, COUNT, "at least so many"),
                unknown=Field(
                    *("deaths_unknown", "tollunknown", True, YES_NO),
                    "no: leave out events whose toll is not stated",
                ),
                number=codes.toll,
                way="least",
                labels=("At least so many deaths", "Keep events whose toll is not stated"),
                said="{:,} or more deaths",
                any_said="toll stated",
                unknown_said="{} or not stated",
            ),
        ),
    ),
    "precision": Dimension(
        noun="how well the place is known",
        rest="However well placed",
        conditions=(
            OneOf(
                Field(
                    *("precision", "placed", (), CODES),
                    "how well placed, with commas: exact,near,admin2",
                ),
                codes.column("precision"),
                "How well the place is known",
                choices=PRECISIONS,
                word=_precision_words,
                widget="pills",
            ),
        ),
    ),
    "source": Dimension(
        noun="the source",
        rest="All sources",
        conditions=(
            OneOf(
                Field("outlet", "outlet", (), NAMES, "told by, with semicolons"),
                codes.outlets,
                "Told by",
                title=str,
                quick=codes.told_by,
            ),
            OneOf(
                Field("dataset", "dataset", (), NAMES, "names, with semicolons"),
                codes.column("dataset"),
                "Dataset",
                word=dataset_words,
                title=dataset_words,
                least=2,
            ),
        ),
        joined=" or ",
    ),
    "text": Dimension(
        noun="the words searched for",
        rest="Any words",
        conditions=(
            Contains(
                Field("text", "q", "", TEXT, "words in the text"),
                label="Search the text",
                placeholder="Search words, places, names",
                said="with “{}”",
            ),
        ),
        inline=True,
    ),
}
"""Name to dimension."""


def fields() -> dict[str, Field]:
    """Return every field of a filter by its name, in the order of the address."""
    every = (field for one in DIMENSIONS.values() for field in one.fields)
    return {field.name: field for field in (*every, SELECTED)}


def choices(table: pd.DataFrame) -> Choices:
    """Return what ``table`` offers: vocabularies whole, its own places and sources sorted."""
    return {one.wanted.name: one.offered(table) for one in _lists()}


def vocabulary() -> Choices:
    """Return the choices that hold for every table."""
    return {one.wanted.name: one.choices for one in _lists() if one.choices is not None}


def _lists() -> list[OneOf]:
    every = (one for dimension in DIMENSIONS.values() for one in dimension.conditions)
    return [one for one in every if isinstance(one, OneOf)]


def dimensions_data(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every dimension as plain JSON values, with what it reads of each of ``rows``.

    Parameters
    ----------
    rows
        The events that travel, as the filter's mask takes them. What a condition holds of them is
        in their order; ``geo/webmap/js/standalone/filter.js`` says what each kind does with it.
    """
    return [
        {
            "name": name,
            "rest": one.rest,
            "joined": one.joined,
            "inline": one.inline,
            "conditions": [_condition(condition, rows) for condition in one.conditions],
        }
        for name, one in DIMENSIONS.items()
    ]


def _condition(condition: Condition, rows: pd.DataFrame) -> dict[str, Any]:
    keys = [
        {
            "key": field.key,
            "rest": field.rest,
            "written": field.written.kind,
            "separator": field.written.separator,
        }
        for field in condition.fields
    ]
    return {"fields": keys, **condition.as_data(rows)}
