"""What all tests share: one browser a process, its marker, and no deadlines."""

import os
import shutil
import sys

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

settings.register_profile("patient", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("patient")

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no windows to draw: the browser tests take two thirds of the time with it."""
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    # the network is cut
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def find_chromium() -> str | None:
    asked = os.environ.get("CHROMIUM")
    return asked or next((found for name in NAMES if (found := shutil.which(name))), None)


LONGEST = ("test_accessibility.py", "test_map_page.py", "test_fuzz.py")
"""Files of half a minute and more: a worker takes whole files, so they are not left for the end."""


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marker
def pytest_collection_modifyitems(items):
    """Mark what uses the browser, and start with it: no worker is left alone with it at the end."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
    items.sort(key=lambda item: ("browser" not in item.fixturenames, item.path.name not in LONGEST))


@pytest.fixture(autouse=True)
def main_module():
    """Put the main module back: a page that ran in Streamlit's test driver has taken its place.

    A process that is started later would begin with that page.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def browser():
    """A real headless Chromium. Without one: skipped with a reason, failed where CI=true."""
    path = find_chromium()
    if path is None:
        reason = f"no Chromium found: tried {', '.join(NAMES)} and the variable CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
