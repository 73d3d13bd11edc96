"""Whole or absent: what a reader finds while a file is written, and after a write that failed."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.files.writing import replacing, write


def test_text_and_bytes_are_written_and_folders_made(tmp_path):
    write(tmp_path / "a" / "b.txt", "نقطہ\n")
    write(tmp_path / "a" / "c.bin", b"\x00\xff")
    assert (tmp_path / "a" / "b.txt").read_bytes() == "نقطہ\n".encode()
    assert (tmp_path / "a" / "c.bin").read_bytes() == b"\x00\xff"


def test_until_the_end_the_old_file_stands(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("old")
    with replacing(target) as draft:
        draft.write_text("new")
        assert target.read_text() == "old"
        assert draft.parent == tmp_path
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("held", [True, False])
def test_a_write_that_fails_leaves_what_was_there_and_no_litter(tmp_path, held):
    target = tmp_path / "a.txt"
    if held:
        target.write_text("old")
    with pytest.raises(UnicodeEncodeError), replacing(target) as draft:
        draft.write_text("half of it, and a letter that cannot be written: \ud800")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"] * held


def test_it_is_on_the_disk_before_it_counts(tmp_path, monkeypatch):
    target, order, fsync = tmp_path / "a.txt", [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append(target.exists()), fsync(handle)))
    write(target, "text")
    assert order == [False]


def test_it_may_be_read_by_whom_the_umask_lets(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "a.txt", "text")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_many_writers_of_one_file_leave_one_of_their_versions(tmp_path):
    target, versions = tmp_path / "a.txt", [f"{n}" * 50_000 for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write(target, text), versions * 5))
    assert target.read_text() in versions
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_writer_left_goes_when_it_is_old_and_of_the_same_file(tmp_path):
    left = [tmp_path / f".{name}.part" for name in ("a.txt.old", "a.txt.new", "b.txt.old")]
    for path in left:
        path.touch()
        if "old" in path.name:
            os.utime(path, (0, 0))
    write(tmp_path / "a.txt", "text")
    assert {path.name for path in tmp_path.glob(".*")} == {left[1].name, left[2].name}
