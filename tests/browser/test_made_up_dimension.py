"""A made-up dimension in the one-file map: a row of the table of dimensions, and nothing else."""

import numpy as np
import pytest
from playwright.sync_api import expect

from geo.model import Tally
from geo.query import dimensions
from geo.query.filter import EventFilter
from geo.webmap import standalone
from tests import made_up
from tests.sample_events import event, table

EVENTS = [
    event("few", injured=Tally(3, 3, 3)),
    event("many", injured=Tally(1200, 1200, 1200)),
    event("silent", event_type="protest"),
]


@pytest.fixture
def opened(browser, tmp_path):
    """Give what opens the map as one file with what the table of dimensions holds now."""
    context = browser.new_context(offline=True)

    def open_it(fragment=""):
        rows = table(EVENTS).assign(source_type="chronology")
        path = tmp_path / "map.html"
        path.write_bytes(standalone.to_html(rows, np.ones(len(rows), dtype=bool), title="Events"))
        page = context.new_page()
        page.goto(path.as_uri() + fragment)
        expect(page.locator(".sa-count")).to_be_visible()
        return page

    yield open_it
    context.close()


def test_without_the_row_the_file_knows_nothing_of_it(opened):
    page = opened("#hurt=1000")
    expect(page.locator(".sa-count")).to_have_text("3 of 3 events shown")
    expect(page.locator("[data-dimension=injured]")).to_have_count(0)


def test_with_the_row_the_bar_has_it_and_it_filters(opened, monkeypatch):
    monkeypatch.setitem(dimensions.DIMENSIONS, made_up.NAME, made_up.INJURED)
    page = opened()
    count = page.locator(".sa-count")
    chip = page.locator("[data-dimension=injured] summary")
    expect(chip).to_have_text("Any number injured")
    chip.click()
    page.get_by_label("At least so many injured").fill("1000")
    page.keyboard.press("Tab")
    want = EventFilter(min_injured=1000)
    expect(count).to_have_text(f"2 of 3 events shown · {want.describe()}")
    page.get_by_label("Keep events whose injured are not stated").uncheck()
    want = EventFilter(min_injured=1000, hurt_unknown=False)
    expect(count).to_have_text(f"1 of 3 events shown · {want.describe()}")
    expect(chip).to_have_text("1,000 or more injured")
    page.wait_for_url("**/map.html#hurt=1000&hurtunknown=no")
    page.get_by_role("button", name="Clear: 1,000 or more injured").click()
    expect(count).to_have_text("3 of 3 events shown")
    page = opened("#hurt=1000&hurtunknown=no")
    expect(page.locator(".sa-count b")).to_have_text("1 of 3 events shown")
