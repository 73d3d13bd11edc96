"""The map beside its peers: our layer, ``folium.GeoJson``, ``FastMarkerCluster`` and pydeck.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_map.py [FILE ...]``.
It starts ``map_app.py``, drives it in a real Chromium (software rendering where there is no
graphics card) with synthetic tables of 1,000, 10,000 and 100,000 events and with every FILE: an
event file (``.parquet``) or a UCDP GED table (``.csv``, imported into a folder of its own). Without
a FILE the imported UCDP dataset takes its place, if there is one. Prints Markdown: time from the
click on a filter to the redrawn map, bytes over the websocket per click, remounts of the map's
frame; for our layer every filter, zoom, playback, what is fetched once, the first map of a second
visitor, and the memory of the server with ten. A peer that is not drawn in time is said to be so.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
from map_app import synthetic, wanted
from map_driver import FILTERS, WATCH, click, drawn, memory, running_app
from page_driver import FLAGS, PATIENCE, percentile
from playwright.sync_api import Browser, Frame, sync_playwright
from playwright.sync_api import Error as BrowserError

from geo.datasets.importing import FORMATS, import_file
from geo.query.text import with_search
from geo.schema import read_points
from geo.settings import ROOT
from geo.store import catalogue
from geo.store.place import Store, here
from tests.map_probe import MAP_PROBE

CLICKS = 12
"""Two times up three steps and down again: a multiple of six, so that every filter ends open."""
PEER_CLICKS = 10
PEER_SECONDS = 60
"""A peer's clicks end here, when it has been clicked at least three times."""
ROWS = (1_000, 10_000, 100_000)
NAMES = {
    "ours": "our event layer",
    "plain": "(a) `folium.GeoJson` rebuilt",
    "cluster": "(b) `FastMarkerCluster` rebuilt",
    "deck": "(c) pydeck",
}
HEAD = "| {} | clicks | click to redrawn, p50 | p95 | sent per click | remounts |{}"


@dataclass
class Clicks:
    """What the clicks of one way on one filter took."""

    ms: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    remounts: int = 0
    late: bool = False

    def median(self) -> float:
        """Return the median in ms, NaN when there is none."""
        return statistics.median(self.ms) if self.ms else float("nan")

    def high(self) -> float:
        """Return the 95th percentile in ms, NaN when there is none."""
        return percentile(self.ms, 95) if len(self.ms) > 1 else float("nan")

    def kilobytes(self) -> float:
        """Return the median of what came over the websocket, in kB."""
        return statistics.median(self.sizes) / 1000 if self.sizes else float("nan")

    def row(self, name: str) -> str:
        """Return a line of the table."""
        if len(self.ms) < 2:
            return f"| {name} | {len(self.ms)} | not drawn within {PATIENCE} s | | | |"
        late = f", then none within {PATIENCE} s" if self.late else ""
        return (
            f"| {name} | {len(self.ms)}{late} | {self.median():,.0f} ms | {self.high():,.0f} ms | "
            f"{self.kilobytes():,.1f} kB | {self.remounts} |"
        )


def measure(
    browser: Browser, address: str, way: str, table: pd.DataFrame, names: Sequence[str]
) -> dict[str, Clicks]:
    """Click each filter up three steps and down again, over and over, on one page."""
    page = browser.new_page(viewport={"width": 1400, "height": 950})
    page.add_init_script(path=MAP_PROBE)
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(WATCH)
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda body: received.append(len(body))))
    found = {name: Clicks() for name in names}
    placed = table["lon"].notna().to_numpy()
    got = found[names[0]]
    try:
        page.goto(f"{address}&way={way}")
        frame, _ = drawn(page, way, "0000", int(placed.sum()))
        page.wait_for_timeout(1000)
        started, clicks = time.monotonic(), CLICKS if way == "ours" else PEER_CLICKS
        for name, number in ((name, number) for name in names for number in range(clicks)):
            if way != "ours" and number > 2 and time.monotonic() - started > PEER_SECONDS:
                break
            got, up = found[name], number % 6 < 3
            steps = [0, 0, 0, 0]
            steps[FILTERS.index(name)] = number % 6 + 1 if up else 5 - number % 6
            shown = int((wanted(*steps).mask(table) & placed).sum())
            frame.evaluate("window.sameFrame = true")
            received.clear()
            click(page, name, up)
            frame, done = drawn(page, way, "".join(map(str, steps)), shown)
            got.ms.append(done - page.evaluate("window.clickedAt"))
            page.wait_for_timeout(250)
            got.sizes.append(sum(received))
            got.remounts += frame.evaluate("window.sameFrame !== true")
    except (TimeoutError, BrowserError) as problem:
        got.late = True
        sys.stderr.write(f"{way}: {problem}\n")
    finally:
        page.close()
    return found


