"""A large public file, imported and exported in every format: not a row or a figure is lost."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.border.join import join_events
from geo.datasets.formats.table import TABLE
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.reading import read_dataset
from geo.export.extract import Extract
from geo.export.formats import to_bytes
from tests.export.readback import SUFFIXES, comparable, expected, read, same

FILE = Path(__file__).parents[2] / "../shared/data/events/ucdp_ged_pakistan_1989-2021.csv"
ROWS = 6_416


@pytest.fixture(scope="module")
def extract():
    if not FILE.is_file():
        pytest.skip(f"{FILE.name} is not there: it is public but not ours to ship")
    frame = join_events(read_dataset(FILE, UCDP, version="21.1").frame)
    position = {"lon": frame.geometry.x, "lat": frame.geometry.y}
    rows = pd.DataFrame(frame.drop(columns="geometry")).assign(**position)
    return Extract(rows, np.ones(len(rows), bool))


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".csv"])
def test_every_format_holds_all_of_it(extract, suffix):
    want = expected(extract)
    got = comparable(read(to_bytes(extract, suffix), suffix), want)
    assert len(got) == ROWS
    same(got, want)


def test_csv_comes_back_through_import(extract, tmp_path):
    path = tmp_path / "ours.csv"
    path.write_bytes(to_bytes(extract, ".csv"))
    reading = read_dataset(path, TABLE)
    assert reading.counts() == {"in": ROWS, "imported": ROWS, "outside": 0, "refused": 0}
    want = expected(extract).drop(columns="place_is_area")
    same(comparable(join_events(reading.frame).reset_index(), want), want)
