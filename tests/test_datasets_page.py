"""The page of datasets: what it lists, what it reads for a session, and that it keeps to itself."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.datasets import library, store
from geo.errors import InputError, SchemaError
from geo.importing import FORMATS, import_file
from geo.pages.parts.uploads import glance, read_upload
from geo.settings import STATIC
from geo.webmap import assets, eventlayer
from tests.datasets.sample_tables import acled, ucdp

BROKEN = Path(__file__).parent / "cases" / "broken"
TABLE = b"When it was;Lat;Lon;Killed\n2023-02-19;34.12;71.09;3\n2023-02-20;34.12;71.09;many\n"


def script():
    from geo.pages import datasets

    datasets.show()


@pytest.fixture
def imported(tmp_path, monkeypatch):
    folder = tmp_path / "imported"
    monkeypatch.setattr(store, "IMPORTED", folder)
    return folder


def run(page=None):
    page = (page or AppTest.from_function(script, default_timeout=60)).run()
    assert not page.exception, page.exception
    return page


def upload(page, name, content):
    page.file_uploader(key="up_file").upload(name, content, "text/csv")
    return run(page)


def read(page):
    next(one for one in page.button if one.label == "Read the file").click()
    return run(page)


def text(page):
    parts = (page.get("html"), page.caption, page.markdown, page.error, page.code)
    return "\n".join(str(getattr(one, "value", None) or one.proto.body) for p in parts for one in p)


def test_shipped_events_are_listed_and_privacy_and_terms_are_said(imported):
    said = text(run())
    for words in ("Chronology written for this map", "Licence", "this session only", "ACLED data"):
        assert words in said


def test_imports_are_listed_with_licence_and_citation(imported, tmp_path):
    import_file(ucdp(tmp_path / "GEDEvent_v25_1.csv"), FORMATS["ucdp"], folder=imported)
    import_file(acled(tmp_path / "mine.csv"), FORMATS["acled"], folder=imported)
    said = text(run())
    for words in ("25.1", "CC BY 4.0", "Sundberg", "Sun 19 Feb 2023", "--remove ucdp"):
        assert words in said
    assert "Shots were exchanged" not in said


def test_the_map_s_table_has_public_imports_but_never_restricted_rows(imported, tmp_path):
    import_file(ucdp(tmp_path / "u.csv"), FORMATS["ucdp"], folder=imported)
    import_file(acled(tmp_path / "a.csv"), FORMATS["acled"], folder=imported)
    public = library.events_table(imported, restricted=False)
    assert "ucdp-1" in public.index
    assert not public.index.str.startswith("acled").any()
    assert not public["linked_ids"].str.contains("acled").fillna(False).any()
    eventlayer.publish(public)
    with pytest.raises(SchemaError, match="Restricted"):
        eventlayer.publish(library.events_table(imported))


def test_an_upload_is_read_for_the_session_and_writes_nothing(imported, tmp_path):
    assets.ensure()
    before = {path: path.stat().st_mtime_ns for path in STATIC.rglob("*") if path.is_file()}
    page = upload(run(), "GEDEvent_v25_1.csv", ucdp(tmp_path / "u.csv").read_bytes())
    assert "UCDP GED" in text(page)
    page = read(page)
    assert "<b>1 rows</b> = 1 imported + 0 outside + 0 refused" in text(page)
    after = {path: path.stat().st_mtime_ns for path in STATIC.rglob("*") if path.is_file()}
    assert set(after) == set(before)
    assert not imported.exists()
    assert "<b>1 rows</b>" not in text(run())
    page.button(key="drop_1").click()
    assert "<b>1 rows</b>" not in text(run(page))


def test_acled_is_read_only_after_its_terms(imported, tmp_path):
    page = upload(run(), "mine.csv", acled(tmp_path / "a.csv").read_bytes())
    button = next(one for one in page.button if one.label == "Read the file")
    assert button.disabled
    page.checkbox(key="up_terms").check()
    assert "1 imported" in text(read(run(page)))


def test_the_column_map_is_shown_and_can_be_corrected(imported):
    page = upload(run(), "mine.csv", TABLE)
    boxes = {one.label: one for one in page.selectbox}
    assert boxes["Date"].value == "When it was"
    assert boxes["Deaths"].value == "Killed"
    boxes["Deaths"].select("(not in the file)")
    assert "2 imported + 0 outside + 0 refused" in text(read(run(page)))


def test_refused_rows_name_line_column_and_reason():
    one = read_upload(TABLE, "mine.csv", "table", glance(TABLE, "mine.csv").columns)
    assert dict(one.counts) == {"in": 2, "imported": 1, "outside": 0, "refused": 1}
    assert one.refused.iloc[0].tolist()[:3] == [3, "Killed", "many"]
    assert b"many" in one.refused_csv
    assert one.points == ((34.12, 71.09),)
    assert pd.notna(one.rows["km from the border"].iloc[0])


def test_bad_input_says_why_and_what_was_loaded_stays(imported):
    page = read(upload(run(), "mine.csv", TABLE))
    page = upload(page, "bad.csv", (BROKEN / "error_page.csv").read_bytes())
    assert page.error
    assert "bad.csv" in page.error[0].value.replace("\\", "")
    assert "stays" in page.error[0].value
    assert "1 imported + 0 outside + 1 refused" in text(page)


def test_a_missing_column_is_asked_for(imported):
    page = upload(run(), "mine.csv", b"day,town\n2023-02-19,Torkham\n")
    assert "no column is known for Latitude, Longitude" in text(page)
    assert next(one for one in page.button if one.label == "Read the file").disabled


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.csv")), ids=lambda path: path.stem)
def test_no_broken_file_breaks_the_page(path):
    said = outcome(path.name, path.read_bytes())
    if isinstance(said, str):
        assert path.name in said
        assert "upload" not in said
    else:
        assert said["in"] == said["imported"] + said["outside"] + said["refused"]


def outcome(name, content):
    try:
        seen = glance(content, name)
        return read_upload(content, name, seen.format, seen.columns).counts
    except InputError as error:
        return str(error)
