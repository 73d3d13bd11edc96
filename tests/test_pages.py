"""The words and the safe HTML of pages, and that the app's process stays light."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import model
from geo.model import Tally
from geo.pages.parts import facts
from geo.pages.parts.safe import esc, link, md, passage
from geo.pipeline import document_texts
from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.words import count_words, km_words, span_words
from tests.sample_events import TORKHAM, event, placed, table

ROOT = Path(__file__).resolve().parent.parent


def row(**more):
    return table([event(**more)]).iloc[0].to_dict()


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2023-02-19", "2023-02-19", "day", "Sun 19 Feb 2023"),
        ("2023-02-19", "2023-02-22", "day_range", "19–22 Feb 2023"),
        ("2023-02-28", "2023-03-02", "day_range", "28 Feb – 2 Mar 2023"),
        ("2022-12-30", "2023-01-02", "period", "30 Dec 2022 – 2 Jan 2023"),
        ("2023-02-01", "2023-02-28", "month", "Feb 2023"),
        ("2023-01-01", "2023-12-31", "year", "2023"),
        ("2023-01-10", "2023-02-15", "vague", "about Jan–Feb 2023"),
        ("2023-02-10", "2023-02-15", "vague", "about 10–15 Feb 2023"),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(first, last, precision, words):
    span = date.fromisoformat(first), date.fromisoformat(last)
    assert span_words(*span, precision) == words


def test_no_date_is_said():
    assert span_words(None, None, "unknown") == "date not stated"


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((59, 84, 101), "59–101, last given 84"),
        ((9, None, 58), "9–58, disputed"),
        ((5, None, None), "at least 5"),
        ((None, None, 7), "up to 7"),
        ((0, 0, 0), "0"),
        ((None, 1200, None), "1,200"),
        ((None, None, None), "not stated"),
    ],
)
def test_tolls_keep_their_spread(bounds, words):
    assert count_words(*bounds) == words


def test_distances_show_their_spread_when_it_matters():
    assert km_words(0.2, 0.0, 0.4) == "under 1 km"
    assert km_words(20.7, 0.0, 41.7) == "21 km (0–42 possible)"
    assert km_words(1234.0) == "1,234 km"


@given(st.text())
def test_escaped_text_holds_no_markup(text):
    safe = esc(text)
    assert not set("<>\"'") & set(safe)
    assert not md(text).replace("\\<", "").count("<")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil", "http://[", "ftp://x/y", "", " "]
)
def test_only_web_addresses_become_links(url):
    assert link(url, "<i>") == "&lt;i&gt;"


def test_a_link_cannot_break_out_of_its_attribute():
    assert '" onclick' not in link('https://x.org/" onclick="x', "a")
    assert 'href="https://x.org/a?b=1&amp;c=2"' in link("https://x.org/a?b=1&c=2", "a")


def test_marks_are_code_points_and_never_overlap():
    text = "🙂 Five <died> at Torkham on Sunday."
    marks = [
        {"kind": "number", "start": 2, "end": 6},
        {"kind": "trigger", "start": 7, "end": 13},
        {"kind": "trigger", "start": 8, "end": 10},
        {"kind": "place", "start": 17, "end": 24},
        {"kind": "place", "start": 90, "end": 95},
    ]
    got = passage(text, 0, len(text), marks)
    assert '<mark class="bm-number" title="number">Five</mark>' in got
    assert ">&lt;died&gt;</mark>" in got
    assert ">Torkham</mark>" in got
    assert got.count("<mark") == 3


def test_offsets_beyond_the_text_do_no_harm():
    assert passage("abc", -5, 99, [{"kind": "place", "start": -1, "end": 2}]) == "abc"


def test_evidence_shows_the_sentence_of_a_bundled_report_only():
    text = "Lead. Five died at Torkham. More."
    mark = model.Mark("number", 6, 10)
    telling = model.Telling("t", (model.Source("Arab News"),), "doc", 6, 27, (mark,))
    found = facts.evidence_html(row(tellings=(telling,)), {"doc": text})
    assert len(found) == 1
    assert "Lead" not in found[0]
    assert ">Five</mark> died at Torkham." in found[0]
    assert facts.evidence_html(row(tellings=(telling,)), {}) == []


def test_unknown_is_said_never_a_dash_a_zero_or_nan():
    got = facts.facts_html(row()) + facts.border_html(row())
    assert "not stated" in got
    assert "nan" not in got.lower()
    assert "None" not in got
    assert "<NA>" not in got


def test_rival_figures_stand_side_by_side():
    tellings = tuple(
        model.Telling(name, (model.Source(name),), fatalities=Tally(n, n, n))
        for name, n in (("Dawn", 84), ("Geo", 101))
    )
    got = facts.tellings_html(row(tellings=tellings, fatalities=Tally(84, 84, 101)))
    assert "Deaths 84" in got
    assert "Deaths 101" in got


def test_the_panel_says_how_well_a_place_is_known():
    got = facts.facts_html(row(resolution=placed(TORKHAM, "admin2")))
    assert "known to the district" in got
    assert "admin2" not in got


def test_the_app_process_does_not_import_geopandas():
    script = (
        "import sys\nfrom streamlit.testing.v1 import AppTest\n"
        "at = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert not at.exception, at.exception\n"
        "assert 'geopandas' not in sys.modules\nprint('light')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "light" in done.stdout


def test_a_row_of_the_chronology_that_a_report_tells_too_shows_the_report_s_words():
    table = read_points(EVENTS_FILE)
    row = table.loc["chr-AP0110"].to_dict()
    assert facts.told_in_reports(row)
    passages = facts.evidence_html(row, document_texts())
    assert len(passages) == 2
    assert all("Kabul</mark>" in passage for passage in passages)
    assert not facts.told_in_reports(table.loc["chr-AP0001"].to_dict())


def test_talks_do_not_say_that_no_deaths_were_stated():
    table = read_points(EVENTS_FILE)
    assert "Deaths" not in facts.facts_html(table.loc["chr-AP0110"].to_dict())
    unknown = table[(table["event_group"] == "violence") & table["fatalities_best"].isna()]
    assert "Deaths" in facts.facts_html(unknown.iloc[0].to_dict())


def test_a_number_inside_the_words_of_the_event_is_the_one_that_is_marked():
    text = "Troops killed 12 militants."
    marks = [{"kind": "trigger", "start": 0, "end": 26}, {"kind": "number", "start": 14, "end": 26}]
    assert passage(text, 0, len(text), marks).count("<mark") == 1
    assert ">12 militants</mark>" in passage(text, 0, len(text), marks)
