"""The events on the map: a Folium plugin whose data and filter travel apart.

The data go once, by address, as a binary (:func:`publish`). A filter is one bit a row, sent in a
feature group that streamlit-folium runs in the living frame (:func:`filter_group`), so nothing is
remounted. A click answers with a row number and the dataset's token, never with text
(:func:`clicked`).

A page draws the map so::

    st_folium(
        basemap.base_map(eventlayer.publish(table)),
        key="map",
        feature_group_to_add=eventlayer.filter_group(mask, selected=row),
        returned_objects=["last_active_drawing"],  # a longer list reruns the page on every pan
        use_container_width=True,
        on_change=picked,  # called once per click; read st.session_state["map"] there
    )

``base_map`` must be built anew on every run: Folium changes the object it draws.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import folium
import numpy as np
from branca.element import MacroElement
from folium.template import Template

from geo.errors import SchemaError
from geo.webmap import assets, columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["EventLayer", "clicked", "filter_group", "publish"]

TOKEN: Final = re.compile(r"[0-9a-f]{16}")


class EventLayer(MacroElement):
    """The canvas layer that draws the events; add it to a map once, when the map is made."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "BorderMap.events({{ this._parent.get_name() }}, {{ this.settings|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, events_url: str, settings: Mapping[str, Any]) -> None:
        """Take the address from :func:`publish` and plain JSON values for ``eventlayer.js``."""
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
        table gives the same address, and an address never changes its content.

    Raises
    ------
    SchemaError
        If a column is missing, or a row may not be passed on (``restricted``): whoever reaches
        the app can fetch what is published.
    """
    if "restricted" in table and table["restricted"].fillna(False).any():
        raise SchemaError("Restricted rows are not published: leave them out of the table first.")
    body = columns.encode(table)
    ids = json.dumps([str(name) for name in table.index]).encode()
    token = hashlib.sha256(body + ids).hexdigest()[:16]
    assets.write_atomic(assets.BUILT / f"events-{token}.bin", body)
    assets.write_atomic(assets.BUILT / f"events-{token}.ids.json", ids)
    return f"{assets.FRAME_TO_STATIC}built/events-{token}.bin"


def filter_group(
    mask: NDArray[np.bool_], *, selected: int | None = None, token: str = ""
) -> folium.FeatureGroup:
    """Return the feature group that shows the rows of ``mask`` and marks one as selected.

    Parameters
    ----------
    mask
        bool, shape (rows,): which rows of the published table to show. Sent as base64 of one bit
        a row, lowest bit first: 17 kB for 100,000 rows.
    selected
        Row number of the selected event, or None.
    token
        Any short text; the browser repeats it in ``window.__events.token`` once this filter is
        drawn. Tests and the benchmark wait for it.
    """
    flags = np.asarray(mask, dtype=bool)
    bits = base64.b64encode(np.packbits(flags, bitorder="little").tobytes()).decode()
    row = None if selected is None else int(selected)
    message = {"rows": len(flags), "bits": bits, "selected": row, "token": token}
    group = folium.FeatureGroup(name="filter", control=False)
    group.add_child(_Filter(message))
    return group


def clicked(value: Mapping[str, Any] | None) -> str | None:
    """Return the id of the event clicked last, or None (nothing yet, or an empty spot).

    Parameters
    ----------
    value
        What ``st_folium`` returned (or ``st.session_state[key]``) with
        ``returned_objects=["last_active_drawing"]``. It keeps the last click over reruns: act on
        it in ``on_change``, which is called only for a new click. An answer that does not fit a
        published table gives None.
    """
    drawing = (value or {}).get("last_active_drawing") or {}
    facts = drawing.get("properties") or {}
    token, row = facts.get("dataset"), facts.get("row")
    if not isinstance(token, str) or not isinstance(row, int) or not TOKEN.fullmatch(token):
        return None
    ids = _ids(token)
    return ids[row] if 0 <= row < len(ids) else None


def _token(events_url: str) -> str:
    found = re.search(r"events-([0-9a-f]{16})\.bin", events_url)
    return found.group(1) if found else ""


@lru_cache(maxsize=8)
def _ids(token: str) -> tuple[str, ...]:
    path = assets.BUILT / f"events-{token}.ids.json"
    return tuple(json.loads(path.read_bytes())) if path.exists() else ()
