"""Every row of the chronology gets a place, inside the district (or province) that it names."""

import csv
import json
from functools import cache

import pytest
import shapely
from shapely.geometry import shape

from geo.places.agreement import units
from geo.places.gazetteer.lookup import load
from geo.places.names import fold, normalise, split_generic
from geo.places.resolve import locate
from geo.settings import SEEDS
from tests.outside import BOUNDARIES, DISTRICTS

CHRONOLOGY = SEEDS / "chronology.csv"
NAMED_IN = {"PK": "ADM2_EN", "AF": "shapeName"}
TOLERANCE_DEGREES = 0.1
"""The polygons are simplified, of 2014 and 2022, and a gate stands on the line itself."""

needs_chronology = pytest.mark.skipif(
    not CHRONOLOGY.exists(), reason="seeds/chronology.csv is not there"
)
needs_boundaries = pytest.mark.skipif(
    not BOUNDARIES.exists(), reason="../shared/data/boundaries is not there"
)


@cache
def answers():
    with CHRONOLOGY.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    held = load()
    return [
        (r, locate(r["place"], held, country=r["country"], admin1=r["admin1"], admin2=r["admin2"]))
        for r in rows
    ]


@cache
def districts(country):
    column = NAMED_IN[country]
    features = json.loads(DISTRICTS[country].read_text(encoding="utf-8"))["features"]
    return [
        (key(f["properties"][column]), shapely.make_valid(shape(f["geometry"]))) for f in features
    ]


def key(name):
    return fold(normalise(split_generic(name)[0]))


def polygons_of(row):
    """Return the polygons called like the row's district or any other name that it has."""
    held = load()
    known = units(held, row["country"], row["admin1"], row["admin2"]).districts
    indices = {held.places.index(place) for place in known}
    names = {key(row["admin2"])} | {key(name) for name, i in held.names() if i in indices}
    return [polygon for name, polygon in districts(row["country"]) if name in names]


@needs_chronology
def test_at_least_97_percent_of_the_rows_get_a_place():
    placed = sum(found.status == "resolved" for _, found in answers())
    assert placed >= 0.97 * len(answers())


@needs_chronology
def test_no_answer_contradicts_the_province_that_its_row_names():
    wrong = [
        (row["id"], found.place.id)
        for row, found in answers()
        if found.place and found.place.admin1 and row["admin1"] and ";" not in row["admin1"]
        if key(found.place.admin1) != key(row["admin1"])
    ]
    assert wrong == []


@needs_chronology
@needs_boundaries
def test_each_place_lies_in_the_district_that_its_row_names():
    compared, outside = 0, []
    for row, found in answers():
        if row["country"] not in NAMED_IN or not row["admin2"] or found.place is None:
            continue
        polygons = polygons_of(row)
        if polygons:
            compared += 1
            point = shapely.Point(found.place.lon, found.place.lat)
            if min(polygon.distance(point) for polygon in polygons) > TOLERANCE_DEGREES:
                outside.append((row["id"], found.place.id, row["admin2"]))
    assert compared >= 0.9 * sum(row["country"] in NAMED_IN for row, _ in answers())
    assert outside == []
