"""Exports: seconds, memory and size of each format, beside the plain way with GeoPandas or pandas.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_exports.py``. The rows
are UCDP's public events of Pakistan as imported, and the same repeated to 100,000 under new ids;
without that file, the shipped events repeated. The plain way starts from the ready frame, writes
no style, no terms and no time, guards no formula, and keeps what is restricted. Each figure comes
from a process of its own; memory is what the writing adds to the process's peak.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from geo.export.extract import Extract
from geo.export.formats import FORMATS
from geo.export.terms import describe
from geo.query.filter import EventFilter
from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.store.place import here
from tests.outside import UCDP_FILE

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".kml": "KML"}
PAGE = ".html"
"""Measured by ``bench_standalone.py``."""
MANY = 100_000
PEAK, PEAK_RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def events() -> tuple[str, pd.DataFrame]:
    """Return a name and a table of real events."""
    if not UCDP_FILE.is_file():
        return "shipped", read_points(EVENTS_FILE)
    from geo.border.join import join_events
    from geo.datasets.formats.ucdp import UCDP
    from geo.datasets.reading import read_dataset

    frame = join_events(read_dataset(UCDP_FILE, UCDP, version="21.1").frame)
    buffer = Path(tempfile.mkdtemp()) / "events.parquet"
    frame.to_parquet(buffer)
    return "UCDP", read_points(buffer)


def repeated(table: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Return ``rows`` rows: the table over and over, under new ids."""
    many = table.iloc[np.arange(rows) % len(table)]
    many.index = pd.Index([f"e{number:06d}" for number in range(rows)], name="event_id")
    return many


def ours(table: pd.DataFrame, suffix: str, path: Path) -> None:
    """Write the file as the app and the command line do."""
    mask = np.ones(len(table), bool)
    about = describe(table, mask, EventFilter(), store=here())
    with path.open("wb") as out:
        FORMATS[suffix].write(Extract(table, mask, about), out)


def plain(table: pd.DataFrame, suffix: str, path: Path) -> None:
    """Write the file as anybody would."""
    if suffix == ".csv":
        table.to_csv(path)
        return
    import geopandas as gpd

    points = gpd.points_from_xy(table["lon"], table["lat"], crs="EPSG:4326")
    frame = gpd.GeoDataFrame(table.drop(columns=["lon", "lat"]), geometry=points)
    if suffix == ".parquet":
        frame.to_parquet(path)
        return
    frame = frame.reset_index()
    if suffix == ".kml":
        frame = frame.astype(dict.fromkeys(("date_start", "date_end"), "str"))
    frame.to_file(path, driver=DRIVERS[suffix])


def measured(file: Path, suffix: str, way: str) -> dict[str, float]:
    """Return seconds of processor time, megabytes added to the peak, megabytes of the file."""
    run = subprocess.run(
        [sys.executable, __file__, str(file), suffix, way],
        env={**os.environ, "PYTHONPATH": "."},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def one(file: Path, suffix: str, way: str) -> None:
    """Print the figures of one format as JSON: the process that :func:`measured` starts."""
    import geopandas as gpd
    import pyogrio  # noqa: F401 - loaded before the clock starts

    gpd.GeoDataFrame(geometry=gpd.points_from_xy([1.0], [1.0])).to_parquet(io.BytesIO())
    table = read_points(file)
    write = {"ours": ours, "plain": plain}[way]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events{suffix}"
        write(table.head(100), suffix, path)
        path.unlink()
        PEAK_RESET.write_text("5")  # Linux: the peak starts anew from what is held now
        before, start = peak(), time.process_time()
        write(table, suffix, path)
        took = time.process_time() - start
        print(json.dumps({"s": took, "MB": peak() - before, "size": path.stat().st_size / 1e6}))


def peak() -> float:
    """Return the peak memory of this process in megabytes."""
    return int(PEAK.read_text().split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Print a table for each number of rows."""
    name, table = events()
    for rows in (len(table), MANY):
        chosen = table if rows == len(table) else repeated(table, rows)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "table.parquet"
            stored(chosen, file)
            print(f"\n### {rows:,} rows ({name}), {len(table.columns)} columns\n")
            print(f"Processor time, the best of {ROUNDS}; memory added to the peak of a process.\n")
            print(
                "| | s | MB of memory | MB of file | plain: s | MB of memory | MB of file | time |"
            )
            print("|---|---|---|---|---|---|---|---|")
            for suffix, kind in [(s, k) for s, k in FORMATS.items() if s != PAGE]:
                both = [best(file, suffix, way) for way in ("ours", "plain")]
                cells = [f"{b['s']:.2f} | {b['MB']:.0f} | {b['size']:.1f}" for b in both]
                ratio = both[0]["s"] / both[1]["s"]
                print(f"| {kind.label} | {' | '.join(cells)} | × {ratio:.2f} |", flush=True)


def best(file: Path, suffix: str, way: str) -> dict[str, float]:
    """Return the quickest of some rounds."""
    return min((measured(file, suffix, way) for _ in range(ROUNDS)), key=lambda found: found["s"])


def stored(table: pd.DataFrame, file: Path) -> None:
    """Write a table where :func:`geo.schema.read_points` reads it."""
    import geopandas as gpd

    points = gpd.points_from_xy(table["lon"], table["lat"], crs="EPSG:4326")
    known = gpd.GeoSeries(points, index=table.index).where(table["lon"].notna(), None)
    gpd.GeoDataFrame(table.drop(columns=["lon", "lat"]), geometry=known).to_parquet(file)


if __name__ == "__main__":
    one(Path(sys.argv[1]), *sys.argv[2:]) if len(sys.argv) > 1 else main()
