"""The map beside its peers: our layer, ``folium.GeoJson``, ``FastMarkerCluster`` and pydeck.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_map.py [EVENTS.parquet]``.
It starts ``map_app.py``, drives it in a real Chromium (software rendering where there is no
graphics card) with synthetic tables of 1,000, 10,000 and 100,000 events and, if one is named, an
event file. It prints Markdown tables: time from the click on a filter to the redrawn map, bytes
over the websocket per click, remounts of the map's frame; for our layer also each filter by
itself, zoom, playback, what is fetched once, the first map of a second visitor, and the memory of
the server with ten visitors. A peer that is not drawn within its time is shown as such.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
from map_app import synthetic, wanted
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from geo.query import with_search
from geo.schema import read_points

ROOT = Path(__file__).resolve().parents[2]
PORT = 8719
CLICKS = 12
ROWS = (1_000, 10_000, 100_000)
PATIENCE = 60  # seconds a peer gets for one map
FILTERS = ("kind", "date", "distance", "text")
NAMES = {
    "ours": "our event layer",
    "plain": "`folium.GeoJson` rebuilt",
    "cluster": "`FastMarkerCluster` rebuilt",
    "deck": "pydeck",
}
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--enable-unsafe-swiftshader"]
NOW = "performance.timeOrigin + performance.now()"
WATCH = f"""
document.addEventListener("click", () => {{ window.clickedAt = {NOW}; }}, true);
const lookAt = () => {{
  if (!window.map || !window.map._layers) return;
  let count = 0;
  for (const layer of Object.values(window.map._layers)) {{
    count += layer.getChildCount ? 0 : layer._latlng ? 1 : 0;
    if (layer._topClusterLevel) count = layer._topClusterLevel.getChildCount();
    if (layer._topClusterLevel) break;
  }}
  if (count !== window.layerCount) {{
    window.layerCount = count;
    requestAnimationFrame(() => {{ window.layersAt = {NOW}; }});
  }}
}};
setInterval(lookAt, 20);
const drawn = WebGL2RenderingContext.prototype.drawArraysInstanced;
WebGL2RenderingContext.prototype.drawArraysInstanced = function (...args) {{
  if (args[3] !== window.instances) [window.instances, window.instancesAt] = [args[3], {NOW}];
  return drawn.apply(this, args);
}};
"""


@dataclass
class Clicks:
    """What the clicks of one way took."""

    ms: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    remounts: int = 0
    late: bool = False

    def row(self, name: str) -> str:
        """Return a line of the table."""
        if len(self.ms) < 2:
            return f"| {name} | {len(self.ms)} | not drawn within {PATIENCE} s | | | |"
        late = f", then none within {PATIENCE} s" if self.late else ""
        p95 = statistics.quantiles(self.ms, n=20, method="inclusive")[-1]
        return (
            f"| {name} | {len(self.ms)}{late} | {statistics.median(self.ms):,.0f} ms | "
            f"{p95:,.0f} ms | "
            f"{statistics.median(self.sizes) / 1000:,.1f} kB | {self.remounts} |"
        )


@contextmanager
def running_app() -> Iterator[tuple[str, int]]:
    """Start the app in a folder of its own whose ``static`` is ours; give address and process."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "tests/benchmarks/map_app.py", folder)
        (Path(folder) / "static").symlink_to(ROOT / "static")
        options = {
            "server.port": str(PORT),
            "server.headless": "true",
            "server.enableStaticServing": "true",
            "browser.gatherUsageStats": "false",
            "server.fileWatcherType": "none",
        }
        flags = [word for name, value in options.items() for word in (f"--{name}", value)]
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "map_app.py", *flags],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{PORT}/_stcore/health")
            yield f"http://127.0.0.1:{PORT}/", server.pid
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, seconds: float = 60) -> None:
    """Return once ``address`` answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def drawn(page: Page, way: str, steps: str, shown: int) -> tuple[Page | Frame, float]:
    """Wait until a frame (or the page) has drawn this filter; give it and the time it was done."""
    asked = {
        "ours": f"window.__events && window.__events.rows && window.__events.token === '{steps}'"
        " && window.__events.drawnAt",
        "deck": f"window.instances === {shown} && window.instancesAt",
    }.get(way, f"window.layerCount === {shown} && window.layersAt")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for frame in [page] if way == "deck" else page.frames[1:]:
            try:
                at = frame.evaluate(asked)
            except BrowserError:  # the frame went away while it was asked: a peer remounts
                continue
            if at:
                return frame, at
        page.wait_for_timeout(15)
    raise TimeoutError(f"{way}: the map was never redrawn")


def click(page: Page, name: str, up: bool) -> None:
    """Click a filter's plus or minus."""
    box = page.get_by_test_id("stNumberInput").nth(FILTERS.index(name))
    box.get_by_test_id("stNumberInputStepUp" if up else "stNumberInputStepDown").click()


def measure(
    browser: Browser, address: str, way: str, table: pd.DataFrame, name: str, clicks: int = CLICKS
) -> Clicks:
    """Click one filter up three steps and down again, ``clicks`` times in all."""
    page = browser.new_page(viewport={"width": 1400, "height": 950})
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(WATCH)
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda body: received.append(len(body))))
    page.goto(f"{address}&way={way}")
    got, at = Clicks(), FILTERS.index(name)
    placed = table["lon"].notna().to_numpy()
    try:
        frame, _ = drawn(page, way, "0000", int(placed.sum()))
        page.wait_for_timeout(1500)
        for number in range(clicks):
            up = number % 6 < 3
            steps = [0, 0, 0, 0]
            steps[at] = number % 6 + 1 if up else 5 - number % 6
            shown = int((wanted(*steps).mask(table) & placed).sum())
            frame.evaluate("window.sameFrame = true")
            received.clear()
            click(page, name, up)
            frame, done = drawn(page, way, "".join(map(str, steps)), shown)
            got.ms.append(done - page.evaluate("window.clickedAt"))
            page.wait_for_timeout(700)
            got.sizes.append(sum(received))
            got.remounts += frame.evaluate("window.sameFrame !== true")
    except (TimeoutError, BrowserError) as problem:
        got.late = True
        sys.stderr.write(f"{way}: {problem}\n")
    finally:
        page.close()
    return got