PICTURE = """async (level) => {
  const start = performance.now();
  mapProbe.map.setZoom(level, { animate: false });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
"""Zooms and gives the ms until the frame after the redraw: the picture is on the screen then."""
STEP = """async (range) => {
  const [layer, start] = [mapProbe.layer, performance.now()];
  layer.setRange(range);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def look_around(frame: Frame) -> dict[str, list[float]]:
    """Measure our layer without the server: zooming and playing, in ms to the picture."""
    levels = [7, 8, 9, 10, 11, 12, 11, 10, 9, 8, 7, 6] * 2
    zooms, draws = [], []
    for level in levels:
        zooms.append(frame.evaluate(PICTURE, level))
        draws.append(frame.evaluate("mapProbe.drawMs"))
    months = [{"from": 16800 + 30 * month, "to": 17000 + 30 * month} for month in range(24)]
    return {"zoom": zooms, "draw": draws, "step": [frame.evaluate(STEP, one) for one in months]}


def second_visitor(browser: Browser, address: str) -> tuple[float, float, dict[str, list[float]]]:
    """Open the map as one who was never there: seconds to the first map, kB of events, redraws."""
    page = browser.new_page(viewport={"width": 1400, "height": 950})
    page.add_init_script(path=MAP_PROBE)
    started = time.monotonic()
    page.goto(f"{address}&way=ours")
    frame, _ = drawn(page, "ours", "0000", 0)
    first = time.monotonic() - started
    page.wait_for_timeout(1500)
    looked = look_around(frame)
    fetched = frame.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.name.includes('/events-'))"
        ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
    )
    page.close()
    return first, fetched / 1000, looked


def visitors(browser: Browser, address: str, pid: int, count: int = 10) -> list[float]:
    """Open ``count`` sessions, filter in each, and return the server's MB after every one."""
    pages, sizes = [], []
    for _ in range(count):
        page = browser.new_page(viewport={"width": 900, "height": 900})
        page.add_init_script(path=MAP_PROBE)
        page.goto(f"{address}&way=ours")
        drawn(page, "ours", "0000", 0)
        click(page, "kind", up=True)
        drawn(page, "ours", "1000", 0)
        pages.append(page)
        sizes.append(memory(pid))
    for page in pages:
        page.close()
    return sizes


def telling(table: pd.DataFrame) -> str:
    """Return a filter of which every step leaves another number of events: a peer shows no more."""
    placed = table["lon"].notna().to_numpy()
    for at, name in enumerate(FILTERS):
        steps = ([step if place == at else 0 for place in range(4)] for step in range(4))
        counts = [int((wanted(*step).mask(table) & placed).sum()) for step in steps]
        if len(set(counts)) == len(counts):
            return name
    raise ValueError("No filter tells four different counts of this table.")


def compare(browser: Browser, address: str, table: pd.DataFrame, title: str) -> dict[str, Clicks]:
    """Print our layer on every filter beside its peers on one; return ours by filter."""
    name = telling(table)
    print(f"\n#### {title}\n")
    print(HEAD.format("map, filter", " beside ours |"))
    print("|---|---|---|---|---|---|---|", flush=True)
    ours = measure(browser, address, "ours", table, FILTERS)
    for other, got in ours.items():
        print(got.row(f"{NAMES['ours']}, {other}"), "|", flush=True)
    for way in ("plain", "cluster", "deck"):
        got = measure(browser, address, way, table, [name])[name]
        times = f"{got.median() / ours[name].median():,.1f} ×" if got.ms else ""
        print(got.row(f"{NAMES[way]}, {name}"), f"{times} |", flush=True)
    return ours


