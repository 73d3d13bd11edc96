"""The first request to a fresh server may be any page's address: bookmarks and shared links."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import opener, serve


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


def run_a_script_of_its_own(profile, address):
    """Let a page try what its policy forbids."""
    script = "Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'})"
    with opener(profile) as opened:
        page = opened(address)
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate(f"() => document.body.append({script})")
        assert page.evaluate("window.ran") is None


def test_what_the_policy_forbids_does_not_run_and_fails_a_test(app, profile):
    with pytest.raises(AssertionError, match="Content Security Policy"):
        run_a_script_of_its_own(profile, f"{app}/about")
