"""What a person sees and can do on the page that finds a place, with the network cut."""

import re
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.waits import at_rest, fits, map_frame

BAIT = "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script> **b** :red[x]"

CANDIDATES = "document.querySelector('.border-map-rank')"


@pytest.fixture
def find(app, open_page):
    def opened(name="", width=1440, **more):
        said = "&".join(f"{key}={quote(text)}" for key, text in {"name": name, **more}.items())
        page = open_page(f"{app}/find?{said}", width=width)
        expect(page.locator("h1")).to_have_text("Find a place")
        return page

    return opened


def test_a_name_typed_is_answered_in_words_and_on_the_map(find):
    page = find()
    box = page.get_by_label("Name", exact=True)
    box.fill("Torkham")
    box.press("Enter")
    expect(page.locator(".bm-verdict")).to_contain_text("is taken to be Torkham, border crossing")
    told = page.locator(".st-key-answers")
    for words in ("very likely right", "known to the place itself", "under 1 km", "34.12"):
        expect(told).to_contain_text(words)
    expect(told.locator("bdi[dir=rtl]")).not_to_have_count(0)
    expect(map_frame(page, CANDIDATES).locator(".border-map-rank")).to_have_text(["1"])
    expect(page).to_have_url(re.compile("name=Torkham"))
    assert {urlsplit(url).hostname for url in page.outside} <= {"tile.openstreetmap.org"}


def test_an_ambiguous_name_shows_all_and_a_province_decides(find):
    page = find("قلات")
    expect(page.locator(".bm-verdict")).to_contain_text("may mean any of these")
    frame = map_frame(page, CANDIDATES)
    expect(frame.locator(".border-map-rank").nth(2)).to_be_attached()
    expect(frame.locator(".border-map-rank.first")).to_have_count(0)
    within = page.get_by_label("Province or district, if known")
    within.fill("Zabul")
    within.press("Enter")
    expect(page.locator(".bm-verdict")).to_contain_text("is taken to be Qalat")


def test_a_district_is_an_area_with_a_range_of_km(find):
    page = find("Kurram Agency")
    expect(page.locator(".st-key-answers")).to_contain_text("known to the district")
    expect(page.locator(".st-key-answers")).to_contain_text("possible)")
    expect(map_frame(page, CANDIDATES).locator("path[stroke-dasharray]")).to_have_count(1)


def test_no_match_and_an_unknown_province_are_said(find):
    page = find("Xyzzyx", within="Nowhereland", country="??")
    expect(page.locator(".bm-verdict")).to_contain_text("is not in the gazetteer")
    expect(page.locator(".bm-flag")).to_contain_text("No province or district “Nowhereland”")
    expect(page.locator("iframe[title*='folium']")).to_have_count(0)


def test_hostile_names_are_text(find):
    page = find(BAIT, within=BAIT)
    expect(page.locator(".bm-verdict")).to_contain_text("<img src=x")
    expect(page.locator(".stHtml img, .stHtml script")).to_have_count(0)
    assert page.evaluate("window.pwned") is None


def upload(page, name, content):
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.set_input_files("input[type=file]", file)


def test_a_table_comes_back_placed_row_by_row(find, tmp_path):
    page = find()
    upload(page, "mine.csv", "name;note\nTorkham;a\nXyzzyx;b\n;c\nقلات;d\n".encode())
    line = page.locator(".bm-line")
    expect(line).to_contain_text("4 rows")
    for words in ("1 placed", "1 not in the gazetteer", "1 with several meanings", "1 no name"):
        expect(line).to_contain_text(words)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the placed table").click()
    target = tmp_path / "placed.csv"
    waiting.value.save_as(target)
    assert waiting.value.suggested_filename == "mine-placed.csv"
    rows = target.read_text(encoding="utf-8").splitlines()
    assert [row.split(";")[1] for row in rows] == ["note", "a", "b", "c", "d"]
    assert rows[1].startswith("Torkham;a;torkham;34.1")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name\nferm\u00e9\n".encode("cp1252"), "not UTF-8"),
        (b"town\nTorkham\n", "no column 'name'"),
        (b"", "is empty"),
        (b"name\n" + b"Torkham\n" * 20_001, "more than 20,000 rows"),
    ],
    ids=["cp1252", "no-name", "empty", "long"],
)
def test_a_table_that_cannot_be_used_says_why(content, words, find):
    page = find()
    upload(page, "bad.csv", content)
    expect(page.get_by_test_id("stAlert")).to_contain_text(words)


def test_a_narrow_screen_has_no_sideways_scroll(find):
    page = find("Kalat", width=390)
    map_frame(page, CANDIDATES)
    fits(page)


def test_the_map_shows_the_candidates_after_coming_from_the_map_page(app, open_page):
    page = open_page(app)
    page.wait_for_selector("iframe[title*='folium']")
    page.get_by_role("link", name="Find a place", exact=True).click()
    box = page.get_by_role("textbox", name="Name")
    box.fill("Spin Boldak")
    box.press("Enter")
    expect(page.locator(".bm-verdict")).to_contain_text("Spin Boldak")
    at_rest(page)  # the map of the page before is gone
    frame = map_frame(page, CANDIDATES)
    expect(frame.locator(".border-map-rank").get_by_text("1", exact=True)).to_be_in_viewport()
    least = "parseInt(getComputedStyle(document.getElementById('map_div')).minHeight)"
    assert frame.evaluate(least) >= 200, "a frame without a height yet would be fitted to nothing"
