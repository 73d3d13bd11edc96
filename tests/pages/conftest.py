"""The pages are run many times here, without a browser that could paint a map first."""

import pytest

from geo.pages.map import page


@pytest.fixture(autouse=True)
def no_head_start(monkeypatch):
    monkeypatch.setattr(page, "FIRST_AHEAD", 0)
