"""What the benchmarks of the page itself drive: app.py as it is served, and what a browser sees.

Nothing of the page is changed for it. Scripts that the browser runs before the page's own note when
something was clicked, what came over the web socket, when the map's frame was handed another filter
and when the canvas of events was painted next.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page

__all__ = [
    "EMPTY_PAGE",
    "FLAGS",
    "FRAME_SEEN",
    "NOW",
    "PATIENCE",
    "Click",
    "Opened",
    "act",
    "at_rest",
    "cpu_seconds",
    "made_up",
    "open_page",
    "percentile",
    "until",
]

FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--enable-unsafe-swiftshader"]
PATIENCE = 45
"""Seconds a page or an act gets."""
EMPTY_PAGE = 'import streamlit as st\n\nst.button("A button")\n'
"""The least page Streamlit can serve: what its own front end costs."""

NOW = "performance.timeOrigin + performance.now()"
WATCH = f"""
(() => {{
  const now = () => {NOW};
  const seen = (window.benchSeen = {{ frames: [], paints: 0 }});
  if (window === window.top) {{
    document.addEventListener("click", () => {{ seen.clicked = now(); }}, true);
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (body) {{
      seen.sent = now();
      return send.call(this, body);
    }};
    const Socket = WebSocket;
    window.WebSocket = class extends Socket {{
      constructor(...args) {{
        super(...args);
        this.addEventListener("message", ({{ data }}) => {{
          seen.frames.push([now(), data.byteLength ?? data.size ?? data.length]);
        }});
      }}
    }};
    return;
  }}
  window.addEventListener("message", ({{ data }}) => {{
    const group = data && data.type === "streamlit:render" && data.args.feature_group;
    if (!group || group === seen.group) return;
    seen.group = group;
    seen.handed = now();
    seen.painted = undefined;
  }}, true);
  const ours = (context) => context.canvas.classList.contains("border-map-events");
  for (const name of ["clearRect", "setTransform", "scale", "drawImage", "fill", "stroke"]) {{
    const plain = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {{
      if (!seen.painting && ours(this)) {{
        seen.painting = true;
        queueMicrotask(() => {{ // the whole picture is painted in one go
          seen.painting = false;
          seen.paints += 1;
          seen.first ??= now();
          if (seen.handed) seen.painted ??= now();
        }});
      }}
      return plain.apply(this, args);
    }};
  }}
}})();
"""
FRAME_SEEN = "document.querySelector('iframe[title*=folium]')?.contentWindow?.benchSeen"
FRESH = "() => { Object.assign(benchSeen, { frames: [], clicked: 0, sent: 0 }); }"


@dataclass(frozen=True, slots=True)
class Opened:
    """How a page opened: seconds to what was waited for, and what it asked of the server."""

    page: Page
    seconds: float
    requests: int
    kilobytes: float


@dataclass(frozen=True, slots=True)
class Click:
    """What one act took, in ms since the click, and what it cost the server."""

    sent: float
    handed: float
    painted: float
    ended: float
    cpu_ms: float
    messages: int
    bytes: int


def made_up(shipped: Path, rows: int, path: Path) -> Path:
    """Write an event file of ``rows`` rows: those of ``shipped``, then variations of them.

    Each made-up row repeats a shipped one elsewhere and on another day, so that it has everything a
    real row has; the same number gives the same file.
    """
    import shapely

    chance = np.random.default_rng(2023)
    table = pd.read_parquet(shipped)
    more = table.iloc[chance.integers(0, len(table), rows - len(table))].copy()
    points = shapely.from_wkb(more["geometry"].to_numpy())
    x = shapely.get_x(points) + chance.normal(0, 0.5, len(more))
    y = shapely.get_y(points) + chance.normal(0, 0.5, len(more))
    moved = shapely.to_wkb(shapely.points(np.nan_to_num(x), np.nan_to_num(y)))
    more["geometry"] = [None if np.isnan(a) else b for a, b in zip(x, moved, strict=True)]
    shift = pd.to_timedelta(chance.integers(-2000, 0, len(more)), unit="D")
    for name in ("date_start", "date_end"):
        more[name] = (more[name].reset_index(drop=True) + shift).astype("datetime64[ms]").to_numpy()
    more["part_of"] = pd.NA
    more.index = pd.Index([f"made-up-{row:06d}" for row in range(len(more))], name="event_id")
    whole = pd.concat([table, more])
    whole.astype(table.dtypes.to_dict()).to_parquet(path)
    return path


def percentile(values: Sequence[float], part: int) -> float:
    """Return a percentile of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def cpu_seconds(*pids: int) -> float:
    """Return the processor time that processes have used (``/proc``), in seconds."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def open_page(browser: Browser, address: str, *, ready: str = "map") -> Opened:
    """Open ``address`` as one who was never there, its network cut from the world outside.

    ``ready`` is ``"map"`` (the events are painted) or a test id of Streamlit's that shows.
    """
    # the policy of the page would forbid what is asked of it while it loads
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, bypass_csp=True)
    context.set_default_timeout(PATIENCE * 1000)
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="commit")
    if ready == "map":
        at = until(page, f"() => {FRAME_SEEN}?.first")
    else:
        shows = f"document.querySelector('[data-testid={ready}]')?.getClientRects().length"
        at = until(page, f"() => {shows} && ({NOW})")
    started = page.evaluate("performance.timeOrigin")
    at_rest(page)
    page.wait_for_timeout(1500)
    local = [url for url in asked if "127.0.0.1" in url]
    fetched = "performance.getEntriesByType('resource').map((one) => one.encodedBodySize)"
    size = sum(page.evaluate(fetched))
    return Opened(page, (at - started) / 1000, len(local), size / 1000)


def until(page: Page, asked: str) -> float:
    """Return what ``asked`` gives as soon as it gives something."""
    return float(page.wait_for_function(asked, polling=20).json_value())


def at_rest(page: Page) -> None:
    """Wait until no run of the page is under way."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def act(page: Page, pid: int, target: str, done: str) -> Click:
    """Click ``target`` and wait for ``done``, an expression that gives a time in ms, or nothing."""
    at_rest(page)
    page.wait_for_timeout(700)
    page.evaluate(FRESH)
    page.evaluate(f"() => Object.assign({FRAME_SEEN}, {{ handed: 0, painted: undefined }})")
    before = cpu_seconds(pid)
    page.locator(target).click()
    painted = until(page, f"() => {done}")
    page.wait_for_timeout(150)
    at_rest(page)
    page.wait_for_timeout(500)
    seen = page.evaluate("benchSeen")
    handed = page.evaluate(f"{FRAME_SEEN}.handed")
    used = cpu_seconds(pid) - before
    start, frames = seen["clicked"], seen["frames"]
    return Click(
        sent=seen["sent"] - start,
        handed=handed - start,
        painted=painted - start,
        ended=frames[-1][0] - start,
        cpu_ms=used * 1000,
        messages=len(frames),
        bytes=sum(size for _, size in frames),
    )
