"""Counts by district of a filtered selection: ours beside GeoPandas' usual way, same answers.

Run from the root: ``PYTHONPATH=. python tests/benchmarks/bench_areas.py [EVENTS]``. It prints
a Markdown table of processor seconds, medians of eleven, each with another filter. The usual way
joins the points of the selection to the polygons (``sjoin``), groups and sums, and classifies the
plain numbers. Districts are those that were fetched; without them it is the provinces.
"""

import json
import statistics
import sys
import time

import geopandas as gpd
import mapclassify
import numpy as np
import pandas as pd

from geo.border import layers
from geo.border.units import areas
from geo.counts import by_area
from geo.webmap import choropleth

ROUNDS = 11
BOX = (61.0, 24.0, 75.0, 38.0)


def synthetic(count: int) -> pd.DataFrame:
    """Return an event table of points spread evenly over both countries, a third without a toll."""
    rng = np.random.default_rng(20261125)
    best = pd.array(np.floor(rng.lognormal(0.5, 1.2, count)), dtype="Int32")
    best[rng.random(count) < 0.33] = pd.NA
    nothing = pd.array([None] * count, dtype="string")
    return pd.DataFrame(
        {
            "lon": rng.uniform(BOX[0], BOX[2], count),
            "lat": rng.uniform(BOX[1], BOX[3], count),
            "country": nothing,
            "admin1": nothing,
            "admin2": nothing,
            "precision": pd.array(["exact"] * count, dtype="string"),
            "certainty": pd.array(["reported"] * count, dtype="string"),
            "aggregate": False,
            "part_of": nothing,
            "fatalities_low": best,
            "fatalities_best": best,
            "fatalities_high": best,
        },
        index=pd.Index([f"e{number}" for number in range(count)], name="event_id"),
    )


def timed(step, masks) -> tuple[float, list]:
    """Return the median processor seconds of ``step`` over ``masks``, and its results."""
    spent, results = [], []
    for mask in masks:
        start = time.process_time()
        results.append(step(mask))
        spent.append(time.process_time() - start)
    return statistics.median(spent), results


def main(count: int) -> None:
    level = "admin2" if layers.has_districts() else "admin1"
    table, layer = synthetic(count), areas.areas(level)
    polygons = layers.districts() if level == "admin2" else layers.admin1()
    rng = np.random.default_rng(7)
    masks = [rng.random(count) < share for share in np.linspace(0.3, 1, ROUNDS)]
    start = time.process_time()
    numbers = areas.area_numbers(table, level)
    once = time.process_time() - start
    km2 = layer["km2"].to_numpy()
    points = gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["lon"], table["lat"], crs="EPSG:4326")
    )
    bare = polygons[["geometry"]].reset_index(drop=True)
    choropleth.shade(by_area(table, masks[0], numbers, len(layer)), km2, "events", level=level)

    def ours(mask):
        return by_area(table, mask, numbers, len(layer))

    def usual(mask):
        joined = points[mask].sjoin(bare, predicate="within")
        sums = joined.groupby("index_right")["fatalities_best"].agg(["size", "sum"])
        return sums.reindex(range(len(bare)), fill_value=0)

    def shaded(mask):
        return choropleth.shade(ours(mask), km2, "events", level=level).message

    def usual_shaded(mask):
        return mapclassify.FisherJenks(usual(mask)["size"].to_numpy(float), k=5)

    (own, counts), (plain, sums) = timed(ours, masks), timed(usual, masks)
    same = np.mean(
        [(a.events == b["size"].to_numpy()).mean() for a, b in zip(counts, sums, strict=True)]
    )
    (all_own, told), (all_plain, _) = timed(shaded, masks), timed(usual_shaded, masks)
    size = max(len(json.dumps(message)) for message in told)
    print(f"{count:,} events, {len(layer)} areas ({level}), medians of {ROUNDS} filters\n")
    print("| step | ours, ms | sjoin + groupby, ms | ratio |\n|---|--:|--:|--:|")
    for name, a, b in (("counts by area", own, plain), ("and classes", all_own, all_plain)):
        print(f"| {name} | {1000 * a:.1f} | {1000 * b:.1f} | {b / a:.0f} x |")
    print(
        f"\nOnce for each table: {once:.2f} s to find the areas. Equal counts: {same:.1%} of areas."
    )
    print(f"Sent with a filter: {size:,} bytes at most.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