def ours_alone(browser: Browser, address: str, ours: dict[str, Clicks], pid: int) -> None:
    """Print what is asked of our layer beside what it takes, with one table."""
    first, events, looked = second_visitor(browser, address)
    sizes = visitors(browser, address, pid)
    slow, late = (max(getattr(got, key)() for got in ours.values()) for key in ("median", "high"))
    sent = max(got.kilobytes() for got in ours.values())
    zooms = looked["zoom"]
    zoom = f"p50 {statistics.median(zooms):,.0f} ms, p95 {percentile(zooms, 95):,.0f}"
    lines = (
        ("filter click to redrawn, slowest filter, p50", "200 ms", f"{slow:,.0f} ms"),
        ("the same, p95", "400 ms", f"{late:,.0f} ms"),
        ("sent per click", "25 kB", f"{sent:,.1f} kB"),
        ("events, fetched once", "1,000 kB", f"{events:,.0f} kB"),
        ("remounts", "0", f"{sum(got.remounts for got in ours.values())}"),
        ("first map of a second visitor", "3 s", f"{first:.1f} s"),
        ("zoom: redraw alone, p50", "60 ms", f"{statistics.median(looked['draw']):,.0f} ms"),
        ("zoom: to the picture on the screen", "", f"{zoom} ms"),
        ("playback: a step to the screen, p50", "", f"{statistics.median(looked['step']):,.0f} ms"),
        ("server memory, first visitor → ten", "", f"{sizes[0]:,.0f} → {sizes[-1]:,.0f} MB"),
    )
    print("\n| our layer | at most | measured |\n|---|---|---|")
    for line in lines:
        print(f"| {' | '.join(line)} |", flush=True)


def cases(arguments: Sequence[str], folder: Path) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give title, query and table of every case; tables are imported into ``folder``."""
    for rows in ROWS:
        yield f"{rows:,} synthetic events", urlencode({"n": rows}), synthetic(rows)
    held = catalogue.find("ucdp", here())
    files = [Path(name).resolve() for name in arguments]
    if not files and held:
        files = [here().folder / held.parquet]
    for path in files:
        if path.suffix == ".csv":
            import_file(path, FORMATS["ucdp"], store=Store(folder))
            path = folder / catalogue.find("ucdp", Store(folder)).parquet
        table = with_search(read_points(path))
        yield f"UCDP GED, {len(table):,} events", urlencode({"file": path}), table


def bring_cluster(script: Path) -> None:
    """Put FastMarkerCluster's script beside ours, so that the peer needs no network either."""
    from xstatic.pkg import leaflet_markercluster

    found = next(Path(leaflet_markercluster.BASE_DIR).rglob("leaflet.markercluster.js"))
    script.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(found, script)


def main() -> None:
    """Measure every case and print the tables."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    bring_cluster(ROOT / "static/vendor/leaflet.markercluster.js")
    started, remounts = time.monotonic(), 0
    with (
        running_app() as (address, pid),
        sync_playwright() as driver,
        tempfile.TemporaryDirectory() as folder,
    ):
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        load = os.getloadavg()[0]
        print(f"{os.cpu_count()} cores, headless Chromium, load before {load:.1f}")
        for title, query, table in cases(sys.argv[1:], Path(folder)):
            ours = compare(browser, f"{address}/?{query}", table, title)
            remounts += sum(got.remounts for got in ours.values())
            if len(table) >= max(ROWS) or "file" in query:
                ours_alone(browser, f"{address}/?{query}", ours, pid)
        browser.close()
    print(f"\nTook {time.monotonic() - started:,.0f} s.")
    if remounts:
        sys.exit("The event layer's frame was remounted by a filter: it must not be.")


if __name__ == "__main__":
    main()
