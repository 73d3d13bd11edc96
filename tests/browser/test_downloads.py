"""The downloads as a person takes them: the popover, a click, the file that arrives."""

import re

import geopandas as gpd
from playwright.sync_api import expect

from geo.export.formats import FORMATS

PATIENCE_MS = 120_000
"""The first page of a fresh server loads every library; a busy machine is no fault of ours."""


def test_a_file_of_what_is_shown_arrives_under_a_name_that_tells_it(app, open_page, tmp_path):
    page = open_page(f"{app}/?from=2023-03-01&to=2023-03-31&km=100")
    shown = page.locator(".bm-line")
    expect(shown).to_contain_text("1 of 8 events shown", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Share · download").click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_contain_text("1 event as shown")
    for kind in FORMATS.values():
        expect(body.get_by_role("button", name=re.compile(f"^{kind.label} – "))).to_be_visible()
    with page.expect_download(timeout=PATIENCE_MS) as waiting:
        body.get_by_role("button", name=re.compile("^GeoPackage")).click()
    name = waiting.value.suggested_filename
    assert re.fullmatch(
        r"border-events_from-2023-03-01_to-2023-03-31_km-100_\d{4}-\d\d-\d\d\.gpkg", name
    )
    path = tmp_path / name
    waiting.value.save_as(path)
    got = gpd.read_file(path, layer="events")
    assert got["event_id"].tolist() == ["raid"]
    assert got["place_is_area"].tolist() == [True]
    said = gpd.read_file(path, layer="about").set_index("name")["said"]
    assert "Mar 2023" in said["selection"]
    assert "100 km" in said["selection"]
