"""The standalone file beside ``folium.GeoJson`` saved with ``save()``: size, filter, redraw.

Run from the root: ``PYTHONPATH=. python tests/benchmarks/bench_standalone.py [UCDP.csv]``.
The events are the UCDP file named (else the one in ``../shared``, else those that ship). Both pages
hold the same rows and the same facts and are opened from the disk, the network cut. Ours is driven
through its own widgets: from the click to the drawn canvas. Folium's page has no filter; its time
is what a filter would have to do at least: ``clearLayers()`` and ``addData()`` of the rows left, to
the next frame. Its Leaflet is linked from the disk, since its own addresses need a network.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import folium
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from geo.datasets import library
from geo.datasets.importing import FORMATS, import_file
from geo.settings import STATIC
from geo.store.place import Store
from geo.webmap import standalone
from tests.map_probe import MAP_PROBE
from tests.outside import UCDP_FILE

CLICKS = 20
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
NOW = "performance.timeOrigin + performance.now()"
WATCH = f"""
for (const kind of ["click", "input", "pointerup"]) {{
  document.addEventListener(kind, () => {{ window.actedAt = {NOW}; }}, true);
}}
"""
FACTS = ["event_type", "place", "where", "actors", "deaths", "summary", "sources", "when"]


def events(folder: Path) -> pd.DataFrame:
    """Return the rows to measure with."""
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else UCDP_FILE
    if not named.exists():
        print("No UCDP file: the events that ship are measured.")
        return library.events_table(Store(folder), restricted=False)
    import_file(named, FORMATS["ucdp"], store=Store(folder))
    table = library.events_table(Store(folder), restricted=False)
    return table[table["dataset"] == "ucdp"]


def save_folium(rows: pd.DataFrame, path: Path) -> float:
    """Save the peer's page; give the CPU seconds it took."""
    started = time.process_time()
    placed = rows[rows["lon"].notna()]
    told = pd.DataFrame(
        {
            "event_type": placed["event_type"],
            "place": placed["place"],
            "where": placed["admin2"] + ", " + placed["admin1"],
            "actors": placed["actors"],
            "deaths": placed["fatalities_best"].astype("string"),
            "summary": placed["summary"],
            "sources": placed["sources"],
            "when": placed["date_start"].dt.strftime("%Y-%m-%d"),
        }
    ).fillna("")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": facts,
        }
        for lon, lat, facts in zip(
            placed["lon"], placed["lat"], told.to_dict("records"), strict=True
        )
    ]
    page = folium.Map(location=[31, 69], zoom_start=6, tiles=None)
    page.default_js = [("leaflet", (STATIC / "vendor" / "leaflet.js").as_uri())]
    page.default_css = [("leaflet_css", (STATIC / "vendor" / "leaflet.css").as_uri())]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=4),
        popup=folium.GeoJsonPopup(fields=FACTS),
    ).add_to(page)
    page.save(str(path))
    return time.process_time() - started


def save_ours(rows: pd.DataFrame, path: Path) -> float:
    """Save our page; give the CPU seconds it took."""
    started = time.process_time()
    path.write_bytes(standalone.to_html(rows, np.ones(len(rows), dtype=bool), title="Events"))
    return time.process_time() - started


def spread(times: list[float]) -> str:
    """Return p50 and p95 as two cells."""
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"{statistics.median(times):,.0f} ms | {p95:,.0f} ms"


def opened(browser: Browser, path: Path, ready: str) -> tuple[Page, float]:
    """Open a file offline; give the page and the ms until ``ready`` holds."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    page.add_init_script(path=MAP_PROBE)
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="commit")
    wait(page, ready)
    return page, page.evaluate("performance.now()")


def wait(page: Page, ready: str, seconds: float = 120) -> None:
    """Poll from outside: the page's policy forbids it to run text as code."""
    end = time.monotonic() + seconds
    while not page.evaluate(ready):
        if time.monotonic() > end:
            raise TimeoutError(ready)
        time.sleep(0.01)


def kind(page: Page, step: int) -> None:
    names = ("Armed clash", "Armed attack", "Violence")
    page.get_by_role("checkbox", name=names[step % 3], exact=False).first.click()


