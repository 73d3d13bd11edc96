"""The app that bench_map.py drives: events, four filters, drawn our way or a peer's.

Query parameters: ``way`` (``ours``, ``plain``, ``cluster`` or ``deck``), ``n`` (number of synthetic
events) or ``file`` (an event file). Every filter is a number input whose steps narrow it; the masks
are those of the product, :class:`geo.query.filter.EventFilter`.
"""

from datetime import date
from pathlib import Path

import folium
import numpy as np
import pandas as pd
import streamlit as st
from folium.plugins import FastMarkerCluster
from streamlit_folium import st_folium

from geo.model import EVENT_GROUPS
from geo.query.filter import EventFilter
from geo.query.text import with_search
from geo.schema import read_points
from geo.webmap import (
    assets,
    base_map,
    event_layer,
    palette,
)

HUBS = np.array(
    [[71.1, 34.1], [66.4, 31.0], [70.0, 33.2], [67.0, 30.2], [69.2, 34.5], [70.3, 32.3]]
)
PRECISIONS = ("exact", "near", "admin2", "admin1")
WORDS = ("convoy", "checkpoint", "bazaar", "outpost", "patrol", "school", "refugee", "customs")
SEARCHES = ("", "convoy", "checkpoint", "bazaar", "outpost", "patrol", "school")
HEIGHT = 600


def synthetic(rows: int) -> pd.DataFrame:
    """Return ``rows`` events scattered about six hubs, the same for the same number."""
    chance = np.random.default_rng(2023)
    spots = HUBS[chance.integers(0, len(HUBS), rows)] + chance.normal(0, 0.6, (rows, 2))
    precision = chance.choice(PRECISIONS, rows, p=[0.7, 0.15, 0.1, 0.05])
    areal = np.isin(precision, ["admin2", "admin1"])
    spots[areal] = np.round(spots[areal], 0)  # districts repeat, as in real tables
    days = np.datetime64("2015-01-01") + chance.integers(0, 4000, rows).astype("timedelta64[D]")
    length = np.where(chance.random(rows) < 0.05, chance.integers(1, 60, rows), 0)
    kinds = [kind for kinds in EVENT_GROUPS.values() for kind in kinds]
    group_of = {kind: group for group, kinds in EVENT_GROUPS.items() for kind in kinds}
    kind = pd.Series(chance.choice(kinds, rows))
    said = chance.choice(WORDS, (rows, 12))
    return pd.DataFrame(
        {
            "lon": spots[:, 0],
            "lat": spots[:, 1],
            "event_type": kind.to_numpy(),
            "event_group": kind.map(group_of).to_numpy(),
            "precision": precision,
            "uncertainty_km": np.where(precision == "admin2", 30.0, 5.0),
            "fatalities_best": pd.array(chance.poisson(2, rows), dtype="Int32"),
            "date_start": days,
            "date_end": days + length.astype("timedelta64[D]"),
            "border_km": chance.gamma(2, 30, rows),
            # a paragraph an event, of which the first word decides what a search finds
            "search_text": pd.array([" ".join(words[:1]) + " of the text " * 20 for words in said],
                                    dtype="string[pyarrow]"),
        },
        index=pd.Index([f"s{row:08d}" for row in range(rows)], name="event_id"),
    )  # fmt: skip


def wanted(kind: int, years: int, km: int, text: int) -> EventFilter:
    """Return the filter that so many steps of each input stand for."""
    return EventFilter(
        first=date(2015 + years, 1, 1) if years else None,
        what=tuple(list(EVENT_GROUPS)[: 6 - kind]) if kind else (),
        max_km=float(200 - 25 * km) if km else None,
        text=SEARCHES[text],
    )


@st.cache_resource
def load(rows: int, file: str) -> tuple[pd.DataFrame, str]:
    """Return the table and its published address, made once a process."""
    assets.ensure()
    table = with_search(read_points(Path(file))) if file else synthetic(rows)
    return table, event_layer.publish(table)


