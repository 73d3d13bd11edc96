"""The words and the safe HTML of pages, and that the app's process stays light."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import model
from geo.counts import totals
from geo.model import Tally
from geo.pages.map import header, listing
from geo.pages.shared import event_html, linked, tellings_html
from geo.pages.shared.html import (
    esc,
    link,
    md,
    passage,
)
from geo.query.filter import EventFilter
from geo.reports.documents.read import document_texts
from geo.schema import read_points
from geo.settings import EVENTS_FILE
from geo.story import source_codes, tellings
from tests.sample_events import TORKHAM, UCDP_CELLS, day, event, placed, row, table, two_torkhams

ROOT = Path(__file__).resolve().parents[2]


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
    found = tellings_html.evidence_html(row(tellings=(telling,)), {"doc": text})
    assert len(found) == 1
    assert "Lead" not in found[0]
    assert ">Five</mark> died at Torkham." in found[0]
    assert tellings_html.evidence_html(row(tellings=(telling,)), {}) == []


def test_unknown_is_said_never_a_dash_a_zero_or_nan():
    got = event_html.facts_html(row()) + event_html.border_html(row())
    assert "not stated" in got
    assert "nan" not in got.lower()
    assert "None" not in got
    assert "<NA>" not in got


def test_rival_figures_stand_side_by_side():
    told = tuple(
        model.Telling(name, (model.Source(name),), fatalities=Tally(n, n, n))
        for name, n in (("Dawn", 84), ("Geo", 101))
    )
    got = tellings_html.tellings_html(row(tellings=told, fatalities=Tally(84, 84, 101)))
    assert "Deaths 84" in got
    assert "Deaths 101" in got


def test_the_panel_says_how_well_a_place_is_known():
    got = event_html.facts_html(row(resolution=placed(TORKHAM, "admin2")))
    assert "known to the district" in got
    assert "admin2" not in got


def test_each_party_s_claims_stand_together_and_once():
    said = ("Pakistan", "the Afghan side fired first"), ("Kabul", "Pakistan fired first")
    claims = tuple(model.Claim(who, "account", what) for who, what in said)
    toll = model.Claim("Kabul", "fatalities", "11")
    told = (model.Telling("a", claims=claims), model.Telling("b", claims=(*claims, toll)))
    got = tellings_html.claims_html(row(tellings=told))
    assert got.count("<b ") == 2
    assert got.count("Pakistan fired first") == 1
    assert "deaths: 11" in got
    assert tellings_html.claims_html(row()) == ""


def test_the_line_goes_by_the_name_the_reader_chose():
    got = row({"border_side": "PK", "border_km": 0.2})
    assert "To the AF–PK border" in event_html.border_html(got)
    assert "To the Durand Line" in event_html.border_html(got, "Durand Line")


def test_a_place_tells_its_point_and_its_runners_up_in_words():
    got = event_html.placing_html(row(resolution=two_torkhams()))
    assert "34.123° N, 71.093° E" in got
    assert '<li dir="auto">Torkham, Nangarhar, Afghanistan (score 0.90)</li>' in got
    assert "several places" in got


def test_a_row_of_ucdp_tells_its_sources_one_by_one_and_its_codes_in_words():
    got = row() | UCDP_CELLS
    told = tellings_html.tellings_html(got)
    assert "UCDP, event 58071, version 22.1" in told
    assert ">Blast · 4 August 2010 · Reuters<" in told
    assert ">SATP<" in told
    assert dict(source_codes.coded_as(got)) == {
        "Type of violence": "state-based: a government is a party (code 1)",
        "Place": "within about 25 km of it (code 2)",
        "Dead, TTP": "4",
    }
    assert "Placed where UCDP puts it." in event_html.placing_html(got)
    assert "Government of Pakistan – TTP" not in event_html.headline(got)


def test_linked_rows_give_each_dataset_its_figure():
    own = row(fatalities=Tally(4, 4, 6)) | {"link_score": 0.71}
    got = linked.rows_html([own, row(fatalities=Tally(5, 5, 5)) | UCDP_CELLS])
    assert "This map’s chronology" in got
    assert ">4–6, last given 4</td>" in got
    assert ">5</td>" in got
    assert "Likeness 0.71 of 1" in got


def test_the_first_sentence_names_every_dataset_with_its_rows():
    rows = table([event("a"), event("b"), event("c", dataset="ucdp")])
    got = header.sentence(rows, EventFilter().mask(rows), EventFilter())
    assert (
        "both sides of the border, Feb 2023: 2 from this map’s chronology and 1 from UCDP." in got
    )
    one = EventFilter(dataset=("ucdp",))
    assert header.sentence(rows, one.mask(rows), one) == "1 event of 3: UCDP, Feb 2023. From UCDP."
    none = EventFilter(min_deaths=5)
    assert header.sentence(rows, none.mask(rows) & False, none).startswith("Nothing is shown for")


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
    assert tellings.told_in_reports(row)
    passages = tellings_html.evidence_html(row, document_texts())
    assert len(passages) == 2
    assert all("Kabul</mark>" in passage for passage in passages)
    assert not tellings.told_in_reports(table.loc["chr-AP0001"].to_dict())


def test_a_number_inside_the_words_of_the_event_is_the_one_that_is_marked():
    text = "Troops killed 12 militants."
    marks = [{"kind": "trigger", "start": 0, "end": 26}, {"kind": "number", "start": 14, "end": 26}]
    assert passage(text, 0, len(text), marks).count("<mark") == 1
    assert ">12 militants</mark>" in passage(text, 0, len(text), marks)


def test_the_newest_come_first_and_those_without_a_date_last():
    days = {"undated": model.DateSpan(), "old": day("2021-05-01"), "new": day("2023-02-19")}
    days |= {
        "as new": days["new"],
        "undated too": model.DateSpan(),
        "before 1970": day("1969-01-01"),
    }
    rows = table([event(name, when=when) for name, when in days.items()])
    order = rows.index[listing.newest(rows, np.ones(len(rows), dtype=bool))]
    assert list(order) == ["new", "as new", "old", "before 1970", "undated", "undated too"]
    assert list(rows.index[listing.newest(rows, rows.index != "new")])[:2] == ["as new", "old"]


def test_an_empty_view_claims_nothing_of_deaths_or_places():
    events = table([event()])
    none = totals(events, np.zeros(1, dtype=bool))
    assert listing.counts(none) == '<p class="bm-line"><b>0 of 1 events shown</b></p>'
    assert listing.counts(totals(events, np.ones(1, dtype=bool))).count(" · ") >= 1
