"""The standalone file as a person opens it: from a disk, the network cut, in a real browser."""

import io
import re
from datetime import date
from urllib.parse import parse_qsl

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from geo.query.filter import EventFilter
from geo.query.text import with_search
from geo.schema import read_points
from geo.settings import DATA
from geo.webmap import standalone
from tests.browser import sample
from tests.map_probe import MAP_PROBE
from tests.sample_events import day, event, place, placed, table

SEPARATOR, TURNED = "\u2028", "\u202e"
NASTY = f"</script><script>window.pwned=1</script>{SEPARATOR}{TURNED}gnp.exe"
URDU = "چمن بارڈر"
ROWS = [
    *sample.EVENTS,
    event(
        "__proto__",
        dataset="__proto__",
        event_type="bombing",
        resolution=placed(place(NASTY, 33.0, 70.5, admin1="constructor")),
        place_name=NASTY,
        summary=NASTY,
        when=day("2023-06-01"),
    ),
    event(
        "urdu",
        event_type="protest",
        resolution=placed(place(URDU, 30.95, 66.45)),
        place_name=URDU,
        summary=URDU,
        when=day("2023-06-02"),
    ),
]
JOINED = {name: [*values, None, None] for name, values in sample.JOINED.items()}
IDS = [one.id for one in ROWS]
TITLE = "Events <b>by</b> the border"


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    rows = table(ROWS, **JOINED).assign(source_type="chronology")
    keep = np.ones(len(rows), dtype=bool)
    path = tmp_path_factory.mktemp("stick") / "map.html"
    path.write_bytes(standalone.to_html(rows, keep, title=TITLE, made=date(2026, 11, 25)))
    return path.as_uri()


@pytest.fixture
def opened(browser, html):
    """Open the file offline; every request, console error and violation of the policy is noted."""
    contexts = []

    def open_it(fragment="", width=1440, height=900, **more):
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(path=MAP_PROBE)
        page.asked, page.problems = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda line: line.type == "error" and page.problems.append(line.text))
        page.goto(html + fragment)
        expect(page.locator(".sa-count")).to_be_visible()
        return page

    yield open_it
    pages = [page for context in contexts for page in context.pages]
    pwned = [page.evaluate("window.pwned") for page in pages]
    for context in contexts:
        context.close()
    assert pwned == [None] * len(pages)
    assert [page.problems for page in pages] == [[]] * len(pages)
    asked = {url.split(":")[0] for page in pages for url in page.asked}
    assert asked <= {"file", "blob", "data"}


def shows(page, count):
    expect(page.locator(".sa-count")).to_contain_text(f"{count} of 10 events shown")


def settled(page, asked):
    """Wait until an expression of the page is true; the page's policy forbids in-page polling."""
    for _ in range(300):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {asked}")


def where(page, event_id):
    """Return where on the screen an event's mark is, once it is drawn."""
    row = IDS.index(event_id)
    settled(page, f"Boolean(mapProbe.at({row}))")
    return page.evaluate(f"mapProbe.at({row})")


def test_filters_count_what_is_shown(opened):
    page = opened()
    shows(page, 10)
    expect(page.locator("h1")).to_have_text(TITLE)
    page.locator("[data-dimension=what] summary").click()
    page.get_by_role("checkbox", name="Violence").check()
    shows(page, 7)
    page.locator("[data-dimension=where] summary").click()
    page.get_by_label("Afghan side").check()
    shows(page, 1)
    expect(page.locator("[data-dimension=where] summary")).to_have_text("Afghan side")
    page.get_by_role("button", name="Clear: Afghan side").click()
    shows(page, 7)
    page.get_by_role("button", name="Reset all").click()
    shows(page, 10)
    page.locator("[data-dimension=distance] summary").click()
    page.get_by_label("At most so far from the AF–PK border").select_option("5")
    shows(page, 4)
    page.get_by_label("Keep events whose distance is not known").check()
    shows(page, 7)
    page.get_by_role("button", name="Reset all").click()
    page.locator("[data-dimension=deaths] summary").click()
    page.get_by_label("At least so many deaths").fill("10")
    page.get_by_label("Keep events whose toll is not stated").uncheck()
    shows(page, 2)
    page.get_by_role("button", name="Reset all").click()
    page.locator("[data-dimension=precision] summary").click()
    page.get_by_label("Known to the district").check()
    shows(page, 1)
    page.get_by_role("button", name="Reset all").click()
    page.locator("[data-dimension=source] summary").click()
    page.get_by_label("__proto__").check()
    shows(page, 1)
    page.get_by_role("button", name="Reset all").click()
    page.get_by_role("searchbox").fill("EXCHANGED fire")
    shows(page, 1)
    expect(page.locator("#listing tbody tr")).to_have_count(1)
    page.get_by_role("searchbox").fill("nowhere to be found")
    shows(page, 0)
    expect(page.locator("#panel h2")).to_have_text("No events match")
    page.get_by_role("button", name="10 without “with “nowhere to be found””").click()
    shows(page, 10)


