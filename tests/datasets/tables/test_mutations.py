"""Files that were broken at random: each is read, or refused with one error of ours."""

import pytest

from geo.datasets.formats.column_map import guess_map
from geo.datasets.formats.table import TABLE
from geo.datasets.reading import read_dataset
from geo.errors import InputError
from tests.datasets.hostile import WHOLE, mutated, outcome

HERE = [(kind, seed) for kind in ("csv", "zip", "ods") for seed in range(20)]
APART = [(kind, seed) for kind in ("xlsx", "geojson") for seed in range(15)]
"""Each of these starts a process; ``make stress`` tries many more of all."""


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_one_is_read_or_refused_as_a_format(kind, tmp_path):
    path = tmp_path / f"events.{kind}"
    path.write_bytes(WHOLE[kind]())
    if kind == "ods":
        with pytest.raises(InputError, match="one table is expected"):
            guess_map(path)
    else:
        reading = read_dataset(path, TABLE, guess_map(path))
        assert reading.counts() == {"in": 20, "imported": 20, "outside": 0, "refused": 0}


@pytest.mark.parametrize(("kind", "seed"), HERE + APART)
def test_a_broken_one_gives_rows_or_an_input_error(kind, seed, tmp_path):
    path = tmp_path / f"events.{kind}"
    path.write_bytes(mutated(kind, seed))
    refused = outcome(path)
    assert not refused or (str(path) in refused and "\n" not in refused)
