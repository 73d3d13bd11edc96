"""Broken files: each has the outcome of ``tests/cases/broken.csv``, and nothing held is lost."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.errors import InputError
from geo.store import catalogue
from geo.store.place import Store
from tests.case_tables import rows
from tests.datasets.broken import FILES, broken_file

CASES = rows("broken.csv")
COUNTS = ("in", "imported", "outside", "refused")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A store in which one row of another import lies."""
    folder = tmp_path_factory.mktemp("imported")
    path = folder / "before.csv"
    lines = (FILES / "semicolons.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace("1", "900", 1)]), encoding="utf-8")
    import_file(path, UCDP, store=Store(folder))
    return folder


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_the_outcome_is_clear_and_nothing_is_lost(case, held, tmp_path):
    path = broken_file(case["file"], tmp_path)
    before = catalogue.read_frame(catalogue.find("ucdp", Store(held)), Store(held))
    if not case["in"]:
        with pytest.raises(InputError, match=case["says"]) as error:
            import_file(path, UCDP, store=Store(held))
        assert path.name in str(error.value)
    else:
        outcome = import_file(path, UCDP, store=Store(held))
        counts = outcome.reading.counts()
        assert counts == {name: int(case[name]) for name in COUNTS}
        said = [*outcome.reading.notes, *outcome.reading.faults.reasons()]
        assert case["says"] in " ".join(said)
        assert (outcome.refused_file is not None) == (counts["refused"] > 0)
    after = catalogue.read_frame(catalogue.find("ucdp", Store(held)), Store(held))
    assert set(before.index) <= set(after.index)
    assert "ucdp-900" in after.index


def test_no_case_is_forgotten():
    named = {case["file"] for case in CASES if not case["file"].endswith(".zip")}
    assert named == {path.name for path in FILES.iterdir()}


def refused(name: str, tmp_path: Path) -> list[dict[str, str]]:
    outcome = import_file(broken_file(name, tmp_path), UCDP, store=Store(tmp_path / "imported"))
    with outcome.refused_file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_refused_rows_are_listed_with_line_column_value_and_reason(tmp_path):
    rows = refused("out_of_bounds.csv", tmp_path)
    assert [(row["line"], row["column"], row["value"]) for row in rows] == [
        ("3", "latitude", "134.1"),
        ("4", "best", "-3"),
        ("5", "best", "3.5"),
        ("6", "where_prec", "9"),
        ("7", "latitude", "34.1"),
        ("8", "latitude", "north"),
    ]
    assert all(row["reason"] for row in rows)


def test_columns_are_called_as_in_the_file(tmp_path):
    text = (FILES / "renamed_columns.csv").read_text(encoding="utf-8")
    path = tmp_path / "events.csv"
    path.write_text(text.replace("34.123", "somewhere"), encoding="utf-8")
    outcome = import_file(path, UCDP, store=Store(tmp_path / "imported"))
    assert [fault.column for fault in outcome.reading.faults.found.values()] == ["LAT"]


def test_a_formula_in_a_refused_cell_is_harmless(tmp_path):
    assert [row["value"] for row in refused("formulas.csv", tmp_path)] == ["'=SUM(A1:A9)"]


def test_an_open_quote_says_how_far_it_reaches(tmp_path):
    (row,) = refused("open_quote.csv", tmp_path)
    assert row["line"] == "3"
    assert "lines 3 to 4" in row["reason"]


@pytest.mark.parametrize("name", ["date_forms.csv", "bom.csv", "utf16.csv", "nul_and_crlf.csv"])
def test_every_form_gives_the_same_day_and_the_same_places(name, tmp_path):
    frame = import_file(
        broken_file(name, tmp_path), UCDP, store=Store(tmp_path / "i")
    ).reading.frame
    assert set(frame["date_start"]) == {pd.Timestamp("2023-02-19")}
    assert set(frame["place"]) <= {"Torkham", "Chaman", "Khost"}


def test_marks_for_unknown_are_null_and_nought_is_nought(tmp_path):
    path = broken_file("unknown_marks.csv", tmp_path)
    frame = import_file(path, UCDP, store=Store(tmp_path / "i")).reading.frame
    for bound in ("low", "best", "high"):
        column = frame[f"fatalities_{bound}"]
        assert column.isna().tolist() == [True, True, False]
        assert column.iloc[2] == 0
