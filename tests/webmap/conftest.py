"""A small event table, a throw-away static folder with a toy country on each side, and a page of
the layer in a real browser, without Streamlit."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from geo.webmap import assets, base_map, event_layer
from tests.map_probe import MAP_PROBE
from tests.quiet import QuietFiles

ROOT = Path(__file__).resolve().parents[2]
expect.set_options(timeout=30_000)  # a busy machine is no fault of the page
WEST = [[[66, 30], [70, 30], [70, 36], [66, 36], [66, 30]]]
EAST = [[[70, 30], [74, 30], [74, 36], [70, 36], [70, 30]]]
CROSSINGS = """id,name,aliases,names_local,lat,lon,precision,kind
torkham,Torkham,,,34.1,70.0,exact,formal
hostile,<img src=x onerror=window.hacked=1>,,,31.0,70.0,near,informal
"""
TOWNS = "id,name,kind,country,lat,lon,population\nkbl,Kabul,city,AF,34.5,69.2,4000000\n"


def build_table(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {
        "event_id": "",
        "lon": 69.0,
        "lat": 33.0,
        "event_group": "violence",
        "precision": "exact",
        "uncertainty_km": 2.0,
        "fatalities_best": 0,
        "date_start": "2023-02-19",
        "date_end": None,
    }
    frame = pd.DataFrame([{**usual, "event_id": f"ev{n}", **row} for n, row in enumerate(rows)])
    for name in ("date_start", "date_end"):
        frame[name] = frame[name].astype("datetime64[ms]")
    frame["fatalities_best"] = frame["fatalities_best"].astype("Int32")
    kinds = {"lon": "float64", "lat": "float64", "uncertainty_km": "float64"}
    return frame.astype({**kinds, "event_group": "string"}).set_index("event_id")


@pytest.fixture
def table() -> Callable[..., pd.DataFrame]:
    return build_table


def _collection(*features: tuple[dict[str, str], dict[str, object]]) -> str:
    made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": made})


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the assets at a copy of our scripts and at toy layers; returns the static folder."""
    folder, data, seeds = tmp_path / "static", tmp_path / "data", tmp_path / "seeds"
    for made in (folder, data, seeds):
        made.mkdir()
    west = {"type": "Polygon", "coordinates": WEST}
    east = {"type": "Polygon", "coordinates": EAST}
    line = {"type": "LineString", "coordinates": [[70, 30], [70, 36]]}
    countries = _collection(({"iso": "AF"}, west), ({"iso": "PK"}, east))
    (data / "countries.geojson").write_text(countries)
    (data / "admin1.geojson").write_text(_collection(({"name": "W"}, west), ({"name": "E"}, east)))
    (data / "border_line.geojson").write_text(_collection(({}, line)))
    (data / "gazetteer.csv").write_text(TOWNS)
    (seeds / "crossings.csv").write_text(CROSSINGS)
    monkeypatch.setattr(assets, "STATIC", folder)
    monkeypatch.setattr(assets, "BUILT", folder / "built")
    monkeypatch.setattr(assets, "DATA", data)
    monkeypatch.setattr(assets, "SEEDS", seeds)
    monkeypatch.setattr(assets, "DISTRICTS", data / "fetched" / "districts" / "map.geojson")
    return folder


READY = "() => window.mapProbe.draws > 0"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 900, "height": 600})
    opened.add_init_script(path=MAP_PROBE)
    yield opened
    opened.close()


@pytest.fixture
def show(page, static, tmp_path):
    """Serve a map of the given table as streamlit-folium's frame would lie, and open it."""
    site = tmp_path / "site"
    (site / "base" / "component" / "frame").mkdir(parents=True)
    (site / "base" / "app").mkdir()
    (site / "base" / "app" / "static").symlink_to(static)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    numbers = count()

    def opened(table, mask=None, dark=False, **filters) -> Page:
        assets.ensure()
        shown = np.ones(len(table), dtype=bool) if mask is None else np.array(mask)
        made = base_map.base_map(event_layer.publish(table), tiles=False, dark=dark)
        made.add_child(event_layer.filter_group(shown, **filters))
        html = made.get_root().render()
        name = f"{next(numbers)}.html"  # never one the browser has kept
        (site / "base" / "component" / "frame" / name).write_text(html)
        page.goto(f"http://127.0.0.1:{server.server_port}/base/component/frame/{name}")
        page.wait_for_function(READY)
        page.evaluate("mapProbe.layer.on('click', (e) => (window.answer = e.layer.toGeoJSON()))")
        return page

    yield opened
    server.shutdown()
    server.server_close()
