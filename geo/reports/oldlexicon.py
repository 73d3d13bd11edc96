"""The word lists of the reader, from ``seeds/lexicon.csv``: one kind and one pattern a row.

A pattern is a word, a phrase or a short regular expression without nested repetition. Lists live
in the table so that a missing word is a row, not a change of code.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Final

from geo.errors import DataError
from geo.settings import SEEDS

__all__ = ["any_of", "table", "word_pattern", "words"]

FILE: Final = "lexicon.csv"


@lru_cache(maxsize=64)
def words(kind: str) -> frozenset[str]:
    """Return the entries of a kind as plain words.

    Raises
    ------
    KeyError
        If the table has no such kind: a list that is gone must not pass for an empty one.
    """
    return frozenset(_kinds()[kind])


def any_of(*kinds: str) -> str:
    """Return a regular expression (one nameless group) that matches any entry of ``kinds``."""
    return "(?:" + "|".join(entry for kind in kinds for entry in _kinds()[kind]) + ")"


def word_pattern(*kinds: str) -> re.Pattern[str]:
    """Compile :func:`any_of` between word boundaries, in any case."""
    return re.compile(rf"(?i)\b{any_of(*kinds)}\b")


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a word table in ``seeds/``.

    Raises
    ------
    DataError
        If the table is missing.
    """
    path = SEEDS / name
    if not path.exists():
        raise DataError(f"{path} is missing: restore it from the repository.")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for row in table(FILE):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return kinds
