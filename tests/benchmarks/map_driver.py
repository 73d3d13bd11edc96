"""What bench_map.py drives the browser with: the app, a click, and when its map was redrawn."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from page_driver import NOW, PATIENCE
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Page

from geo.settings import ROOT
from tests.app_server import Server, served

__all__ = ["FILTERS", "WATCH", "click", "drawn", "memory", "running_app"]

FILTERS = ("kind", "date", "distance", "text")
OPTIONS = (
    *("--server.headless", "true", "--server.enableStaticServing", "true"),
    *("--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"),
)
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
"""Notes when a filter was clicked and when a peer's map held another number of events."""


@contextmanager
def running_app() -> Iterator[Server]:
    """Start the app in a folder of its own whose ``static`` is ours; give address and process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "tests/benchmarks/map_app.py", folder)
        (folder / "static").symlink_to(ROOT / "static")
        own = {"PYTHONPATH": str(ROOT)}
        with served(own, script="map_app.py", options=OPTIONS, folder=folder) as server:
            yield server


def drawn(page: Page, way: str, steps: str, shown: int) -> tuple[Page | Frame, float]:
    """Wait until a frame (or the page) has drawn this filter; give it and the time it was done."""
    asked = {
        "ours": f"window.mapProbe?.rows && mapProbe.said === '{steps}' && mapProbe.drawnAt",
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


def memory(pid: int) -> float:
    """Return the resident memory of a process in MB; NaN where ``/proc`` is not there."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
