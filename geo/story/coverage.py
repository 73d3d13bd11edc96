"""Out of which datasets a chart counts, and why their years do not compare."""

from __future__ import annotations

from typing import Final

import pandas as pd

from geo.counts import Mask
from geo.words import DATASET_NAMES, NATIONS

__all__ = ["collected_words"]

OWN: Final = "the reports of this map"
NAMES: Final = {"chronology": OWN, "reports": OWN} | DATASET_NAMES


def collected_words(table: pd.DataFrame, rows: Mask) -> str:
    """Say from which datasets the events ``rows`` come, with their years and what they leave out.

    A dataset whose rows all lie in one country, filter or not, is said to hold that one only.
    """
    name = table["dataset"].map(lambda dataset: NAMES.get(dataset, dataset))
    said = []
    for dataset in name[rows].value_counts().index:
        own = table[rows & (name == dataset).to_numpy(bool)]
        countries = set(table.loc[name == dataset, "country"].dropna())
        only = [f"{NATIONS.get(one, one)} only" for one in countries if len(countries) == 1]
        said.append(f"{dataset} ({', '.join([*only, _years(own['date_start'].dropna())])})")
    if len(said) < 2:
        return f"From {said[0]}, which hold no full record of what happened." if said else ""
    return (
        f"From {', '.join(said[:-1])} and {said[-1]}. Each gathers in its own way: where one "
        "begins or ends, a rise or a fall may come of that alone."
    )


def _years(dates: pd.Series) -> str:
    if dates.empty:
        return "not dated"
    first, last = dates.min().year, dates.max().year
    return str(first) if first == last else f"{first}–{last}"
