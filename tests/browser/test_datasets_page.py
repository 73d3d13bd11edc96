"""A visitor's own file in the browser: read, drawn, and gone with the session."""

import pytest
from playwright.sync_api import expect

from geo.settings import STATIC

pytestmark = pytest.mark.browser
BAIT = "<img src=x onerror='window.pwned=1'>"
TABLE = f"date,lat,lon,killed,place\n2023-02-19,34.12,71.09,3,{BAIT}\n2023-02-20,34.1,71.1,many,x\n"


@pytest.mark.parametrize("width", [1440, 390])
def test_an_upload_is_drawn_for_this_session_alone(app, open_page, width):
    first = open_page(app, width=width)
    expect(first.locator("h1")).to_have_text("Afghanistan–Pakistan border events")
    page = open_page(f"{app}/data", width=width)
    expect(page.locator("h1")).to_have_text("Datasets")
    before = {path for path in STATIC.rglob("*") if path.is_file()}
    file = {"name": f"{BAIT}.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Read the file").click()
    outcome = page.get_by_text("1 imported + 0 outside + 1 refused")
    expect(outcome).to_be_visible()
    frame = page.frame_locator("iframe[title*='folium']")
    expect(frame.locator("canvas").first).to_be_attached()
    assert page.evaluate("window.pwned") is None
    assert {path for path in STATIC.rglob("*") if path.is_file()} == before
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    page.reload()
    expect(page.get_by_text("Loaded for everybody")).to_be_visible()
    expect(outcome).to_have_count(0)