def test_dates_by_input_and_by_brush(opened):
    page = opened()
    page.locator("[data-dimension=dates] summary").click()
    page.get_by_label("From", exact=True).fill("2023-03-01")
    page.get_by_label("Until", exact=True).fill("2023-04-30")
    shows(page, 2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset all").click()
    shows(page, 10)
    box = page.locator(".border-map-time-chart").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator(".sa-count")).not_to_contain_text("10 of 10")
    expect(page.locator(".sa-chip-box.on")).to_have_attribute("data-dimension", "dates")
    assert "from=2023" in page.url
    page.locator(".sa-count").click()
    page.keyboard.press("Tab")  # the strip and the page hold the same dates
    expect(page.locator(".border-map-time-words")).to_contain_text("2023")


def test_a_click_tells_the_event(opened):
    page = opened()
    page.mouse.click(*where(page, "clash"))
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text("Armed attack, Torkham")
    for words in ("known to the place itself", "2–9, last given 3", "Pakistani side", "under 1 km"):
        expect(panel).to_contain_text(words)
    link = panel.get_by_role("link", name="Dawn")
    expect(link).to_have_attribute("href", "https://example.org/a")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("button", name="‹ Overview").click()
    expect(panel.locator("h2")).to_have_text("What is shown")


def test_the_address_opens_the_same_view(opened):
    page = opened("#what=border_closure&event=shut&km=nonsense&strange=1")
    shows(page, 1)
    expect(page.locator("#panel h2")).to_have_text("Border closure, Chaman")
    expect(page.locator("#panel")).to_contain_text("closed when it began")


def test_keys_alone_reach_an_event_and_lead_back(opened):
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the list of events")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator("#listing tbody button").nth(0)
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#panel h2")).to_contain_text("Protest")
    page.get_by_role("button", name="↓ Older").press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("Bombing")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("What is shown")
    expect(first).to_be_focused()
    page.locator("[data-dimension=what] summary").press("Enter")
    page.get_by_role("checkbox", name="Diplomacy").press("Space")
    shows(page, 1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-dimension=what] summary")).to_be_focused()
    expect(page.locator("#listing tbody tr")).to_have_count(1)  # written once the filter rests
    page.locator("#listing tbody button").press("Enter")
    page.locator("[data-dimension=what] summary").press("Enter")
    page.keyboard.press("Escape")  # closes the sheet; the event chosen stays chosen
    expect(page.locator("#panel h2")).to_have_text("Diplomatic meeting, Kabul")


def test_hostile_text_stays_text(opened):
    page = opened("#event=bad")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("<script>window.pwned=1</script>")
    expect(panel).to_contain_text("<b>Evil</b> Post")
    assert panel.locator("a, img, script, b:has-text('Evil')").count() == 0
    page.goto(page.url.replace("event=bad", "event=__proto__"))
    expect(panel.locator("h2")).to_contain_text("gnp.exe")
    assert page.evaluate("getComputedStyle(document.querySelector('#panel h2')).unicodeBidi") in {
        "isolate",
        "plaintext",
    }
    assert page.locator("#listing img, #listing script, #panel img").count() == 0
    assert page.evaluate("document.scripts.length") == 1  # the data are unpacked and gone
    assert page.evaluate("Object.prototype.pwned === undefined")


def test_names_run_in_their_own_direction(opened):
    page = opened("#event=urdu")
    expect(page.locator("#panel p", has_text=re.compile(f"^{URDU}$"))).to_have_css(
        "direction", "rtl"
    )


