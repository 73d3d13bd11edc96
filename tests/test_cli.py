"""The command line: output for scripts, refused input by name, exit status."""

import csv
import json
import subprocess
import sys

import pytest

from geo.__main__ import main
from geo.places.gazetteer.lookup import load
from geo.settings import SEEDS

REPORT = SEEDS / "reports" / "2023-02-22-kabul-talks.md"


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_read_gives_json_lines_whose_offsets_point_into_the_file(capsys):
    assert main(["read", "--embedded", str(REPORT), "--json"]) == 0
    rows = lines(capsys)
    text = REPORT.read_text(encoding="utf-8")
    for row in rows:
        assert row["doc"] == REPORT.stem
        if row["kind"] == "toponym":
            assert text[row["start"] : row["end"]] == row["surface"]
    closure = next(r for r in rows if r.get("event_type") == "border_closure")
    assert (closure["date_start"], closure["place"]) == ("2023-02-19", "Torkham")
    assert "shut the Torkham crossing" in text[closure["evidence_start"] : closure["evidence_end"]]


def test_read_takes_the_publication_date_from_the_caller(capsys):
    path = SEEDS / "reports" / "kalat-operation.md"
    assert main(["read", "--embedded", str(path), "--json", "--published", "2025-12-07"]) == 0
    dates = {r["place"]: r["date_start"] for r in lines(capsys) if r["kind"] == "event"}
    assert dates["Kalat"] == "2025-12-06"


def test_a_table_is_printed_for_a_person(capsys):
    assert main(["read", "--embedded", str(REPORT)]) == 0
    assert "border_closure" in capsys.readouterr().out


def test_the_rows_name_the_rules_behind_them(capsys):
    path = SEEDS / "reports" / "kalat-operation.md"
    assert main(["read", "--embedded", str(path), "--json"]) == 0
    rows = lines(capsys)
    assert all(row["rule"] for row in rows if row["kind"] == "toponym")
    event = next(
        row for row in rows if row.get("place_id") == "pk-kalat-district" and row["kind"] == "event"
    )
    assert set(event["rules"]) == {"trigger", "place", "date", "number"}
    assert event["rules"]["trigger"]
    assert event["rules"]["place"]
    assert event["rules"]["date"] == "month and day"
    assert (event["published"], event["date_inferred"]) == ("2025-12-07", True)
    assert event["published_basis"].startswith("inferred: ")
    text = path.read_text(encoding="utf-8")
    for claim in event["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["value"]
        assert set(claim) == {"claimant", "field", "value", "start", "end"}
    assert {"injured_low", "injured_best", "injured_high", "part_of", "retold"} <= set(event)


def test_no_row_and_no_table_holds_what_a_terminal_obeys(tmp_path, capsys):
    told = "\x1b[31mGunmen\x9b killed two policemen in Quetta\u202e on Monday."
    (tmp_path / "a.txt").write_text(told, encoding="utf-8")
    for how in ([], ["--json"], ["--explain"]):
        assert main(["read", "--embedded", str(tmp_path), *how]) == 0
        out = capsys.readouterr().out
        assert "Quetta" in out
        assert not set(out) & set("\x1b\x9b\u202e")


def test_a_terminal_gets_the_explanation_and_a_pipe_the_table(monkeypatch, capsys):
    path = str(SEEDS / "reports" / "kalat-operation.md")
    assert main(["read", "--embedded", path]) == 0
    assert "told again" not in capsys.readouterr().out
    assert main(["read", "--embedded", "--explain", path]) == 0
    told = capsys.readouterr().out
    assert "told again" in told
    assert "[Kalat P" in told
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["read", "--embedded", path]) == 0
    assert "[Kalat P" in capsys.readouterr().out
    assert main(["read", "--embedded", path, "--json"]) == 0
    assert lines(capsys)


def test_explaining_refuses_what_cannot_be_read_and_shows_the_rest(tmp_path, capsys):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    assert main(["read", "--embedded", "--explain", str(bad), str(REPORT)]) == 1
    captured = capsys.readouterr()
    assert str(bad) in captured.err
    assert "Event 1:" in captured.out


def test_reading_uses_the_fetched_gazetteer_unless_told_not_to(monkeypatch, capsys):
    used = []
    monkeypatch.setattr("geo.__main__.load_best", lambda: used.append("full") or load())
    assert main(["read", str(REPORT), "--json"]) == 0
    assert used == ["full"]
    assert main(["read", "--embedded", str(REPORT), "--json"]) == 0
    assert used == ["full"]
    capsys.readouterr()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x00\x01\x02binary", "binary"),
        ("Torkham était fermé".encode("utf-16-le"), "binary"),
        ("fermé à Torkham".encode("cp1252"), "UTF-8"),
        (b"Nothing of note happened anywhere.", "no place"),
        (b"Torkham " * 7_000_000, "too large"),
        (b"---\na: [\n---\nTorkham", "front matter"),
    ],
    ids=["empty", "blank", "binary", "utf16", "cp1252", "placeless", "50MB", "front-matter"],
)
def test_a_bad_file_is_named_and_the_others_are_still_read(tmp_path, capsys, content, word):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    assert main(["read", "--embedded", str(bad), str(REPORT), "--json"]) == 1
    captured = capsys.readouterr()
    assert str(bad) in captured.err
    assert word in captured.err
    assert any('"Torkham"' in line for line in captured.out.splitlines())


