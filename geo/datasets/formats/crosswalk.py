"""Other datasets' codes in our words (``seeds/crosswalks.csv``).

Sources of the code lists: UCDP GED codebook (Högbladh, Uppsala University); ACLED codebook
(acleddata.com). Every code has one word of ours; a word of ours may stand for several codes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import pandas as pd

from geo.errors import DataError
from geo.settings import SEEDS

__all__ = ["CROSSWALKS", "ours", "to_ours"]

CROSSWALKS: Final = SEEDS / "crosswalks.csv"


@lru_cache(maxsize=1)
def _table() -> pd.DataFrame:
    if not CROSSWALKS.exists():
        raise DataError(f"{CROSSWALKS} is missing: restore it from the repository.")
    return pd.read_csv(CROSSWALKS, dtype=str, keep_default_na=False)


@lru_cache(maxsize=32)
def ours(dataset: str, field: str) -> dict[str, str]:
    """Return the source's code (lower case) → our word."""
    table = _table()
    rows = table[(table["dataset"] == dataset) & (table["field"] == field)]
    return dict(zip(rows["code"], rows["ours"], strict=True))


def to_ours(codes: pd.Series[Any], dataset: str, field: str) -> pd.Series[Any]:
    """Return our words for a column of codes, null where the code is unknown; index kept.

    Case, surrounding space and a decimal ".0" that spreadsheets add do not matter.
    """
    plain = codes.astype("string").str.strip().str.lower().str.replace(r"\.0+$", "", regex=True)
    return plain.map(ours(dataset, field)).astype("string").rename(field)
