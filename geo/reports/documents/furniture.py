"""Patterns of page furniture, from ``seeds/furniture.csv``: buttons, labels, credits, teasers."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from geo.files.seeds import seed_rows

__all__ = ["any_of"]

FILE: Final = "furniture.csv"


def any_of(*kinds: str) -> str:
    """Return a regular expression (one nameless group) for the line patterns of ``kinds``."""
    return "(?:" + "|".join(p for kind in kinds for p in _patterns()[kind]) + ")"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for row in seed_rows(FILE):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return kinds