def look_around(browser: Browser, address: str) -> dict[str, float]:
    """Measure our layer without the server: zoom, brush, fetched bytes; and a second visitor."""
    page = browser.new_page(viewport={"width": 1400, "height": 950})
    started = time.monotonic()
    page.goto(f"{address}&way=ours")
    frame, _ = drawn(page, "ours", "0000", 0)
    first = time.monotonic() - started
    page.wait_for_timeout(1500)
    zooms = []
    for level in [7, 8, 9, 10, 11, 12, 11, 10, 9, 8, 7, 6] * 2:
        draws = frame.evaluate("window.__events.draws")
        frame.evaluate(f"void BorderMap.layer._map.setZoom({level}, {{animate: false}})")
        frame.wait_for_function("n => window.__events.draws > n", arg=draws)
        zooms.append(frame.evaluate("window.__events.drawMs"))
    steps = []
    play = "range => { window.t = performance.now(); BorderMap.layer.setRange(range); }"
    for month in range(24):
        frame.evaluate(play, {"from": 16800 + 30 * month, "to": 17000 + 30 * month})
        frame.wait_for_function("() => BorderMap.layer.frame === null")
        steps.append(frame.evaluate("window.__events.drawnAt - window.t - performance.timeOrigin"))
    events = frame.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.name.includes('/events-'))"
        ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
    )
    page.close()
    return {
        "visitor": first,
        "zoom": statistics.median(zooms),
        "zoom95": statistics.quantiles(zooms, n=20)[-1],
        "step": statistics.median(steps),
        "events": events / 1000,
    }


def memory(pid: int) -> float:
    """Return the resident memory of a process in MB; NaN where ``/proc`` is not there."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def visitors(browser: Browser, address: str, pid: int, count: int = 10) -> list[float]:
    """Open ``count`` sessions, filter in each, and return the server's MB after every one."""
    pages, sizes = [], []
    for _ in range(count):
        page = browser.new_page(viewport={"width": 900, "height": 900})
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


def compare(browser: Browser, address: str, table: pd.DataFrame, title: str) -> int:
    """Print our layer beside its peers; return our remounts."""
    name = telling(table)
    print(f"\n### {title}: the filter by {name}\n")
    print("| map | clicks | click to redrawn, p50 | p95 | sent per click | remounts |")
    print("|---|---|---|---|---|---|")
    remounts = 0
    for way, words in NAMES.items():
        got = measure(browser, address, way, table, name)
        print(got.row(words), flush=True)
        remounts += got.remounts if way == "ours" else 0
    return remounts


def ours_alone(browser: Browser, address: str, table: pd.DataFrame, title: str, pid: int) -> int:
    """Print every filter of our layer, and what else it takes; return its remounts."""
    print(f"\n### {title}: our layer by filter\n")
    print("| filter | clicks | click to redrawn, p50 | p95 | sent per click | remounts |")
    print("|---|---|---|---|---|---|")
    remounts = 0
    for name in FILTERS:
        got = measure(browser, address, "ours", table, name)
        print(got.row(name), flush=True)
        remounts += got.remounts
    look = look_around(browser, address)
    sizes = visitors(browser, address, pid)
    print(f"\n- Fetched once: {look['events']:,.0f} kB of events.")
    print(f"- First map of a second visitor: {look['visitor']:.1f} s.")
    print(f"- Zoom redraw: p50 {look['zoom']:.0f} ms, p95 {look['zoom95']:.0f} ms.")
    print(f"- A step of playback, dates to redrawn: p50 {look['step']:.0f} ms.")
    print(
        f"- Server memory: {sizes[0]:.0f} MB with the first of ten visitors, {sizes[-1]:.0f} MB "
        f"with all ten."
    )
    return remounts


def cases(arguments: list[str]) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give title, query and table of every case."""
    for rows in ROWS:
        yield f"{rows:,} synthetic events", urlencode({"n": rows}), synthetic(rows)
    for name in arguments:
        path = Path(name).resolve()
        table = with_search(read_points(path))
        yield f"{path.stem}, {len(table):,} events", urlencode({"file": path}), table


def main() -> None:
    """Measure every case and print the tables."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    script = ROOT / "static/vendor/leaflet.markercluster.js"
    bring_cluster(script)
    remounts = 0
    with running_app() as (address, pid), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        print(f"{os.cpu_count()} cores, headless Chromium, load {os.getloadavg()[0]:.1f}")
        for title, query, table in cases(sys.argv[1:]):
            remounts += compare(browser, f"{address}?{query}", table, title)
            if len(table) >= max(ROWS) or "file" in query:
                remounts += ours_alone(browser, f"{address}?{query}", table, title, pid)
        browser.close()
    if remounts:
        sys.exit("The event layer's frame was remounted by a filter: it must not be.")


def bring_cluster(script: Path) -> None:
    """Put FastMarkerCluster's script beside ours, so that the peer needs no network either."""
    from xstatic.pkg import leaflet_markercluster

    found = next(Path(leaflet_markercluster.BASE_DIR).rglob("leaflet.markercluster.js"))
    script.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(found, script)


if __name__ == "__main__":
    main()
