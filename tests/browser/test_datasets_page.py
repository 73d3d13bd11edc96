"""A visitor's own file in the browser, gone with the session; what only the owner can do."""

import re

import pytest
from playwright.sync_api import expect

from geo.settings import STATIC
from tests.browser.conftest import serve
from tests.browser.waits import fits
from tests.datasets.sample_tables import ucdp

BAIT = "<img src=x onerror='window.pwned=1'>"
TABLE = f"date,lat,lon,killed,place\n2023-02-19,34.12,71.09,3,{BAIT}\n2023-02-20,34.1,71.1,many,x\n"


def test_an_upload_is_drawn_for_this_session_alone(app, open_page):
    first = open_page(app)
    expect(first.locator("h1")).to_have_text("Afghanistan–Pakistan border events")
    page = open_page(f"{app}/data")
    expect(page.locator("h1")).to_have_text("Datasets")
    before = {path for path in STATIC.rglob("*") if path.is_file()}
    file = {"name": f"{BAIT}.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Read the file").click()
    outcome = page.get_by_text("1 imported + 0 outside + 1 refused")
    expect(outcome).to_be_visible()
    frame = page.frame_locator("iframe[title*='folium']")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        expect(outcome, f"{width} wide").to_be_visible()
        expect(frame.locator(".leaflet-dots-pane canvas"), f"{width} wide").to_be_attached()
        fits(page)
    assert page.evaluate("window.pwned") is None
    assert {path for path in STATIC.rglob("*") if path.is_file()} == before
    page.reload()
    expect(page.get_by_role("heading", name="Loaded for everybody", exact=True)).to_be_visible()
    expect(outcome).to_have_count(0)


@pytest.fixture(scope="module")
def owned(events_file, tmp_path_factory):
    """The app as its owner runs it, with an empty store of its own."""
    store = str(tmp_path_factory.mktemp("imported"))
    more = {"BORDERMAP_OWNER": "1", "BORDERMAP_IMPORTED": store}
    yield from serve(events_file, tmp_path_factory.mktemp("log"), "", **more)


def test_boxes_of_the_column_map_keep_their_order_when_narrow(app, open_page):
    page = open_page(f"{app}/data", width=390)
    expect(page.locator("h1")).to_have_text("Datasets")
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("input[type=file]", file)
    expect(page.get_by_label("Row's own id")).to_be_visible()
    tops = [
        page.get_by_label(label, exact=True).bounding_box()["y"]
        for label in ("Date", "Latitude", "Longitude", "Kind of event", "Place", "Deaths")
    ]
    assert tops == sorted(tops)


def test_a_visitor_is_told_the_commands_and_has_no_button(app, open_page):
    page = open_page(f"{app}/data")
    expect(page.get_by_text("python -m geo fetch ucdp")).to_be_visible()
    expect(page.get_by_role("button", name="Fetch")).to_have_count(0)


def test_what_the_owner_fetches_is_on_the_map_and_what_is_removed_is_not(
    owned, open_page, tmp_path
):
    ucdp(tmp_path / "GEDEvent_v26_0_6.csv", {}, {"id": "2", "best": "many"})
    page = open_page(owned)
    counts = page.get_by_text(re.compile(r"^[\d,]+ of [\d,]+ events"))
    before = total(counts)
    page.get_by_role("link", name="Datasets").click()
    release = page.get_by_role("combobox", name="Release")
    release.click()
    release.fill("26.0.6")
    page.get_by_role("option", name=re.compile(r"26\.0\.6$")).click()
    mirror = page.locator(".st-key-ucdp_from").get_by_role("textbox", name="Mirror (optional)")
    mirror.fill(str(tmp_path))
    mirror.press("Enter")
    page.get_by_role("button", name="Fetch and import").click()
    expect(page.get_by_text("2 rows in = 1 imported + 0 outside + 1 refused")).to_be_visible()
    expect(page.get_by_text("UCDP georeferenced events")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(counts).to_contain_text(f"of {before + 1:,} events")
    page.get_by_role("link", name="Datasets").click()
    page.get_by_text("Remove", exact=True).click()
    page.get_by_role("button", name="Remove ucdp").click()
    expect(page.get_by_text("ucdp: 1 rows removed.")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(counts).to_contain_text(f"of {before:,} events")


def total(counts):
    expect(counts).to_be_visible()
    return int(re.search(r"of ([\d,]+) events", counts.inner_text())[1].replace(",", ""))
