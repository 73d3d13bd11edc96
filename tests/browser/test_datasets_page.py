"""A visitor's own file in the browser, gone with the session, whatever it holds."""

from playwright.sync_api import expect

from geo.settings import STATIC
from tests.browser.waits import at_rest, fits
from tests.datasets.hostile import CASES, hostile_file

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


SAID_BY_THE_PAGE = {"proplist.geojson": "no column is known for Date"}
"""Where the page asks for what the command line misses."""


def test_hostile_files_hurt_neither_their_session_nor_another(app, open_page, tmp_path):
    other, page = open_page(f"{app}/data"), open_page(f"{app}/data")
    expect(other.locator("h1")).to_have_text("Datasets")
    asks = page.locator(".bm-flag", has_text="no column is known")
    refusal = page.get_by_role("alert").filter(has_text=": ").or_(asks)
    go = page.get_by_role("button", name="Read the file")
    for case in CASES:
        name = case["file"]
        told = page.get_by_role("heading", name=name, exact=True)
        page.set_input_files("input[type=file]", hostile_file(name, tmp_path))
        expect(refusal.or_(go).first).to_be_visible()
        at_rest(page)
        if refusal.count() == 0:
            go.click()
            expect(told.or_(refusal)).to_be_visible()
        if told.count():
            outcome = f" = {case['imported'] or 0} imported + 0 outside + "
            expect(page.get_by_text(outcome)).to_be_visible()
            page.get_by_role("button", name="Remove this file").click()
            expect(told).to_have_count(0)
        else:
            expect(refusal).to_contain_text(f"{name}: ")
            expect(refusal).to_contain_text(SAID_BY_THE_PAGE.get(name, case["says"]))
            assert "\n" not in refusal.inner_text()
        page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
        expect(refusal.or_(go)).to_have_count(0)
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    other.set_input_files("input[type=file]", file)
    other.get_by_role("button", name="Read the file").click()
    expect(other.get_by_text("1 imported + 0 outside + 1 refused")).to_be_visible()
    for one in (page, other):
        assert one.evaluate("window.__pwn || window.pwned || null") is None


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
