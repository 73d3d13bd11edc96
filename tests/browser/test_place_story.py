"""The story of a place and shaded areas, as a person meets them in a real browser."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from geo.border import layers
from geo.story.places import find
from geo.webmap import palette
from tests.browser.test_accessibility import assert_none, stretch
from tests.browser.waits import at_rest, fits, map_frame, says, title, until, wait_shown

BALOCHISTAN, TORKHAM = find("admin1:PK:Balochistan"), find("crossing:torkham")
READY = "() => mapProbe.hasPlaces"


@pytest.fixture(scope="module", autouse=True)
def warm(app, profile):
    """Open a page once, so that no test waits for what a fresh server imports and reads first."""
    page = profile.new_page()
    page.goto(f"{app}/?place=crossing:torkham&shade=events", timeout=180_000)
    page.wait_for_selector(".bm-shade-notes", timeout=180_000)
    page.close()


def panel(page):
    return page.locator(".st-key-panel")


def choose(page, box, option):
    """Choose from a list, which a run of the page that comes meanwhile would shut."""
    at_rest(page)
    page.get_by_role("combobox", name=box).click()
    page.get_by_role("option", name=option, exact=True).click()


def click_place(page, frame, spot):
    """Click where the map says that this place is, beside every mark."""
    frame.wait_for_function(READY)
    found = frame.wait_for_function(
        "([kind, number]) => mapProbe.spotOf(kind, number)", arg=[spot.kind, spot.number]
    ).json_value()
    corner = page.locator("iframe[title*='folium']").bounding_box()
    page.mouse.click(corner["x"] + found[0], corner["y"] + found[1])


def is_outlined(frame, spot):
    frame.wait_for_function(
        "place => String(mapProbe.layer.placePicks.chosen) === String(place)",
        arg=[spot.kind, spot.number],
    )


def in_address(page, text):
    until(page, f"decodeURIComponent(location.search).includes({text!r})")


def test_a_click_on_a_province_tells_its_story_and_a_gate_its_own(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    wait_shown(frame, 8)
    frame.evaluate("window.__mark = 'alive'")
    click_place(page, frame, BALOCHISTAN)
    expect(title(page)).to_have_text("Balochistan province")
    expect(panel(page)).to_contain_text("بلوچستان")
    expect(panel(page)).to_contain_text(re.compile(r"Province of Pakistan, 3\d\d,\d{3} km²"))
    expect(panel(page)).to_contain_text("1 event here · 5 deaths reported")
    expect(panel(page).locator(".bm-bars")).to_have_attribute(
        "aria-label", "Events by month. Mar 2023: 1 violence."
    )
    in_address(page, "place=admin1:PK:Balochistan")
    is_outlined(frame, BALOCHISTAN)
    click_place(page, frame, TORKHAM)
    expect(title(page)).to_have_text("Torkham")
    expect(panel(page)).to_contain_text("Official border crossing between Mohmand Dara")
    expect(panel(page)).to_contain_text("Open or closed")
    # the clash and the whole are at the gate, the part is within the whole, the closure at Chaman
    expect(panel(page)).to_contain_text("1 event within 10 km")
    in_address(page, "place=crossing:torkham")
    assert frame.evaluate("window.__mark") == "alive", "the map was never drawn anew"
    page.get_by_role("button", name=re.compile("^Nangarhar province")).click()
    expect(title(page)).to_have_text("Nangarhar province")
    expect(panel(page)).to_contain_text("No events here")
    page.get_by_role("button", name="‹ Back to the overview").click()
    expect(page.get_by_role("combobox", name="Story of a place")).to_be_visible()
    until(page, "!location.search.includes('place')")


def test_the_filter_is_limited_to_a_place_and_an_event_goes_before_its_story(app, open_page):
    page = open_page(f"{app}/?place=admin1:PK:Balochistan")
    frame = map_frame(page)
    expect(title(page)).to_have_text("Balochistan province")
    panel(page).get_by_role("button", name=re.compile("Limit the filter")).click()
    says(page, "1 of 8 events shown")
    in_address(page, "province=PK:Balochistan")
    wait_shown(frame, 1)
    panel(page).get_by_role("button", name=re.compile("Counter-terrorism operation")).click()
    expect(title(page)).to_contain_text("Counter-terrorism operation")
    in_address(page, "event=raid")
    page.locator(".st-key-unselect").get_by_role("button").click()
    expect(title(page)).to_have_text("Balochistan province")
    at_rest(page)
    panel(page).get_by_role("button", name=re.compile("Show other places too")).click()
    says(page, "8 of 8 events shown")


def test_a_place_is_reached_with_the_keyboard_alone(app, open_page):
    page = open_page(app)
    map_frame(page)
    box = page.get_by_role("combobox", name="Story of a place")
    box.focus()
    page.keyboard.type("Torkham")
    expect(page.get_by_role("option", name="Torkham — crossing")).to_be_visible()
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Torkham")
    in_address(page, "place=crossing:torkham")
    back = page.get_by_role("button", name="‹ Back to the overview")
    back.focus()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()


def test_shades_colour_the_land_and_the_legend_handles_none_and_unknown(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    frame.evaluate("window.__mark = 'alive'")
    choose(page, "Shade areas by", "Shaded by events")
    in_address(page, "shade=events")
    if layers.has_districts():
        choose(page, "Districts or provinces", "by province")
        in_address(page, "shade=events:province")
    frame.wait_for_function("() => mapProbe.shadeAt(30, 66)?.[3] === 255")
    legend = frame.locator(".border-map-shades")
    expect(legend.locator("summary")).to_have_text("Events by province")
    # Balochistan and Kabul have one event each, Khyber Pakhtunkhwa four
    expect(legend.locator(".border-map-legend-row")).to_have_text(["none", "1", "4"])
    notes = page.locator(".bm-shade-notes")
    expect(notes).to_contain_text("Not known by province: 1 event.")
    expect(notes).to_contain_text("told twice): 1.")
    first, last = palette.SHADES["light"][0], palette.SHADES["light"][-1]
    for lat, lon, colour in ((30.3, 68.9, first), (35.6, 72.3, last), (34.3, 63.0, "#fdfcf9")):
        rgb = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        frame.wait_for_function(
            "([lat, lon, rgb]) => String(mapProbe.shadeAt(lat, lon).slice(0, 3)) === String(rgb)",
            arg=[lat, lon, rgb],
        )
    assert frame.evaluate("window.__mark") == "alive", "the map was never drawn anew"
    choose(page, "Shade areas by", "Areas not shaded")
    expect(legend).to_have_count(0)
    until(page, "!location.search.includes('shade')")


def test_an_address_opens_place_and_shade_and_nonsense_gets_a_note(app, open_page):
    page = open_page(f"{app}/?place=crossing:torkham&shade=deaths:province")
    frame = map_frame(page)
    expect(title(page)).to_have_text("Torkham")
    is_outlined(frame, TORKHAM)
    legend = frame.locator(".border-map-shades")
    # Balochistan 5; Khyber Pakhtunkhwa 42 to 49, its middle 45.5; Kabul's talks state none
    expect(legend.locator(".border-map-legend-row")).to_have_text(
        ["none", "5", "45.5", "not stated"]
    )
    expect(page.locator(".bm-shade-notes")).to_contain_text("Deaths not stated")
    stretch(page, 1440)
    assert_none(page)
    assert "place=crossing:torkham" in unquote(page.url)
    page.goto(f"{app}/?place=crossing:atlantis&shade=warmth")
    map_frame(page)
    notes = page.locator(".st-key-notes")
    expect(notes).to_contain_text("a place that is not known here: “crossing:atlantis”")
    expect(notes).to_contain_text("shade=warmth, which is none of events, deaths, density")
    expect(page.get_by_role("combobox", name="Story of a place")).to_be_visible()


def test_a_district_tells_its_story_where_districts_are_fetched(app, open_page):
    page = open_page(f"{app}/?place=admin2:PK:Kalat")
    map_frame(page)
    if not layers.has_districts():
        expect(page.locator(".st-key-notes")).to_contain_text("District outlines are not installed")
        return
    expect(title(page)).to_have_text("Kalat district")
    expect(panel(page)).to_contain_text("1 event here · 5 deaths reported")
    neighbours = panel(page).get_by_role("button", name=re.compile("km of common edge"))
    expect(neighbours).not_to_have_count(0)


def test_a_narrow_screen_holds_the_story_without_sideways_scroll(app, open_page):
    page = open_page(f"{app}/?place=admin1:PK:Khyber Pakhtunkhwa&shade=events", 390, 844)
    map_frame(page)
    expect(title(page)).to_have_text("Khyber Pakhtunkhwa province")
    expect(panel(page)).to_contain_text("4 events here")
    fits(page)
