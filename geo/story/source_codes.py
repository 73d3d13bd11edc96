"""A dataset's own codes in words, as the panel lists them; the codes stay beside the words.

Sources: UCDP GED codebook (Högbladh, Uppsala University); ACLED codebook (acleddata.com).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.schema import Row
from geo.words import upper_first

__all__ = ["coded_as"]

Field = tuple[str, str, Mapping[str, str]]
"""Column, what it is called ({0} and {1}: the parties), words for its codes (none: as written)."""

PLAIN: Final[dict[str, str]] = {}
UCDP: Final[tuple[Field, ...]] = (
    ("ucdp_conflict_name", "Conflict", PLAIN),
    ("ucdp_dyad_name", "Between", PLAIN),
    (
        "ucdp_type_of_violence",
        "Type of violence",
        {
            "1": "state-based: a government is a party",
            "2": "non-state: no government is a party",
            "3": "one-sided: civilians were attacked",
        },
    ),
    ("ucdp_deaths_a", "Dead, {0}", PLAIN),
    ("ucdp_deaths_b", "Dead, {1}", PLAIN),
    ("ucdp_deaths_civilians", "Dead, civilians", PLAIN),
    ("ucdp_deaths_unknown", "Dead, party unknown", PLAIN),
    (
        "ucdp_where_prec",
        "Place",
        {
            "1": "the exact place",
            "2": "within about 25 km of it",
            "3": "the district",
            "4": "the province",
            "5": "a stretch or a fuzzy area",
            "6": "the country only",
            "7": "international waters or airspace",
        },
    ),
    (
        "ucdp_date_prec",
        "Date",
        {
            "1": "the exact day",
            "2": "within two to six days",
            "3": "the week",
            "4": "the month",
            "5": "the year, or more than a month",
        },
    ),
    (
        "ucdp_event_clarity",
        "Clarity",
        {"1": "reported as an event of its own", "2": "reported only within a sum"},
    ),
    ("ucdp_source_original", "First said by", PLAIN),
    ("ucdp_number_of_sources", "Sources read", PLAIN),
    ("ucdp_code_status", "Status", PLAIN),
    ("ucdp_relid", "Other id", PLAIN),
)
ACLED: Final[tuple[Field, ...]] = (
    ("acled_event_type", "Event type", PLAIN),
    ("acled_sub_event_type", "Sub-event", PLAIN),
    ("acled_disorder_type", "Disorder", PLAIN),
    ("acled_inter1_kind", "First actor is", PLAIN),
    ("acled_inter2_kind", "Second actor is", PLAIN),
    ("acled_civilian_targeting", "Civilians", PLAIN),
    ("acled_fatalities", "Deaths", {"0": "ACLED writes 0 for none and for not known"}),
    (
        "acled_geo_precision",
        "Place",
        {
            "1": "the town or place itself",
            "2": "part of a region; a near town stands for it",
            "3": "a larger region",
        },
    ),
    (
        "acled_time_precision",
        "Date",
        {"1": "the exact day", "2": "within the week", "3": "within the month"},
    ),
    ("acled_source_scale", "Reach of the source", PLAIN),
    ("acled_timestamp", "Last changed by ACLED", PLAIN),
)
NOT_STATED: Final = frozenset({"-1", "-99", ""})


def coded_as(row: Row) -> list[tuple[str, str]]:
    """Return what the dataset itself coded of an event: (name, value in words with its code).

    Empty for events of our own; codes that the dataset left out, or writes as -1, are left out.
    Columns of a user's own table come under their own names.
    """
    parties = [*str(row.get("actors") or "").split("; "), "second party"]
    fields = (*UCDP, *ACLED)
    listed = [(name.format(*parties), _said(row, column, words)) for column, name, words in fields]
    own = [str(column) for column in row if str(column).startswith("table_")]
    listed += [(_named(column), _said(row, column, PLAIN)) for column in own]
    return [(name, said) for name, said in listed if said]


def _said(row: Row, column: str, words: Mapping[str, str]) -> str:
    value = row.get(column)
    if value is None or pd.isna(value):
        return ""
    code = str(value).strip().removesuffix(".0")
    if code in NOT_STATED:
        return ""
    return f"{words[code]} (code {code})" if code in words else code


def _named(column: str) -> str:
    plain = column.removeprefix("table_").replace("_", " ")
    return upper_first(plain)
