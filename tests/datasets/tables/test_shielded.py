"""What becomes of the reading process: rows, a reason, or an end that hurts nobody."""

import subprocess
import threading
from pathlib import Path

import pytest

from geo.datasets.tables import shielded
from geo.datasets.tables.shielded import rows_apart
from geo.errors import InputError
from geo.files import limits
from tests.datasets.hostile import HEADS, ROWS, cells, workbook

GOOD = b'{"features": [{"properties": {"a": 1}, "geometry": null}]}'


def read(path: Path, kind: str = "GeoJSON") -> list[object]:
    with path.open("rb") as stream:
        return list(rows_apart(kind, stream, path.name, path.stat().st_size))


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "sound.geojson"
    path.write_bytes(GOOD)
    return path


@pytest.fixture
def started(monkeypatch):
    """The processes that were started meanwhile."""
    found = []
    plain = subprocess.Popen

    def noted(*words, **how):
        found.append(plain(*words, **how))
        return found[-1]

    monkeypatch.setattr(shielded.subprocess, "Popen", noted)
    return found


def gone(process: subprocess.Popen) -> bool:
    """Whether a process has ended and its end was taken note of."""
    return process.returncode is not None and not Path(f"/proc/{process.pid}").exists()


def test_rows_come_out_and_no_process_is_left(sound, started):
    assert read(sound) == [(0, ["a", "longitude", "latitude"]), (1, ["1", "", ""])]
    assert [gone(one) for one in started] == [True]


def test_memory_beyond_the_limit_ends_the_process_and_not_us(tmp_path, monkeypatch):
    path = tmp_path / "lists.json"
    path.write_text('{"features": [' + "{}," * 3_000_000 + "{}]}")
    monkeypatch.setattr(limits, "MEMORY_PER_BYTE", 0)
    with pytest.raises(InputError, match=r"^lists\.json: .*more than 168 MB of memory"):
        read(path)


def test_computing_beyond_the_limit_ends_the_process(tmp_path, monkeypatch):
    path = tmp_path / "long.xlsx"
    path.write_bytes(workbook(cells([HEADS, *(ROWS * 10_000)])))
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    monkeypatch.setattr(limits, "CPU_PER_MB", 0)
    with pytest.raises(InputError, match="or 1 seconds"):
        read(path, "workbook")


def test_a_process_that_is_silent_is_ended(sound, monkeypatch):
    pause = subprocess.Popen
    monkeypatch.setattr(
        shielded.subprocess, "Popen", lambda words, **how: pause(["sleep", "60"], **how)
    )
    monkeypatch.setattr(limits, "STALL_FACTOR", 0.05)
    with pytest.raises(InputError, match="cannot be read as a GeoJSON"):
        read(sound)


def test_a_reader_that_fails_in_a_way_of_its_own_is_an_input_error(tmp_path):
    path = tmp_path / "no.zip"
    path.write_bytes(b"PK no zip")
    with pytest.raises(InputError, match=r"^no\.zip: cannot be read as a workbook"):
        read(path, "workbook")


def test_whoever_stops_early_leaves_no_process(tmp_path, started):
    path = tmp_path / "many.xlsx"
    path.write_bytes(workbook(cells([HEADS, *(ROWS * 100)])))
    with path.open("rb") as stream:
        rows = rows_apart("workbook", stream, path.name, path.stat().st_size)
        next(rows)
        rows.close()
    assert [gone(one) for one in started] == [True]
    assert shielded._SEATS.acquire(blocking=False)
    shielded._SEATS.release()


def test_only_so_many_at_once_and_the_next_one_is_told(sound, monkeypatch):
    monkeypatch.setattr(shielded, "_SEATS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(limits, "WAIT_SECONDS", 0.1)
    with sound.open("rb") as stream:
        held = rows_apart("GeoJSON", stream, "first", 1)
        next(held)
        with pytest.raises(InputError, match="try again in a minute"):
            read(sound)
        held.close()
    assert read(sound)
