"""A running app, and pages of it in the browser that all browser tests share."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import sample
from tests.map_probe import MAP_PROBE
from tests.sample_events import save

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 60
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


def serve(events_file: Path, logs: Path, base: str, **more: str):
    """Run the app, yield its address; ``more`` are variables of its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.port", str(port), "--server.address", "127.0.0.1"),
        *("--server.baseUrlPath", base),
    ]
    log = logs / "app.log"
    # what a developer has imported or set is no part of the tests
    own = {"BORDERMAP_EVENTS": str(events_file), "BORDERMAP_IMPORTED": str(logs / "imported")}
    own["BORDERMAP_OWNER"] = ""
    env = os.environ | own | more
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
        try:
            url = f"http://127.0.0.1:{port}/{base}".rstrip("/")
            wait_until_healthy(url, process, log)
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")


def wait_until_healthy(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the app did not start:\n{log.read_text('utf-8')}")


def note_outside(url: str, outside: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.hostname != "127.0.0.1":
        outside.append(url)


@pytest.fixture
def open_page(browser):
    """Open a page; what it asks of the network, which is cut, is noted in ``page.outside``.

    A test fails if its pages, or frames in them, did anything that their content security policy
    forbids.
    """
    contexts, forbidden = [], []

    def opened(url: str, width: int = 1440, height: int = 1000, scheme: str = "light"):
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
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
    for context in contexts:
        context.close()
    assert not forbidden
