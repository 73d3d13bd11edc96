"""A table of names: rows in, the same rows out, whatever is in them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.files import limits
from geo.places.gazetteer.lookup import load
from geo.places.table import LOCATED, finder, locate_file, located, read_table

ADDED = len(LOCATED)


def placed(text, delimiter=","):
    table = read_table(io.StringIO(text, newline=""), "in.csv")
    assert table.delimiter == delimiter
    head, *rows = located(table, finder(load()))
    return [dict(zip(head, row, strict=False)) if row else {} for row in rows]


def statuses(text, delimiter=","):
    return [row.get("status", "blank") for row in placed(text, delimiter)]


@pytest.mark.parametrize(
    ("text", "delimiter", "expected"),
    [
        ("name\nTorkham\n", ",", ["resolved"]),
        ("Name ;ADMIN1\nTorkham;Nangarhar\n", ";", ["resolved"]),
        ("admin1\tname\nNangarhar\tTorkham\n", "\t", ["resolved"]),
        ("name|note\nTorkham|a,b;c\n", "|", ["resolved"]),
        ('name\n"Laman, Barmal district"\n', ",", ["resolved"]),
        ("name\nLaman, Barmal district\n", ",", ["too many cells"]),
        ("name,note\nTorkham,a,,\n", ",", ["resolved"]),
        ("name,note\nTorkham\n", ",", ["resolved"]),
        ("note,name\na\n", ",", ["no name"]),
        ("name\nTorkham\n\nChaman\n", ",", ["resolved", "blank", "resolved"]),
        ("name,country\nTorkham,pk\n", ",", ["resolved"]),
        ("name,country\nTorkham,Pakistan\nTorkham,XX\n", ",", ["resolved", "unknown country"]),
        ("name,country\nTorkham,پاکستان\n", ",", ["resolved"]),
        ("name\nXyzzyx\nقلات\n", ",", ["unmatched", "ambiguous"]),
        ("name\n" + "x" * 3_000_000 + "\nTorkham\n", ",", ["name too long", "resolved"]),
        ("name,note\nTorkham," + "x" * 3_000_000 + "\n", ",", ["resolved"]),
        ("name\nTork\x00ham\n\x00\n", ",", None),
        ('name\nTorkham\n"Chaman\nQuetta\n', ",", ["resolved", None]),
        ("name\r\nTorkham\rChaman\r\n", ",", ["resolved", "resolved"]),
        ("name\n=1+1\n@SUM\n", ",", ["unmatched", "unmatched"]),
        ("name\n", ",", []),
        ("name", ",", []),
    ],
)
def test_each_row_has_its_status(text, delimiter, expected):
    found = statuses(text, delimiter)
    if expected is None:
        assert len(found) == 2
    else:
        assert len(found) == len(expected)
        assert all(want in (None, got) for want, got in zip(expected, found, strict=True))


def test_nothing_of_the_row_is_lost():
    rows = placed("lat,name,status\n1.5,Torkham,mine\n,Chaman,x,more,\n")
    assert (rows[0]["given_lat"], rows[0]["given_status"]) == ("1.5", "mine")
    assert float(rows[0]["lat"]) == pytest.approx(34.12, abs=0.02)
    table = read_table(io.StringIO("name,a\nTorkham,1,2,3\n", newline=""), "in.csv")
    _, row = located(table, finder(load()))
    assert (row[:2], row[2 + ADDED :]) == (["Torkham", "1"], ["2", "3"])


def test_the_source_and_the_reason_of_each_answer_are_given():
    row = placed("name,admin1\nXyzzyx,Balochistan\n")[0]
    assert row["precision"] == "admin1"
    assert row["place_source"]
    assert "not in the gazetteer" in row["reason"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"town,admin1\nTorkham,x\n", "no column 'name'; found town, admin1"),
        ("name\nferm\u00e9\n".encode("cp1252"), "not UTF-8"),
        (b"name\n" + b"Torkham\n" * 2_000 + b"ferm\xe9\n", "after line 1"),
        ("name\nTorkham\n".encode("utf-16"), "not UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\xff\xfe", "not UTF-8"),
        (b"name" + b",x" * 2_000 + b"\n", "2,001 columns"),
        (b"name\n" + b"x" * (limits.LINE + 1), "line 2: endless"),
    ],
    ids=[
        *("empty", "blank", "no-name", "cp1252", "cp1252-late", "utf-16", "xlsx"),
        *("wide", "endless"),
    ],
)
def test_what_is_no_table_of_names_is_refused_and_nothing_is_left(content, words, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    target.write_text("older", encoding="utf-8")
    with pytest.raises(InputError, match=words):
        locate_file(source, target, finder(load()))
    assert target.read_text(encoding="utf-8") == "older"
    assert sorted(tmp_path.iterdir()) == [source, target]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name\nTorkham\n", encoding="utf-8-sig")
    told = []
    assert locate_file(source, target, finder(load()), told.append) == {"resolved": 1}
    assert sum(told) == source.stat().st_size
    assert target.read_text(encoding="utf-8").startswith("name,place_id")


@pytest.mark.parametrize("target", ["missing/out.csv", "."])
def test_a_target_that_cannot_be_written_is_named(target, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("name\nTorkham\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        locate_file(source, tmp_path / target, finder(load()))


def test_no_row_of_a_long_table_is_lost(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    names = ["Torkham", "Kalat district", "Xyzabad police station, Peshawar", "Peshawer", "قلات"]
    lines = [f"{name} {n if n % 2 else ''}".strip() for n in range(100) for name in names]
    with source.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["name"], *([line] for line in lines)])
    counts = locate_file(source, target, finder(load()))
    assert counts.total() == len(lines)
    assert len(target.read_text(encoding="utf-8").splitlines()) == len(lines) + 1


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_any_cells_come_back_in_order(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["name", "country"], *rows])
    text.seek(0)
    table = read_table(text, "in.csv")
    _, *out = located(table, finder(load()))
    assert len(out) == len(rows)
    for given_cells, row in zip(rows, out, strict=True):
        kept = row[:2] + row[2 + ADDED :]
        assert kept[: len(given_cells)] == given_cells
