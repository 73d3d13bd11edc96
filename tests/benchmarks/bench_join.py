"""Join points to the border: our join beside plain GeoPandas calls.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_join.py [POINTS]``. Prints
a Markdown table of the best of three runs a step, and how far the plain way's kilometres are off.
The plain way is ``sjoin`` with the provinces, ``sjoin_nearest`` with the crossings and Shapely's
distance to the line in a projected CRS: planar kilometres, doubled rows on shared edges.
"""

import sys
import time

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.border import crossings, join, layers

PLANE = "+proj=lcc +lat_1=27 +lat_2=37 +lat_0=32.5 +lon_0=68.5 +datum=WGS84 +units=m"
RUNS = 3
BOX = (61.0, 24.0, 75.0, 38.0)


def synthetic(count: int) -> gpd.GeoDataFrame:
    """Return an event frame of points spread evenly over both countries and their neighbours."""
    rng = np.random.default_rng(20261124)
    lon, lat = rng.uniform(BOX[0], BOX[2], count), rng.uniform(BOX[1], BOX[3], count)
    precise = rng.random(count) < 0.7
    days = pd.Timestamp("2021-08-15") + pd.to_timedelta(rng.integers(0, 1600, count), unit="D")
    table = pd.DataFrame(
        {
            "event_type": rng.choice(["armed_attack", "border_closure", "border_reopening"], count),
            "date_start": days,
            "date_end": days,
            "date_precision": "day",
            "aggregate": False,
            "certainty": "reported",
            "precision": np.where(precise, "exact", "admin2"),
            "uncertainty_km": np.where(precise, 2.0, 40.0),
            "place_kind": "town",
            "country": pd.array([None] * count, dtype="string"),
            "admin1": pd.array([None] * count, dtype="string"),
        },
        index=pd.Index([f"e{number}" for number in range(count)], name="event_id"),
    )
    # as in life, nearly all events are no closures: the timeline is short beside the frame
    table.loc[rng.random(count) < 0.99, "event_type"] = "armed_attack"
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat, crs="EPSG:4326"))


def seconds(step) -> tuple[float, object]:
    """Return the best of ``RUNS`` times and the last result."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        result = step()
        best = min(best, time.perf_counter() - start)
    return best, result


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    events = synthetic(count)
    flat = events.to_crs(PLANE)
    provinces, gates = layers.admin1(), crossings.load()
    line = gpd.GeoSeries([layers.border_line()], crs="EPSG:4326").to_crs(PLANE).iloc[0]
    bare = events[["geometry"]]
    join.join_events(events.head(10))  # layers read and trees built once, outside the clock

    ours_area, _ = seconds(lambda: (join.country_code(events), join.admin1_name(events)))
    plain_area, areas = seconds(lambda: bare.sjoin(provinces, how="left", predicate="intersects"))
    ours_gate, _ = seconds(lambda: join.nearest_crossing(events))
    plain_gate, _ = seconds(
        lambda: flat[["geometry"]].sjoin_nearest(gates.to_crs(PLANE), distance_col="m")
    )
    ours_line, km = seconds(lambda: join.border_distance_km(events))
    start = time.perf_counter()
    plain_km = flat.distance(line) / 1000
    plain_line = time.perf_counter() - start
    ours_all, joined = seconds(lambda: join.join_events(events))

    print(f"| {count:,} points | ours, s | plain, s | plain / ours |")
    print("|---|---|---|---|")
    plain_all = plain_area + plain_gate + plain_line
    for name, ours, plain in (
        ("country and province", ours_area, plain_area),
        ("nearest crossing", ours_gate, plain_gate),
        ("distance to the line", ours_line, plain_line),
        ("whole join, with side, bounds and gate status", ours_all, plain_all),
    ):
        print(f"| {name} | {ours:.2f} | {plain:.2f} | {plain / ours:.1f} |")
    off = (plain_km - km).abs().max()
    print(f"\nRows out: ours {len(joined):,}, plain {len(areas):,} of {count:,} in.")
    print(f"Plain (planar) distance is off by up to {off:.1f} km from the geodesic one.")


if __name__ == "__main__":
    main()
