"""The app that bench_map.py drives: synthetic events, one filter, drawn our way or the plain way.

Query parameters: ``way`` (``ours`` or ``plain``), ``n`` (number of events).
"""

import folium
import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.model import EVENT_GROUPS
from geo.webmap import assets, basemap, eventlayer, palette

HUBS = np.array(
    [[71.1, 34.1], [66.4, 31.0], [70.0, 33.2], [67.0, 30.2], [69.2, 34.5], [70.3, 32.3]]
)
PRECISIONS = ("exact", "near", "admin2", "admin1")


def synthetic(rows: int) -> pd.DataFrame:
    """Return ``rows`` events scattered about six hubs, the same for the same number."""
    chance = np.random.default_rng(2023)
    spots = HUBS[chance.integers(0, len(HUBS), rows)] + chance.normal(0, 0.6, (rows, 2))
    precision = chance.choice(PRECISIONS, rows, p=[0.7, 0.15, 0.1, 0.05])
    areal = np.isin(precision, ["admin2", "admin1"])
    spots[areal] = np.round(spots[areal], 0)  # districts repeat, as in real tables
    days = chance.integers(0, 4000, rows).astype("timedelta64[D]")
    length = np.where(chance.random(rows) < 0.05, chance.integers(1, 60, rows), 0)
    return pd.DataFrame(
        {
            "lon": spots[:, 0],
            "lat": spots[:, 1],
            "event_group": chance.choice(list(EVENT_GROUPS), rows),
            "precision": precision,
            "uncertainty_km": np.where(precision == "admin2", 30.0, 5.0),
            "fatalities_best": pd.array(chance.poisson(2, rows), dtype="Int32"),
            "date_start": np.datetime64("2015-01-01") + days,
            "date_end": np.datetime64("2015-01-01") + days + length.astype("timedelta64[D]"),
        },
        index=pd.Index([f"s{row:08d}" for row in range(rows)], name="event_id"),
    )


@st.cache_resource
def load(rows: int) -> tuple[pd.DataFrame, str]:
    """Return the table and its published address, made once a process."""
    assets.ensure()
    table = synthetic(rows)
    return table, eventlayer.publish(table)


def ours(url: str, mask: np.ndarray, least: int) -> None:
    """Draw with the living layer: only the bits travel."""
    st_folium(
        basemap.base_map(url, tiles=False),
        key="map",
        feature_group_to_add=eventlayer.filter_group(mask, token=f"least {least}"),
        returned_objects=["last_active_drawing"],
        height=600,
        use_container_width=True,
    )


def plain(table: pd.DataFrame, mask: np.ndarray) -> None:
    """Draw with a GeoJson layer built anew: every event travels on every click."""
    shown = table[mask]
    rows = zip(shown["lon"], shown["lat"], shown["event_group"], strict=True)
    features = [
        {
            "type": "Feature",
            "properties": {"colour": palette.GROUP_COLOURS[group]},
            "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        }
        for lon, lat, group in rows
    ]
    page = folium.Map([32.5, 68.5], zoom_start=6, tiles=None, prefer_canvas=True)
    page.default_js = [("leaflet", assets.url("vendor/leaflet.js"))]
    page.default_css = [("leaflet_css", assets.url("vendor/leaflet.css"))]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=4, weight=1, fill=True),
    ).add_to(page)
    st_folium(page, key="map", returned_objects=[], height=600, use_container_width=True)


def main() -> None:
    """Show one number input and the map of the events that pass it."""
    st.set_page_config(layout="wide")
    table, url = load(int(st.query_params.get("n", "100000")))
    least = int(st.number_input("Fewest deaths", 0, 100, 0))
    mask = (table["fatalities_best"] >= least).to_numpy(dtype=bool)
    if st.query_params.get("way") == "plain":
        plain(table, mask)
    else:
        ours(url, mask, least)
    st.caption(f"{int(mask.sum()):,} of {len(table):,} events")


if __name__ == "__main__":
    main()