def ours(table: pd.DataFrame, url: str, want: EventFilter, token: str) -> None:
    """Draw with the living layer: only the bits travel."""
    group = event_layer.filter_group(
        want.without("dates").mask(table),
        said=token,
        dates=(want.first, want.last, want.undated),
    )
    st_folium(
        base_map.base_map(url, tiles=False),
        key="map",
        feature_group_to_add=group,
        returned_objects=["last_active_drawing"],
        height=HEIGHT,
        use_container_width=True,
    )


def leaflet_map() -> folium.Map:
    """Return an empty map that asks nothing of other hosts."""
    page = folium.Map([32.5, 68.5], zoom_start=6, tiles=None, prefer_canvas=True)
    page.options |= {"maxZoom": 17}  # markers in clusters ask for it
    page.default_js = [("leaflet", assets.url("vendor/leaflet.js"))]
    page.default_css = [("leaflet_css", assets.url("vendor/leaflet.css"))]
    return page


def plain(shown: pd.DataFrame) -> None:
    """Draw with a GeoJson layer built anew: every event travels on every click."""
    rows = zip(shown["lon"], shown["lat"], shown["event_group"], strict=True)
    features = [
        {
            "type": "Feature",
            "properties": {"colour": palette.GROUP_COLOURS[group]},
            "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        }
        for lon, lat, group in rows
    ]
    page = leaflet_map()
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=4, weight=1, fill=True),
    ).add_to(page)
    st_folium(page, key="map", returned_objects=[], height=HEIGHT, use_container_width=True)


def cluster(shown: pd.DataFrame) -> None:
    """Draw with FastMarkerCluster built anew; its script comes from where ours do."""
    page = leaflet_map()
    made = FastMarkerCluster(
        shown[["lat", "lon"]].round(5).to_numpy().tolist(),
        callback="(row) => L.marker(L.latLng(row[0], row[1]))",
    )
    made.default_js = [("markercluster", assets.url("vendor/leaflet.markercluster.js"))]
    made.default_css = []
    made.add_to(page)
    st_folium(page, key="map", returned_objects=[], height=HEIGHT, use_container_width=True)


def deck(shown: pd.DataFrame) -> None:
    """Draw with pydeck's scatterplot, on the graphics card where there is one."""
    import pydeck

    colours = {
        group: [int(code[at : at + 2], 16) for at in (1, 3, 5)]
        for group, code in palette.GROUP_COLOURS.items()
    }
    data = pd.DataFrame(
        {
            "lon": shown["lon"].round(5),
            "lat": shown["lat"].round(5),
            "colour": shown["event_group"].map(colours),
        }
    )
    layer = pydeck.Layer(
        "ScatterplotLayer",
        data,
        id="events",
        get_position=["lon", "lat"],
        get_fill_color="colour",
        radius_min_pixels=4,
        radius_max_pixels=4,
    )
    view = pydeck.ViewState(latitude=32.5, longitude=68.5, zoom=5)
    chart = pydeck.Deck([layer], initial_view_state=view, map_provider=None, map_style=None)
    st.pydeck_chart(chart, height=HEIGHT)


def main() -> None:
    """Show four number inputs and the map of the events that pass them."""
    st.set_page_config(layout="wide")
    asked = st.query_params
    table, url = load(int(asked.get("n", "0")), asked.get("file", ""))
    names, most = ("kind", "date", "distance", "text"), (5, 6, 6, 6)
    columns = st.columns(4)
    steps = [
        int(column.number_input(name, 0, top, 0, key=name))
        for column, name, top in zip(columns, names, most, strict=True)
    ]
    want = wanted(*steps)
    way = asked.get("way", "ours")
    if way == "ours":
        ours(table, url, want, "".join(map(str, steps)))
    else:
        shown = table[want.mask(table)].dropna(subset=["lon"])
        {"plain": plain, "cluster": cluster, "deck": deck}[way](shown)
    st.caption(f"steps {steps}")


if __name__ == "__main__":
    main()
