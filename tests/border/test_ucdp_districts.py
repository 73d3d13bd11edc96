"""UCDP's own districts beside the polygons' (needs the real files of ../shared)."""

import pytest

from tests.benchmarks.bench_districts import EVENTS, compared, located


@pytest.fixture(scope="module")
def rows(real_districts):
    if not EVENTS.is_file():
        pytest.skip("the UCDP file is kept outside the repository, in ../shared")
    return located(real_districts.frame)


def test_nearly_all_exact_and_near_points_lie_in_a_district(rows):
    assert len(rows) == 4978
    assert rows["admin2"].notna().mean() >= 0.995


def test_the_districts_agree_and_every_disagreement_has_a_kind(rows):
    table = compared(rows)
    assert (table["kind"] == "same").mean() >= 0.86
    assert table["kind"].notna().all()
