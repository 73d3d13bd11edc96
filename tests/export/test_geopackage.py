"""GeoPackage: the style QGIS opens it with, the table about it, and that it is a sound package."""

import re
import sqlite3
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
from lxml import etree

from geo.export.formats import to_bytes
from geo.export.style import style_qml
from geo.model import EVENT_GROUPS, PRECISIONS
from geo.webmap.palette import GROUP_COLOURS
from tests.export.readback import ABOUT, extract, sample


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "events.gpkg"
    path.write_bytes(to_bytes(extract(sample()), ".gpkg"))
    return path


def rows_of(path, question: str):
    with closing(sqlite3.connect(path)) as store:
        return store.execute(question).fetchall()


def test_the_default_style_of_the_layer_is_where_qgis_looks_for_it(package):
    # the columns that QGIS itself makes, in its spelling
    (found,) = rows_of(
        package,
        "SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, useAsDefault, "
        "styleQML FROM layer_styles",
    )
    assert found[:5] == ("", "", "events", "geom", 1)
    assert etree.fromstring(found[5]).tag == "qgis"
    names = [row[1] for row in rows_of(package, "PRAGMA table_info(layer_styles)")]
    assert names == [
        *("id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column"),
        *("styleName", "styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui"),
        "update_time",
    ]
    (changed,) = rows_of(package, "SELECT update_time FROM layer_styles")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", changed[0])


def test_every_table_is_registered(package):
    kinds = dict(rows_of(package, "SELECT table_name, data_type FROM gpkg_contents"))
    assert kinds == {"events": "features", "about": "attributes", "layer_styles": "attributes"}
    assert {name for name, _ in pyogrio.list_layers(package)} == set(kinds)
    assert rows_of(package, "PRAGMA integrity_check") == [("ok",)]
    assert rows_of(package, "PRAGMA foreign_key_check") == []


def test_the_terms_stand_in_a_table_and_in_the_metadata(package):
    table = gpd.read_file(package, layer="about").set_index("name")["said"].to_dict()
    assert table == ABOUT.facts()
    assert "CC BY 4.0" in pyogrio.read_info(package, layer="events")["layer_metadata"]["licence"]
    assert "Sundberg" in table["citation"]


def test_each_way_of_knowing_a_place_and_each_group_has_its_own_symbol():
    root = etree.fromstring(style_qml())
    branches = root.findall("renderer-v2/rules/rule")
    codes = [code for one in branches for code in re.findall(r"'(\w+)'", one.get("filter"))]
    assert sorted(codes) == sorted(set(PRECISIONS) - {"country", "unknown"})
    symbols = {one.get("name"): one for one in root.findall("renderer-v2/symbols/symbol")}
    for branch in branches:
        leaves = branch.findall("rule")
        groups = [re.search(r"'(\w+)'", leaf.get("filter"))[1] for leaf in leaves]
        assert groups == list(EVENT_GROUPS)
        for leaf, group in zip(leaves, groups, strict=True):
            colour = GROUP_COLOURS[group]
            rgb = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
            fills = options(symbols[leaf.get("symbol")], "color")
            assert all(fill.startswith(f"{rgb},") for fill in fills)


def test_an_area_is_a_broken_ring_as_wide_as_it_is_uncertain_and_never_a_dot():
    root = etree.fromstring(style_qml())
    rule = root.find("renderer-v2/rules/rule[@key='area']/rule")
    symbol = root.find(f"renderer-v2/symbols/symbol[@name='{rule.get('symbol')}']")
    assert len(symbol.findall("layer")) == 1
    assert options(symbol, "size_unit") == ["RenderMetersInMapUnits"]
    assert options(symbol, "outline_style") == ["dash"]
    assert options(symbol, "expression") == ['coalesce("uncertainty_km", 25) * 2000']


def test_the_time_controller_runs_from_the_first_to_the_last_day():
    time = etree.fromstring(style_qml()).find("temporal")
    assert (time.get("enabled"), time.get("mode")) == ("1", "2")
    assert (time.get("startField"), time.get("endField")) == ("date_start", "date_end")


def options(element, name: str) -> list[str]:
    return [one.get("value") for one in element.iter("Option") if one.get("name") == name]
