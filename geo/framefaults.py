"""Faults of an event frame: whatever in its rows breaks the contract of :mod:`geo.schema`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from geo.model import CERTAINTIES, DATE_PRECISIONS, GROUP_OF, PRECISIONS
from geo.settings import CRS

if TYPE_CHECKING:  # importing GeoPandas costs a second; the app needs only the column names
    import geopandas as gpd

__all__ = ["frame_faults"]


def frame_faults(frame: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield every fault of a frame that has all its columns, in words that name the row."""
    yield from _index_faults(frame)
    yield from _geometry_faults(frame)
    yield from _word_faults(frame)
    yield from _bound_faults(frame, "fatalities")
    yield from _bound_faults(frame, "injured")
    late = frame["date_start"] > frame["date_end"]
    yield from (f"ends before it starts: {name}" for name in frame.index[late.fillna(False)])


def _index_faults(frame: gpd.GeoDataFrame) -> list[str]:
    faults = [] if frame.index.name == "event_id" else ["the index is not named event_id"]
    doubled = frame.index[frame.index.duplicated()].unique()
    return [*faults, *(f"doubled event_id: {name}" for name in doubled)]


def _geometry_faults(frame: gpd.GeoDataFrame) -> list[str]:
    faults = [] if frame.crs == CRS else [f"the CRS is {frame.crs}, not {CRS}"]
    strange = frame.index[frame.geometry.notna() & (frame.geometry.geom_type != "Point")]
    return faults + [f"geometry is no point: {name}" for name in strange]


def _word_faults(frame: gpd.GeoDataFrame) -> list[str]:
    allowed: dict[str, Iterable[str]] = {
        "event_type": GROUP_OF,
        "precision": PRECISIONS,
        "date_precision": DATE_PRECISIONS,
        "certainty": CERTAINTIES,
    }
    return [
        f"{column} {value!r} is not in the vocabulary: {name}"
        for column, words in allowed.items()
        for name, value in frame.loc[~frame[column].isin(list(words)), column].items()
    ]


def _bound_faults(frame: gpd.GeoDataFrame, what: str) -> list[str]:
    low, best, high = (frame[f"{what}_{bound}"] for bound in ("low", "best", "high"))
    wrong = (low > best) | (best > high) | (low > high) | (low < 0)
    return [f"{what} bounds out of order: {name}" for name in frame.index[wrong.fillna(False)]]
