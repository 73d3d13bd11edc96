"""Join points to the border: our join beside plain GeoPandas calls, same answers.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_join.py [POINTS]``. Prints
Markdown tables of processor seconds (best of three runs a step, one of the plain distance) and how
far the answers agree. The plain way: ``sjoin`` with countries, provinces and districts,
``sjoin_nearest`` with the crossings and Shapely's distance to the line, both in a projected CRS.
District polygons are those that have been fetched; without them the districts are circles.
"""

import sys
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.border import join, layers
from geo.border.gates import crossings
from geo.border.line import distance
from geo.border.units import containing

PLANE = "+proj=aeqd +lat_0=32.5 +lon_0=68.5 +datum=WGS84 +units=m"
RUNS = 3
BOX = (61.0, 24.0, 75.0, 38.0)


def synthetic(count: int) -> gpd.GeoDataFrame:
    """Return an event frame of points spread evenly over both countries and their neighbours."""
    rng = np.random.default_rng(20261124)
    lon, lat = rng.uniform(BOX[0], BOX[2], count), rng.uniform(BOX[1], BOX[3], count)
    precise = rng.random(count) < 0.7
    days = pd.Timestamp("2021-08-15") + pd.to_timedelta(rng.integers(0, 1600, count), unit="D")
    nothing = pd.array([None] * count, dtype="string")
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
            "country": nothing,
            "admin1": nothing,
            "admin2": nothing,
        },
        index=pd.Index([f"e{number}" for number in range(count)], name="event_id"),
    )
    # as in life, nearly all events are no closures: the timeline is short beside the frame
    table.loc[rng.random(count) < 0.99, "event_type"] = "armed_attack"
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat, crs="EPSG:4326"))


