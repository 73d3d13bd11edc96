"""Each hostile file on the command line: read rightly, or one clear line and an exit code."""

import re

import pytest

from geo.__main__ import main
from tests.datasets.hostile import CASES, hostile_file

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "store"))

    def asked(*arguments):
        code = main(list(arguments))
        told, said = capsys.readouterr()
        assert "Traceback" not in said
        assert not OBEYED.search(said), "a terminal would obey it"
        return code, said.splitlines(), told

    return asked


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_import(case, run, tmp_path):
    path = str(hostile_file(case["file"], tmp_path))
    code, said, told = run("import", "--format", "table", path)
    assert code == (0 if case["imported"] else 1)
    lines = [line for line in said if line.startswith(path)]
    assert len(lines) == code
    assert case["says"] in "".join(lines) + told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_locate(case, run, tmp_path):
    path = str(hostile_file(case["file"], tmp_path))
    code, (line,), _ = run("locate", "--csv", path, "--out", str(tmp_path / "located.csv"))
    assert code == 1
    assert line.startswith(f"{path}: ")
    assert not (tmp_path / "located.csv").exists()
