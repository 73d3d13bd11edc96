"""Take a picture of every page and state into ``docs/screenshots/``: wide, narrow, light, dark.

Run it from the root of the repository with the development requirements installed and a Chromium
at hand (``CHROMIUM`` names another)::

    PYTHONPATH=. .venv/bin/python tests/browser/screenshots.py [word of a name …]

It starts the app on the shipped events, without what is imported here, and keeps the names of
the files. A state that does not come up is named at the end, its old picture stays, and the exit
status is 1. The background tiles are blocked, so that pictures differ only when the map does.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from geo.schema import read_points
from geo.settings import EVENTS_FILE, ROOT
from geo.webmap import assets
from geo.webmap.palette import ACCENT, GROUP_COLOURS
from geo.webmap.standalone import to_html
from tests.app_server import served
from tests.browser.waits import title
from tests.conftest import FLAGS, find_chromium

TARGET: Final = ROOT / "docs" / "screenshots"
EXACT, NEAR = 200, 56
"""Colours of a picture's palette: the commonest as they are, so that grounds and the hues of the
groups are true, and some between for the edges of letters. A fifth of the bytes."""
HUES: Final = [ImageColor.getrgb(hue) for hue in (*GROUP_COLOURS.values(), ACCENT)]
SCREENS: Final = {"wide": (1440, 1000), "narrow": (390, 844)}
EVENT: Final = "chr-AP0110"
SLOW_MS: Final = 60_000

expect.set_options(timeout=SLOW_MS)


@dataclass(frozen=True)
class State:
    """One state of one page: its address, how it is known to be there, in which looks."""

    name: str
    address: str
    ready: Callable[[Page], None]
    looks: tuple[str, ...] = ("wide", "narrow")
    part: str = ""
    """What a narrow screen is scrolled to, where the state is told below the map."""


def map_drawn(page: Page) -> None:
    frame = page.frame_locator("iframe[title*='folium']")
    canvas = frame.locator(".border-map-time canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile(r"\w"))
    expect(page.locator(".bm-line").first).to_contain_text("events shown")
    page.wait_for_timeout(1500)  # names settle; a picture, not a test


def event_told(page: Page) -> None:
    map_drawn(page)
    expect(title(page)).to_be_visible()


def nothing_matches(page: Page) -> None:
    map_drawn(page)
    expect(page.locator(".st-key-panel")).to_contain_text("No events match")


def playing(page: Page) -> None:
    map_drawn(page)
    frame = page.frame_locator("iframe[title*='folium']")
    frame.get_by_role("button", name="Play").click()
    page.wait_for_timeout(6000)
    frame.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(500)


def shared(page: Page) -> None:
    map_drawn(page)
    page.get_by_role("button", name="Share · download").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.wait_for_timeout(800)


def name_found(page: Page) -> None:
    expect(page.locator(".bm-verdict")).to_be_visible()
    page.wait_for_timeout(3000)


def charts_drawn(page: Page) -> None:
    expect(page.locator("svg.marks, canvas.marks").first).to_be_visible()
    page.wait_for_timeout(2500)


def datasets_listed(page: Page) -> None:
    expect(page.get_by_role("heading", name=re.compile("Your own file"))).to_be_visible()
    page.wait_for_timeout(1500)


def methods_told(page: Page) -> None:
    expect(page.get_by_test_id("stCode")).to_contain_text("Data version")
    page.wait_for_timeout(1000)


def file_open(page: Page) -> None:
    expect(page.locator("canvas").first).to_be_visible()
    page.wait_for_timeout(3000)


PANEL: Final = ".st-key-panel"
ALL: Final = ("wide", "narrow", "wide-dark", "narrow-dark")
STATES: Final = (
    State("map", "/", map_drawn, ALL),
    State("event", f"/?event={EVENT}", event_told, ALL, PANEL),
    State("empty", "/?what=airspace&km=5&deaths=10", nothing_matches, part=PANEL),
    State("playback", "/", playing, ("wide",)),
    State("share", "/", shared, ("wide",)),
    State("filtered", "/?what=border&from=2025-10-01&to=2025-12-31", map_drawn, ("wide",)),
    State("place", "/?place=crossing:torkham", event_told, part=PANEL),
    State("place-province", "/?place=admin1:PK:Balochistan", event_told, ("wide", "wide-dark")),
    State("shade", "/?shade=events", map_drawn, ("wide", "wide-dark", "narrow")),
    State("find-place", "/find?name=Kalat+district&country=PK", name_found, ALL),
    State("border", "/crossings", charts_drawn, ALL),
    State("datasets", "/data", datasets_listed, ALL),
    State("about", "/about", methods_told, ALL),
    State("standalone", "file:standalone", file_open, ("wide", "narrow", "wide-dark")),
)


def standalone(folder: Path) -> str:
    """Write the one file that works offline, of the shipped events, and return its address."""
    assets.ensure()
    table = read_points(EVENTS_FILE)
    every = np.ones(len(table), dtype=bool)
    target = folder / "map.html"
    target.write_bytes(to_html(table, every, title="Afghanistan–Pakistan border events"))
    return target.as_uri()


def take(browser: Browser, state: State, look: str, address: str) -> bytes:
    """Return the picture of ``state`` as PNG with a palette."""
    screen, _, scheme = look.partition("-")
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme else "light",
        reduced_motion="no-preference",
    )
    try:
        page = context.new_page()
        page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        page.set_default_timeout(SLOW_MS)
        page.goto(address)
        state.ready(page)
        if state.part and screen == "narrow":
            page.locator(state.part).evaluate("node => node.scrollIntoView()")
            page.wait_for_timeout(500)
        return smaller(page.screenshot())
    finally:
        context.close()


def smaller(png: bytes) -> bytes:
    """Return the picture with a palette of 256 colours, the common ones unchanged."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    exact = [*HUES, *(colour for _, colour in counted[: EXACT - len(HUES)])]
    rest = Image.new("RGB", (len(counted), 1))
    rest.putdata([colour for _, colour in counted])
    between = rest.quantize(NEAR, method=Image.Quantize.MEDIANCUT).getpalette()[: 3 * NEAR]
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in exact for value in colour] + between)
    out = BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def run(words: list[str]) -> list[str]:
    """Take the pictures whose name holds one of ``words`` (none: all); return what failed."""
    wanted = [
        (state, look)
        for state in STATES
        for look in state.looks
        if not words or any(word in f"{state.name}-{look}" for word in words)
    ]
    failed = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        served({"BORDERMAP_IMPORTED": f"{scratch}/imported"}) as (base, _),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for state, look in wanted:
            name = f"{state.name}-{look}.png"
            try:
                own = state.address == "file:standalone"
                address = standalone(Path(scratch)) if own else base + state.address
                (TARGET / name).write_bytes(take(browser, state, look, address))
            except (PlaywrightError, AssertionError) as problem:
                failed.append(f"{name}: {str(problem).strip().splitlines()[0]}")
        browser.close()
    return failed


def main() -> int:
    failed = run(sys.argv[1:])
    size = sum(path.stat().st_size for path in TARGET.glob("*.png"))
    sys.stdout.write(f"{len(list(TARGET.glob('*.png')))} pictures, {size / 1e6:.1f} MB\n")
    for line in failed:
        sys.stderr.write(f"not taken: {line}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
