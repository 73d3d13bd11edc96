"""Where along the line an event lies, and how far that is uncertain."""

import numpy as np
import pandas as pd
import pytest

from geo.border.line.distance import line_km
from geo.border.line.strip import (
    framed,
    line_cells,
    line_length_km,
    line_stretch,
)
from geo.errors import InputError
from tests.border.frames import frame

TORKHAM, CHAMAN = (71.093, 34.123), (66.437, 30.956)


def test_the_stretch_holds_the_kilometre_and_grows_with_the_uncertainty():
    events = frame([TORKHAM, TORKHAM, CHAMAN], uncertainty_km=[2.0, 40.0, 0.0])
    got = line_stretch(events)
    assert got["line_km"].to_numpy() == pytest.approx(line_km(events).to_numpy())
    assert (got["line_km_min"] <= got["line_km"]).all()
    assert (got["line_km"] <= got["line_km_max"]).all()
    width = got["line_km_max"] - got["line_km_min"]
    assert width["e1"] > 40.0 > width["e0"]
    assert width["e2"] == pytest.approx(0.0, abs=1e-6)


def test_no_place_no_radius_and_far_away_stay_in_the_frame():
    events = frame([None, TORKHAM, (51.0, 25.0)], uncertainty_km=[2.0, None, 2.0])
    got = line_stretch(events)
    assert list(got.index) == list(events.index)
    assert got.loc["e0"].isna().all()
    assert got.loc["e1", "line_km_min"] == got.loc["e1", "line_km_max"]
    assert got.loc["e2"].isna().all()
    assert line_stretch(events.iloc[:0]).empty


def test_the_line_runs_from_south_west_to_north_east():
    got = line_stretch(frame([CHAMAN, TORKHAM]))
    assert 0 < got["line_km"].iloc[0] < got["line_km"].iloc[1] < line_length_km()
    assert 2600 < line_length_km() < 2900


def test_another_crs_is_refused():
    with pytest.raises(InputError, match="convert"):
        line_stretch(frame([TORKHAM]).to_crs(3857))


def test_a_table_without_points_gets_them():
    table = pd.DataFrame({"lon": [71.093, np.nan], "lat": [34.123, np.nan], "uncertainty_km": 2.0})
    got = line_stretch(framed(table))
    assert got["line_km"].notna().tolist() == [True, False]


def test_cells_count_every_row_that_has_a_kilometre_and_a_date():
    strip = pd.DataFrame(
        {
            "line_km": [10.0, 20.0, 30.0, np.nan, 10.0],
            "date_start": pd.to_datetime(
                ["2023-01-05", "2023-01-20", "2023-02-01", "2023-01-01", None]
            ),
            "event_group": "violence",
        }
    )
    got = line_cells(strip, np.ones(5, bool), 25.0, "M")
    assert got[["line_km", "events"]].values.tolist() == [[12.5, 2], [37.5, 1]]
    assert line_cells(strip, np.zeros(5, bool), 25.0, "M").empty
