"""Tests of the border know what ships, never what a developer has fetched; and a toy land."""

import pytest

from geo.border import layers
from geo.border.units import districts
from tests.border import toys


@pytest.fixture(autouse=True)
def _nothing_fetched(monkeypatch, tmp_path):
    monkeypatch.setattr(layers, "DISTRICTS_FILE", tmp_path / "none.parquet")


@pytest.fixture
def toy_land(monkeypatch):
    """Two toy countries of six provinces each: what is built of them is built at once."""
    monkeypatch.setattr(layers, "countries", toys.countries)
    monkeypatch.setattr(layers, "admin1", toys.provinces)
    monkeypatch.setattr(districts, "UNITS_EXPECTED", {"AF": (2, 50), "PK": (2, 50)})
