"""The join against brute force, known places, edges and awkward frames."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from geo.border import crossings, join, layers
from geo.errors import InputError
from geo.schema import JOIN_COLUMNS

GEOD = pyproj.Geod(ellps="WGS84")


def frame(points, **columns):
    """Build an event frame at (lon, lat) points; None is an event without a place."""
    shapes = [None if point is None else shapely.Point(point) for point in points]
    index = pd.Index([f"e{i}" for i in range(len(points))], name="event_id", dtype="string")
    base = {
        "precision": "exact",
        "uncertainty_km": 2.0,
        "country": None,
        "admin1": None,
        "place_kind": "town",
        "event_type": "armed_attack",
        "date_start": pd.Timestamp("2023-01-01"),
        "date_end": pd.Timestamp("2023-01-01"),
        "certainty": "reported",
        "date_precision": "day",
        "aggregate": False,
    }
    table = pd.DataFrame({**base, **columns}, index=index)
    table = table.astype({"country": "string", "admin1": "string", "place_kind": "string"})
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, index=index, crs="EPSG:4326"))


def random_points(count, within_km=50.0):
    """Return points at random distances and bearings from random spots of the line."""
    rng = np.random.default_rng(20261124)
    line = layers.border_line()
    spots = shapely.get_coordinates(
        shapely.line_interpolate_point(line, rng.uniform(0, line.length, count))
    )
    lon, lat, _ = GEOD.fwd(
        spots[:, 0], spots[:, 1], rng.uniform(0, 360, count), rng.uniform(0, within_km * 990, count)
    )
    return list(zip(lon, lat, strict=True))


def brute_force_km(points):
    """Return the geodesic km to the nearest vertex of the line, a vertex every 150 m or less."""
    dense = shapely.get_coordinates(shapely.segmentize(layers.border_line(), 150 / 111_320))
    found = []
    for lon, lat in points:
        rough = np.hypot((dense[:, 0] - lon) * np.cos(np.radians(lat)), dense[:, 1] - lat)
        near = dense[np.argsort(rough)[:2000]]
        ones = np.ones(len(near))
        found.append(GEOD.inv(lon * ones, lat * ones, near[:, 0], near[:, 1])[2].min() / 1000)
    return np.array(found)


def test_a_thousand_points_near_the_line_have_the_right_side_and_distance():
    points = random_points(1000)
    events = frame(points)
    sides = join.border_side(events)
    polygons = layers.countries().set_index("iso").geometry
    for iso, polygon in polygons.items():
        inside = np.array([polygon.contains(shapely.Point(p)) for p in points])
        assert ((sides == iso).to_numpy() == inside).all()
    km = join.border_distance_km(events)
    assert np.abs(km.to_numpy() - brute_force_km(points)).max() < 0.3


def test_known_places_lie_where_they_lie():
    spots = {"Peshawar": (71.578, 34.008), "Kandahar": (65.71, 31.61), "Karachi": (67.01, 24.86)}
    joined = join.join_events(frame(list(spots.values())))
    assert list(joined["country"]) == ["PK", "AF", "PK"]
    assert list(joined["admin1"]) == ["Khyber Pakhtunkhwa", "Kandahar", "Sindh"]
    assert list(joined["border_side"]) == ["PK", "AF", "PK"]
    assert list(joined["nearest_crossing"])[:2] == ["Torkham", "Chaman–Spin Boldak"]
    assert joined["crossing_km"].iloc[0] == pytest.approx(46.5, abs=1)


def test_a_crossing_and_a_loose_place_near_the_line_straddle_it_and_a_district_does_not():
    torkham = (71.093, 34.123)
    assert join.border_side(frame([torkham], place_kind="crossing")).item() == "straddles"
    assert join.border_side(frame([torkham])).item() in {"AF", "PK"}
    near = frame([(71.2, 34.1)], precision="near", uncertainty_km=25.0)
    assert join.border_side(near).item() == "straddles"
    far_gate = frame([(74.57, 31.6)], place_kind="crossing", country="PK")
    assert join.border_side(far_gate).item() == "PK"
    for country in ("AF", "PK"):
        district = frame([(71.0, 34.0)], precision="admin2", uncertainty_km=40.0, country=country)
        assert join.border_side(district).item() == country


def test_uncertainty_widens_the_distance_and_never_below_zero():
    joined = join.join_events(frame([(71.578, 34.008)], precision="admin2", uncertainty_km=20.0))
    km = joined["border_km"].item()
    assert joined["border_km_min"].item() == pytest.approx(km - 20)
    assert joined["border_km_max"].item() == pytest.approx(km + 20)
    close = join.join_events(frame([(71.093, 34.13)], precision="near", uncertainty_km=25.0))
    assert close["border_km_min"].item() == 0


def test_a_point_on_the_line_goes_to_the_country_its_place_names_else_to_the_first():
    vertex = layers.border_line().coords[1000]
    assert join.country_code(frame([vertex], country="PK")).item() == "PK"
    assert join.country_code(frame([vertex])).item() == "AF"
    assert join.border_distance_km(frame([vertex])).item() == pytest.approx(0, abs=0.01)


def test_rows_order_and_index_are_kept_and_null_passes_through():
    events = frame([None, (71.0, 34.5), (2.35, 48.85), None, (69.2, 34.5)])
    joined = join.join_events(events)
    assert list(joined.index) == list(events.index)
    assert set(JOIN_COLUMNS) <= set(joined.columns)
    assert list(joined["border_side"]) == ["unknown", "AF", "unknown", "unknown", "AF"]
    assert joined["border_km"].isna().tolist() == [True, False, True, True, False]
    assert joined["nearest_crossing"].isna().tolist() == [True, False, True, True, False]


def test_an_empty_frame_gives_empty_columns():
    joined = join.join_events(frame([]).iloc[:0])
    assert len(joined) == 0
    assert set(JOIN_COLUMNS) <= set(joined.columns)


def test_another_crs_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="to_crs"):
        join.border_distance_km(frame([(71.0, 34.5)]).to_crs("EPSG:3857"))


def gate_event(kind, first, last=None, **columns):
    row = {
        "event_type": kind,
        "date_start": pd.Timestamp(first),
        "date_end": pd.Timestamp(last or first),
        "certainty": "reported",
        "date_precision": "day",
        "aggregate": False,
        "precision": "exact",
        "nearest_crossing": "Torkham",
        "crossing_km": 0.0,
    }
    return {**row, **columns}


def status(events, day):
    intervals = crossings.status_intervals(pd.DataFrame(events))
    asked = pd.DataFrame({"date_start": [pd.Timestamp(day)], "nearest_crossing": ["Torkham"]})
    return crossings.status_on(asked, intervals).item()


def test_a_gate_is_closed_while_told_then_open_for_a_while_then_unknown():
    told = [
        gate_event("border_closure", "2023-02-19", "2023-02-24"),
        gate_event("border_reopening", "2023-02-25"),
    ]
    assert status(told, "2023-02-18") == "unknown"
    assert status(told, "2023-02-19") == "closed"
    assert status(told, "2023-02-24") == "closed"
    assert status(told, "2023-02-25") == "open"
    assert status(told, "2023-03-20") == "open"
    assert status(told, "2023-05-01") == "unknown"


def test_open_ends_the_day_before_the_next_closure():
    told = [
        gate_event("border_reopening", "2023-02-25"),
        gate_event("border_closure", "2023-03-02"),
    ]
    assert status(told, "2023-03-01") == "open"
    assert status(told, "2023-03-02") == "closed"
    assert status(told, "2023-03-03") == "unknown"


def test_a_closure_with_no_known_end_says_nothing_of_later_days():
    told = [
        gate_event("border_closure", "2023-02-19"),
        gate_event("border_reopening", "2023-03-01"),
    ]
    assert status(told, "2023-02-19") == "closed"
    assert status(told, "2023-02-20") == "unknown"


def test_plans_denials_and_far_or_vague_events_tell_nothing_of_a_gate():
    for odd in ({"certainty": "planned"}, {"crossing_km": 40.0}, {"precision": "admin2"}):
        assert (
            status([gate_event("border_closure", "2023-02-19", **odd)], "2023-02-19") == "unknown"
        )
