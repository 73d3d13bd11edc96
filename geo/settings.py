"""Where things are and the few constants that several rooms share.

Paths follow the checkout, so a clone works from wherever it lies.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

__all__ = [
    "BORDER_BBOX",
    "CONTACT",
    "CRS",
    "DATA",
    "EVENTS_FILE",
    "FETCHED",
    "GAZETTEER_FILE",
    "ROOT",
    "SEEDS",
    "STATIC",
    "served_by_owner",
]

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = ROOT / "data"
_OWN: Final = os.environ.get("BORDERMAP_STORE", "")
"""A folder for all that is written while the map runs, where the checkout is not to be touched."""
FETCHED: Final = Path(_OWN or DATA) / "fetched"
"""What users download; never shipped, with its own ``registry.json``."""
SEEDS: Final = ROOT / "seeds"
STATIC: Final = Path(_OWN) / "served" if _OWN else ROOT / "static"
"""What browsers fetch; made at start. Streamlit serves the one in the checkout by itself."""

EVENTS_FILE: Final = Path(os.environ.get("BORDERMAP_EVENTS") or DATA / "events.parquet")
"""What the app opens; ``BORDERMAP_EVENTS`` names another built file."""
GAZETTEER_FILE: Final = DATA / "gazetteer.csv"

CONTACT: Final = os.environ.get("BORDERMAP_CONTACT", "").strip()
"""A mail or web address for errors found, shown to visitors; Nominatim is told it as well."""

CRS: Final = "EPSG:4326"
"""Longitude and latitude in degrees, WGS 84: the CRS of every frame and file here."""

BORDER_BBOX: Final = (60.0, 23.0, 78.0, 39.0)
"""West, south, east, north in degrees: both countries with a margin."""


def served_by_owner() -> bool:
    """Whether the one who started the app is the one who uses it: ``BORDERMAP_OWNER=1``.

    ``make run`` sets it. Without it, as on a hosted page, no page offers anything that writes
    the data that all visitors share.
    """
    return os.environ.get("BORDERMAP_OWNER", "") == "1"
