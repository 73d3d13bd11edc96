"""What tests and benchmarks use to see the map in a page, and to hand it a filter."""

from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from geo.webmap import event_layer

MAP_PROBE = Path(__file__).with_name("map_probe.js")
"""For ``page.add_init_script(path=MAP_PROBE)``: says as ``mapProbe`` what is drawn on the map."""


def tell(page: Page, mask, **filters) -> None:
    """Hand another filter to the map that is there, as streamlit-folium does."""
    group = event_layer.filter_group(np.array(mask), **filters)
    (child,) = group._children.values()
    page.evaluate("message => BorderMap.apply(message)", child.message)