def distance(page: Page, step: int) -> None:
    box = page.locator("select[data-key=km]")
    box.focus()
    page.keyboard.press("ArrowDown" if step % 12 < 6 else "ArrowUp")


def deaths(page: Page, _: int) -> None:
    page.get_by_label("Keep events whose toll is not stated").click()


def placed(page: Page, step: int) -> None:
    page.locator("input[data-key=placed]").nth(step % 4).click()


def text(page: Page, step: int) -> None:
    page.get_by_role("searchbox").fill(("peshawar", "bara", "ttp", "drone", "")[step % 5])


def brush(page: Page, step: int) -> None:
    box = page.locator(".border-map-time-chart").bounding_box()
    assert box
    x = box["x"] + box["width"] * (0.3 + 0.02 * step)
    page.mouse.move(x, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(x + 90, box["y"] + 20, steps=3)
    page.mouse.up()


WAYS: dict[str, tuple[Callable[[Page, int], None], str]] = {
    "kind of event": (kind, "what"),
    "distance to the line": (distance, "distance"),
    "deaths not stated": (deaths, "deaths"),
    "how well placed": (placed, "precision"),
    "text search": (text, ""),
    "dates brushed": (brush, ""),
}


def ours(page: Page, act: Callable[[Page, int], None], sheet: str) -> list[float]:
    """Return ms from each act of a hand to the drawn canvas."""
    page.get_by_role("button", name="Reset all").evaluate("button => button.click()")
    if sheet:
        page.locator(f"[data-dimension={sheet}] summary").click()
    page.wait_for_timeout(400)
    times = []
    for step in range(CLICKS):
        draws = page.evaluate("mapProbe.draws")
        act(page, step)
        wait(page, f"mapProbe.draws > {draws}")
        times.append(page.evaluate("mapProbe.drawnAt - window.actedAt"))
        page.wait_for_timeout(350)  # list and overview are written meanwhile
    if sheet:
        page.keyboard.press("Escape")
    return times


def theirs(page: Page) -> list[float]:
    """Return ms of ``clearLayers`` + ``addData`` of every other, every third … row, to a frame."""
    script = """step => new Promise((done) => {
      const layer = Object.values(window).find((one) => one instanceof L.GeoJSON);
      window.all ||= layer.toGeoJSON().features;
      const started = performance.now();
      layer.clearLayers();
      layer.addData(window.all.filter((_, at) => at % (step % 3 + 1) === 0));
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
    })"""
    return [page.evaluate(script, step) for step in range(CLICKS)]


def main() -> None:
    """Print the tables; exit with an error where a promise is broken."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        rows = events(folder / "imported")
        made = {
            "standalone file": save_ours(rows, folder / "ours.html"),
            "`folium.GeoJson`, `save()`": save_folium(rows, folder / "peer.html"),
        }
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        page, ready = opened(browser, folder / "ours.html", "Boolean(window.mapProbe.drawnAt)")
        peer = "document.readyState === 'complete' && document.querySelectorAll('path').length > 9"
        other, drawn = opened(browser, folder / "peer.html", peer)
        print(f"{len(rows):,} events, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
        print("| page | size | made in (CPU) | opened to drawn |\n|---|---|---|---|")
        for (words, seconds), path, ms in zip(
            made.items(), ("ours.html", "peer.html"), (ready, drawn), strict=True
        ):
            size = (folder / path).stat().st_size / 1e6
            print(f"| {words} | {size:.2f} MB | {seconds:.1f} s | {ms:,.0f} ms |")
        print("\n| filter | acts | to redrawn, p50 | p95 |\n|---|---|---|---|")
        slow = False
        for words, (act, sheet) in WAYS.items():
            times = ours(page, act, sheet)
            slow |= statistics.median(times) > 100
            print(f"| {words} | {len(times)} | {spread(times)} |", flush=True)
        times = theirs(other)
        print(f"| `folium.GeoJson`: layer rebuilt | {len(times)} | {spread(times)} |")
        browser.close()
        if slow or (folder / "ours.html").stat().st_size > 5_000_000:
            sys.exit("The file must stay below 5 MB and its filters below 100 ms (p50).")


if __name__ == "__main__":
    main()
