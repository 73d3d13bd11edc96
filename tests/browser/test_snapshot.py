"""The button that saves the app's map as a picture, within Streamlit's frame."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from tests.browser.waits import map_frame


def test_the_apps_map_is_saved_as_a_picture_at_twice_its_pixels(app, open_page):
    page = open_page(f"{app}/?what=border_closure")
    page.set_default_timeout(90_000)  # a busy machine is no fault of the page
    frame = map_frame(page)
    button = frame.get_by_role("button", name="Save as picture")
    with page.expect_download() as waiting:
        button.click()
    download = waiting.value
    assert re.fullmatch(r"border-events-\d{4}-\d\d-\d\d\.png", download.suggested_filename)
    image = Image.open(io.BytesIO(download.path().read_bytes())).convert("RGB")
    width = frame.evaluate("mapProbe.map.getSize().x")
    assert image.width == pytest.approx(2 * width, abs=2)
    blue = np.array(image).astype(int) - np.array([0x00, 0x72, 0xB2])
    found = np.argwhere((np.abs(blue) < 12).all(axis=2))  # the dot of the event, and the legend's
    row = found[:, 0].min()
    top = 2 * frame.evaluate("mapProbe.map.getSize().y")
    assert 0 < row < top
    assert frame.evaluate("mapProbe.layer.filter.said") == "border closure"
    assert frame.locator(".border-map-picture").count() == 0  # taken down again
