"""What browser tests wait for: a drawn map, a script at rest, a count that is said."""

from playwright.sync_api import Frame, Locator, Page, expect

MAP = "iframe[title*='folium']"


def map_frame(page: Page, drawn: str = "mapProbe.drawnAt && mapProbe.rows") -> Frame:
    """Return the map's frame once ``drawn`` is true in it: by default, once it shows events.

    Every frame is asked again each time: Streamlit may put a new one in the place of the first.
    """
    page.wait_for_selector(MAP)
    for _ in range(300):
        for frame in page.frames:
            if "streamlit_folium" in frame.url and frame.evaluate(f"() => Boolean({drawn})"):
                return frame
        page.wait_for_timeout(100)
    raise AssertionError(f"never true of the map: {drawn}")


def until(page: Page, true: str) -> None:
    """Wait until an expression is true of the page.

    Asked from outside each time: its own ``wait_for_function`` compiles a script in the page, which
    the page's policy forbids.
    """
    for _ in range(300):
        if page.evaluate(f"() => Boolean({true})"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true of the page: {true}")


def wait_shown(frame: Frame, count: int) -> None:
    frame.wait_for_function("n => mapProbe.shown === n", arg=count)


def at_rest(page: Page) -> None:
    """Wait until no run of the page is under way: one would draw anew what a test is about to use.

    What is not there at rest does not come either.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def fits(page: Page) -> None:
    """Wait until nothing sticks out at the side: a chart or a table follows the window late."""
    main = "document.querySelector('[data-testid=stMain]')"
    until(page, f"{main}.scrollWidth <= {main}.clientWidth")


def title(page: Page) -> Locator:
    """Find what the panel tells of: an event, a place."""
    return page.locator(".st-key-panel .bm-title")


def says(page: Page, text: str) -> None:
    expect(page.locator(".bm-line")).to_contain_text(text)
