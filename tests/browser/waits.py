"""What browser tests wait for: a drawn map, a script at rest, a count that is said."""

from playwright.sync_api import Frame, Page, expect

MAP = "iframe[title*='folium']"


def map_frame(page: Page, drawn: str = "mapProbe.drawnAt && mapProbe.rows") -> Frame:
    """Return the map's frame once ``drawn`` is true in it: by default, once it shows events."""
    frame = page.locator(MAP).element_handle().content_frame()
    frame.wait_for_function(f"() => window.mapProbe && Boolean({drawn})")
    return frame


def wait_shown(frame: Frame, count: int) -> None:
    frame.wait_for_function("n => mapProbe.shown === n", arg=count)


def at_rest(page: Page) -> None:
    """Wait until no run of the page is under way: one would draw anew what a test is about to use.

    What is not there at rest does not come either.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def says(page: Page, text: str) -> None:
    expect(page.locator(".bm-line")).to_contain_text(text)
