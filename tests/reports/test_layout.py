"""Lines, sentences and publication dates: the case tables, and time that grows with length."""

import pytest

from geo.reports.documents.layout import lines
from geo.reports.documents.read import read_text
from geo.reports.tokens.sentences import sentence_spans
from tests.case_tables import day, rows


@pytest.mark.parametrize("row", rows("lines.csv"), ids=lambda row: row["text"][:50])
def test_what_a_line_is_for(row):
    (line,) = lines(row["text"])
    assert line.kind == row["kind"]


@pytest.mark.parametrize("row", rows("published.csv"), ids=lambda row: row["text"][38:90])
def test_publication_date_and_its_basis(row):
    (document,) = read_text(row["text"], "case", published=day(row["given"]))
    assert (document.published, document.published_basis) == (day(row["published"]), row["basis"])


def test_the_headline_under_a_label_belongs_to_another_story():
    text = "The bomb went off at noon.\nRead more\nBlast in Quetta kills five\nThe shops closed."
    assert [line.kind for line in lines(text)] == ["body", "furniture", "furniture", "body"]


def test_offsets_of_lines_count_every_character():
    text = "\ufeff  Headline here \r\n\r\n\u00a0A body, at last.\u2028And more."
    assert [text[line.start : line.end] for line in lines(text)] == [
        line.text for line in lines(text)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two died. Three fled.", ["Two died.", "Three fled."]),
        ("Lt. Gen. Khan met Dr. A. Gul. All left.", ["Lt. Gen. Khan met Dr. A. Gul.", "All left."]),
        ("“We left.” He stayed.", ["“We left.”", "He stayed."]),
        ("Why?! Nobody knows... Later, calm.", ["Why?!", "Nobody knows...", "Later, calm."]),
        ("They denied it.The shops closed.", ["They denied it.", "The shops closed."]),
        ("On Dec. 6 at 3.30 p.m. it rained.", ["On Dec. 6 at 3.30 p.m. it rained."]),
        ("ایک۔ دو", ["ایک۔", "دو"]),
    ],
)  # fmt: skip
def test_sentences(text, told):
    assert [text[a:b] for a, b in sentence_spans(text)] == told


MEGABYTE = 1_000_000
LONG = {
    unit: (unit * MEGABYTE)[:MEGABYTE]
    for unit in ("a", ".", "(", " ", "A", "1", "—", "\n", "Mr. ", '."', "KABUL: ", "denies.Drones ")
}


@pytest.mark.parametrize("unit", LONG, ids=repr)
def test_a_megabyte_without_end_is_split(unit):
    for document in read_text(LONG[unit], "long"):
        for line in lines(document.text):
            assert all(a < b for a, b in sentence_spans(line.text, line.start))
