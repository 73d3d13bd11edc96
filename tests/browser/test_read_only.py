"""The app from a checkout that cannot be written to, as a container often has it."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.webmap import assets
from tests.browser.conftest import serve
from tests.browser.test_map_page import map_frame, wait_shown
from tests.checkout import copy_checkout

pytestmark = pytest.mark.browser
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""How root becomes somebody whom the rights of files bind."""


@pytest.fixture
def checkout():
    """A copy of what Git knows, which nobody may write to, and a folder beside it that all may."""
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        folder, own = Path(place) / "checkout", Path(place) / "own"
        copy_checkout(folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555)
        own.mkdir()
        own.chmod(0o777)
        Path(place).chmod(0o755)
        yield folder, own
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def test_the_map_is_drawn_and_nothing_is_written(checkout, open_page, tmp_path, monkeypatch):
    folder, own = checkout
    if os.geteuid() == 0:
        plain = subprocess.Popen
        monkeypatch.setattr(subprocess, "Popen", lambda a, **k: plain([*WITHOUT_RIGHTS, *a], **k))
    more = {"BORDERMAP_STORE": str(own), "BORDERMAP_IMPORTED": "", "HOME": str(own)}
    for url in serve(folder / "data" / "events.parquet", tmp_path, "demo", folder, **more):
        page = open_page(url)
        frame = map_frame(page)
        wait_shown(frame, len(read_points(EVENTS_FILE)))
        fetched = frame.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
        assert [one for one in fetched if f"/demo/component/{assets.MOUNTED}/built/events-" in one]
    assert (own / "served" / "built" / "map.js").exists()
    assert not (folder / "static").exists()
