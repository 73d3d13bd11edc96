"""The events on the map: a Folium plugin whose data and filter travel apart.

The data go once, by address, as a binary (:func:`publish`). A filter is one bit a row, sent in a
feature group that streamlit-folium runs in the living frame (:func:`filter_group`), so nothing is
remounted. What the reader does in the frame comes back to :mod:`geo.webmap.answers`.

A page draws the map so::

    st_folium(
        basemap.base_map(eventlayer.publish(table)),
        key="map",
        feature_group_to_add=eventlayer.filter_group(
            want.without("dates").mask(table),  # the histogram shows what the dates leave out
            selected=row,
            dates=(want.first, want.last, want.undated),
        ),
        returned_objects=["last_active_drawing"],  # a longer list reruns the page on every pan
        use_container_width=True,
        on_change=told,  # called once per click or brush; read st.session_state["map"] there
    )

``base_map`` must be built anew on every run: Folium changes the object it draws.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import folium
import numpy as np
from branca.element import MacroElement
from folium.template import Template

from geo.errors import SchemaError
from geo.files.writing import refresh
from geo.webmap import assets, columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "DateLimits",
    "EventLayer",
    "FilterGroup",
    "View",
    "filter_group",
    "ids",
    "publish",
    "published",
    "withdraw",
]

SUFFIXES: Final = (".bin", ".ids.json")
KEPT_TABLES: Final = 6
KEPT_DAYS: Final = 7
"""A published table older than this goes, unless it is one of the newest ``KEPT_TABLES``."""

DateLimits = tuple[date | None, date | None, bool]
"""First and last day shown, each None where open, and whether events without a date are shown."""

FilterGroup = folium.FeatureGroup
"""What :func:`filter_group` makes; streamlit-folium runs it in the living frame."""

View = tuple[float, float, int]
"""Latitude and longitude of the map's middle in degrees WGS 84, and its zoom."""


