import re

import folium
import pytest
from streamlit_folium import _get_map_string, generate_js_hash

from geo.webmap import assets, base_map

EVENTS = "../../app/static/built/events-0123456789abcdef.bin"


@pytest.fixture(autouse=True)
def _built(static):
    assets.ensure()


def script(page: folium.Map) -> str:
    """The script as streamlit-folium sends it."""
    page.render()
    return _get_map_string(page)


def test_same_arguments_same_script_and_so_the_same_frame():
    first, second = (script(base_map.base_map(EVENTS)) for _ in range(2))
    assert first == second
    assert len(first) < 30_000


def test_another_table_is_another_frame():
    other = EVENTS.replace("0123456789abcdef", "0123456789abcdee")
    keys = {generate_js_hash(script(base_map.base_map(url)), "map") for url in (EVENTS, other)}
    assert len(keys) == 2


def test_links_of_other_folium_maps_are_left_alone():
    base_map.base_map(EVENTS)
    assert any("cdn" in url for _, url in folium.Map.default_js)


@pytest.mark.parametrize("dark", [False, True])
def test_tiles_are_the_only_outside_address(dark):
    with_tiles = re.findall(r"https?://[^\"']+", script(base_map.base_map(EVENTS, dark=dark)))
    assert with_tiles == [base_map.TILES_URL]
    assert "http" not in script(base_map.base_map(EVENTS, tiles=False, dark=dark))


def test_scripts_and_styles_are_relative_files_that_exist(static):
    page = base_map.base_map(EVENTS)
    elements = [page, *page._children.values()]
    links = [
        url
        for item in elements
        for kind in ("default_js", "default_css")
        for _, url in getattr(item, kind, [])
    ]
    assert len(links) == 4
    for link in links:
        name = re.fullmatch(r"\.\./\.\./app/static/([^?]+)\?v=[0-9a-f]{10}", link).group(1)
        assert (static / name).exists()


def test_zoom_is_limited():
    assert "17" in re.search(r'"maxZoom": (\d+)', script(base_map.base_map(EVENTS))).group(1)
