"""Tests of the border know what ships; district polygons only where a test asks for them."""

from pathlib import Path

import pytest

from geo.border import layers
from geo.border.units.districts import build_districts

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "boundaries"
FILES = {
    "AF": SHARED / "geoBoundaries-AFG-ADM2_simplified.geojson",
    "PK": SHARED / "PAK-COD-AB-ADM2_simplified.geojson",
}


@pytest.fixture(autouse=True)
def _nothing_fetched(monkeypatch, tmp_path):
    """What a developer has fetched decides no test."""
    monkeypatch.setattr(layers, "DISTRICTS_FILE", tmp_path / "none.parquet")


@pytest.fixture(scope="session")
def real_districts():
    """The layer built from the real files with their real flaws."""
    if not all(path.is_file() for path in FILES.values()):
        pytest.skip("the real district files are kept outside the repository, in ../shared")
    return build_districts(FILES)


@pytest.fixture
def fetched(real_districts, monkeypatch, tmp_path):
    """The real layer, put where 'geo fetch districts' leaves it."""
    path = tmp_path / "districts.parquet"
    real_districts.frame.to_parquet(path)
    monkeypatch.setattr(layers, "DISTRICTS_FILE", path)
    return real_districts.frame
