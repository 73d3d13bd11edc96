"""The registry notices a file that changed, is gone, or that nobody registered."""

from geo.files import registry


def checkout(tmp_path):
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "a.csv"
    file.write_text("one\n")
    registry.record(file, licence="L", source="S", date="2026-01-01", root=tmp_path)
    return file


def test_what_is_registered_and_unchanged_is_in_order(tmp_path):
    checkout(tmp_path)
    assert registry.verify(tmp_path) == []


def test_a_changed_file_is_named(tmp_path):
    checkout(tmp_path).write_text("two\n")
    assert [fault for fault in registry.verify(tmp_path) if fault.startswith("data/a.csv")]


def test_a_missing_and_an_unregistered_file_are_named(tmp_path):
    checkout(tmp_path).unlink()
    (tmp_path / "data" / "b.csv").write_text("x")
    faults = " ".join(registry.verify(tmp_path))
    assert "data/a.csv" in faults
    assert "data/b.csv" in faults


def test_what_a_killed_build_was_writing_is_no_file_that_ships(tmp_path):
    checkout(tmp_path).with_name(".a.csv.00ff.part").touch()
    assert registry.verify(tmp_path) == []


def test_the_shipped_registry_is_in_order():
    assert registry.verify() == []