def seconds(step, runs: int = RUNS) -> tuple[float, object]:
    """Return the least processor time of ``runs`` and the last result."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        result = step()
        best = min(best, time.process_time() - start)
    return best, result


def plain_join(events: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> dict[str, object]:
    """Do the join the usual way; returns (seconds, result) a step."""
    bare, flat = events[["geometry"]], events[["geometry"]].to_crs(PLANE)
    gates = crossings.load()[["name", "geometry"]].to_crs(PLANE)
    line = gpd.GeoSeries([layers.border_line()], crs="EPSG:4326").to_crs(PLANE).iloc[0]

    def areas() -> list[gpd.GeoDataFrame]:
        polygons = (layers.countries(), layers.admin1(), districts)
        return [bare.sjoin(layer, how="left", predicate="within") for layer in polygons]

    return {
        "area": seconds(areas),
        "gate": seconds(lambda: flat.sjoin_nearest(gates, distance_col="m")),
        "line": seconds(lambda: flat.distance(line) / 1000, 1),
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    districts = layers.districts()
    said = f"{len(districts):,} fetched districts" if districts is not None else "no districts"
    events = synthetic(count)
    join.join_events(events.head(50))  # layers read and prepared once, outside the clock
    fine = layers.admin1() if districts is None else districts

    plain = plain_join(events, fine)
    area, gate, line = (plain[name][0] for name in ("area", "gate", "line"))
    ground, _ = seconds(lambda: containing.containing_units(events))
    near, _ = seconds(lambda: join.nearest_crossing(events))
    far, _ = seconds(lambda: join.border_distance_km(events))
    whole, joined = seconds(lambda: join.join_events(events))

    print(f"| {count:,} points, {said} | ours, s | plain, s | plain / ours |\n|---|---|---|---|")
    for name, ours, theirs in (
        ("country, province, district", ground, area),
        ("nearest crossing", near, gate),
        ("distance to the line", far, line),
        ("all of it; ours with side, bounds, gate status", whole, area + gate + line),
    ):
        print(f"| {name} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.1f} |")
    agreement(events, joined, plain, fine, districts is not None)
    if count <= 100_000:
        million()


def agreement(events, joined, plain, fine, polygons: bool) -> None:
    """Print how often the two ways say the same."""
    country, _, district = plain["area"][1]
    edge = 1 - len(district.index.unique()) / len(district)
    name = "admin1" if polygons else "name"
    pairs = {
        "country": (country["iso"], joined["country"]),
        "province": (district[name], joined["admin1"]),
        "nearest crossing": (plain["gate"][1]["name"], joined["nearest_crossing"]),
    }
    if polygons:
        pairs["district"] = (district["admin2"], containing.containing_units(events).admin2)
    print("\n| the same answer | share |\n|---|---|")
    for what, (theirs, ours) in pairs.items():
        first = theirs[~theirs.index.duplicated()].reindex(events.index).fillna("").to_numpy(object)
        mine = pd.Series(np.asarray(ours, dtype=object)).fillna("").to_numpy(object)
        known = mine != "" if what == "nearest crossing" else np.ones(len(mine), dtype=bool)
        print(f"| {what} | {(first == mine)[known].mean():.4%} |")
    print(f"| ours and the shortest of all geodesics to a crossing | {gates(events, joined):.4%} |")
    km = (plain["line"][1] - joined["border_km"]).abs()
    print(f"| distance within 0.3 km | {(km.dropna() < 0.3).mean():.2%} |")
    print(
        f"\nDoubled rows: ours 0, plain {edge:.4%}. Median difference {km.median():.4f} km, largest"
    )
    print(f"{km.max():.2f} km: the plain distance is planar. Beside a dense geodesic reference,")
    off = reference(events, joined, plain["line"][1])
    print(f"500 points: ours off by {off[0]:.4f} km at most, plain by {off[1]:.4f} km.")
    assert len(joined) == len(events)


def gates(events, joined) -> float:
    """Return how often ours is the gate with the shortest of all geodesics."""
    layer, lon, lat = crossings.load(), events.geometry.x.to_numpy(), events.geometry.y.to_numpy()
    ones = np.ones(len(lon))
    ways = [
        distance.GEOD.inv(lon, lat, gate_lon * ones, gate_lat * ones)[2]
        for gate_lon, gate_lat in zip(layer["lon"], layer["lat"], strict=True)
    ]
    shortest = layer["name"].to_numpy(object)[np.argmin(ways, axis=0)]
    known = joined["nearest_crossing"].notna().to_numpy()
    ours = joined["nearest_crossing"].fillna("").to_numpy(object)
    return float((shortest == ours)[known].mean())


def reference(events, joined, flat) -> tuple[float, float]:
    """Return how far the two distances are off at most, for 500 points."""
    dense = shapely.get_coordinates(shapely.segmentize(layers.border_line(), 0.05 / 111.32))
    some = joined[joined["border_km"].notna()].index[:500]
    worst = [0.0, 0.0]
    for name, point in events.geometry[some].items():
        span = np.cos(np.radians(point.y))
        rough = np.hypot((dense[:, 0] - point.x) * span, dense[:, 1] - point.y)
        near = dense[np.argsort(rough)[:4000]]
        ones = np.ones(len(near))
        ways = distance.GEOD.inv(point.x * ones, point.y * ones, near[:, 0], near[:, 1])[2]
        km = ways.min() / 1000
        for number, value in enumerate((joined.at[name, "border_km"], flat[name])):
            worst[number] = max(worst[number], abs(value - km))
    return worst[0], worst[1]


def million() -> None:
    """Print the whole join of a million points, and that a million come back in order."""
    events = synthetic(1_000_000)
    spent, joined = seconds(lambda: join.join_events(events), 1)
    print(f"\n1,000,000 points: {spent:.1f} s, {1e6 / spent:,.0f} a second, index as given.")
    assert joined.index.equals(events.index)
    assert set(joined["border_side"]) <= {"AF", "PK", "straddles", "unknown"}
    at_sea = (
        (events.geometry.y < 24.5) & (events.geometry.x < 66) & (events["precision"] == "exact")
    )
    assert (joined["border_side"][at_sea] == "unknown").all()


if __name__ == "__main__":
    main()
