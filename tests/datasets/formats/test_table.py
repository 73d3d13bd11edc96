"""Any table: the map is guessed, shown, corrected and used again."""

import json
import zipfile

import pandas as pd
import pytest

from geo.datasets.formats.column_map import (
    dataset_name,
    guess_map,
    read_map,
    to_toml,
)
from geo.datasets.formats.table import TABLE
from geo.datasets.reading import read_dataset
from geo.errors import InputError

TEXT = (
    "Ref;Incident Date;Type;Location;Lat;Long;Deaths (total);Wounded;Comments\n"
    "a1;19/02/2023;IED;Torkham;34,123;71,093;2;;first\n"
    "a2;2/3/2023;Firing;Chaman;30,921;66,447;;4;second\n"
    "a3;3/3/2023;Quarrel;Chaman;30,921;66,447;0;0;third\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "My incidents 2023.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_columns_are_guessed_by_their_headers(table):
    guess = guess_map(table)
    assert guess.columns == {
        "id": "Ref",
        "date": "Incident Date",
        "event_type": "Type",
        "place": "Location",
        "latitude": "Lat",
        "longitude": "Long",
        "fatalities": "Deaths (total)",
        "injured": "Wounded",
        "notes": "Comments",
    }
    assert (guess.name, guess.date_order) == ("my-incidents-2023", "dmy")
    assert guess.constants == {"precision": "near"}


def test_what_is_shown_can_be_read_back(table, tmp_path):
    guess = guess_map(table)
    path = tmp_path / "map.toml"
    path.write_text(to_toml(guess, ("Ref", "Extra")), encoding="utf-8")
    assert read_map(path) == guess
    assert '# not used: "Extra"' in path.read_text(encoding="utf-8")


def test_rows_become_events(table):
    frame = read_dataset(table, TABLE, guess_map(table)).frame
    assert frame.index.tolist() == [f"my-incidents-2023-a{n}" for n in (1, 2, 3)]
    assert frame["event_type"].tolist() == ["bombing", "armed_attack", "other"]
    assert frame["table_event_type"].tolist() == ["IED", "Firing", "Quarrel"]
    assert frame["date_start"].dt.strftime("%m-%d").tolist() == ["02-19", "03-02", "03-03"]
    assert frame["fatalities_best"].fillna(-1).tolist() == [2, -1, 0]
    assert frame["precision"].unique().tolist() == ["near"]
    assert round(frame.geometry.iloc[0].y, 3) == 34.123


def test_a_corrected_map_wins(table, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text(
        'name = "Quarrels"\n[columns]\nsummary = "Comments"\n[constants]\nprecision = "exact"\n'
        '[words.event_type]\nQuarrel = "protest"\n',
        encoding="utf-8",
    )
    frame = read_dataset(table, TABLE, guess_map(table, read_map(path))).frame
    assert frame["dataset"].unique().tolist() == ["quarrels"]
    assert frame["event_type"].tolist()[2] == "protest"
    assert frame["summary"].tolist() == ["first", "second", "third"]
    assert frame["precision"].unique().tolist() == ["exact"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", "no entry of a map"),
        ("[columns", "not TOML"),
        ('date_order = "ymd"', "date_order"),
        ('columns = "x"', "lines such as"),
    ],
)
def test_a_map_that_makes_no_sense_is_explained(text, words, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_map(path)


def test_a_map_of_another_file_names_the_column_that_is_not_there(table, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('[columns]\ndate = "When"\n', encoding="utf-8")
    with pytest.raises(InputError, match="'When'"):
        guess_map(table, read_map(path))


def test_a_table_without_coordinates_is_told_the_way(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("date,place\n2023-02-19,Torkham\n", encoding="utf-8")
    with pytest.raises(InputError, match="geo locate --csv"):
        guess_map(path)


def test_a_date_column_is_known_by_its_cells(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Tag,lat,lon\n2023-02-19,34.123,71.093\n", encoding="utf-8")
    assert guess_map(path).columns["date"] == "Tag"


def test_months_and_years_are_no_days(tmp_path):
    path = tmp_path / "vague.csv"
    path.write_text("date,lat,lon\n2023-02,34.1,71\n2023,34.1,71\n", encoding="utf-8")
    frame = read_dataset(path, TABLE, guess_map(path)).frame
    assert frame["date_precision"].tolist() == ["month", "year"]
    assert frame["date_end"].tolist() == [pd.Timestamp("2023-02-28"), pd.Timestamp("2023-12-31")]


def test_rows_without_an_id_get_one_from_their_content(tmp_path):
    path = tmp_path / "plain.csv"
    row = "2023-02-19,34.1,71,"
    path.write_text(f"date,lat,lon,notes\n{row}a\n{row}b\n{row}a\n", encoding="utf-8")
    first, again = (read_dataset(path, TABLE, guess_map(path)) for _ in range(2))
    assert first.counts()["imported"] == 2
    assert first.frame.index.tolist() == again.frame.index.tolist()


def test_geojson_is_a_table_too(tmp_path):
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [71.093, 34.123]},
            "properties": {"id": 7, "date": "2023-02-19", "deaths": 2.0},
        },
        {"type": "Feature", "geometry": None, "properties": {"id": 8, "date": "2023-02-20"}},
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[71, 34], [72, 34]]},
            "properties": {"id": 9, "date": "2023-02-20"},
        },
    ]
    path = tmp_path / "points.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    reading = read_dataset(path, TABLE, guess_map(path))
    assert reading.counts() == {"in": 3, "imported": 2, "outside": 0, "refused": 1}
    assert reading.frame["precision"].tolist() == ["near", "unknown"]
    assert reading.frame["fatalities_best"].tolist()[0] == 2


SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1">{heads}</row>
<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>44976</v></c><c r="C2"><v>34.123</v></c>
<c r="D2"><v>71.093</v></c><c r="E2"><f>1+1</f><v>2</v></c></row>
<row r="4"><c r="A4"><v>2</v></c><c r="B4" t="inlineStr"><is><t>2023-02-20</t></is></c>
<c r="C4"><v>34.123</v></c><c r="D4"><v>71.093</v></c>
<c r="E4" t="inlineStr"><is><t>few</t></is></c>
</row></sheetData></worksheet>"""
BOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Events" sheetId="1" r:id="rId1"/></sheets></workbook>"""
LINKED = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="worksheets/sheet1.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
</Relationships>"""
TOP = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="xl/workbook.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""
STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"""


def workbook(path):
    """Write a workbook by hand: a real date, a formula with its result, an empty row."""
    cell = '<c r="{0}1" t="inlineStr"><is><t>{1}</t></is></c>'
    heads = zip("ABCDE", ("id", "date", "lat", "lon", "killed"), strict=True)
    sheet = SHEET.format(heads="".join(cell.format(*head) for head in heads))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", TOP)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKED)
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def test_a_workbook_is_a_table_too(tmp_path):
    path = workbook(tmp_path / "book.xlsx")
    reading = read_dataset(path, TABLE, guess_map(path))
    (row,) = reading.frame.to_dict("records")
    assert (row["date_start"], row["fatalities_best"]) == (pd.Timestamp("2023-02-19"), 2)
    (fault,) = reading.faults.found.values()
    assert (fault.line, fault.column, fault.value) == (4, "killed", "few")


def test_names_of_datasets_are_plain():
    assert dataset_name("My Incidents (2023)!") == "my-incidents-2023"
    assert dataset_name("…") == "table"
