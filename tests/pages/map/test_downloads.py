"""The downloads of the map page: what is offered, what is said, and that nothing is made early."""

import csv
import io
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from geo.datasets import store
from geo.datasets.formats.acled import ACLED
from geo.datasets.importing import import_file
from geo.export.formats import FORMATS
from geo.export.terms import file_name
from geo.query.filter import EventFilter
from tests.datasets.sample_tables import acled

ROOT = Path(__file__).resolve().parents[3]


def script():
    import streamlit as st

    from geo import settings
    from geo.datasets import library, store
    from geo.pages.map import downloads
    from geo.query import filter

    table = library.events_table(store.IMPORTED, settings.EVENTS_FILE, restricted=False)
    want, _ = filter.EventFilter.from_params(st.query_params.to_dict())
    downloads.show(table, want.mask(table), want)


@pytest.fixture
def imported(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "IMPORTED", tmp_path / "imported")
    return tmp_path


def run(**params):
    page = AppTest.from_function(script, default_timeout=60)
    for name, text in params.items():
        page.query_params[name] = text
    page.run()
    assert not page.exception, page.exception
    return page


def said(page) -> str:
    return "\n".join(one.value for one in page.caption)


def buttons(page):
    return [one.proto for one in page.get("download_button")]


def test_every_format_is_offered_with_what_it_is_good_for(imported):
    page = run(what="border")
    labels = [one.label for one in buttons(page)]
    for label, kind in zip(labels, FORMATS.values(), strict=True):
        assert label.startswith(f"**{kind.label}** – ")
    assert "licence and citation" in said(page)
    assert "ACLED" not in said(page)


def test_the_number_of_rows_is_said_and_nothing_is_offered_for_none(imported):
    assert "368 events as shown" in said(run())
    page = run(q="zzzz no such word")
    assert "nothing to download" in said(page)
    assert buttons(page) == []


def test_acled_is_said_to_be_left_out_and_why(imported):
    import_file(acled(imported / "a.csv"), ACLED, folder=store.IMPORTED)
    words = said(run())
    assert "ACLED is imported here" in words
    assert "forbid passing them on" in words
    assert "368 events" in words


def test_names_of_files_tell_the_filter_and_the_day():
    day = date(2026, 11, 25)
    want = EventFilter(what=("violence",), max_km=50, text="../../etc/passwd; rm -rf / ہلاک")
    name = file_name(want, ".csv", day)
    assert name == "border-events_what-violence_km-50_q-etc-passwd-rm-rf_2026-11-25.csv"
    assert quote(name) == name
    assert file_name(EventFilter(selected="x"), ".kml", day) == "border-events_2026-11-25.kml"


MAKING = """
import sys
import numpy as np
from geo import settings
from geo.pages.map import downloads
from geo.query.filter import EventFilter
from geo.schema import read_points
table = read_points(settings.EVENTS_FILE)
assert "geopandas" not in sys.modules and "pyogrio" not in sys.modules
data = downloads._made(table, np.ones(len(table), bool), EventFilter(), ".csv")
assert "geopandas" not in sys.modules
sys.stdout.buffer.write(data)
"""


def test_geopandas_is_imported_only_for_what_needs_it():
    done = subprocess.run(
        [sys.executable, "-c", MAKING], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert len(rows) == 368
    assert rows[0]["data_version"]
