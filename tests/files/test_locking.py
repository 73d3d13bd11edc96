"""One at a time: the lock keeps others out, gives up after a while and goes with its holder."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.errors import DataError
from geo.files import download
from geo.files.locking import locked


def test_another_waits_and_then_gives_up(tmp_path):
    def other():
        with locked(tmp_path, wait_s=0.05):
            pass

    with ThreadPoolExecutor(1) as pool:
        with locked(tmp_path):
            assert isinstance(pool.submit(other).exception(), TimeoutError)
        assert pool.submit(other).exception() is None


def test_many_entries_at_once_are_all_kept(tmp_path):
    registry = tmp_path / "registry.json"
    facts = {"url": "u", "date": "2026-11-30", "sha256": "0", "licence": "CC0"}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: download.record_fetched(registry, {f"a/{n}": facts}), range(40)))
    assert len(download.fetched_record(registry)) == 40


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"a": 3}', "\udcff"])
def test_a_damaged_record_describes_nothing_and_is_written_anew(content, tmp_path):
    registry = tmp_path / "registry.json"
    registry.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert download.fetched_record(registry) == {}
    download.record_fetched(registry, {"b": {"licence": "CC0"}})
    assert download.fetched_record(registry)["b"]["licence"] == "CC0"


def test_what_was_gathered_goes_when_all_is_in_place_and_stays_after_a_failure(tmp_path):
    def fail():
        with download.gathering(tmp_path) as incoming:
            (incoming / "half").touch()
            raise DataError("cut")

    with pytest.raises(DataError):
        fail()
    with download.gathering(tmp_path) as incoming:
        assert (incoming / "half").exists()
    assert not incoming.exists()
