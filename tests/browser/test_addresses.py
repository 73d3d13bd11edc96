"""The first request to a fresh server may be any page's address: bookmarks and shared links."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serve


@pytest.fixture
def fresh(events_file, tmp_path):
    """An app that nobody has visited yet."""
    yield from serve(events_file, tmp_path, "")


def test_a_fresh_server_knows_the_address_of_a_page_that_is_not_the_first(fresh, open_page):
    page = open_page(f"{fresh}/crossings?gate=chaman-spin-boldak&on=2023-02-20")
    expect(page.locator("h1")).to_have_text("Along the border")
    told = page.locator(".st-key-interval h3")
    expect(told).to_have_text("Chaman–Spin Boldak: closed, 19–22 Feb 2023")
    expect(page.get_by_text("Page not found")).to_have_count(0)