def test_narrow_screens_get_everything(opened):
    page = opened(width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#chips")).to_be_hidden()
    page.get_by_role("button", name="Filters: all events").click()
    page.locator("[data-dimension=dates] summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[data-dimension=what] summary").click()
    page.get_by_role("checkbox", name="Diplomacy").check()
    shows(page, 1)
    expect(page.get_by_role("button", name="Filters: diplomacy")).to_be_visible()
    expect(page.locator("#listing tbody tr")).to_have_count(1)  # written once the filter rests
    page.locator("#listing tbody button").tap()
    expect(page.locator("#panel h2")).to_have_text("Diplomatic meeting, Kabul")
    expect(page.locator("#panel h2")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_where_the_system_is_dark(opened):
    page = opened(color_scheme="dark")
    expect(page.locator("#map")).to_have_class(re.compile("dark"))
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150


def test_the_file_says_what_it_is(opened):
    about = opened().locator("#about")
    for words in (
        "Made Wed 25 Nov 2026",
        "data version",
        "Nothing is sent anywhere",
        "ODbL",
        "MIT",
    ):
        expect(about).to_contain_text(words)


def test_the_filters_agree_with_the_apps(browser, tmp_path):
    rows = with_search(read_points(DATA / "events.parquet"))
    path = tmp_path / "shipped.html"
    path.write_bytes(standalone.to_html(rows, np.ones(len(rows), dtype=bool), title="Shipped"))
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    count = page.locator(".sa-count")
    for address in (
        "what=violence,border_closure&side=AF,unknown",
        "from=2023-02-01&to=2023-03-31&undated=yes",
        "province=PK:Balochistan;AF:Kandahar&km=25&kmunknown=yes",
        "deaths=5&tollunknown=no&placed=exact,near",
        "q=Torkham closed&dataset=chronology",
        "what=other&placed=country,unknown&tollunknown=no",
        "to=2022-06-30&q=ISPR",
        "from=2023-02-19&to=2023-02-19",
        "from=2023-02-01&to=2023-02-28",
        "from=2023-01-01&to=2023-12-31",
        "from=2022-12-30&to=2023-01-05&undated=yes",
        "outlet=Dawn;Al Jazeera&km=12.5",
        "crossing=Torkham;Chaman–Spin Boldak&deaths=0&tollunknown=no",
        "side=straddles&kmunknown=yes&deaths=1000",
    ):
        wanted, notes = EventFilter.from_params(dict(parse_qsl(address)))
        assert notes == []
        page.goto(f"{path.as_uri()}#{address}")
        shown = f"{wanted.mask(rows).sum():,} of {len(rows):,} events shown"
        expect(count).to_contain_text(shown)
        expect(count).to_contain_text(f" · {wanted.describe()}")
    context.close()


def test_axe_finds_nothing_serious(opened):
    for fragment, more in (("", {}), ("#event=bad", {"color_scheme": "dark", "width": 390})):
        page = opened(fragment, **more)
        expect(page.locator("#listing tbody tr")).not_to_have_count(0)
        if more.get("width"):
            page.get_by_role("button", name="Filters").click()
        page.locator("[data-dimension=what] summary").click()
        found = Axe().run(page).response["violations"]
        grave = [
            (one["id"], [node["html"][:120] for node in one["nodes"]])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert grave == []


def picture_of(page):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as picture").click()
    download = waiting.value
    assert re.fullmatch(r"border-events-\d{4}-\d\d-\d\d\.png", download.suggested_filename)
    return Image.open(io.BytesIO(download.path().read_bytes())).convert("RGB")


def test_the_picture_shows_the_event_at_twice_the_pixels(opened):
    page = opened("#what=border_closure")
    shows(page, 1)
    x, _ = where(page, "shut")
    box = page.locator("#map").bounding_box()
    image = picture_of(page)
    assert image.width == pytest.approx(2 * box["width"], abs=2)
    assert image.height > 2 * box["height"] + 200  # title above, legend and credits below
    blue = np.array(image).astype(int) - np.array([0x00, 0x72, 0xB2])
    found = np.argwhere((np.abs(blue) < 12).all(axis=2))  # of the dot, and of the legend
    across = 2 * (x - box["x"])
    near = found[(np.abs(found[:, 1] - across) < 12) & (found[:, 0] < 2 * box["height"] + 200)]
    assert len(near) > 20
    settled(page, "mapProbe.draws > 2")
    assert page.evaluate("mapProbe.layer.painter.ratio") == 1  # as before
    assert page.locator(".border-map-picture").count() == 0
