"""Every format read back by GeoPandas and GDAL: the same rows, types, CRS and nulls."""

import numpy as np
import pandas as pd
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from geo.export.formats import FORMATS, to_bytes
from tests.export.readback import (
    HOSTILE,
    KINDS,
    SUFFIXES,
    expected,
    extract,
    read,
    round_trip,
    same,
    sample,
    with_texts,
)

GEO = [suffix for suffix in SUFFIXES if suffix != ".csv"]
OGR = {
    "string": ("OFTString", None),
    "Int32": ("OFTInteger", "OFSTNone"),
    "float64": ("OFTReal", "OFSTNone"),
    "datetime64[ms]": ("OFTDate", "OFSTNone"),
    "bool": ("OFTInteger", "OFSTBoolean"),
}


def written(rows: pd.DataFrame, suffix: str, tmp_path):
    path = tmp_path / f"events{suffix}"
    path.write_bytes(to_bytes(extract(rows), suffix))
    return path


@pytest.mark.parametrize("suffix", GEO)
def test_rows_values_and_nulls_come_back(suffix):
    rows = sample()
    same(round_trip(extract(rows), suffix), expected(extract(rows)))


@pytest.mark.parametrize("suffix", GEO)
def test_crs_and_geometry_come_back(suffix):
    got = read(to_bytes(extract(sample()), suffix), suffix)
    assert got.crs.to_epsg() == 4326
    assert got.geometry.isna().tolist() == [False, False, True, False, False, False]
    assert set(got.geometry.dropna().geom_type) == {"Point"}
    first = got.geometry.iloc[0]
    assert (first.x, first.y) == (71.093, 34.123), "longitude first"


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".kml"])
def test_columns_are_declared_with_their_types(suffix, tmp_path):
    rows = sample().copy()
    # GeoJSON declares nothing: a reader takes the type from the values, so each column has one
    whole = [n for n, kind in KINDS.items() if kind == "Int32" and n in rows]
    rows.loc["a", whole] = 1
    rows = rows.assign(border_km_min=2.0, border_km_max=25.0, crossing_km=1.0)
    where = {"layer": "events"} if suffix == ".gpkg" else {}
    info = pyogrio.read_info(written(rows, suffix, tmp_path), **where)
    declared = zip(info["fields"], info["ogr_types"], info["ogr_subtypes"], strict=True)
    found = {name: (kind, sub) for name, kind, sub in declared}
    for name in [n for n in KINDS if n in rows and rows[n].notna().any()]:
        kind, sub = OGR[KINDS[name]]
        if suffix == ".kml" and KINDS[name] == "datetime64[ms]":
            kind = "OFTString"  # KML has no type for days; its TimeSpan is the date
        assert found[name][0] == kind, name
        assert sub in (None, found[name][1]), name
    assert found["place_is_area"] == ("OFTInteger", "OFSTBoolean")


def test_geoparquet_has_the_very_types_of_the_schema():
    got = read(to_bytes(extract(sample()), ".parquet"), ".parquet").set_index("event_id")
    for name in [n for n in KINDS if n in got]:
        assert got[name].dtype == KINDS[name], name


@pytest.mark.parametrize("suffix", GEO)
def test_unknown_is_null_and_zero_is_zero(suffix):
    got = round_trip(extract(sample()), suffix)
    assert got["fatalities_best"].isna().tolist() == [False, True, True, True, False, True]
    assert got.loc["e", "fatalities_best"] == 0
    assert pd.isna(got.loc["c", "date_start"])
    assert pd.isna(got.loc["b", "border_km"])


@pytest.mark.parametrize("suffix", GEO)
def test_a_point_that_stands_for_an_area_says_so(suffix):
    got = round_trip(extract(sample()), suffix)
    assert got["place_is_area"].tolist() == [False, True, True, False, True, False]


@pytest.mark.parametrize("suffix", GEO)
def test_only_what_is_asked_for_in_its_order(suffix):
    rows = sample()
    got = round_trip(extract(rows, [False, True, False, False, False, True]), suffix)
    assert got.index.tolist() == ["b", "f"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_selection_is_a_valid_file(suffix):
    data = to_bytes(extract(sample(), np.zeros(6, bool)), suffix)
    if suffix == ".kml":  # PyOGRIO stumbles over a layer of KML without rows
        assert b"<Placemark>" not in data
        assert etree.fromstring(data).tag.endswith("kml")
    else:
        assert len(read(data, suffix)) == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_terms_travel_inside(suffix):
    data = to_bytes(extract(sample()), suffix)
    if suffix == ".gpkg":
        return  # see test_geopackage: they stand in a table
    for words in ("CC BY 4.0", "Sundberg and Melander (2013)", "0123abcd"):
        assert words.encode() in data


@pytest.mark.parametrize("suffix", GEO)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(HOSTILE, min_size=30, max_size=30))
def test_hostile_text_comes_back_as_it_was(suffix, texts):
    rows = with_texts(texts)
    got, want = round_trip(extract(rows), suffix), expected(extract(rows))
    if suffix == ".kml":  # GDAL's reader strips the text; what the file holds: see test_kml
        got, want = stripped(got), stripped(want)
    same(got, want)


def stripped(frame: pd.DataFrame) -> pd.DataFrame:
    texts = frame.select_dtypes("string")
    return frame.assign(**{name: texts[name].str.strip().replace("", pd.NA) for name in texts})


def test_every_format_says_what_it_is_good_for():
    for suffix, kind in FORMATS.items():
        assert kind.suffix == suffix
        assert kind.good_for
        assert "/" in kind.mime
