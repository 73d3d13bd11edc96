"""A running app, and pages of it in the browser that all browser tests share."""

from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from geo.settings import ROOT
from tests.app_server import served
from tests.browser import sample
from tests.map_probe import MAP_PROBE
from tests.sample_events import save

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page


@pytest.fixture(scope="session")
def events_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "events.parquet"
    return save(sample.EVENTS, path, **sample.JOINED)


@pytest.fixture(scope="session")
def app(events_file, tmp_path_factory):
    yield from serve(events_file, tmp_path_factory.mktemp("log"), "")


@pytest.fixture(scope="session")
def app_below(events_file, tmp_path_factory):
    """The same app behind a path, as a hosted service or a proxy serves it."""
    yield from serve(events_file, tmp_path_factory.mktemp("log"), "demo/map")


def serve(events_file: Path, logs: Path, base: str, folder: Path = ROOT, **more: str):
    """Run the app from ``folder``, yield its address; ``more`` are variables of its environment."""
    log = logs / "app.log"
    own = {"BORDERMAP_EVENTS": str(events_file), "BORDERMAP_IMPORTED": str(logs / "imported")}
    with served(own | more, base=base, folder=folder, log=log) as server:
        yield server.address
    assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")


def note_outside(url: str, outside: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.hostname != "127.0.0.1":
        outside.append(url)


@pytest.fixture(scope="session")
def profile(browser):
    """What a reader's browser keeps between pages: the code it has fetched is not fetched again."""
    context = browser.new_context()
    yield context
    context.close()


@contextmanager
def opener(profile):
    """Give what opens a page; what it asks of the network, which is cut, is in ``page.outside``.

    In the end the pages are closed, and what they stored or were allowed is forgotten; it fails
    if a page, or a frame in one, did anything that its content security policy forbids.
    """
    pages, forbidden = [], []

    def opened(url: str, width: int = 1440, height: int = 1000, scheme: str = "light"):
        page = profile.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.add_init_script(path=MAP_PROBE)
        page.outside = []
        page.on(
            "console",
            lambda said: "Content Security Policy" in said.text and forbidden.append(said.text),
        )
        page.on("request", lambda asked: note_outside(asked.url, page.outside))
        page.set_default_timeout(30_000)
        page.goto(url)
        return page

    yield opened
    for page in pages:
        page.close()
    profile.clear_permissions()
    profile.set_storage_state({"cookies": [], "origins": []})
    assert not forbidden


@pytest.fixture
def open_page(profile):
    """Open pages that are closed with the test."""
    with opener(profile) as opened:
        yield opened
