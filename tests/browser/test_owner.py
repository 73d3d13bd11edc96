"""The owner in a real browser: the link of ``make run``, no link, and a real nginx in between."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from geo.pages.shared.owner import COOKIE
from geo.store.place import Store
from tests.browser.waits import map_frame, until
from tests.datasets.sample_tables import ucdp
from tests.hosting import SILENT, free_port, made_to_run, nginx

COMMANDS = "python -m geo fetch ucdp"
SHARE = "Store it and put it on the map, for everybody who opens this map"


@pytest.fixture(scope="module")
def started(events_file, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("store"))
    with made_to_run(events_file, store, tmp_path_factory.mktemp("log")) as one:
        yield one


def is_a_stranger(page):
    expect(page.get_by_text(COMMANDS)).to_be_visible()
    expect(page.get_by_role("button", name="Fetch")).to_have_count(0)


def counts(page):
    return page.get_by_text(re.compile(r"^[\d,]+ of [\d,]+ events"))


def total(page):
    expect(counts(page)).to_be_visible()
    return int(re.search(r"of ([\d,]+) events", counts(page).inner_text())[1].replace(",", ""))


def test_the_printed_link_gives_the_buttons_and_they_work(started, open_page, tmp_path):
    here = started.url.replace("127.0.0.1", "localhost")
    is_a_stranger(open_page(f"{here}/data"))
    page = open_page(f"{here}/?owner={started.token}")
    before = total(page)
    page.get_by_role("link", name="Datasets").click()
    expect(page.get_by_role("button", name="Fetch and import")).to_be_visible()
    file = ucdp(tmp_path / "GEDEvent_v26_0_6.csv", {}, {"id": "2", "best": "many"})
    page.set_input_files("input[type=file]", file)
    page.get_by_text(SHARE).click()
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("2 rows in = 1 imported + 0 outside + 1 refused")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(counts(page)).to_contain_text(f"of {before + 1:,} events")
    page.get_by_role("link", name="Datasets").click()
    page.get_by_text("Remove", exact=True).click()
    page.get_by_role("button", name="Remove ucdp").click()
    expect(page.get_by_text("ucdp: 1 rows removed.")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(counts(page)).to_contain_text(f"of {before:,} events")


def test_the_secret_is_in_no_address_no_script_no_log_and_tells_no_other_server(started, open_page):
    page = open_page("about:blank")
    told = []
    page.on("request", lambda asked: told.append((asked.url, asked.all_headers())))
    page.goto(f"{started.url}/?owner={started.token}&event=talks")
    map_frame(page)
    assert "event=talks" in page.url
    page.get_by_role("button", name="Share · download").click()
    address = f"{started.url}/?event=talks"
    shared = page.get_by_role("textbox", name="Address of this view")
    expect(shared).to_have_value(re.compile(rf"^{re.escape(address)}&data=\w+$"))
    until(page, "document.cookie.includes('_streamlit_xsrf')")
    seen = (
        page.url,
        page.content(),
        page.evaluate("document.cookie"),
        page.evaluate("document.referrer"),
    )
    assert not any(started.token in one for one in seen)
    first, *rest = told
    assert started.token in first[0]
    for url, headers in rest:
        assert started.token not in url
        assert started.token not in headers.get("referer", "")
        here = urlsplit(url).netloc == urlsplit(started.url).netloc
        assert here or started.token not in str(headers)
    page.go_back()
    assert page.url == "about:blank"
    assert started.log.read_text().count(started.token) == 1, "only the printed link"


def test_an_nginx_in_between_has_no_owner(started, open_page, tmp_path):
    listen, port = free_port(), urlsplit(started.url).port
    with nginx(SILENT.format(listen=listen, port=port, more=""), tmp_path, listen):
        through = f"http://127.0.0.1:{listen}"
        is_a_stranger(open_page(f"{through}/data"))
        page = open_page(f"{through}/data?owner={started.token}")
        held = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        assert held[COOKIE] == started.token
        is_a_stranger(page)
