"""KML: valid XML in the order the standard asks, longitude first, dates as time, text as text."""

import html

import geopandas as gpd
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from geo.export.formats import to_bytes
from geo.model import PRECISIONS
from tests.export.readback import HOSTILE, expected, extract, read, sample, with_texts

KML = "{http://www.opengis.net/kml/2.2}"
ORDER = ["name", "description", "TimeStamp", "TimeSpan", "styleUrl", "ExtendedData", "Point"]
"""Of OGC 07-147r2, 9.1: a feature's children come in this order."""


def document(rows) -> etree._Element:
    return etree.fromstring(to_bytes(extract(rows), ".kml")).find(f"{KML}Document")


def placemarks(rows) -> dict[str, etree._Element]:
    path = f"{KML}ExtendedData/{KML}SchemaData/{KML}SimpleData[@name='event_id']"
    return {one.findtext(path): one for one in document(rows).iter(f"{KML}Placemark")}


def test_children_stand_in_the_order_of_the_standard():
    for one in placemarks(sample()).values():
        found = [child.tag.removeprefix(KML) for child in one]
        assert found == [name for name in ORDER if name in found]


def test_longitude_comes_first():
    found = placemarks(sample())
    assert found["a"].findtext(f"{KML}Point/{KML}coordinates") == "71.093,34.123"
    assert found["e"].findtext(f"{KML}Point/{KML}coordinates") == "-2.5,-1.5"
    assert found["c"].find(f"{KML}Point") is None


def test_a_day_is_a_stamp_several_are_a_span_and_none_is_none():
    found = placemarks(sample())
    assert found["a"].findtext(f"{KML}TimeStamp/{KML}when") == "2023-02-19"
    span = found["b"].find(f"{KML}TimeSpan")
    assert (span.findtext(f"{KML}begin"), span.findtext(f"{KML}end")) == (
        "2023-02-19",
        "2023-02-22",
    )
    assert found["c"].find(f"{KML}TimeStamp") is found["c"].find(f"{KML}TimeSpan") is None


def test_gdal_sees_the_time():
    got = read(to_bytes(extract(sample()), ".kml"), ".kml").set_index("event_id")
    assert isinstance(got, gpd.GeoDataFrame)
    assert got.loc["a", "timestamp"].date().isoformat() == "2023-02-19"
    assert got.loc["b", "end"].date().isoformat() == "2023-02-22"
    assert pd.isna(got.loc["c", "timestamp"])


def test_every_style_that_is_asked_for_is_there_and_an_area_looks_different():
    doc = document(sample())
    ids = [one.get("id") for one in doc.findall(f"{KML}Style")]
    assert len(ids) == len(set(ids))
    used = {one.text.removeprefix("#") for one in doc.iter(f"{KML}styleUrl")}
    assert used <= set(ids)
    found = {name: one.findtext(f"{KML}styleUrl") for name, one in placemarks(sample()).items()}
    assert found == {
        "a": "#exact-violence",
        "b": "#area-violence",
        "c": "#unplaced",
        "d": "#near-violence",
        "e": "#area-violence",
        "f": "#exact-violence",
    }
    icons = {
        one.get("id").split("-")[0]: one.findtext(f".//{KML}href")
        for one in doc.iter(f"{KML}Style")
    }
    assert len({icons[form] for form in ("exact", "near", "area")}) == 3


def test_every_precision_with_a_point_has_a_form():
    for precision in PRECISIONS:
        one = placemarks(sample().iloc[[0]].assign(precision=precision))["a"]
        said = one.findtext(f"{KML}styleUrl")
        assert (said == "#unplaced") == (precision in ("country", "unknown"))


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(HOSTILE, min_size=30, max_size=30))
def test_a_viewer_that_takes_descriptions_for_html_shows_the_text_itself(texts):
    for one in placemarks(with_texts(texts)).values():
        shown = one.findtext(f"{KML}description")
        tags = etree.HTML(f"<body>{shown}</body>")
        assert {tag.tag for tag in tags.iter()} <= {"html", "body", "br", "p"}


def test_a_description_says_how_well_the_place_is_known():
    found = placemarks(sample())
    assert "Place: known to the district (within 40 km of the point)." in html.unescape(
        found["b"].findtext(f"{KML}description")
    )
    assert found["b"].findtext(f"{KML}name") == "Armed attack, Torkham"


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(HOSTILE, min_size=30, max_size=30))
def test_the_file_holds_the_text_to_the_last_space(texts):
    rows = with_texts(texts)
    want = expected(extract(rows))["summary"]
    path = f"{KML}ExtendedData/{KML}SchemaData/{KML}SimpleData[@name='summary']"
    got = {name: one.findtext(path) for name, one in placemarks(rows).items()}
    assert got == {name: None if pd.isna(text) else text for name, text in want.items()}
