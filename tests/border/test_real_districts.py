"""The district layer built from the real files with their real flaws, once for all its tests.

The files are kept outside the repository, in ../shared; UCDP's own districts are set beside it.
"""

import numpy as np
import pytest
import shapely

from geo.border import join, layers
from geo.border.gates import crossings
from geo.border.units.districts import build_districts
from tests.benchmarks.bench_districts import compared, located
from tests.border.frames import frame
from tests.outside import DISTRICTS, UCDP_FILE


@pytest.fixture(scope="module")
def real_districts():
    if not all(path.is_file() for path in DISTRICTS.values()):
        pytest.skip("the real district files are kept outside the repository, in ../shared")
    return build_districts(DISTRICTS)


@pytest.fixture
def fetched(real_districts, monkeypatch, tmp_path):
    """The real layer, put where 'geo fetch districts' leaves it."""
    path = tmp_path / "districts.parquet"
    real_districts.frame.to_parquet(path)
    monkeypatch.setattr(layers, "DISTRICTS_FILE", path)
    return real_districts.frame


def test_the_real_files_make_one_coverage_with_most_of_the_gazetteers_districts(real_districts):
    layer = real_districts.frame
    assert len(layer) == 558
    assert shapely.coverage_is_valid(layer.geometry.to_numpy())
    assert not layer.duplicated(["country", "admin1", "admin2"]).any()
    matched = (layer["match"] != "none").sum()
    assert matched >= 190
    assert any("Malir Karachi repaired" in note for note in real_districts.notes)
    assert layer["km_min"].le(layer["km_max"]).all()


def test_its_districts_lie_on_the_line_there(fetched):
    """The polygons agree: each named district comes within 3 km of the gate, or of its accuracy.

    Where reports and the polygons of 2014 disagree the reports' district stays; the notes of the
    row name the polygon's.
    """
    disputed = {"bahramchah": "Khanashin", "dorah-pass": "Kuran wa Munjan"}
    disputed["shah-salim"] = disputed["dorah-pass"]
    gates = crossings.load()
    flat, plane = gates.to_crs("EPSG:32642"), fetched.to_crs("EPSG:32642")
    far = []
    for gate, row in flat.iterrows():
        for side in ("af", "pk"):
            own = plane[plane["admin2"] == gates.loc[gate, f"{side}_admin2"]]
            km = own.distance(row.geometry).min() / 1000 if len(own) else 0.0
            if km > 3 + row["accuracy_km"] and disputed.get(gate, "?") not in row["notes"]:
                far.append(f"{gate}: {row[f'{side}_admin2']} is {km:.0f} km away")
    assert far == []


def test_a_district_is_its_polygon_whichever_spelling_names_it(fetched):
    row = fetched[fetched["admin2"] == "Khyber"].iloc[0]
    point = (71.0, 34.0)
    named = frame(
        [point] * 3,
        precision="admin2",
        uncertainty_km=40.0,
        country="PK",
        admin2=["Khyber", "KHYBER", None],
    )
    joined = join.join_events(named)
    assert joined["border_km_min"].tolist() == pytest.approx([row["km_min"]] * 3, abs=0.01)
    assert joined["border_km_max"].tolist() == pytest.approx([row["km_max"]] * 3, abs=0.01)
    assert (joined["border_side"] == "PK").all()
    inland = fetched[fetched["admin2"] == "Swat"].iloc[0]
    assert 20 < inland["km_min"] < inland["km_max"] < 150


def test_no_district_polygon_is_nearer_or_farther_than_its_reach(fetched):
    rng = np.random.default_rng(5)
    for _, row in fetched.sample(25, random_state=5).iterrows():
        points = shapely.get_coordinates(row.geometry.boundary)
        points = points[rng.choice(len(points), 40)]
        km = join.border_distance_km(frame([tuple(p) for p in points])).dropna()
        assert (km > row["km_min"] - 0.05).all()
        assert (km < row["km_max"] + 0.05).all()


def test_with_polygons_the_district_is_theirs_and_the_province_agrees(fetched):
    joined = join.join_events(frame([(71.578, 34.008), (66.437, 30.95), (69.2, 34.5)]))
    assert list(joined["admin2"])[:2] == ["Peshawar", "Chaman"]
    assert (joined["admin2_source"] == "polygon").all()
    pairs = set(zip(fetched["admin1"], fetched["admin2"], strict=True))
    assert set(zip(joined["admin1"], joined["admin2"], strict=True)) <= pairs
    plain = join.join_events(frame([(71.578, 34.008)]), fetched=False)
    assert plain["admin2_source"].item() == "gazetteer"


@pytest.fixture(scope="module")
def rows(real_districts):
    if not UCDP_FILE.is_file():
        pytest.skip("the UCDP file is kept outside the repository, in ../shared")
    return located(real_districts.frame)


def test_nearly_all_exact_and_near_points_lie_in_a_district(rows):
    assert len(rows) == 4978
    assert rows["admin2"].notna().mean() >= 0.995


def test_the_districts_agree_and_every_disagreement_has_a_kind(rows):
    table = compared(rows)
    assert (table["kind"] == "same").mean() >= 0.86
    assert table["kind"].notna().all()
