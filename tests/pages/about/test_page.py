"""The page of methods: nothing in it can drift from the code, and nothing breaks it."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import model, settings, words
from geo.border.gates import status
from geo.datasets.store import Dataset
from geo.pages.about import codebook, sources
from geo.pages.about import page as methods
from geo.pages.about.markdown import (
    blocks,
    chapters,
    prose,
    table_rows,
)
from geo.pages.shared import load

ROOT = Path(__file__).resolve().parents[3]
TEXTS = prose((ROOT / "geo/pages/about/methods.md").read_text("utf-8"))
BAIT = "<script>x</script>"


def drawn() -> str:
    page = AppTest.from_string(
        "from geo.pages.about import page as methods\nmethods.show()", default_timeout=60
    )
    page.run()
    assert not page.exception
    kinds = ("markdown", "html", "header", "subheader", "code", "expander", "caption")
    return "\n".join(
        str(getattr(element, "body", None) or getattr(element, "value", None) or element.proto)
        for kind in kinds
        for element in page.get(kind)
    )


@pytest.mark.parametrize(
    ("meanings", "codes"),
    [
        (codebook.TYPE_MEANS, model.GROUP_OF),
        (codebook.PRECISION_MEANS, model.PRECISIONS),
        (codebook.DATE_MEANS, model.DATE_PRECISIONS),
        (codebook.CERTAINTY_MEANS, model.CERTAINTIES),
        (codebook.SIDE_MEANS, words.SIDE_WORDS),
        (codebook.STATUS_MEANS, words.CROSSING_WORDS),
    ],
)
def test_every_code_has_a_meaning_and_no_meaning_is_left_over(meanings, codes):
    assert set(meanings) == set(codes)
    assert all(str(text).strip() for text in meanings.values())


def test_every_code_is_in_a_table():
    html = codebook.kinds() + codebook.precisions() + codebook.dates() + codebook.certainties()
    html += codebook.sides() + codebook.statuses()
    for code in (*model.GROUP_OF, *model.PRECISIONS, *model.DATE_PRECISIONS, *model.CERTAINTIES):
        assert f"<code>{code}</code>" in html
    for said in (*words.TYPE_WORDS.values(), *words.GROUP_WORDS.values()):
        assert said in html


@pytest.mark.parametrize("code", model.DATE_PRECISIONS)
def test_dates_are_written_as_the_page_says(code):
    from datetime import date

    spans = {
        "day": (date(2023, 2, 19), date(2023, 2, 19)),
        "day_range": (date(2023, 2, 19), date(2023, 2, 22)),
        "week": (date(2023, 2, 13), date(2023, 2, 19)),
        "month": (date(2023, 2, 1), date(2023, 2, 28)),
        "year": (date(2023, 1, 1), date(2023, 12, 31)),
        "period": (date(2022, 1, 1), date(2022, 1, 31)),
        "vague": (date(2023, 1, 20), date(2023, 2, 20)),
        "unknown": (None, None),
    }
    assert words.span_words(*spans[code], code) == codebook.DATE_MEANS[code][0]


def test_numbers_in_the_words_are_those_of_the_code():
    assert f"{status.OPEN_DAYS} days" in codebook.STATUS_MEANS["open"]
    assert f"{model.UNCERTAINTY_KM['near']:.0f} km" in words.PRECISION_WORDS["near"]
    for _, text in TEXTS.values():
        assert set(re.findall(r"{(\w+)}", text)) <= {"near_km", "link_score"}


def test_the_keys_of_the_time_strip_are_those_it_listens_to():
    script = (ROOT / "geo/webmap/js/time/brush.js").read_text("utf-8")
    said = " ".join(key for key, _ in codebook.KEYS["On the time strip under the map"])
    for words_, name in {
        "Space": '" "', "Left": "ArrowLeft", "Right": "ArrowRight", "Page Up": "PageUp",
        "Page Down": "PageDown", "Home": "Home", "End": "End", "Escape": "Escape",
        "Shift": "shiftKey",
    }.items():  # fmt: skip
        assert words_ in said
        assert name in script
    assert "PageUp: 12" in script  # "by twelve bars"


def test_the_keys_of_the_map_are_those_it_listens_to():
    script = (ROOT / "geo/webmap/js/map/keyboard.js").read_text("utf-8")
    said = " ".join(key for key, _ in codebook.KEYS["On the map"])
    for word, name in {"Arrows": "ArrowLeft", "Enter": "Enter", "Escape": "Escape",
                       "Space": '" "', "Shift": "shiftKey"}.items():  # fmt: skip
        assert word in said
        assert name in script


def test_every_chapter_has_its_text_or_its_drawing():
    for anchor, title in methods.TITLES.items():
        assert (anchor in methods.DRAWN) == bool(title)
        assert title or TEXTS[anchor][1]
    assert set(TEXTS) <= set(methods.TITLES)


def test_the_page_holds_every_chapter_table_licence_and_the_version():
    page = drawn()
    for title in (*(t for t in methods.TITLES.values() if t), *(t for t, _ in TEXTS.values())):
        assert title in page
    assert "fully right F1" in page
    assert "ODbL 1.0, © OpenStreetMap contributors" in page
    assert load.shared().version in page
    assert "issues of the repository" in page


def test_the_chapters_that_stand_open_are_in_the_file_of_accuracy():
    found = {chapter.title for chapter in chapters(methods.ACCURACY_FILE.read_text("utf-8"))}
    assert set(methods.MAIN) <= found
    assert set(methods.MAIN_MEANS) == set(methods.MAIN)


def test_without_the_file_of_accuracy_the_page_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(methods, "ACCURACY_FILE", tmp_path / "gone.md")
    assert "not part of this copy" in drawn()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("", "issues of the repository"),
        ("map@example.org", 'href="mailto:map@example.org"'),
        ("https://example.org/report", 'href="https://example.org/report"'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        (BAIT, "&lt;script&gt;"),
    ],
)
def test_the_address_for_errors_is_what_the_owner_says(monkeypatch, said, shown):
    monkeypatch.setattr(settings, "CONTACT", said)
    page = drawn()
    assert shown in page
    assert 'href="javascript' not in page
    assert "<script>" not in page


def test_chapters_know_what_they_stand_under():
    text = "# T\nx\n## A\n```\n# no\n```\n### B\nb\n## C\n"
    got = [(one.level, one.title, one.text, one.under) for one in chapters(text)]
    assert got == [
        (1, "T", "x", ""),
        (2, "A", "```\n# no\n```", ""),
        (3, "B", "b", "A"),
        (2, "C", "", ""),
    ]


def test_tables_stand_apart_from_the_text_around_them():
    pieces = list(blocks("one\n\n| a | b |\n|---|---|\n| 1 | |\ntwo"))
    assert [is_table for is_table, _ in pieces] == [False, True, False]
    assert table_rows(pieces[1][1]) == [["a", "b"], ["1", ""]]


def test_cells_of_measured_tables_are_text():
    assert methods._inline(f"**0.5** `x` {BAIT}") == (
        f"<b>0.5</b> <code>x</code> {BAIT.replace('<', '&lt;').replace('>', '&gt;')}"
    )


def test_a_dataset_is_listed_with_its_citation_and_a_restricted_one_without_its_rows():
    def held(name, conditions=""):
        return Dataset(
            name, "table", BAIT, f"cite {BAIT}", conditions, "f", "s", 1234, "", "", ()
        )  # fmt: skip

    html = sources.datasets([held("open"), held("acled", "not to be passed on")])
    assert "1,234" in html
    assert html.count("1,234") == 1
    assert "not shown to others" in html
    assert BAIT not in html
    assert sources.datasets([]) == ""


def test_fetched_files_are_listed_with_their_licence(tmp_path):
    assert sources.fetched(tmp_path) == ""
    (tmp_path / "registry.json").write_text(
        '{"AF.zip": {"url": "https://example.org/AF.zip", "date": "2026-11-24", "licence": "CC"}}',
        encoding="utf-8",
    )
    html = sources.fetched(tmp_path)
    assert 'href="https://example.org/AF.zip"' in html
    assert "Tue 24 Nov 2026" in html


def test_the_citation_names_version_address_and_day():
    assert sources.citation("1a2b3c4d", "2026-11-25", "https://example.org") == (
        "Afghanistan–Pakistan border events: an open map of reported events. "
        "Data version 1a2b3c4d, https://example.org, opened on 2026-11-25."
    )
    assert "Data version not known, opened" in sources.citation("", "2026-11-25", "")


def test_without_events_the_page_still_stands(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "EVENTS_FILE", tmp_path / "gone.parquet")
    page = drawn()
    assert "could not be read just now" in page
    assert "Data version not known" in page
