"""Rows whose source forbids passing them on: in no format, under no column, unless asked for."""

import sqlite3

import numpy as np
import pytest

from geo.export.extract import Extract, withheld
from geo.export.formats import to_bytes
from tests.export.readback import ABOUT, SUFFIXES, read, sample

SECRET = "acled-PAK12345"


def marked():
    """Return rows of which one may not be passed on; another names it in every way there is."""
    rows = sample().rename(index={"b": SECRET})
    rows.loc[SECRET, "summary"] = "Told by nobody else"
    return rows.assign(
        restricted=[False, True, False, False, False, False],
        part_of=[None, None, None, SECRET, None, None],
        linked_ids=[f"{SECRET}; c", "a", None, SECRET, None, None],
        link_group=[SECRET, SECRET, None, SECRET, None, None],
        link_score=[0.9, 0.9, None, 0.8, None, None],
    ).astype({"part_of": "string", "linked_ids": "string", "link_group": "string"})


def everything(rows) -> np.ndarray:
    return np.ones(len(rows), bool)


def plain_text(data: bytes, suffix: str) -> str:
    """Return all that stands in a file, unpacked."""
    if suffix == ".parquet":
        return read(data, suffix).to_csv()
    if suffix == ".gpkg":
        store = sqlite3.connect(":memory:")
        store.deserialize(data)
        dump = "\n".join(map(repr, store.execute("SELECT * FROM events")))
        store.close()
        return dump + data.decode("latin-1")
    return data.decode()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_such_a_row_is_in_no_file_and_named_by_none(suffix):
    rows = marked()
    text = plain_text(to_bytes(Extract(rows, everything(rows), ABOUT), suffix), suffix)
    assert SECRET not in text
    assert "PAK12345" not in text
    assert "Told by nobody else" not in text
    assert "link_group" not in text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_others_are_there_and_links_between_them_stay(suffix):
    rows = marked()
    got = read(to_bytes(Extract(rows, everything(rows), ABOUT), suffix), suffix)
    got = got.set_index("event_id")
    assert got.index.tolist() == ["a", "c", "d", "e", "f"]
    assert got["linked_ids"].fillna("").tolist() == ["c", "", "", "", ""]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_asked_for_they_are_all_there(suffix):
    rows = marked()
    got = read(to_bytes(Extract(rows, everything(rows), ABOUT, restricted=True), suffix), suffix)
    assert got["event_id"].tolist() == ["a", SECRET, "c", "d", "e", "f"]


def test_they_are_counted_under_the_filter_only():
    rows = marked()
    assert withheld(rows, everything(rows)) == 1
    assert withheld(rows, rows.index == "a") == 0
    assert withheld(rows.drop(columns="restricted"), everything(rows)) == 0


def test_a_row_not_under_the_filter_is_not_named_either():
    rows = marked()
    only = Extract(rows, rows.index == "a", ABOUT)
    assert SECRET.encode() not in to_bytes(only, ".geojson")


def test_shipped_rows_have_no_mark_and_are_passed_on():
    rows = marked().astype({"restricted": "boolean"})
    rows.loc["a", "restricted"] = None
    assert "a" in Extract(rows, everything(rows)).arrow()["event_id"].to_pylist()


def test_the_web_page_is_the_same_as_if_such_rows_were_not_there():
    rows = marked()
    rest = rows.drop(SECRET).assign(linked_ids=["c", None, None, None, None], link_group=None)
    rest = rest.assign(link_score=np.nan, part_of=None).astype(
        {"part_of": "string", "linked_ids": "string", "link_group": "string"}
    )
    page = to_bytes(Extract(rows, everything(rows), ABOUT), ".html")
    assert page == to_bytes(Extract(rest, everything(rest), ABOUT), ".html")
