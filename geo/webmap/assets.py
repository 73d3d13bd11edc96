"""What the browser fetches: put in place at start, addressed relative to the map's frame.

Streamlit serves ``static/`` at ``<base>/app/static/``, and streamlit-folium draws the map in a
frame at ``<base>/component/streamlit_folium.st_folium/index.html``. An address that climbs two
levels therefore works at the root, under ``server.baseUrlPath`` and behind a proxy that adds a
path; one that starts with ``/`` does not. Where ``BORDERMAP_STORE`` names a folder, the files lie
there, and ``<base>/component/`` serves that folder as well. Nothing is ever fetched from a content
delivery network.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import importlib.util
import json
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from geo.border import layers
from geo.errors import DataError
from geo.files.writing import refresh
from geo.settings import DATA, ROOT, SEEDS, STATIC
from geo.webmap import bundle

__all__ = ["BUILT", "FRAME_TO_STATIC", "JS", "MOUNTED", "ensure", "url"]

BUILT: Final = STATIC / "built"
"""Files made at run time; git-ignored, safe to delete."""

MOUNTED: Final = "geo.pages.shared.serving.served"
"""The name under which the pages have Streamlit serve a folder outside the checkout."""
FRAME_TO_STATIC: Final = "../../app/static/" if STATIC == ROOT / "static" else f"../{MOUNTED}/"
JS: Final = Path(__file__).parent / "js"
"""Our modules and styles, a folder for each noun."""
ENTRY: Final = JS / "map" / "main.js"
"""The module whose exports Folium's scripts call, as ``BorderMap``."""
LAYERS: Final = ("border_line.geojson", "countries.geojson", "admin1.geojson")
DISTRICTS: Final = layers.DISTRICTS_FILE.with_name(layers.DISTRICTS_MAP)
"""What ``geo fetch districts`` leaves for the map; served as ``built/districts.geojson``."""
OURS: Final = ("map.js", "map.css", "districts.geojson", "crossings.json", "cities.json")
CROSSINGS, GAZETTEER = "crossings.csv", "gazetteer.csv"
LEAFLET: Final = ("leaflet.js", "leaflet.css")
CAPITALS: Final = {"Kabul", "Islamabad"}
CITIES: Final = 14
"""Towns a country that are named on the map when there are no tiles."""


def ensure() -> None:
    """Put everything the map needs into ``static/vendor`` and ``static/built``.

    Leaflet comes from the installed package django-js-lib-leaflet; our modules are joined into one
    script (:mod:`geo.webmap.bundle`); the map layers are copied from ``data/``, the districts from
    where they were fetched to, if they were. Files that are already right are left alone and each
    is replaced in one step, so several processes may call this at once. Where no file was touched
    since, nothing is read: it may be called whenever the files are about to be used.

    Raises
    ------
    DataError
        If a shipped file or the Leaflet package is missing, or the files cannot be written; says
        which and the way out.
    """
    try:
        _ensured(_touched())
    except OSError as error:
        if error.errno not in {errno.EROFS, errno.EACCES}:
            raise
        way_out = "set BORDERMAP_STORE to a folder that can be"
        raise DataError(f"{STATIC} cannot be written to ({error}): {way_out}.") from error


def _touched() -> tuple[object, ...]:
    """Return each of the files and of those they are made of: when written, and its size."""
    vendor = (STATIC / "vendor" / name for name in LEAFLET)
    built = (BUILT / name for name in (*OURS, *LAYERS))
    fetched = (DISTRICTS, DISTRICTS.with_name(layers.DIGESTS))
    shipped = (SEEDS / CROSSINGS, DATA / GAZETTEER, *(DATA / name for name in LAYERS))
    paths = (*vendor, *built, *fetched, *shipped)
    facts = (path.stat() if path.exists() else None for path in paths)
    return paths, *(one and (one.st_mtime_ns, one.st_size) for one in facts)


@lru_cache(maxsize=1)
def _ensured(_: tuple[object, ...]) -> None:
    leaflet = _leaflet_folder()
    for name in LEAFLET:
        refresh(STATIC / "vendor" / name, _read(leaflet / name))
    refresh(BUILT / "map.js", bundle.joined(ENTRY, JS, name="BorderMap").encode())
    refresh(BUILT / "map.css", _read(JS / "map" / "map.css"))
    for name in LAYERS:
        refresh(BUILT / name, _read(DATA / name))
    if DISTRICTS.is_file() and not layers.district_fault():
        refresh(BUILT / "districts.geojson", _read(DISTRICTS))
    else:
        (BUILT / "districts.geojson").unlink(missing_ok=True)
    refresh(BUILT / "crossings.json", _crossings(SEEDS / CROSSINGS))
    refresh(BUILT / "cities.json", _cities(DATA / GAZETTEER))


def url(name: str) -> str:
    """Return the address of ``static/<name>`` as seen from the map's frame.

    The address carries a digest of the content, so a browser that keeps files never shows an
    old one. A file that is not there yet gets no digest.
    """
    path = STATIC / name
    if not path.exists():
        return FRAME_TO_STATIC + name
    facts = path.stat()
    return f"{FRAME_TO_STATIC}{name}?v={_digest(path, facts.st_mtime_ns, facts.st_size)}"


@lru_cache(maxsize=64)
def _digest(path: Path, _modified: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _leaflet_folder() -> Path:
    found = importlib.util.find_spec("js_lib_leaflet")
    if found is None or found.origin is None:
        raise DataError("Leaflet is missing: run 'pip install -r requirements.txt'.")
    return Path(found.origin).parent / "static" / "js_lib_leaflet"


def _read(path: Path) -> bytes:
    if not path.exists():
        raise DataError(f"{path} is missing: restore it with git, or run 'make data'.")
    return path.read_bytes()


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(_read(path).decode("utf-8").splitlines()))


def _crossings(path: Path) -> bytes:
    keys = ("id", "name", "kind", "precision")
    gates = [
        {key: row[key] for key in keys} | {"lat": float(row["lat"]), "lon": float(row["lon"])}
        for row in _rows(path)
    ]
    return json.dumps(gates, ensure_ascii=False, sort_keys=True).encode()


def _cities(path: Path) -> bytes:
    """Return the largest towns of both countries in turn: the names shown without tiles."""
    towns = [row for row in _rows(path) if row["population"] and row["kind"] in {"city", "town"}]
    towns.sort(key=lambda row: (row["name"] not in CAPITALS, -float(row["population"]), row["id"]))
    sides = [[row for row in towns if row["country"] == iso][:CITIES] for iso in ("AF", "PK")]
    cities = [
        {"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"])}
        for pair in zip_longest(*sides)
        for row in pair
        if row
    ]
    return json.dumps(cities, ensure_ascii=False, sort_keys=True).encode()