def test_each_refused_file_and_record_is_named_and_the_rest_is_read(tmp_path, capsys):
    told = "Gunmen killed two policemen in Quetta on Monday."
    (tmp_path / "a.txt").write_text(told, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    records = [
        {"id": "r-1", "text": told},
        {"id": "r-2"},
        {"text": told, "published": "2024-03-18"},
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (tmp_path / "d.html").write_text("<html><body></body></html>", encoding="utf-8")
    assert main(["read", "--embedded", str(tmp_path), str(REPORT), "--json"]) == 1
    captured = capsys.readouterr()
    rows = [json.loads(line) for line in captured.out.splitlines()]
    assert list(dict.fromkeys(row["doc"] for row in rows)) == ["a", "r-1", "c:3", REPORT.stem]
    assert [line.split(": ")[0] for line in captured.err.splitlines()] == [
        str(tmp_path / name) for name in ("b.txt", "c.jsonl, line 2", "d.html")
    ]
    dates = {row["doc"]: row["date_start"] for row in rows if row["kind"] == "event"}
    assert (dates["a"], dates["c:3"]) == (None, "2024-03-18")


def test_a_missing_file_is_named(capsys):
    assert main(["read", "--embedded", "nowhere.txt"]) == 1
    assert "nowhere.txt" in capsys.readouterr().err


def test_locate_ranks_candidates_and_says_why(capsys):
    assert main(["locate", "--embedded", "Kalat district", "Torkham", "Xyzzyx", "--json"]) == 0
    kalat, torkham, nothing = lines(capsys)
    assert (kalat["admin1"], kalat["precision"]) == ("Balochistan", "admin2")
    assert torkham["place"] == "Torkham"
    assert torkham["reason"]
    assert (nothing["status"], nothing["place_id"]) == ("unmatched", None)


def test_locate_within_a_province(capsys):
    assert main(["locate", "--embedded", "Torkham", "--within", "Nangarhar", "--json"]) == 0
    assert lines(capsys)[0]["country"] == "AF"


def test_locate_fills_a_table_row_by_row(tmp_path, capsys):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name,admin1,note\nChaman,Balochistan,a\n,,b\nXyzzyx,,c\n", encoding="utf-8")
    assert main(["locate", "--embedded", "--csv", str(source), "--out", str(target)]) == 0
    with target.open(encoding="utf-8", newline="") as out:
        rows = list(csv.DictReader(out))
    assert [row["note"] for row in rows] == ["a", "b", "c"]
    assert [row["status"] for row in rows] == ["resolved", "no name", "unmatched"]
    assert float(rows[0]["lat"]) == pytest.approx(30.9, abs=0.1)


def test_a_table_without_names_is_refused_and_nothing_is_written(tmp_path, capsys):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("town\nChaman\n", encoding="utf-8")
    assert main(["locate", "--embedded", "--csv", str(source), "--out", str(target)]) == 1
    assert "no column 'name'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [source]


def test_online_is_asked_only_where_it_is_wanted(tmp_path, monkeypatch, capsys):
    from geo.places.online import fallback
    from geo.places.online.cache import AnswerCache

    class Silent:
        def geocode(self, query, **_):
            raise TimeoutError(f"no answer about {query}")

    cache = AnswerCache(tmp_path / "cache.sqlite")
    monkeypatch.setattr(fallback, "AnswerCache", lambda: cache)
    monkeypatch.setattr(fallback, "geocoder_from_settings", Silent)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name\nChaman\nXyzzyx\n", encoding="utf-8")
    arguments = ["locate", "--csv", str(source), "--out", str(target)]
    assert main(arguments) == 0
    assert "1 unmatched" in capsys.readouterr().err
    assert main([*arguments, "--online"]) == 0
    assert "1 error" in capsys.readouterr().err
    assert "no answer about Xyzzyx" in target.read_text(encoding="utf-8")
    assert main(["locate", "--embedded", "Xyzzyx", "--online", "--json"]) == 0
    assert "no answer about Xyzzyx" in lines(capsys)[0]["reason"]


def test_wrong_usage_has_its_own_status():
    with pytest.raises(SystemExit) as stop:
        main(["read"])
    assert stop.value.code == 2
    with pytest.raises(SystemExit) as stop:
        main(["read", "--json", "--explain", "x.txt"])
    assert stop.value.code == 2


def test_check_is_silent_about_what_is_in_order(capsys):
    assert main(["check"]) == 0
    assert "in order" in capsys.readouterr().out


def test_a_reader_that_has_seen_enough_is_no_error():
    command = [sys.executable, "-m", "geo", "read", "--embedded", str(SEEDS / "reports")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as told:
        told.stdout.read(1)
        told.stdout.close()
        assert told.stderr.read() == b""
    assert told.returncode == 0
