"""Filter clicks on a map of 100,000 events: our layer beside a plain ``folium.GeoJson`` rebuild.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_map.py [EVENTS]``. It
starts ``map_app.py``, drives it in a real Chromium and prints a Markdown table: time from the click
on the filter to the redrawn map, bytes over the websocket per click, and how often the map's frame
was remounted.
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
from pathlib import Path

from map_app import synthetic
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).resolve().parents[2]
PORT = 8719
CLICKS = {"ours": 12, "plain": 5}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
NOW = "performance.timeOrigin + performance.now()"
WATCH = f"""
document.addEventListener("click", () => {{ window.clickedAt = {NOW}; }}, true);
setInterval(() => {{
  const layers = window.map && window.map._layers ? Object.keys(window.map._layers).length : 0;
  if (layers !== window.layerCount) {{
    window.layerCount = layers;
    requestAnimationFrame(() => {{ window.layersAt = {NOW}; }});
  }}
}}, 20);
"""


@contextmanager
def running_app() -> Iterator[str]:
    """Start the app in a folder of its own whose ``static`` is the project's; give its address."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "tests/benchmarks/map_app.py", folder)
        (Path(folder) / "static").symlink_to(ROOT / "static")
        command = [sys.executable, "-m", "streamlit", "run", "map_app.py"]
        options = {
            "server.port": str(PORT),
            "server.headless": "true",
            "server.enableStaticServing": "true",
            "browser.gatherUsageStats": "false",
            "server.fileWatcherType": "none",
        }
        flags = [word for name, value in options.items() for word in (f"--{name}", value)]
        server = subprocess.Popen(
            [*command, *flags],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{PORT}/_stcore/health")
            yield f"http://127.0.0.1:{PORT}/"
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


def drawn(page: Page, way: str, least: int, shown: int) -> tuple[Frame, float]:
    """Wait until some frame has drawn this filter; give the frame and the time it was done."""
    ours = (
        f"window.__events && window.__events.token === 'least {least}' && window.__events.drawnAt"
    )
    # every event is a layer; the rest of the map is fewer than twenty
    plain = f"window.layerCount >= {shown} && window.layerCount < {shown} + 20 && window.layersAt"
    end = time.monotonic() + 180
    while time.monotonic() < end:
        for frame in page.frames[1:]:
            try:
                at = frame.evaluate(ours if way == "ours" else plain)
            except BrowserError:  # the frame went away while it was asked: the plain way remounts
                continue
            if at:
                return frame, at
        page.wait_for_timeout(20)
    raise TimeoutError(f"{way}: the map was never redrawn")


def measure(browser: Browser, address: str, way: str, rows: int) -> dict[str, float]:
    """Click the filter ``CLICKS[way]`` times and sum up."""
    deaths = synthetic(rows)["fatalities_best"].to_numpy()
    page = browser.new_page(viewport={"width": 1400, "height": 950})
    if way == "plain":
        page.set_default_timeout(180_000)
    page.add_init_script(WATCH)
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda body: received.append(len(body))))
    page.goto(f"{address}?way={way}&n={rows}")
    frame, _ = drawn(page, way, 0, rows)
    page.wait_for_timeout(1500)
    times, sizes, remounts = [], [], 0
    for click in range(CLICKS[way]):
        least = click % 4 + 1 if click % 8 < 4 else 3 - click % 4  # up four steps, down four
        step = "stNumberInputStepUp" if click % 8 < 4 else "stNumberInputStepDown"
        frame.evaluate("window.sameFrame = true")
        received.clear()
        page.get_by_test_id(step).click()
        frame, at = drawn(page, way, least, int((deaths >= least).sum()))
        times.append(at - page.evaluate("window.clickedAt"))
        page.wait_for_timeout(1000)
        sizes.append(sum(received))
        remounts += frame.evaluate("window.sameFrame !== true")
    page.close()
    return {
        "median": statistics.median(times),
        "slowest": max(times),
        "kB": statistics.median(sizes) / 1000,
        "remounts": remounts,
        "clicks": len(times),
    }


def main() -> None:
    """Measure both ways and print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    found = {}
    with running_app() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        for way in CLICKS:
            found[way] = measure(browser, address, way, rows)
        browser.close()
    names = {"ours": "event layer", "plain": "`folium.GeoJson` rebuilt"}
    print(f"{rows:,} synthetic events, {os.cpu_count()} cores, headless Chromium\n")
    print("| map | clicks | click to redrawn, median | slowest | sent per click | remounts |")
    print("|---|---|---|---|---|---|")
    for way, got in found.items():
        print(
            f"| {names[way]} | {got['clicks']} | {got['median']:,.0f} ms | "
            f"{got['slowest']:,.0f} ms | {got['kB']:,.1f} kB | {got['remounts']} |"
        )
    if found["ours"]["remounts"]:
        sys.exit("The event layer's frame was remounted by a filter: it must not be.")


if __name__ == "__main__":
    main()
