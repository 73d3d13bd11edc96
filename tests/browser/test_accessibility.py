"""No page breaks an accessibility rule that axe-core calls serious or critical.

axe judges what it finds in the viewport, so the viewport is made as tall as the page; and it
judges a moment, so a fault counts only if it stays. The map's frame is a document of its own
and is judged as well.
"""

import re
import time

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from geo.schema import read_points
from geo.webmap.standalone import to_html
from tests.browser.conftest import opener
from tests.browser.waits import title

AXE = Axe()
GRAVE = {"serious", "critical"}
OPTIONS = {"resultTypes": ["violations"], "iframes": False, "preload": False}
ARRIVES_MS = 120_000  # the first page of a cold server on a busy machine
STAYS_S = 20
TALLEST = 20_000
WIDTHS = (1440, 390)

NOT_OURS: dict[tuple[str, str], str] = {}
"""(rule, part of the faulty element's markup) → why it is Streamlit's and cannot be mended here."""


def faults(page) -> list[str]:
    """Return each grave fault of the page and of its frames, in words."""
    frames = [frame for frame in page.frames if frame.url.startswith(("http", "file"))]
    return [fault for frame in frames for fault in _faults(frame)]


def _faults(frame) -> list[str]:
    if not frame.evaluate("typeof axe === 'object'"):
        frame.evaluate(AXE.axe_script)
    found = frame.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [
        f"{rule['impact']} {rule['id']}: {node['html'][:200]}\n{node['failureSummary']}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in NOT_OURS)
    ]


def assert_none(page) -> None:
    """Fail on faults that are still there when the page has come to rest."""
    until = time.monotonic() + STAYS_S
    while (found := faults(page)) and time.monotonic() < until:
        page.wait_for_timeout(500)
    assert not found, "\n\n".join(found)


def stretch(page, width: int) -> None:
    """Make the window as tall as the page, so that nothing is scrolled out of judgement."""
    page.set_viewport_size({"width": width, "height": 1000})
    main = page.get_by_test_id("stMain")
    for _ in range(2):  # a part of the height may follow the window's
        height = int(main.evaluate("node => node.scrollHeight"))
        page.set_viewport_size({"width": width, "height": min(height + 80, TALLEST)})
        page.wait_for_timeout(100)


def whole_map(page) -> None:
    frame = page.frame_locator("iframe[title*='folium']")
    canvas = frame.locator(".border-map-time canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile(r"\w"), timeout=ARRIVES_MS)


def an_overview(page) -> None:
    whole_map(page)
    expect(page.locator(".bm-line")).to_contain_text("8 of 8 events shown", timeout=ARRIVES_MS)


def an_event(page) -> None:
    whole_map(page)
    expect(title(page)).to_contain_text("Torkham", timeout=ARRIVES_MS)


def a_place(page) -> None:
    whole_map(page)
    expect(title(page)).to_have_text("Torkham", timeout=ARRIVES_MS)


def a_shade(page) -> None:
    an_overview(page)
    expect(page.locator(".bm-shade-notes")).to_be_visible(timeout=ARRIVES_MS)


def nothing_found(page) -> None:
    expect(page.locator(".st-key-panel")).to_contain_text("No events match", timeout=ARRIVES_MS)


def a_name_found(page) -> None:
    expect(page.locator(".bm-verdict")).to_be_visible(timeout=ARRIVES_MS)
    expect(page.locator("iframe[title*='folium']")).to_be_visible(timeout=ARRIVES_MS)


def a_gate(page) -> None:
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    expect(charts).to_have_count(3, timeout=ARRIVES_MS)


def the_datasets(page) -> None:
    expect(page.locator(".st-key-own")).to_contain_text("this session", timeout=ARRIVES_MS)


def the_methods(page) -> None:
    expect(page.get_by_role("heading", name="Cite the map")).to_be_attached(timeout=ARRIVES_MS)
    expect(page.get_by_test_id("stCode")).to_contain_text("Data version", timeout=ARRIVES_MS)


STATES = {
    "map": ("/", an_overview),
    "map with an event": ("/?event=clash", an_event),
    "map with a place": ("/?place=crossing:torkham", a_place),
    "map shaded": ("/?shade=events", a_shade),
    "map without a match": ("/?what=diplomacy&km=5", nothing_found),
    "find a place": ("/find?name=Torkham", a_name_found),
    "crossings": ("/crossings?gate=torkham&on=2023-02-20", a_gate),
    "data": ("/data", the_datasets),
    "about": ("/about", the_methods),
}


SCHEMES = ("light", "dark")


@pytest.fixture(scope="module", params=STATES)
def at_state(app, profile, request):
    """Give what brings one page, opened once, into a state in either scheme.

    The scheme is set before the page asks for anything: what the server draws, the map and the
    charts, does not follow it in place.
    """
    address, arrived = STATES[request.param]
    with opener(profile) as opened:
        page = opened("about:blank")
        now = []

        def at(scheme):
            if now != [scheme]:
                page.emulate_media(color_scheme=scheme)
                page.goto(app + address)
                arrived(page)
                now[:] = [scheme]
            return page

        yield at


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_breaks_a_grave_rule(at_state, scheme, width):
    page = at_state(scheme)
    stretch(page, width)
    assert_none(page)


def test_what_opens_on_the_map_breaks_no_grave_rule(app, open_page):
    page = open_page(app)
    an_overview(page)
    for name in ("Share · download", "All kinds"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        assert_none(page)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def test_what_opens_on_the_page_of_methods_breaks_no_grave_rule(app, open_page):
    page = open_page(f"{app}/about")
    the_methods(page)
    for closed in page.get_by_test_id("stExpander").locator("summary").all():
        closed.click()
    stretch(page, 1440)
    assert_none(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_that_works_offline_breaks_no_grave_rule(browser, events_file, tmp_path, scheme):
    table = read_points(events_file)
    path = tmp_path / "map.html"
    path.write_bytes(to_html(table, np.ones(len(table), dtype=bool), title="Events"))
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator("body")).to_contain_text("8 of 8 events shown", timeout=ARRIVES_MS)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 2400})
        assert_none(page)
    context.close()


def test_a_fault_is_found_and_named(app, open_page):
    page = open_page(f"{app}/about")
    the_methods(page)
    page.evaluate("document.querySelector('.bm-lead').innerHTML = '<img src=\"x.png\">'")
    assert any("image-alt" in fault for fault in faults(page))
