"""What a person sees and can do on the map page, in a real browser with the network cut."""

import io
import re
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.sample import BAIT, EVENTS
from tests.browser.waits import at_rest, fits, map_frame, says, title, until, wait_shown

ROWS = [event.id for event in EVENTS]
TILES = "tile.openstreetmap.org"


def click_event(page, frame, event_id):
    spot = frame.evaluate("row => mapProbe.at(row)", ROWS.index(event_id))
    corner = page.locator("iframe[title*='folium']").bounding_box()
    page.mouse.click(corner["x"] + spot[0], corner["y"] + spot[1])


def test_the_page_opens_on_map_counts_and_table(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    wait_shown(frame, 8)
    says(page, "8 of 8 events shown")
    says(page, "47–54 deaths")  # 2–9, 5 and 40; the part is inside the whole
    expect(page.get_by_role("button", name="1 without a place")).to_be_in_viewport()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Afghanistan–Pakistan border events")
    expect(page.locator(".bm-lead")).to_contain_text(
        "on both sides of the border, Jan 2022 – May 2023: 8 from this map’s chronology"
    )


def test_a_filter_click_redraws_without_remounting_and_clears_with_one_click(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    frame.evaluate("window.__mark = 'alive'")
    draws = frame.evaluate("mapProbe.draws")
    at_rest(page)
    page.get_by_role("button", name="All kinds").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Diplomacy", exact=True).click()
    says(page, "1 of 8 events shown")
    wait_shown(frame, 1)
    assert frame.evaluate("mapProbe.draws") > draws
    assert frame.evaluate("window.__mark") == "alive"
    assert "what=diplomacy" in page.url
    page.keyboard.press("Escape")
    filters = page.locator(".st-key-filters")
    expect(filters.get_by_role("button", name="Diplomacy")).to_be_visible()
    filters.locator(".st-key-clear_what").get_by_role("button").click()
    says(page, "8 of 8 events shown")
    wait_shown(frame, 8)
    assert frame.evaluate("window.__mark") == "alive"
    assert "what" not in urlsplit(page.url).query


def test_text_search_filters_and_reset_restores(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    box = page.get_by_label("Search the text")
    box.fill("guards FIRE")
    box.press("Enter")
    says(page, "1 of 8 events shown")
    wait_shown(frame, 1)
    page.get_by_role("button", name="Reset").click()
    says(page, "8 of 8 events shown")
    expect(box).to_have_value("")


def test_a_brush_on_the_histogram_moves_counts_table_and_address(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    wait_shown(frame, 8)
    frame.evaluate("window.__mark = 'alive'")
    at_rest(page)
    chart = frame.locator(".border-map-time-chart").bounding_box()
    spots = [frame.evaluate("day => mapProbe.dayX(day)", day) for day in (19415, 19436)]
    page.mouse.move(chart["x"] + spots[0], chart["y"] + 30)  # 27 Feb to 20 Mar 2023: weeks
    page.mouse.down()
    page.mouse.move(chart["x"] + spots[1] - 5, chart["y"] + 30, steps=3)
    page.mouse.move(chart["x"] + spots[1], chart["y"] + 30)
    page.mouse.up()
    says(page, "1 of 8 events shown")
    assert "from=2023-0" in page.url
    wait_shown(frame, 1)
    frame.get_by_role("button", name="All dates").click()
    says(page, "8 of 8 events shown")
    assert frame.evaluate("window.__mark") == "alive"


@pytest.mark.parametrize("where", ["app", "app_below"])
def test_a_click_on_the_map_tells_the_event(where, request, open_page):
    page = open_page(request.getfixturevalue(where))
    frame = map_frame(page)
    wait_shown(frame, 8)
    frame.evaluate("window.__mark = 'alive'")
    click_event(page, frame, "talks")
    expect(title(page)).to_have_text("Diplomatic meeting, Kabul")
    expect(page.locator(".st-key-panel")).to_contain_text("Sun 19 Feb 2023")
    expect(page.locator(".st-key-panel")).to_contain_text("Afghan side")
    source = page.locator(".st-key-panel a", has_text="Dawn")
    expect(source).to_have_attribute("href", "https://example.org/a")
    assert "event=talks" in page.url
    assert frame.evaluate("window.__mark") == "alive"
    frame.wait_for_function("row => mapProbe.selected === row", arg=ROWS.index("talks"))
    page.get_by_role("button", name="Back to the overview").click()
    expect(title(page)).to_have_count(0)
    assert not [url for url in page.outside if TILES not in url]


def test_a_table_row_selects_the_event(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    frame.evaluate("window.__mark = 'alive'")
    grid = page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    corner = grid.bounding_box()
    page.mouse.click(corner["x"] + 20, corner["y"] + 35 + 35 + 17)  # newest first: the second row
    expect(title(page)).to_have_text("Armed attack, Nowhere")
    expect(page.locator(".st-key-panel")).to_contain_text("place not known")
    assert frame.evaluate("window.__mark") == "alive"
    assert "event=lost" in page.url


def test_a_copied_link_opens_the_same_view(app, open_page):
    page = open_page(f"{app}/?from=2023-03-01&to=2023-03-31&km=100&event=raid&line=durand")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    frame = map_frame(page)
    wait_shown(frame, 1)
    says(page, "1 of 8 events shown")
    expect(title(page)).to_have_text("Counter-terrorism operation, Kalat district")
    expect(page.locator(".st-key-panel")).to_contain_text("known to the district")
    frame.locator(".border-map").dispatch_event("pointerdown")  # a hand is on the map
    frame.evaluate("void mapProbe.map.setView([30.5, 67.25], 7)")
    expect(page).to_have_url(re.compile(r"view=30\.50\d*,67\.2\d*,7$"))
    at_rest(page)
    page.get_by_role("button", name="Share · download").click()
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert page.get_by_label("Address of this view").input_value() == address
    again = open_page(address)
    says(again, "1 of 8 events shown")
    expect(title(again)).to_have_text("Counter-terrorism operation, Kalat district")
    expect(again.get_by_role("button", name="Mar 2023")).to_be_visible()
    expect(again.locator(".st-key-panel")).to_contain_text("To the Durand Line")
    assert stands(map_frame(again)) == pytest.approx(stands(frame), abs=0.03)  # two pixels
    expect(again.locator(".st-key-notes p")).to_have_count(0)  # the data are the same


def stands(frame):
    """Return where a map stands: latitude, longitude, zoom."""
    return frame.evaluate(
        "(({lat, lng}, zoom) => [lat, lng, zoom])(mapProbe.map.getCenter(), mapProbe.map.getZoom())"
    )


def test_moving_the_map_changes_the_address_and_reruns_nothing(app, open_page):
    page = open_page(app)
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.reload()
    frame = map_frame(page)
    says(page, "8 of 8 events shown")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    at_rest(page)
    before, draws = len(sent), frame.evaluate("mapProbe.draws")
    corner = page.locator("iframe[title*='folium']").bounding_box()
    page.mouse.move(corner["x"] + 300, corner["y"] + 90)
    page.mouse.down()
    page.mouse.move(corner["x"] + 200, corner["y"] + 140, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?view=[\d.]+,[\d.]+,\d+$"))
    assert frame.evaluate("mapProbe.draws") > draws
    assert len(sent) == before
    page.get_by_role("button", name="All kinds").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Diplomacy", exact=True).click()
    says(page, "1 of 8 events shown")
    expect(page).to_have_url(re.compile(r"what=diplomacy&view=[\d.]+,[\d.]+,\d+$"))


def test_nonsense_in_the_address_is_said_and_does_no_harm(app, open_page):
    page = open_page(f"{app}/?km=near&colour=red&event=gone&view=far&line=mine&data=00000000")
    says(page, "8 of 8 events shown")
    notes = page.locator(".st-key-notes")
    for words in ("km=near", "“colour”", "not in the data", "view=far", "line=mine"):
        expect(notes).to_contain_text(words)
    expect(notes).to_contain_text("made with version 00000000 of the data; shown is ")
    page.locator(".st-key-panel button", has_text="Armed attack, Nowhere").click()
    expect(title(page)).to_be_visible()
    expect(notes).not_to_contain_text("00000000")  # the view is the reader's own by now


def test_the_line_goes_by_the_name_that_is_set(app, open_page):
    page = open_page(f"{app}/?event=clash")
    frame = map_frame(page)
    frame.evaluate("window.__mark = 'alive'")
    along = frame.locator(".border-map-name.border")
    expect(along).to_have_text(re.compile("AF–PK border|Afghanistan–Pakistan border"))
    panel = page.locator(".st-key-panel")
    expect(panel).to_contain_text("To the AF–PK border")
    at_rest(page)
    page.get_by_role("button", name="Settings").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Durand Line", exact=True).click()
    expect(panel).to_contain_text("To the Durand Line")
    expect(along).to_have_text("Durand Line")
    assert "line=durand" in page.url
    assert frame.evaluate("window.__mark") == "alive"


def test_an_event_is_cited_and_linked_from_its_panel(app, open_page):
    page = open_page(f"{app}/?event=clash&deaths=2")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cited = page.get_by_label("Citation")
    expect(cited).to_have_value(re.compile("^Armed attack, Torkham, Sun 19 Feb 2023. Event clash"))
    expect(cited).to_have_value(re.compile("Dawn, https://example.org/a"))
    page.get_by_role("button", name="Copy link to this event").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    link = urlsplit(page.evaluate("navigator.clipboard.readText()")).query
    assert re.fullmatch(r"deaths=2&event=clash&data=[0-9a-f]{8}", link)
    expect(page.locator(".st-key-panel")).to_contain_text("2–9, last given 3")
    expect(page.locator(".st-key-panel")).to_contain_text("closed that day")


def test_an_event_without_a_place_is_found_in_the_tray(app, open_page):
    page = open_page(app)
    at_rest(page)
    page.get_by_role("button", name="1 without a place").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Nowhere").click()
    expect(title(page)).to_have_text("Armed attack, Nowhere")


def test_one_click_leaves_only_what_is_known_to_25_km(app, open_page):
    page = open_page(app)
    frame = map_frame(page)
    wait_shown(frame, 8)
    frame.get_by_label("Only what is known to 25 km").check()
    wait_shown(frame, 6)  # neither the district nor the event without a place
    expect(frame.get_by_text("(2 hidden)")).to_be_visible()
    expect(page).to_have_url(re.compile("marks=known$"))
    page.reload()
    again = map_frame(page)
    wait_shown(again, 6)
    expect(again.get_by_label("Only what is known to 25 km")).to_be_checked()


def test_a_part_leads_to_its_whole(app, open_page):
    page = open_page(f"{app}/?event=part")
    expect(page.locator(".st-key-panel")).to_contain_text("Part of a larger event")
    page.locator(".st-key-panel button", has_text="Whole:").click()
    expect(page.locator(".st-key-panel")).to_contain_text("Told also in parts")


def test_no_match_says_what_to_widen(app, open_page):
    page = open_page(f"{app}/?what=diplomacy&km=5")
    says(page, "0 of 8 events shown")
    panel = page.locator(".st-key-panel")
    expect(panel).to_contain_text("No events match")
    expect(panel).to_contain_text("Nearest: 1 event if you widen the distance")
    page.get_by_role("button", name="Within 200 km: 1 event").click()
    says(page, "1 of 8 events shown")
    assert "km=200" in page.url


def test_the_keyboard_goes_from_the_filters_to_map_panel_and_table(app, open_page):
    page = open_page(app)
    map_frame(page)
    says(page, "8 of 8 events shown")
    until(page, "window.borderMapPopoverKeys")
    at_rest(page)
    page.get_by_role("button", name="All kinds").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.keyboard.press("Tab")
    opened = page.get_by_test_id("stPopoverBody")
    expect(opened.get_by_role("button", name="Violence")).to_be_focused()
    page.keyboard.press("Space")
    says(page, "6 of 8 events shown")
    at_rest(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    filters = page.locator(".st-key-filters")
    expect(filters.get_by_role("button", name="Violence")).to_be_focused()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(WHERE))
        if seen[-1] == "table":
            break
    order = [name for at, name in enumerate(seen) if name and name not in seen[:at]]
    assert order == ["filters", "map", "panel", "table"]
    page.keyboard.press("Shift+Space")
    expect(title(page)).to_be_visible()


WHERE = """() => {
  const at = document.activeElement;
  const parts = {".st-key-filters": "filters", ".st-key-map_frame": "map", ".st-key-panel": "panel",
                 "[data-testid=stDataFrame] canvas": "table"};
  return (Object.entries(parts).find(([part]) => at.closest(part)) || [])[1] || "";
}"""


def test_hostile_text_is_text(app, open_page):
    page = open_page(app)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    newest = page.locator(".st-key-panel button", has_text="<script>")
    assert plain(newest.inner_text()).endswith(plain(BAIT))
    newest.click()
    panel = page.locator(".st-key-panel")
    expect(title(page)).to_contain_text("<script>window.pwned=1</script>")
    told = plain(panel.inner_text())
    assert told.count(plain(BAIT)) >= 6  # title, summary, who, claimed by, claim, note
    assert "<b>Evil</b> Post" in told
    assert panel.locator("script, img, a[href^='javascript']").count() == 0
    assert page.evaluate("window.pwned") is None
    assert map_frame(page).evaluate("window.pwned") is None
    assert dialogs == []


def plain(text: str) -> str:
    """Return ``text`` without the invisible joiners, spaces evened."""
    return " ".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize("where", ["app", "app_below"])
def test_with_the_network_cut_the_map_still_shows_land_line_and_events(where, request, open_page):
    page = open_page(request.getfixturevalue(where))
    frame = map_frame(page)
    wait_shown(frame, 8)
    assert frame.evaluate("mapProbe.layer.marks.length") >= 4
    assert {urlsplit(url).hostname for url in page.outside} <= {TILES}
    frame.wait_for_function("() => mapProbe.hasPlaces")
    picture = Image.open(io.BytesIO(page.locator("iframe[title*='folium']").screenshot()))
    colours = sorted(picture.convert("RGB").getcolors(1_000_000), reverse=True)
    area = picture.width * picture.height
    assert sum(count > area / 20 for count, _ in colours) >= 2, "land and its surroundings differ"


def test_a_narrow_screen_has_no_sideways_scroll_and_a_sheet_of_filters(app, open_page):
    page = open_page(f"{app}/?event=talks", width=390, height=844)
    map_frame(page)
    says(page, "8 of 8 events shown")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    fits(page)
    height = page.locator("iframe[title*='folium']").bounding_box()["height"]
    assert height == pytest.approx(0.6 * 844, abs=1)
    expect(title(page)).to_have_text("Diplomatic meeting, Kabul")
    kinds = page.get_by_role("button", name="All kinds")
    expect(kinds).to_be_hidden()
    page.get_by_role("button", name="Filters: all events").click()
    expect(kinds).to_be_in_viewport()
    fits(page)
    at_rest(page)
    kinds.click()
    page.get_by_test_id("stPopoverBody").get_by_text("Diplomacy", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show 1 event").click()
    expect(page.get_by_role("button", name="Filters: diplomacy")).to_be_visible()
    expect(page.locator(".st-key-filters")).to_be_hidden()


def test_on_a_narrow_screen_an_event_chosen_on_the_map_comes_into_view(app, open_page):
    page = open_page(app, width=390, height=844)
    frame = map_frame(page)
    wait_shown(frame, 8)
    at_rest(page)
    page.locator("iframe[title*='folium']").scroll_into_view_if_needed()
    click_event(page, frame, "raid")
    expect(title(page)).to_have_text(re.compile("Kalat district"))
    expect(title(page)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Back to the overview")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scheme, app, open_page):
    page = open_page(f"{app}/?event=clash&colour=red", scheme=scheme)
    map_frame(page)
    expect(title(page)).to_be_visible()
    expect(page.locator(".st-key-notes p")).to_be_visible()
    until(page, f"({GROUND}) === '{scheme}'")
    faint = page.evaluate(FAINT)
    assert faint == []


GROUND = """(() => {
  const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  return Number(ground.match(/\\d+/)[0]) > 127 ? "light" : "dark";
})()"""
FAINT = """() => {
  const share = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) =>
    0.2126 * share(r / 255) + 0.7152 * share(g / 255) + 0.0722 * share(b / 255);
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = parse(getComputedStyle(document.querySelector(".stApp")).backgroundColor);
  const told = [];
  for (const node of document.querySelectorAll(".stHtml :is(p, dt, dd, th, td, .bm-quiet)")) {
    let alpha = 1;
    for (let up = node; up; up = up.parentElement) alpha *= getComputedStyle(up).opacity;
    const colour = parse(getComputedStyle(node).color);
    const ink = colour.map((c, i) => alpha * c + (1 - alpha) * ground[i]);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) told.push(`${contrast.toFixed(1)} ${node.textContent.slice(0, 40)}`);
  }
  return told;
}"""
