"""Files made to hurt what reads them: each is read rightly, or refused in one clear line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.datasets.formats.column_map import guess_map
from geo.datasets.formats.table import TABLE
from geo.datasets.importing import import_file
from geo.datasets.tables.grid import open_grid
from geo.errors import InputError
from geo.files import limits
from geo.pages.datasets.upload import glance
from geo.store.place import Store
from tests.datasets.hostile import CASES, FILES, HEADS, ROWS, cells, hostile_file, packed, workbook

IDS = [case["file"] for case in CASES]
SECONDS = 10
MEGABYTES = 600
LAUNCHER = """
import os, subprocess, sys
process = subprocess.Popen([sys.executable, *sys.argv[1:]])
_, status, used = os.wait4(process.pid, 0)
print(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Starts a command and says what it used: a process begins with the memory of the one that starts
it as its peak, and this one is small."""


def anything(_head: str) -> bool:
    return True


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as error, open_grid(path, anything) as grid:
        for _ in grid.batches():
            pass
    assert str(path) in str(error.value)
    return str(error.value)


def rows_of(path: Path) -> tuple[list[list[str]], list[str]]:
    """Return the cells of a table and why rows of it are refused."""
    with open_grid(path, anything) as grid:
        found = [row for batch in grid.batches() for row in batch.cells]
        return found, [fault.reason for fault in grid.faults.found.values()]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_hostile_file_is_read_rightly_or_refused_in_one_line(case, tmp_path):
    path = hostile_file(case["file"], tmp_path)
    store = Store(tmp_path / "store")
    if case["imported"]:
        counts = import_file(path, TABLE, guess_map(path), store=store).reading.counts()
        assert counts["imported"] == int(case["imported"])
        return
    with pytest.raises(InputError, match=re.escape(case["says"])) as error:
        import_file(path, TABLE, guess_map(path), store=store)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_no_case_is_forgotten():
    assert {case["file"] for case in CASES} == {p.name for p in FILES.iterdir()} | {"deep.geojson"}


def test_the_command_goes_on_after_each_of_them_in_little_time_and_memory(tmp_path):
    paths = [str(hostile_file(case["file"], tmp_path)) for case in CASES]
    process = subprocess.run(
        [sys.executable, "-c", LAUNCHER, "-m", "geo", "import", "--format", "table", *paths],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"BORDERMAP_STORE": str(tmp_path / "store")},
        cwd=FILES.parents[2],
        check=False,
        text=True,
    )
    *lines, used = process.stdout.splitlines()
    said, (seconds, kilobytes) = "\n".join(lines), map(float, used.split())
    assert process.returncode == 1
    assert "Traceback" not in said
    refused = [case["file"] for case in CASES if not case["imported"]]
    assert all(said.count(f"{tmp_path / name}: ") == 1 for name in refused), said
    assert seconds < SECONDS * len(paths)
    apart = limits.MEMORY + limits.MEMORY_PER_BYTE * max(Path(p).stat().st_size for p in paths)
    assert (kilobytes * 1024 + apart) / 1e6 < MEGABYTES


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_page_looks_at_each_and_goes_on(case, tmp_path):
    content = hostile_file(case["file"], tmp_path).read_bytes()
    try:
        seen = glance(content, case["file"])
    except InputError as error:
        said = str(error)
        assert said.startswith(case["file"])
    else:
        assert seen.headers


def test_a_cell_far_below_that_is_only_styled_does_not_count(tmp_path):
    path = tmp_path / "events.xlsx"
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path.write_bytes(workbook(cells([HEADS, *ROWS]) + styled))
    found, faults = rows_of(path)
    assert (found, faults) == ([list(row) for row in ROWS], [])


def test_rows_and_columns_of_a_sheet_keep_their_numbers(tmp_path):
    path = tmp_path / "events.xlsx"
    path.write_bytes(workbook(cells([HEADS, *ROWS], first=4).replace('r="A', 'r="K')))
    with open_grid(path, anything) as grid:
        assert grid.columns[0] == "column 1"
        assert next(grid.batches()).lines[0] == 5


def test_a_workbook_without_sheets_or_with_foreign_parts_is_named(tmp_path):
    path = tmp_path / "events.xlsx"
    path.write_bytes(packed({"xl/workbook.xml": "<workbook/>"}))
    assert "names no sheet" in refusal(path)
    path.write_bytes(packed({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'a'>]><x>&b;</x>"}))
    assert "names no sheet" in refusal(path)


def test_one_long_text_in_many_cells_ends_its_reader_alone(tmp_path):
    path = tmp_path / "events.xlsx"
    told = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    shared = f"<sst><si><t>{'x' * 60_000}</t></si></sst>"
    path.write_bytes(workbook(told, {"xl/sharedStrings.xml": shared}))
    assert "cannot be read as a workbook" in refusal(path)


def test_cells_that_name_no_place_are_counted_too(tmp_path):
    path = tmp_path / "events.xlsx"
    path.write_bytes(workbook("<row>" + "<c><v>1</v></c>" * 400_000 + "</row>"))
    assert "columns" in refusal(path)


@pytest.mark.parametrize(
    ("features", "reason"),
    [
        ('[1, "x", null, []]', "no properties"),
        ('[{"properties": 5}]', "no properties"),
    ],
)
def test_a_feature_that_is_none_is_a_refused_row(features, reason, tmp_path):
    path = tmp_path / "events.geojson"
    path.write_text(f'{{"features": {features}}}')
    found, faults = rows_of(path)
    assert not found
    assert faults
    assert all(reason in fault for fault in faults)


@pytest.mark.parametrize(
    "content", ["[]", "{}", '{"features": 1}', '{"features": null}', "{", '{"a": NaN', "[1]"]
)
def test_json_that_is_no_collection_says_so(content, tmp_path):
    path = tmp_path / "events.json"
    path.write_text(content)
    assert "no GeoJSON FeatureCollection" in refusal(path)


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        ('{"type": "Point", "coordinates": [71, 34]}', ("71", "34")),
        ('{"type": "Point", "coordinates": [71]}', ("a point without two coordinates",) * 2),
        ('{"type": "Polygon", "coordinates": []}', ("Polygon", "Polygon")),
        ('"Point"', ("a point without two coordinates",) * 2),
        ("null", ("", "")),
        ('{"type": ["Point"]}', ("['Point']", "['Point']")),
    ],
)
def test_a_geometry_is_a_point_or_is_named(geometry, point, tmp_path):
    path = tmp_path / "events.geojson"
    path.write_text(f'{{"features": [{{"properties": {{"a": 1}}, "geometry": {geometry}}}]}}')
    assert rows_of(path) == ([["1", *point]], [])


def test_a_long_number_stays_as_it_is_written_and_half_a_character_is_a_question_mark(tmp_path):
    path = tmp_path / "events.geojson"
    digits = "9" * 5_000
    path.write_text(f'{{"features": [{{"properties": {{"a": {digits}, "b": "\\ud800 x"}}}}]}}')
    assert rows_of(path)[0] == [[digits, "? x", "", ""]]


def test_a_table_of_too_many_columns_is_refused(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(",".join(f"c{n}" for n in range(limits.COLUMNS + 1)) + "\n1\n")
    assert f"{limits.COLUMNS + 1:,} columns" in refusal(path)


def test_a_file_without_line_breaks_is_refused_before_it_is_held(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LINE", 1_000)
    path = tmp_path / "events.csv"
    path.write_text("a,b\n" + "x" * 5_000)
    assert "line 2: endless" in refusal(path)


def test_wide_and_long_rows_come_in_smaller_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "BATCH_CELLS", 20)
    path = tmp_path / "events.csv"
    path.write_text("a,b\n" + "1,2\n" * 30 + "3" + "," * 5_000 + "\n")
    with open_grid(path, anything) as grid:
        sizes = [len(batch.lines) for batch in grid.batches()]
    assert sizes == [11, 11, 9]
    monkeypatch.setattr(limits, "BATCH_CELLS", 10**6)
    monkeypatch.setattr(limits, "BATCH_CHARACTERS", 10)
    with open_grid(path, anything) as grid:
        assert len(next(grid.batches()).lines) == 6
