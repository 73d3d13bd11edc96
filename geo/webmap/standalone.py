"""One HTML file that holds the map: it opens from a disk, with the network cut.

The file carries Leaflet, the very modules the app's map runs and the page around them (joined by
:mod:`geo.webmap.bundle`, starting from ``js/standalone/main.js``), the event columns
(:mod:`geo.webmap.columns`), what is told of each event (:mod:`geo.webmap.told`) and the land
beneath. Everything that comes from data is deflated and written in base64: no text of an event
ever stands in the HTML. A policy in the page forbids every request to the outside and every script
that is not one of these.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from string import Template
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import DataError, SchemaError
from geo.files.download import fetched_record
from geo.files.registry import load as registry
from geo.query.dimensions import dimensions_data
from geo.schema import LINK_COLUMNS
from geo.settings import FETCHED, STATIC
from geo.store import catalogue
from geo.store.place import here
from geo.store.records import Dataset
from geo.webmap import (
    assets,
    base_map,
    bundle,
    columns,
    land_shapes,
)
from geo.webmap.told import panel_words, told_columns
from geo.words import DATASET_NAMES, SIDE_WORDS, TITLE, events_words, range_words, span_words

__all__ = ["to_html"]

ENTRY: Final = assets.JS / "standalone" / "main.js"
"""The module the page starts with; it imports the map's own."""
POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; "
    "connect-src data: blob:; base-uri 'none'; form-action 'none'"
)
SHIPPED: Final = "data/events.parquet"
OWN: Final = {
    "chronology": "Chronology of border events",
    "reports": "Reports restated in our own words",
}
"""Datasets that ship with the map."""
OWN_CITATION: Final = f"Open map of {TITLE}; each event names its sources"
TERMS: Final = ("licence", "citation", "conditions")


def to_html(
    table: pd.DataFrame,
    mask: npt.NDArray[np.bool_],
    *,
    title: str,
    restricted: bool = False,
    made: date | None = None,
    version: str = "",
) -> bytes:
    """Return the rows under ``mask`` as one HTML page (UTF-8) that asks nothing of any network.

    Parameters
    ----------
    table
        Events as the app holds them: :func:`geo.schema.read_points`, degrees WGS 84.
    mask
        bool, shape ``(n,)``: the rows to put in. The page can narrow them further, never widen.
    title
        The page's heading; any text, it is written as text.
    restricted
        Whether rows whose source forbids passing them on come too.
    made
        The day the page says it was made; today (UTC) if None.
    version
        What the data version is called elsewhere; else a digest of these very rows.

    Raises
    ------
    SchemaError
        If the map needs a column that ``table`` lacks.
    DataError
        If a shipped file is missing.
    """
    rows = table[_kept(table, mask, restricted=restricted)]
    if not restricted and _marked(table).any():
        # how alike linked rows are may be the likeness of a row that is withheld
        rows = rows.drop(columns=[name for name in LINK_COLUMNS if name in rows])
    binary = columns.encode(rows)
    assets.ensure()
    version = version or _version(binary, rows)
    day = made or datetime.now(UTC).date()
    page = _payload(rows, title=title, version=version, made=day)
    return _page(title, page, binary, _lead(rows))


def _kept(
    table: pd.DataFrame, mask: npt.NDArray[np.bool_], *, restricted: bool
) -> npt.NDArray[np.bool_]:
    keep = np.asarray(mask, dtype=bool)
    if len(keep) != len(table):
        raise SchemaError(f"The mask has {len(keep):,} entries for {len(table):,} events.")
    return keep if restricted else keep & ~_marked(table)


