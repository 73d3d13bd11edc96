"""The whole join: rows, order and index kept, known places, awkward frames."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.border import join
from geo.errors import InputError
from geo.schema import JOIN_COLUMNS
from tests.border.frames import BOX, frame, scattered

COLUMNS = [
    join.country_code,
    join.admin1_name,
    join.admin2_name,
    join.admin2_source,
    join.border_side,
    join.border_distance_km,
    join.line_km,
]


def test_known_places_lie_where_they_lie():
    spots = {"Peshawar": (71.578, 34.008), "Kandahar": (65.71, 31.61), "Karachi": (67.01, 24.86)}
    joined = join.join_events(frame(list(spots.values())))
    assert list(joined["country"]) == ["PK", "AF", "PK"]
    assert list(joined["admin1"]) == ["Khyber Pakhtunkhwa", "Kandahar", "Sindh"]
    assert list(joined["border_side"]) == ["PK", "AF", "PK"]
    assert list(joined["nearest_crossing"])[:2] == ["Torkham", "Chaman–Spin Boldak"]
    assert joined["crossing_km"].iloc[0] == pytest.approx(46.5, abs=1)


def test_rows_order_and_index_are_kept_and_null_passes_through():
    events = frame([None, (71.0, 34.5), (2.35, 48.85), None, (69.2, 34.5)])
    joined = join.join_events(events)
    assert list(joined.index) == list(events.index)
    assert set(JOIN_COLUMNS) <= set(joined.columns)
    assert list(joined["border_side"]) == ["unknown", "AF", "unknown", "unknown", "AF"]
    for column in ("border_km", "border_km_min", "border_km_max", "nearest_crossing"):
        assert joined[column].isna().tolist() == [True, False, True, True, False]
    assert joined["admin2_source"].iloc[[0, 2, 3]].isna().all()


def test_an_empty_point_is_no_point():
    events = frame([(71.0, 34.5)]).set_geometry([shapely.Point()], crs="EPSG:4326")
    joined = join.join_events(events)
    assert joined["border_side"].item() == "unknown"
    assert np.isnan(joined["border_km"].item())


def test_an_empty_frame_gives_empty_columns():
    joined = join.join_events(frame([]).iloc[:0])
    assert len(joined) == 0
    assert set(JOIN_COLUMNS) <= set(joined.columns)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.__name__)
def test_each_column_is_a_named_series_on_the_same_index(column):
    events = frame([(71.0, 34.5), None, (71.0, 34.5)]).iloc[[2, 0, 1]]
    found = column(events)
    assert isinstance(found, pd.Series)
    assert found.name in {"country", "admin1", "line_km", "admin2", *JOIN_COLUMNS}
    assert list(found.index) == ["e2", "e0", "e1"]
    assert str(found.iloc[0]) == str(found.iloc[1])
    assert len(column(events.iloc[:0])) == 0


@pytest.mark.parametrize("column", [*COLUMNS, join.nearest_crossing, join.join_events])
def test_another_crs_is_refused_with_the_way_out(column):
    with pytest.raises(InputError, match=r"EPSG:3857.*\.to_crs\('EPSG:4326'\)"):
        column(frame([(71.0, 34.5)]).to_crs("EPSG:3857"))
    with pytest.raises(InputError, match="to_crs"):
        column(frame([(71.0, 34.5)]).set_crs(None, allow_override=True))


def test_polygons_are_refused_by_name():
    events = frame([(71.0, 34.5)])
    events = events.set_geometry([shapely.box(71, 34, 72, 35)], crs="EPSG:4326")
    with pytest.raises(InputError, match="Event e0 is no point"):
        join.join_events(events)


def test_the_corners_of_the_box_lie_outside_both_countries():
    west, south, east, north = BOX
    corners = [(west, south), (west, north), (east, south), (east, north), (0, 90), (0, -90)]
    joined = join.join_events(frame([*corners, (180, 0), (-180, 0)]))
    assert (joined["border_side"] == "unknown").all()
    assert (joined["border_km"].dropna() > 100).all()
    assert joined["border_km"].isna().tolist()[4:] == [True] * 4


def test_many_rows_come_back_as_many_in_order():
    """Ten thousand here; 'make bench' asserts the same of a million."""
    events, lon, _ = scattered(10_000)
    sides, km = join.border_side(events), join.border_distance_km(events)
    assert len(sides) == len(km) == 10_000
    assert sides.index.equals(events.index)
    assert km.index.equals(events.index)
    assert set(sides) <= {"AF", "PK", "straddles", "unknown"}
    assert (sides.to_numpy()[lon < 60.5] == "unknown").all()