class EventLayer(MacroElement):
    """The canvas layer that draws the events; add it to a map once, when the map is made."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "BorderMap.events({{ this._parent.get_name() }}, {{ this.settings|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, events_url: str, settings: Mapping[str, Any]) -> None:
        """Take the address from :func:`publish` and plain JSON values for ``event-layer.js``."""
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "EventLayer"
        self.settings = {**settings, "url": events_url, "dataset": _token(events_url)}


class _Filter(MacroElement):
    """The script inside the feature group: hands the bits to the layer that is already there."""

    _template = Template(
        "{% macro script(this, kwargs) %}BorderMap.apply({{ this.message|tojson }});{% endmacro %}"
    )

    def __init__(self, message: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "EventFilter"
        self.message = dict(message)


def publish(table: pd.DataFrame) -> str:
    """Write the table where the browser can fetch it and return the address.

    Parameters
    ----------
    table
        Indexed by ``event_id``, columns as :data:`geo.webmap.columns.NEEDED`.

    Returns
    -------
    str
        Address relative to the map's frame. The name holds a digest of content and ids: the same
        table gives the same address, and an address never changes its content. Tables not
        published for a week are deleted on the way, all but the newest few.

    Raises
    ------
    SchemaError
        If a column is missing, or a row may not be passed on (``restricted``): whoever reaches
        the app can fetch what is published.
    """
    if "restricted" in table and table["restricted"].fillna(False).any():
        raise SchemaError("Restricted rows are not published: leave them out of the table first.")
    body = columns.encode(table)
    names = json.dumps([str(name) for name in table.index]).encode()
    token = _token_of(body, names)
    for suffix, content in zip(SUFFIXES, (body, names), strict=True):
        path = assets.BUILT / f"events-{token}{suffix}"
        refresh(path, content)
        path.touch()  # its age is counted from the last time it was published
    _prune()
    return f"{assets.FRAME_TO_STATIC}built/events-{token}.bin"


def published(events_url: str) -> bool:
    """Whether the files behind an address of :func:`publish` are there, as they were written."""
    return _is_whole(_token(events_url))


def _is_whole(token: str) -> bool:
    files = tuple(assets.BUILT / f"events-{token}{suffix}" for suffix in SUFFIXES)
    try:
        facts = [path.stat() for path in files]
        return _whole(token, files, tuple((one.st_mtime_ns, one.st_size) for one in facts))
    except OSError:
        return False


@lru_cache(maxsize=KEPT_TABLES)
def _whole(token: str, files: tuple[Path, ...], _: tuple[tuple[int, int], ...]) -> bool:
    return _token_of(*(path.read_bytes() for path in files)) == token


def _token_of(body: bytes, names: bytes) -> str:
    return hashlib.sha256(body + names).hexdigest()[:16]


def withdraw() -> None:
    """Delete all that was published; an app that needs it publishes its table anew.

    Addresses outlive a table: without this, rows that were removed could still be fetched.
    """
    for path in assets.BUILT.glob("events-*"):
        path.unlink(missing_ok=True)


def filter_group(
    mask: NDArray[np.bool_],
    *,
    selected: int | None = None,
    dates: DateLimits | None = None,
    view: View | None = None,
    line: Sequence[str] = (),
    said: str = "",
    version: str = "",
    areas: Mapping[str, Any] | None = None,
) -> folium.FeatureGroup:
    """Return the feature group that shows the rows of ``mask`` and marks one as selected.

    Parameters
    ----------
    mask
        bool, shape (rows,): which rows of the published table to show. Sent as base64 of one bit
        a row, lowest bit first: 17 kB for 100,000 rows.
    selected
        Row number of the selected event, or None.
    dates
        Dates to show, applied in the browser on top of ``mask``: leave them out of ``mask``, so
        that the histogram can show what lies beside them. None leaves the dates to the browser.
    view
        Where a link wants the map; obeyed once, by the first filter that names one.
    line
        What to call the border line on the map: the first of these that fits where it is written.
        Empty leaves the name it has.
    said
        The filter in words, without its dates: what a picture of the map says it shows.
    version
        The data version, for a picture too.
    areas
        With it clicks beside the marks answer which crossing or area lies there. ``place`` is the
        one chosen (``[kind, number]`` as in an answer, or None), ``shade`` what
        :func:`geo.webmap.choropleth.shade` says, or None for no shading.
    """
    flags = np.asarray(mask, dtype=bool)
    bits = base64.b64encode(np.packbits(flags, bitorder="little").tobytes()).decode()
    row = None if selected is None else int(selected)
    message = {"rows": len(flags), "bits": bits, "selected": row}
    if dates is not None:
        first, last = (day and day.isoformat() for day in dates[:2])
        message["dates"] = {"from": first, "to": last, "undated": bool(dates[2])}
    if view is not None:
        message["view"] = list(view)
    if line:
        message["line"] = list(line)
    message |= {name: text for name, text in (("said", said), ("version", version)) if text}
    if areas is not None:
        message["areas"] = dict(areas)
    group = folium.FeatureGroup(name="filter", control=False)
    group.add_child(_Filter(message))
    return group


def _prune() -> None:
    """Delete tables that were published long ago, but never the newest few.

    Another process may still serve one, so age alone decides which of the others go.
    """
    files = [(path.stat().st_mtime, path) for path in assets.BUILT.glob("events-*.bin")]
    oldest = time.time() - KEPT_DAYS * 86_400
    for published, path in sorted(files, reverse=True)[KEPT_TABLES:]:
        if published < oldest:
            path.unlink(missing_ok=True)
            path.with_suffix(".ids.json").unlink(missing_ok=True)


def _token(events_url: str) -> str:
    found = re.search(r"events-([0-9a-f]{16})\.bin", events_url)
    return found.group(1) if found else ""


def ids(token: str) -> tuple[str, ...]:
    """Return the event ids of a published table in the order of its rows; none if it is gone."""
    return _ids(assets.BUILT / f"events-{token}.ids.json") if _is_whole(token) else ()


@lru_cache(maxsize=8)
def _ids(path: Path) -> tuple[str, ...]:
    return tuple(json.loads(path.read_bytes()))
