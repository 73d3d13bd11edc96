"""The map page itself (``app.py``) in a real browser, beside an empty Streamlit page.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_page.py [UCDP.csv]``.
Three servers in turn: the 368 events that ship, those with the UCDP table imported (where a file is
named), and 100,000 of which most are made up. For each: the first map of a visitor who was never
there, requests, a click on a kind of event until the canvas was painted with it, an event chosen in
the panel until it is told, the server's processor time and what came over the web socket. Prints
Markdown.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from page_driver import (
    EMPTY_PAGE,
    FLAGS,
    FRAME_SEEN,
    NOW,
    Click,
    act,
    made_up,
    open_page,
    percentile,
)
from playwright.sync_api import Browser, sync_playwright

from geo.settings import ROOT
from tests.app_server import served

OPENED = 5
CLICKS, CHOICES = 24, 10
MADE_UP = 100_000
KIND = "[data-testid=stPopoverBody] [class*=st-key-f_what] [data-testid=stButtonGroup] button"
NEW = ".st-key-panel [class*=st-key-new_] button"
PAINTED = f"{FRAME_SEEN}.painted"
TOLD = f"document.querySelector('.st-key-panel .bm-title') && ({NOW})"
HEAD = "| {} | first shown, s | requests | kB | click → map p50, p95, ms | event → panel p50, ms |"
HEAD += " run ended p50, ms | server, ms a click | messages | kB a click |"


def cases(ucdp: str, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the title and the environment of each server."""
    bare = {"BORDERMAP_IMPORTED": str(folder / "nothing")}
    yield "as shipped", bare
    if ucdp:
        filled = {"BORDERMAP_IMPORTED": str(folder / "imported")}
        command = [sys.executable, "-m", "geo", "import", "--format", "ucdp", str(Path(ucdp))]
        subprocess.run(command, check=True, cwd=ROOT, env=os.environ | filled, capture_output=True)
        yield "with UCDP", filled
    events = made_up(ROOT / "data/events.parquet", MADE_UP, folder / "events.parquet")
    yield f"{MADE_UP:,}", bare | {"BORDERMAP_EVENTS": str(events)}


def clicks(browser: Browser, address: str, pid: int) -> tuple[list[Click], list[Click]]:
    """Switch kinds on and off, then choose events and go back, on one page."""
    page = open_page(browser, address).page
    page.locator(".st-key-open_what button").first.click()
    page.wait_for_timeout(800)
    kinds = [act(page, pid, f"{KIND} >> nth={n // 2 % 5}", PAINTED) for n in range(CLICKS)]
    page.keyboard.press("Escape")
    told = []
    for number in range(CHOICES):
        told.append(act(page, pid, f"{NEW} >> nth={number % 5}", TOLD))
        page.locator(".st-key-unselect button").click()
        page.wait_for_selector(NEW)
    page.context.close()
    return kinds, told


def opened(browser: Browser, address: str, ready: str) -> tuple[float, int, float]:
    """Return the median of seconds until it shows, the requests, and kB fetched."""
    pages = [open_page(browser, address, ready=ready) for _ in range(OPENED + 1)]
    for one in pages:
        one.page.context.close()
    warm = pages[1:]
    return statistics.median(one.seconds for one in warm), warm[0].requests, warm[0].kilobytes


def measure(browser: Browser, title: str, environment: dict[str, str]) -> None:
    """Print the line of one server."""
    with served(environment) as (address, pid):
        first, requests, size = opened(browser, address, "map")
        kinds, told = clicks(browser, address, pid)
    maps = [one.painted for one in kinds]
    cells = [
        f"{first:.2f}",
        f"{requests}",
        f"{size:,.0f}",
        f"{statistics.median(maps):,.0f}, {percentile(maps, 95):,.0f}",
        f"{statistics.median(one.painted for one in told):,.0f}",
        f"{statistics.median(one.ended for one in kinds):,.0f}",
        f"{statistics.median(one.cpu_ms for one in kinds):,.0f}",
        f"{statistics.median(one.messages for one in kinds):,.0f}",
        f"{statistics.median(one.bytes for one in kinds) / 1000:,.0f}",
    ]
    print(f"| {title} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Measure the empty page and every case."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    print(f"{os.cpu_count()} cores, headless Chromium, load before {os.getloadavg()[0]:.1f}\n")
    print(HEAD.format("events"))
    print("|---|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as name:
        folder, browser = Path(name), driver.chromium.launch(executable_path=program, args=FLAGS)
        (folder / "empty.py").write_text(EMPTY_PAGE, "utf-8")
        with served({}, script=str(folder / "empty.py")) as (address, _):
            first, requests, size = opened(browser, address, "stButton")
        print(f"| an empty Streamlit page | {first:.2f} | {requests} | {size:,.0f} | | | | | | |")
        for title, environment in cases(sys.argv[1] if len(sys.argv) > 1 else "", folder):
            measure(browser, title, environment)
        browser.close()


if __name__ == "__main__":
    main()