def _marked(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows their source forbids to pass on."""
    if "restricted" not in table:
        return np.zeros(len(table), dtype=bool)
    return table["restricted"].astype("boolean").fillna(value=False).to_numpy(bool)


def _version(binary: bytes, rows: pd.DataFrame) -> str:
    """Return the digest that :func:`geo.webmap.event_layer.publish` gives the same rows."""
    ids = json.dumps([str(name) for name in rows.index]).encode()
    return hashlib.sha256(binary + ids).hexdigest()[:16]


def _lead(rows: pd.DataFrame) -> str:
    """Say how many events, from when to when, from which datasets."""
    starts, ends = rows["date_start"].dropna(), rows["date_end"].dropna()
    count = events_words(len(rows))
    if starts.empty:
        return f"{count}."
    last = max(starts.max(), ends.max()) if len(ends) else starts.max()
    return f"{count}, {range_words(starts.min().date(), last.date())}."


def _payload(rows: pd.DataFrame, *, title: str, version: str, made: date) -> dict[str, Any]:
    """Return what the page's scripts need, all but the event columns; plain JSON values."""
    layers = _layers(rows)
    held = {one.name: one for one in catalogue.listing(here())}
    return {
        "title": title,
        "version": version,
        "made": span_words(made, made),
        "settings": _settings(version),
        "layers": layers,
        "credits": _district_licences() if layers["districts"] else [],
        "words": {"sides": SIDE_WORDS, "panel": panel_words()},
        "datasets": _datasets(rows, held),
        "ids": [str(name) for name in rows.index],
        "told": told_columns(rows, version, held),
        "dimensions": dimensions_data(rows),
    }


def _layers(rows: pd.DataFrame) -> dict[str, str | None]:
    """Return the files the map would fetch, as text; None for districts that are not there."""
    wide = rows[(rows["precision"] == "admin2") & rows["lon"].notna()]
    return {
        **land_shapes.layers(),
        "crossings": (assets.BUILT / "crossings.json").read_text("utf-8"),
        "cities": (assets.BUILT / "cities.json").read_text("utf-8"),
        "districts": land_shapes.districts(
            assets.BUILT / "districts.geojson",
            wide["lon"].to_numpy(float),
            wide["lat"].to_numpy(float),
        ),
    }


def _district_licences() -> list[str]:
    """Return the licences recorded when the districts were fetched."""
    held = fetched_record(FETCHED / "registry.json")
    licences = [one["licence"] for key, one in held.items() if key.startswith("districts/")]
    return sorted(set(licences))


def _settings(version: str) -> dict[str, Any]:
    """Return the app's own settings; addresses are names of layers that travel in the page."""
    base = base_map.base_settings(tiles=False, dark=False, bounds=base_map.BELT)
    events = base_map.event_settings(dark=False)
    return {
        "map": {"maxZoom": base_map.MAX_ZOOM, "minZoom": base_map.MIN_ZOOM},
        "base": base | {"urls": {name: name for name in base["urls"]}},
        "events": events
        | {"admin1": "admin1", "districts": "districts", "dataset": version, "version": version},
    }


def _datasets(rows: pd.DataFrame, held: Mapping[str, Dataset]) -> list[dict[str, Any]]:
    """Return name, rows, licence, citation and terms of every dataset in the file."""
    own = {"licence": registry().get(SHIPPED, {}).get("licence", ""), "citation": OWN_CITATION}
    found = []
    for name, count in rows["dataset"].astype(str).value_counts().items():
        one = held.get(str(name))
        terms = {key: getattr(one, key) for key in TERMS} if one else own if name in OWN else {}
        label = OWN.get(str(name)) or DATASET_NAMES.get(one.format if one else "", str(name))
        found.append({"name": str(name), "label": label, "rows": int(count), **terms})
    return found


def _page(title: str, payload: dict[str, Any], binary: bytes, lead: str) -> bytes:
    script = "\n".join(_scripts())
    style = "\n".join(_styles())
    policy = POLICY.format(scripts=_digest(script), styles=_digest(style))
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (
        _skeleton()
        .substitute(
            title=html.escape(title),
            lead=html.escape(lead),
            policy=html.escape(policy, quote=True).replace("&#x27;", "'"),
            style=style,
            script=script,
            story=_packed(text.encode("utf-8", "replace")),
            events=base64.b64encode(binary).decode(),
        )
        .encode()
    )


def _skeleton() -> Template:
    return Template(_file(assets.JS / "standalone" / "page.html"))


def _scripts() -> list[str]:
    """Return the scripts in the order they run; none may end the element that holds it."""
    leaflet = _file(STATIC / "vendor" / "leaflet.js")
    ours = bundle.joined(ENTRY, assets.JS)
    texts = [re.sub(r"^//# sourceMappingURL=.*$", "", leaflet, flags=re.MULTILINE), ours]
    return [re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE) for text in texts]


def _styles() -> list[str]:
    """Return the styles, without Leaflet's pictures: they are files beside its own."""
    leaflet = _file(STATIC / "vendor" / "leaflet.css")
    ours = [_file(assets.JS / name) for name in ("map/map.css", "standalone/page.css")]
    return [re.sub(r"url\([^)]*\)", "none", leaflet), *ours]


def _file(path: Path) -> str:
    if not path.exists():
        raise DataError(f"{path} is missing: restore it with git.")
    return path.read_text("utf-8")


def _digest(text: str) -> str:
    """Return how a policy names an inline script or style: its SHA-256 in base64 (CSP 2)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()
