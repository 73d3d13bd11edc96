"""Compare the districts that UCDP names with the polygons its points lie in, by kind.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_districts.py``. Needs
the real files of ``../shared/data`` and says so where they are absent. Prints Markdown tables.
"""

import re
import sys

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.border import layers
from geo.border.points import containing_polygons, point_tree
from geo.border.units import containing
from geo.border.units.containing import containing_units
from geo.border.units.districts import build_districts
from geo.places.gazetteer.lookup import load
from geo.places.names import normalise
from tests.outside import DISTRICTS, UCDP_FILE

NEIGHBOUR_KM = 10.0
UNIT_WORDS = re.compile(r"\b(district|distrcit|agency)\b", re.IGNORECASE)
# Made from, merged into or renamed to since UCDP coded them: what the law says, not a tuning.
SUCCESSORS = {
    "Killa Abdullah": {"Chaman"},
    "Karachi": {
        *("Central Karachi", "East Karachi", "Korangi Karachi", "Malir Karachi"),
        *("South Karachi", "Karachi South", "West Karachi"),
    },
    "Bolan": {"Kachhi"},
    "Hattian Bala": {"Jhelum Valley"},
    "Muzaffarabad": {"Jhelum Valley"},
    "Bagh": {"Haveli"},
    "Loralai": {"Duki"},
    "Chitral": {"Lower Chitral", "Upper Chitral"},
    "Kohistan": {"Upper Kohistan", "Lower Kohistan", "Kolai-Palas"},
    "Diamer": {"Darel", "Tangir"},
    "Skardu": {"Rondu", "Shigar", "Kharmang"},
    "Kharan": {"Washuk"},
    "Poonch": {"Sudhnoti"},
}


def located(districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the rows of precision exact and near with the polygon's district."""
    table = pd.read_csv(UCDP_FILE, skiprows=[1], dtype=str)
    table = table[table["where_prec"].isin(["1", "2"])].reset_index(drop=True)
    lon, lat = table["longitude"].to_numpy(float), table["latitude"].to_numpy(float)
    codes = districts["country"].to_numpy(object)
    nobody = np.full(len(lon), "", dtype=object)
    held = containing_polygons(point_tree(lon, lat), districts.geometry.to_numpy(), codes, nobody)
    table = table.assign(lon=lon, lat=lat)
    for column, name in (("side", "country"), ("admin2", "admin2"), ("source_name", "source_name")):
        words = np.append(districts[name].to_numpy(object), [None])[held]
        table[column] = pd.array(words, dtype="string")
    table["away_km"] = _away(table, districts)
    return table


def _away(table: pd.DataFrame, districts: gpd.GeoDataFrame) -> np.ndarray:
    """Return how far each point lies from the polygon of the district that UCDP names."""
    plane = districts.to_crs("+proj=aeqd +lat_0=32.5 +lon_0=68.5")
    points = gpd.GeoSeries.from_xy(table["lon"], table["lat"], crs="EPSG:4326").to_crs(plane.crs)
    named = table["adm_2"].fillna("").map(canonical)
    away = np.full(len(table), np.nan)
    own = plane["admin2"].map(bare)
    for name in named.unique():
        area = plane.geometry[own == bare(name)]
        rows = (named == name).to_numpy()
        if len(area):
            away[rows] = points[rows].distance(area.union_all()).to_numpy() / 1000
    return away


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that name a district, with the kind of agreement."""
    table = rows[rows["adm_2"].notna()].copy()
    facts = table[["adm_2", "admin2", "source_name", "side", "away_km"]]
    table["kind"] = [kind(*fact) for fact in facts.itertuples(index=False, name=None)]
    return table


def kind(theirs: str, ours: str, source: str, side: str, away: float) -> str:
    """Return what a pair of names is: the same, renamed, across the line, next to, elsewhere."""
    name = canonical(theirs)
    if bare(name) in (bare(ours), bare(source)):
        return "same"
    if ours in SUCCESSORS.get(name, ()):
        return "split or renamed since"
    if side != "PK":
        return "point across the line"
    if away <= NEIGHBOUR_KM:
        return f"next to it, within {NEIGHBOUR_KM:.0f} km"
    return "elsewhere"


def canonical(name: str) -> str:
    """Return our name of a district as UCDP writes it; FR X was merged into X in 2018."""
    plain = " ".join(UNIT_WORDS.sub("", name).removeprefix("FR ").split(" - ")[0].split())
    for hits in load().steps(plain):
        for hit in hits:
            if hit.place.kind == "admin2" and hit.place.country == "PK":
                return hit.place.name
    return plain


def bare(name: str) -> str:
    return normalise(str(name)).replace(" ", "")


def main() -> None:
    if not UCDP_FILE.is_file() or not all(path.is_file() for path in DISTRICTS.values()):
        sys.exit("bench_districts: needs ../shared/data (UCDP, geoBoundaries, COD-AB); skipped.")
    built = build_districts(DISTRICTS)
    rows = located(built.frame)
    table = compared(rows)
    print(f"{len(rows):,} rows exact or near; inside a polygon {rows['admin2'].notna().mean():.2%}")
    print("\n| UCDP's district and the polygon's | rows | share |\n|---|---|---|")
    for name, count in table["kind"].value_counts().items():
        print(f"| {name} | {count:,} | {count / len(table):.1%} |")
    print("\n| kind | UCDP | polygon | rows |\n|---|---|---|---|")
    other = table[table["kind"] != "same"]
    for (what, theirs, ours), count in (
        other.groupby(["kind", "adm_2", "admin2"]).size().sort_values(ascending=False).items()
    ):
        if count > 1:
            print(f"| {what} | {theirs} | {ours} | {count} |")
    print(f"\nCircles of the gazetteer instead of polygons: {circle_share(rows):.1%} the same.")


def circle_share(rows: pd.DataFrame) -> float:
    """Return how often a circle names the polygon's district, where it names any."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(rows["lon"], rows["lat"], crs=4326))
    ground = containing_units(points, fetched=False)
    lon, lat = rows["lon"].to_numpy(), rows["lat"].to_numpy()
    found = pd.Series(containing.circle_district(lon, lat, ground.country, ground.admin1))
    named = found.notna()
    print(f"\nA circle holds {named.mean():.1%} of the points.")
    return float((found[named].map(bare) == rows.loc[named, "admin2"].map(bare)).mean())


if __name__ == "__main__":
    layers.admin1()
    main()
