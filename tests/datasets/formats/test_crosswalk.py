"""Codes of other datasets in our words."""

import pandas as pd
import pytest

from geo.datasets.formats.crosswalk import CROSSWALKS, ours, to_ours
from geo.model import DATE_PRECISIONS, GROUP_OF, PRECISIONS

ALLOWED = {
    "where_prec": PRECISIONS,
    "geo_precision": PRECISIONS,
    "date_prec": DATE_PRECISIONS,
    "time_precision": DATE_PRECISIONS,
    "type_of_violence": tuple(GROUP_OF),
    "sub_event_type": tuple(GROUP_OF),
    "event_type": tuple(GROUP_OF),
}


FIELDS = sorted(
    set(pd.read_csv(CROSSWALKS)[["dataset", "field"]].itertuples(index=False, name=None))
)


@pytest.mark.parametrize(("dataset", "field"), FIELDS)
def test_every_code_has_one_of_our_words(dataset, field):
    for code, word in ours(dataset, field).items():
        assert code == code.strip().lower()
        assert field not in ALLOWED or word in ALLOWED[field], code


@pytest.mark.parametrize(("dataset", "field"), FIELDS)
def test_a_column_of_codes_becomes_our_words(dataset, field):
    words = ours(dataset, field)
    assert to_ours(pd.Series(list(words)), dataset, field).tolist() == list(words.values())


def test_the_crosswalks_of_the_design():
    assert ours("ucdp", "where_prec") == {
        **{"1": "exact", "2": "near", "3": "admin2", "4": "admin1"},
        **{"5": "region", "6": "country", "7": "region"},
    }
    assert ours("acled", "geo_precision") == {"1": "exact", "2": "near", "3": "admin1"}
    assert list(ours("ucdp", "date_prec").values()) == ["day", "day_range", "week", "month", "year"]
    assert ours("acled", "time_precision") == {"1": "day", "2": "week", "3": "month"}


def test_words_of_ours_that_no_code_of_ucdp_says():
    assert set(PRECISIONS) - set(ours("ucdp", "where_prec").values()) == {"admin3", "unknown"}
    silent = set(DATE_PRECISIONS) - set(ours("ucdp", "date_prec").values())
    assert silent == {"period", "vague", "unknown"}


def test_case_space_and_a_spreadsheets_decimal_do_not_matter():
    codes = pd.Series([" 1 ", "1.0", "9", None], dtype="string")
    assert to_ours(codes, "ucdp", "where_prec").fillna("?").tolist() == ["exact", "exact", "?", "?"]
    said = to_ours(pd.Series(["ARMED CLASH"]), "acled", "sub_event_type")
    assert said.tolist() == ["armed_clash"]
