"""The crossings: on the line, of a known kind, each with a district on both sides."""

import numpy as np
import pytest

from geo.border import join
from geo.border.gates import crossings
from geo.places.gazetteer.lookup import load
from tests.border.frames import GEOD, frame, scattered


@pytest.mark.parametrize("gate", crossings.load().index)
def test_each_crossing_is_as_near_to_the_line_as_it_says(gate):
    row = crossings.load().loc[[gate]]
    km = join.border_distance_km(row).item()
    assert km < (1.0 if row["precision"].item() == "exact" else 12.0)
    assert km <= row["accuracy_km"].item() + 0.6


def test_each_crossing_says_what_it_is():
    gates = crossings.load()
    assert set(gates["kind"]) <= {"formal", "trade", "pedestrian", "informal"}
    assert gates["name"].is_unique
    for column in ("source", "af_admin1", "af_admin2", "pk_admin1", "pk_admin2"):
        assert gates[column].ne("").all(), column


def test_names_in_other_scripts_were_found_somewhere_and_that_is_named():
    """A name that nobody was seen to write is no name; ours to match with are in names_local."""
    gates = crossings.load()
    tongues = gates[["name_ur", "name_ps", "name_prs"]]
    written = tongues.ne("")
    assert (written.any(axis=1) == gates["names_source"].ne("")).all()
    assert written.any(axis=1).sum() >= 12
    letters = tongues.replace("[ –]", "", regex=True)
    assert letters.apply(lambda names: names.str.fullmatch("[\u0600-\u06ff]*")).all(axis=None)


@pytest.mark.parametrize("side", ["af", "pk"])
def test_its_districts_are_districts_of_the_gazetteer(side):
    known = {(p.admin1, p.name) for p in load().places if p.kind == "admin2"}
    gates = crossings.load()
    named = set(zip(gates[f"{side}_admin1"], gates[f"{side}_admin2"], strict=True))
    assert named <= known


def test_the_nearest_is_named_and_measured():
    events = frame([(71.578, 34.008), (2.35, 48.85), None])
    found = join.nearest_crossing(events)
    assert found["nearest_crossing"].iloc[0] == "Torkham"
    assert found["crossing_km"].iloc[0] == pytest.approx(46.5, abs=1)
    assert found.iloc[1:].isna().all(axis=None)


def test_the_nearest_is_the_one_with_the_shortest_geodesic():
    events, lon, lat = scattered(20_000)
    gates, ones = crossings.load(), np.ones(20_000)
    ways = [
        GEOD.inv(lon, lat, gate_lon * ones, gate_lat * ones)[2]
        for gate_lon, gate_lat in zip(gates["lon"], gates["lat"], strict=True)
    ]
    best = gates["name"].to_numpy(object)[np.argmin(ways, axis=0)]
    found = join.nearest_crossing(events)["nearest_crossing"].fillna("").to_numpy(object)
    assert (found == best)[found != ""].all()
