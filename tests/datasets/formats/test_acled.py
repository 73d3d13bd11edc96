"""ACLED rows as events: old and new codes, 0 that may mean unknown, rows that stay here."""

import pandas as pd
import pytest

from geo.datasets.formats.acled import ACLED
from geo.datasets.reading import read_dataset
from tests.datasets.sample_tables import acled

OLD = {"inter1": "1", "inter2": "2", "interaction": "12"}


def frame_of(path, *rows):
    return read_dataset(acled(path, *rows), ACLED).frame


def test_old_and_new_actor_codes_say_the_same(tmp_path):
    frame = frame_of(tmp_path / "a.csv", {}, {"event_id_cnty": "PAK2", **OLD})
    assert frame["acled_inter1"].tolist() == ["State forces", "1"]
    assert frame["acled_inter1_kind"].tolist() == ["state forces"] * 2
    assert frame["acled_inter2_kind"].tolist() == ["rebel group"] * 2


def test_nought_is_kept_as_theirs_and_unknown_as_ours(tmp_path):
    frame = frame_of(tmp_path / "a.csv", {"fatalities": "0"}, {"event_id_cnty": "PAK2"})
    assert frame["acled_fatalities"].tolist() == ["0", "3"]
    assert frame["fatalities_best"].isna().tolist() == [True, False]


def test_rows_are_marked(tmp_path):
    assert frame_of(tmp_path / "a.csv")["restricted"].all()


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({}, "armed_clash"),
        ({"sub_event_type": "Air/drone strike"}, "airstrike_drone"),
        ({"sub_event_type": "", "event_type": "Battle-No change of territory"}, "armed_clash"),
        ({"sub_event_type": "Sexual violence"}, "other"),
        (
            {"actor2": "Military Forces of Afghanistan (2021-)", "inter2": "State forces"},
            "border_clash",
        ),
        ({"actor2": "Police Forces of Pakistan", "inter2": "1", "inter1": "1"}, "armed_clash"),
    ],
)
def test_types(row, kind, tmp_path):
    assert frame_of(tmp_path / "a.csv", row)["event_type"].tolist() == [kind]


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("1", "02-19", "02-19"), ("2", "02-16", "02-22"), ("3", "02-01", "02-28")],
)
def test_a_vague_date_is_a_span(precision, first, last, tmp_path):
    frame = frame_of(tmp_path / "a.csv", {"time_precision": precision})
    assert frame["date_start"].iloc[0] == pd.Timestamp(f"2023-{first}")
    assert frame["date_end"].iloc[0] == pd.Timestamp(f"2023-{last}")
    assert frame["acled_event_date"].iloc[0] == "19 February 2023"


def test_an_unknown_type_is_refused(tmp_path):
    reading = read_dataset(
        acled(
            tmp_path / "a.csv",
            {},
            {"event_id_cnty": "2", "sub_event_type": "", "event_type": "Nap"},
        ),
        ACLED,
    )
    assert reading.counts()["refused"] == 1
