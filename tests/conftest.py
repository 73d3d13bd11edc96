"""What all tests share: one browser, since Playwright allows one driver, and no deadlines."""

import os
import shutil

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

settings.register_profile("patient", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("patient")

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def find_chromium() -> str | None:
    asked = os.environ.get("CHROMIUM")
    return asked or next((found for name in NAMES if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    """Let what a busy machine spoilt in a browser run once more; the summary names every rerun."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


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
