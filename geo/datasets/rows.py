"""Interpreted rows to the event frame: built column by column, never row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.model import GROUP_OF, UNCERTAINTY_KM
from geo.schema import EVENT_COLUMNS, IMPORT_COLUMNS, validate
from geo.settings import CRS

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["assemble"]

NO_POINT: Final = ("country", "unknown")
CONSTANT: Final[dict[str, object]] = {
    "source_type": "dataset",
    "certainty": "reported",
    "date_inferred": False,
    "aggregate": False,
    "geocode_candidates": "[]",
    "tellings": "[]",
}


def assemble(
    drafts: Sequence[pd.DataFrame], dataset: str, *, version: str, restricted: bool
) -> gpd.GeoDataFrame:
    """Return the event frame of interpreted rows.

    Parameters
    ----------
    drafts
        Frames with ``source_id``, ``lon``, ``lat`` (degrees or NaN), ``event_type``,
        ``precision`` and any columns of the event frame; other columns are kept as they are.
    dataset
        Name; event ids are ``dataset-source_id``.

    Returns
    -------
    GeoDataFrame
        As :func:`geo.schema.validate` wants it, sorted by nothing: the file's own order.
    """
    import geopandas as gpd

    rows = pd.concat(drafts) if drafts else pd.DataFrame({"source_id": []}, dtype="string")
    rows = rows.assign(dataset=dataset, dataset_version=version, restricted=restricted)
    rows = _filled(rows)
    rows["event_id"] = dataset + "-" + rows["source_id"]
    rows = rows.set_index("event_id")
    lon, lat = rows.pop("lon").to_numpy(float), rows.pop("lat").to_numpy(float)
    rows["source_lon"], rows["source_lat"] = lon, lat
    kinds = EVENT_COLUMNS | IMPORT_COLUMNS
    extra = [name for name in rows.columns if name not in kinds]
    rows = rows[[*kinds, *extra]].astype(kinds)
    shown = ~np.isnan(lon) & ~rows["precision"].isin(NO_POINT).to_numpy(bool)
    points = gpd.points_from_xy(np.where(shown, lon, np.nan), np.where(shown, lat, np.nan))
    geometry = gpd.GeoSeries(points, index=rows.index, crs=CRS).where(shown, None)
    frame = gpd.GeoDataFrame(rows, geometry=geometry)
    validate(frame)
    return frame


def _filled(rows: pd.DataFrame) -> pd.DataFrame:
    """Add what follows from the rest, the constants, and nulls for what a table does not say."""
    for name in ("lon", "lat", "country", "precision", "event_type", "place", "date_precision"):
        if name not in rows:
            rows[name] = np.nan if name in {"lon", "lat"} else pd.NA
    lost = rows["lon"].isna() & ~rows["precision"].isin(NO_POINT)
    known = rows["country"].notna()
    precision = rows["precision"].mask(lost & known, "country").mask(lost & ~known, "unknown")
    new: dict[str, Any] = {
        "precision": precision.fillna("unknown"),
        "event_group": rows["event_type"].map(GROUP_OF),
        "date_precision": rows["date_precision"].fillna("unknown"),
        "place_named": rows["place"],
        "geocode_status": np.where(rows["lon"].isna(), "unmatched", "resolved"),
        "geocode_reason": "as " + rows["dataset"] + " gives it",
    }
    new["uncertainty_km"] = new["precision"].map(UNCERTAINTY_KM).astype("float64")
    rows = rows.assign(**new)
    absent = [name for name in EVENT_COLUMNS if name not in rows.columns]
    constants: dict[str, Any] = {name: CONSTANT.get(name) for name in absent}
    return rows.assign(**constants)
