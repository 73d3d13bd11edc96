"""The district layer from small files with one flaw each; the real ones have their own tests."""

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.border import layers
from geo.border.units import districts
from geo.border.units.district_names import Unit, match_names, without_polygon
from geo.errors import DataError
from geo.model import Place
from geo.places.gazetteer.lookup import Gazetteer
from tests.border.toys import simplified


def write(path, shapes, column="shapeName"):
    """Write a boundary file: name to polygon."""
    features = [
        {
            "type": "Feature",
            "properties": {column: name},
            "geometry": shapely.geometry.mapping(shape),
        }
        for name, shape in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def play(folder, provinces):
    """Let provinces play the districts: Pakistan's a little too far to the north-west."""
    moved = {
        name: shapely.transform(shape, lambda xy: xy + np.array([-0.03, 0.03]))
        for name, shape in provinces("PK").items()
    }
    return {
        "AF": write(folder / "af.geojson", provinces("AF")),
        "PK": write(folder / "pk.geojson", moved, "ADM2_EN"),
    }


@pytest.fixture
def files(toy_land, tmp_path):
    return play(tmp_path, simplified)


def test_slivers_across_the_line_are_cut_and_bare_ground_is_given(tmp_path, monkeypatch):
    """On the land as it ships: the one build here that takes its seconds."""
    monkeypatch.setattr(districts, "UNITS_EXPECTED", {"AF": (2, 50), "PK": (2, 50)})
    built = districts.build_districts(play(tmp_path, simplified))
    countries = layers.countries().set_index("iso").geometry
    for iso, whole in countries.items():
        own = built.frame[built.frame["country"] == iso].geometry.to_numpy()
        assert shapely.union_all(own).symmetric_difference(whole).area < 2e-5
    assert shapely.coverage_is_valid(built.frame.geometry.to_numpy())
    assert any(
        note.startswith("PK: ") and "beyond the line cut off" in note for note in built.notes
    )
    assert any(note.startswith("AF: ") and "went to the nearest" in note for note in built.notes)


def test_what_is_invalid_is_repaired_and_named(files):
    shapes = simplified("AF")
    bow = shapely.Polygon([(66.5, 32.5), (67.5, 33.5), (67.5, 32.5), (66.5, 33.5)])
    shapes["Ghazni"] = shapely.MultiPolygon([*shapely.get_parts(shapes["Ghazni"]), bow])
    write(files["AF"], shapes)
    built = districts.build_districts(files)
    assert any("Ghazni repaired (Self-intersection" in note for note in built.notes)


def test_an_area_of_another_country_is_left_out_and_named(files):
    shapes = {**simplified("AF"), "Elsewhere": shapely.box(10, 10, 11, 11)}
    write(files["AF"], shapes)
    built = districts.build_districts(files)
    assert "Elsewhere" not in set(built.frame["source_name"])
    assert any(note.startswith("Elsewhere left out") for note in built.notes)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<html>Please sign in</html>", "is not GeoJSON"),
        ("version https://git-lfs.github.com/spec/v1", "is not GeoJSON"),
        ('{"type": "FeatureCollection"', "is not GeoJSON"),
        ('{"features": []}', "holds nothing, not areas"),
        ('{"features": [{"geometry": null, "properties": {}}]}', "is not GeoJSON"),
    ],
)
def test_a_broken_file_is_named(files, content, fault):
    files["AF"].write_text(content)
    with pytest.raises(DataError, match=rf"af\.geojson {fault}"):
        districts.build_districts(files)


def test_the_wrong_file_is_named(files, monkeypatch):
    shapes = simplified("AF")
    write(files["AF"], shapes, "title")
    with pytest.raises(DataError, match="none of the columns"):
        districts.build_districts(files)
    write(files["AF"], dict(list(shapes.items())[:3]))
    with pytest.raises(DataError, match="another country's file, or a part"):
        districts.build_districts(files)
    monkeypatch.setattr(districts, "UNITS_EXPECTED", {"AF": (300, 450), "PK": (110, 200)})
    write(files["AF"], shapes)
    with pytest.raises(DataError, match="6 areas; the districts of AF are 300 to 450"):
        districts.build_districts(files)


def test_on_the_map_shared_edges_stay_shared(files):
    layer = districts.build_districts(files).frame
    text = districts.map_geojson(layer)
    simple = gpd.read_file(text.decode())
    assert list(simple["admin2"]) == list(layer["admin2"])
    areas = simple.geometry.to_numpy()
    overlap = shapely.area(areas).sum() - shapely.union_all(areas).area
    assert overlap < 1e-3
    assert (
        shapely.get_num_coordinates(areas).sum()
        < shapely.get_num_coordinates(layer.geometry.to_numpy()).sum()
    )


def unit(name, *others, admin1="Paktia", area=None):
    return Unit(name, others, "AF", admin1, area or shapely.box(0, 0, 1, 1))


def place(name, *aliases, admin1="Paktia", at=(50.0, 50.0)):
    return Place(name, name, "admin2", "AF", admin1, name, at[1], at[0], "test", 10.0), aliases


@pytest.mark.parametrize(
    ("found", "held", "how"),
    [
        (unit("Zurmat"), place("Zurmat"), "exact"),
        (unit("Jaji Aryub"), place("Zazi Aryub", "Jaji Aryub"), "alias"),
        (unit("Chitral Lower"), place("Lower Chitral"), "exact"),
        (unit("South Karachi"), place("Karachi South"), "exact"),
        (unit("Khost(Matun)"), place("Matun"), "exact"),
        (unit("Bajour", "Bajaur"), place("Bajaur"), "exact"),
        (unit("Khogayani"), place("Khogyani"), "fuzzy"),
        (unit("Shaygal wa shital"), place("Shigal wa Sheltan", at=(0.5, 0.5)), "inside"),
        (unit("Musa Khel", admin1="Khost"), place("Mosa Khail", at=(0.5, 0.5)), "inside"),
        (unit("Musa Khel", admin1="Khost"), place("Musa Khel"), "none"),
        (unit("Zurmat"), place("Gardez", at=(0.5, 0.5)), "none"),
    ],
)
def test_names_are_matched_within_the_province(found, held, how):
    (match,) = match_names([found], Gazetteer([held]))
    assert match.how == how
    assert match.name == (found.name if how == "none" else held[0].name)
    assert match.admin1 == (found.admin1 if how == "none" else held[0].admin1)


def test_a_name_is_given_once_to_the_surest():
    units, gazetteer = [unit("Janikhel"), unit("Jani Khel")], Gazetteer([place("Jani Khel")])
    names = match_names(units, gazetteer)
    assert [match.how for match in names] == ["none", "exact"]
    assert without_polygon(units, names, gazetteer) == []
    assert len(without_polygon(units[:1], names[:1], gazetteer)) == 1
