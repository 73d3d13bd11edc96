"""The recipes of CONTRIBUTING.md, each performed: what it says to touch is all that is touched."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo import settings
from geo.__main__ import main
from geo.datasets.formats.format import Format
from geo.datasets.importing import FORMATS
from geo.datasets.tables.cells import days, known_text
from geo.model import Tally
from geo.pages.datasets.upload import glance
from geo.query import dimensions
from geo.query.filter import EventFilter, ways
from tests import made_up
from tests.sample_events import event, save, table

ROOT = Path(__file__).resolve().parents[1]


def test_every_file_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`((?:geo|seeds|tests|docs|data)/[\w./-]+)`", text))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


# --- add a place ---


def test_a_row_of_the_gazetteer_is_found(tmp_path):
    for part in ("geo", "seeds"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data" / "registry.json", tmp_path / "data")
    seeds = tmp_path / "seeds" / "gazetteer.csv"
    with seeds.open(encoding="utf-8", newline="") as lines:
        columns = csv.DictReader(lines).fieldnames
    row = {
        **{"id": "pk-zzmadeupkot", "name": "Zzmadeupkot", "kind": "village", "country": "PK"},
        **{"admin1": "Balochistan", "admin2": "Kalat", "parent": "pk-balochistan"},
        **{"lat": "29.03", "lon": "66.59", "aliases": "Zzqila", "source": "made up"},
    }
    with seeds.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, columns).writerow(row)
    assert "places" in run(tmp_path, "geo.places.gazetteer.sources")
    for name in ("Zzmadeupkot", "Zzqila"):
        assert "Zzmadeupkot" in run(tmp_path, "geo", "locate", name)


def run(folder, *words):
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- add a source format ---


def interpret(rows, faults, given):
    when = days(rows["when"], faults, given.date_order)
    return pd.DataFrame(
        {
            "source_id": known_text(rows["number"]),
            "event_type": "protest",
            "date_start": when,
            "date_end": when,
            "date_precision": "day",
            "precision": "exact",
            "place": known_text(rows["spot"]),
            "sources": "[]",
        },
        index=rows.index,
    )


MARCHES = Format(
    name="marches",
    label="A list of marches",
    aliases={
        **{"number": (), "when": (), "spot": ()},
        **{"latitude": ("y",), "longitude": ("x",), "country": ()},
    },
    needed=("number", "when", "latitude", "longitude"),
    dates=("when",),
    interpret=interpret,
    pledge="I took part in them",
)


def test_a_format_in_the_table_is_imported_offered_and_recognised(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "imported"))
    monkeypatch.setitem(FORMATS, "marches", MARCHES)
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    assert "what FILE is: ucdp, acled, table, marches" in capsys.readouterr().out
    path = tmp_path / "marches.csv"
    path.write_text("number,when,spot,y,x\n7,2024-03-01,Chaman,30.92,66.45\n", encoding="utf-8")
    assert main(["import", str(path), "--format", "marches"]) == 0
    assert "1 rows in = 1 imported + 0 outside + 0 refused" in capsys.readouterr().out
    assert main(["import"]) == 0
    assert "marches: 1 rows, 2024-03-01 to 2024-03-01" in capsys.readouterr().out
    assert glance(path.read_bytes(), path.name).format == "marches"
    page = AppTest.from_function(own_file, default_timeout=60).run()
    assert "A list of marches" in page.selectbox(key="up_kind").options
    page.file_uploader(key="up_file").upload(path.name, path.read_bytes(), "text/csv").run()
    assert not page.exception
    assert page.checkbox(key="up_terms").label == "I took part in them"


def own_file():
    from geo.pages.datasets import own_file

    own_file.own_file()


# --- add a filter ---


EVENTS = [
    event("few", fatalities=Tally(1, 1, 1), injured=Tally(3, 3, 3)),
    event("many", injured=Tally(1200, 1200, 1200)),
    event("silent", event_type="protest"),
]


@pytest.fixture
def injured(monkeypatch):
    """One more row in the table of dimensions, and nothing else."""
    monkeypatch.setitem(dimensions.DIMENSIONS, made_up.NAME, made_up.INJURED)


def test_without_the_row_nothing_knows_the_dimension():
    with pytest.raises(TypeError, match="min_injured"):
        EventFilter(min_injured=4)
    assert EventFilter.from_params({"hurt": "4"})[0] == EventFilter()


@pytest.mark.usefixtures("injured")
def test_a_row_of_the_table_is_a_filter_that_masks_and_survives_the_address():
    want = EventFilter(min_injured=1000, what=("violence",))
    assert want.to_params() == {"what": "violence", "hurt": "1000"}
    assert EventFilter.from_params(want.to_params()) == (want, [])
    assert EventFilter.from_params({"hurt": "lots"})[1] == [
        "The address says hurt=lots, which is not a whole number."
    ]
    rows = table(EVENTS)
    assert list(rows.index[EventFilter(min_injured=1000).mask(rows)]) == ["many", "silent"]
    known = EventFilter(min_injured=1000, hurt_unknown=False)
    assert list(rows.index[known.mask(rows)]) == ["many"]
    assert want.describe() == "violence, 1,000 or more injured or not known"
    assert known.without("injured") == EventFilter()


@pytest.mark.usefixtures("injured")
def test_a_row_of_the_table_widens():
    want = EventFilter(min_injured=5000, hurt_unknown=False)
    [way] = ways(want, table(EVENTS))
    assert way.filter == EventFilter(min_injured=1200, hurt_unknown=False)
    assert (way.count, way.taken_away) == (1, False)


@pytest.mark.usefixtures("injured")
def test_a_row_of_the_table_is_in_the_bar_and_in_the_words_of_an_empty_map(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "EVENTS_FILE", save(EVENTS, tmp_path / "events.parquet"))
    page = AppTest.from_function(bar_and_panel, default_timeout=60).run()
    assert not page.exception
    field = page.number_input(key="f_min_injured")
    assert field.label == "At least so many injured"
    field.set_value(1000).run()
    page.checkbox(key="f_hurt_unknown").uncheck().run()
    assert page.query_params == {"hurt": "1000", "hurtunknown": "no"}
    assert page.button(key="clear_injured").help == "Clear: 1,000 or more injured"
    assert page.caption[-1].value == "many"
    page.number_input(key="f_min_injured").set_value(5000).run()
    said = " ".join(one.proto.body for one in page.get("html"))
    assert "Nearest: 1 event if you widen the injured" in said
    page.button(key="wider_injured").click().run()
    assert page.query_params["hurt"] == "1200"


def bar_and_panel():
    import streamlit as st

    from geo import settings
    from geo.pages.map import overview
    from geo.pages.shared import address, filter_bar
    from geo.query.dimensions import choices
    from geo.schema import read_points

    table = read_points(settings.EVENTS_FILE)
    offered = choices(table)
    want, _ = address.current(offered)
    filter_bar.bar(lambda: filter_bar.Bar(address.current(offered)[0], offered))
    shown = want.mask(table)
    if not shown.any():
        overview.empty(table, want)
    st.caption(", ".join(table.index[shown]))


@pytest.mark.usefixtures("injured")
def test_a_row_of_the_table_is_an_option_of_export(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(settings, "EVENTS_FILE", save(EVENTS, tmp_path / "events.parquet"))
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "imported"))
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "--hurt HURT" in (said := capsys.readouterr().out)
    assert "at least so many were hurt" in said
    path = tmp_path / "out.csv"
    assert main(["export", str(path), "--hurt", "1000", "--hurtunknown", "no"]) == 0
    assert "1,000 or more injured" in capsys.readouterr().out
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert [row["event_id"] for row in csv.DictReader(lines)] == ["many"]
