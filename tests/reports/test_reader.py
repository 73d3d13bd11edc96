"""The reader on whole items: offsets, splitting, merging, the seeds, and hostile text."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.places.gazetteer.lookup import load
from geo.reports.documents.read import read_file, read_text
from geo.reports.events.coreference import RECALLED
from geo.reports.events.read import read_document
from tests.outside import SHARED
from tests.reports.hostile import DISTINCT

needs_raw = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the raw seed articles are kept outside the repository"
)
SEEDS = Path(__file__).parents[2] / "seeds" / "reports"


def read(text, **given):
    (document,) = read_text(text, "case", **given)
    return read_document(document, load())


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.md")), ids=lambda p: p.stem)
def test_every_offset_points_at_its_words_in_the_file(path):
    text = path.read_text(encoding="utf-8")
    for document in read_file(path):
        assert text[document.start : document.start + len(document.text)] == document.text
        reading = read_document(document, load())
        assert reading.events
        for toponym in reading.toponyms:
            mention = toponym.mention
            assert document.text[mention.start : mention.end] == mention.toponym
        for telling in (t for event in reading.events for t in event.tellings):
            assert telling.start < telling.end
            assert all(0 <= m.start < m.end <= len(document.text) for m in telling.marks)
            assert any(mark.kind == "trigger" for mark in telling.marks)


def test_parts_and_wholes_are_neither_added_nor_a_conflict():
    (document,) = read_file(SEEDS / "kalat-operation.md")
    events = {e.resolution.place.name if e.resolution.place else "": e
              for e in read_document(document, load()).events}  # fmt: skip
    assert events["Kalat"].fatalities.best == 12
    assert events["Kalat"].resolution.precision == "admin2"
    assert events["Kalat"].resolution.place.admin1 == "Balochistan"
    assert events["Dera Bugti"].fatalities == type(events["Dera Bugti"].fatalities)(5, 5, 5)
    assert events[""].aggregate
    assert events[""].fatalities.best == 14
    assert events["Dera Bugti"].part_of == events[""].id


def test_recently_is_never_a_day():
    (document,) = read_file(SEEDS / "2023-02-22-kabul-talks.md")
    vague = [e for e in read_document(document, load()).events if e.when.precision == "vague"]
    assert {e.resolution.place.name for e in vague} == {"Peshawar", "Karachi"}
    assert all((e.when.last - e.when.first).days == 31 for e in vague)


def test_nothing_happens_in_capitals_that_only_speak():
    for path in SEEDS.glob("*.md"):
        for document in read_file(path):
            places = [e.resolution.place for e in read_document(document, load()).events]
            names = {place.name for place in places if place}
            assert not names & {"New Delhi", "Munich", "Islamabad", "Chattogram"}


def test_two_places_in_one_sentence_are_two_events_with_ids_of_their_own():
    events = read("Gunmen attacked police in Peshawar and Karachi.").events
    assert len(events) == 2
    assert len({event.id for event in events}) == 2


def test_items_run_together_are_split_at_a_headline_with_its_own_dateline():
    body = (
        "PESHAWAR: A bomb killed two soldiers in Bannu on Monday, police said, " + "x " * 60 + "."
    )
    second = "QUETTA: Gunmen shot dead three policemen in Quetta on Friday, officials said there."
    items = read_text(f"First headline here\n\n{body}\n\nSecond headline here\n\n{second}\n", "two")
    assert [item.title for item in items] == ["First headline here", "Second headline here"]
    assert items[1].text.startswith("Second headline")


@needs_raw
def test_the_two_raw_files_hold_three_items():
    found = [d for path in sorted((SHARED / "seeds").glob("*.txt")) for d in read_file(path)]
    assert [document.start for document in found] == [0, 3577, 0]
    assert str(found[0].published) == "2023-02-22"
    assert [document.published for document in found[1:]] == [None, None]


@needs_raw
def test_the_raw_items_score_as_the_issue_asks(capsys, tmp_path):
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    assert main(["read", "--embedded", *map(str, paths), "--json"]) == 0
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text(capsys.readouterr().out, encoding="utf-8")
    result = tmp_path / "score.json"
    scorer = [sys.executable, str(SHARED / "gold" / "score.py"), "--json", str(result)]
    gold = ["--gold", str(SHARED / "gold" / "seeds.json"), "--pred", str(predictions)]
    subprocess.run([*scorer, *gold], check=True, capture_output=True)
    figures = json.loads(result.read_text())
    assert figures["toponym"]["F1"] >= 0.95
    assert figures["toponym"]["traps"] == 0
    assert figures["event"]["F1"] >= 0.75
    assert figures["event"]["full_F1"] >= 0.50


HOSTILE = [
    "<script>alert(1)</script> killed five people in Peshawar on Monday.",
    "`${process.exit()}` \\ \\n {{7*7}} in Kabul",
    "a" * 200_000,
    "in Kabul " * 5_000,
    "\u202eTorkham\u200f closed \u0000 \ud800 \U0001f600",
    "((((((((((" * 5_000,
    "1 " * 50_000 + "killed",
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_without_a_fault(text):
    for document in read_text(text, "hostile"):
        read_document(document, load())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                ["Torkham", "killed 12", "on Sunday", "“", "\n", "Dec. 6", "five of the 14"]
            ),
        ),
        max_size=30,
    ).map(" ".join)
)
def test_no_text_makes_the_reader_raise(text):
    for document in read_text(text, "fuzz"):
        reading = read_document(document, load())
        for toponym in reading.toponyms:
            assert document.text[toponym.mention.start : toponym.mention.end]


def test_an_event_is_known_again_after_many_others():
    told = DISTINCT["dated"](RECALLED - 1)
    events = read(f"{told} {told[: told.index('.') + 1]}").events
    assert len(events) == RECALLED - 1
    assert len(events[0].tellings) == 2
    assert all(len(event.tellings) == 1 for event in events[1:])
