"""A small event table, and a throw-away static folder with a toy country on each side."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo.webmap import assets

ROOT = Path(__file__).resolve().parents[2]
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
    for source in [*(ROOT / "static").glob("*.js"), *(ROOT / "static").glob("*.css")]:
        shutil.copy(source, folder)
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
    return folder
