"""The page of datasets: what it lists, what it reads for a session, and that it keeps to itself."""

import socket
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.datasets import fetch, library
from geo.datasets.importing import FORMATS, import_file
from geo.errors import InputError, SchemaError
from geo.files import download
from geo.pages.datasets import links, loaded
from geo.pages.datasets.upload import glance, import_upload, read_upload
from geo.pages.shared import load, owner
from geo.settings import STATIC
from geo.store import catalogue
from geo.store.place import Store
from geo.webmap import assets, event_layer
from tests.datasets.sample_tables import acled, ucdp
from tests.pages.shared.test_owner import TOKEN, seen

BROKEN = Path(__file__).parents[2] / "cases" / "broken"
TABLE = b"When it was;Lat;Lon;Killed\n2023-02-19;34.12;71.09;3\n2023-02-20;34.12;71.09;many\n"


def script():
    from geo.pages.datasets import page as datasets

    datasets.show()


@pytest.fixture
def imported(tmp_path, monkeypatch):
    folder = tmp_path / "imported"
    monkeypatch.setenv("BORDERMAP_STORE", str(folder))
    monkeypatch.setattr(fetch, "FOLDER", tmp_path / "fetched" / "ucdp")
    monkeypatch.delenv("BORDERMAP_OWNER", raising=False)
    return folder


@pytest.fixture
def owned(imported, monkeypatch):
    """The same, run by its owner on the same machine; what is published goes nowhere else."""
    monkeypatch.setenv("BORDERMAP_OWNER", TOKEN)
    monkeypatch.setattr(owner, "st", seen())
    monkeypatch.setattr(assets, "BUILT", imported.parent / "built")
    return imported


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
    import_file(ucdp(tmp_path / "GEDEvent_v25_1.csv"), FORMATS["ucdp"], store=Store(imported))
    import_file(acled(tmp_path / "mine.csv"), FORMATS["acled"], store=Store(imported))
    said = text(run())
    for words in ("25.1", "CC BY 4.0", "Sundberg", "19 Feb 2023", "--remove ucdp"):
        assert words in said
    assert "Shots were exchanged" not in said


def labels(page):
    return [one.label for one in page.button]


def test_a_visitor_gets_commands_and_no_button_that_changes_what_all_see(imported, tmp_path):
    import_file(ucdp(tmp_path / "u.csv"), FORMATS["ucdp"], store=Store(imported))
    page = upload(run(), "u.csv", ucdp(tmp_path / "u.csv").read_bytes())
    assert labels(page) == ["Read the file"]
    assert not any(one.key == "up_share" for one in page.checkbox)
    assert "python -m geo fetch ucdp" in text(page)


def test_a_browser_elsewhere_is_no_owner(owned, tmp_path, monkeypatch):
    import_file(ucdp(tmp_path / "u.csv"), FORMATS["ucdp"], store=Store(owned))
    assert {"Fetch and import", "Remove ucdp"} <= set(labels(run()))
    monkeypatch.setattr(owner, "st", seen(address="192.0.2.7"))
    assert not owner.is_owner()
    loaded._gone("ucdp")  # as if its browser had kept the button
    assert catalogue.find("ucdp", Store(owned))


def test_what_the_owner_fetches_is_in_the_map_s_table_at_once(owned, tmp_path, monkeypatch):
    asked = []

    def publish(request, timeout):
        asked.append(request.full_url)
        return urlopen((tmp_path / Path(request.full_url).name).as_uri(), timeout=timeout)

    monkeypatch.setattr(download, "open_public", publish)
    ucdp(tmp_path / "GEDEvent_v26_0_6.csv", {}, {"id": "2", "best": "many"})
    before = load.shared()
    page = run()
    page.selectbox(key="ucdp_version").set_value("26.0.6")
    page.text_input(key="ucdp_from").set_value("https://mirror.example/ucdp")
    page.button(key="ucdp_go").click()
    page = run(page)
    assert asked == ["https://mirror.example/ucdp/GEDEvent_v26_0_6.csv"]
    assert "2 rows in = 1 imported + 0 outside + 1 refused" in said(page)
    assert any(one.label.startswith("Refused rows of GEDEvent") for one in page.expander)
    after = load.shared()
    assert set(after.table.index) - set(before.table.index) == {"ucdp-1"}
    assert after.events_url != before.events_url
    page.button(key="remove_ucdp").click()
    assert "1 rows removed" in said(run(page))
    assert catalogue.listing(Store(owned)) == []
    assert set(load.shared().table.index) == set(before.table.index)


@pytest.mark.parametrize("source", ["/etc", "~", "file:///etc", "http://127.0.0.1:9"])
@pytest.mark.parametrize("what", ["ucdp", "districts"])
def test_a_mirror_on_the_page_is_no_folder_and_no_private_address(owned, what, source):
    page = run()
    page.text_input(key=f"{what}_from").set_value(source)
    page.button(key=f"{what}_go").click()
    (told,) = run(page).error
    assert "on the page" in told.value
    assert not owned.exists()


def test_rows_that_were_removed_cannot_be_fetched_by_their_old_address(owned, tmp_path):
    import_file(ucdp(tmp_path / "u.csv"), FORMATS["ucdp"], store=Store(owned))
    old = load.shared().events_url
    assert event_layer.published(old)
    loaded._gone("ucdp")
    assert not event_layer.published(old)
    assert event_layer.published(load.shared().events_url)


def test_without_a_network_the_ways_out_are_named(owned, monkeypatch):
    def cut(*_, **__):
        raise URLError(socket.gaierror(-2, "Name or service not known"))

    monkeypatch.setattr("geo.files.download.urlopen", cut)
    page = run()
    page.button(key="ucdp_go").click()
    page = run(page)
    told = page.error[0].value.replace("\\", "")
    assert "there is no network" in told
    assert "--from" not in told
    for way in ("Name a mirror", fetch.address_of(fetch.LATEST), "geo import ged261-csv.zip"):
        assert way in text(page)
    page.button(key="districts_go").click()
    assert "geo fetch districts --from FOLDER" in text(run(page))
    assert not owned.exists()


def test_the_owner_puts_a_file_on_the_map(owned, tmp_path):
    page = upload(run(), "GEDEvent_v25_1.csv", ucdp(tmp_path / "u.csv").read_bytes())
    page.checkbox(key="up_share").check()
    page = read(run(page))
    assert "ucdp: 1 new, 0 replaced" in said(page)
    (held,) = catalogue.listing(Store(owned))
    assert [(file.file, file.version) for file in held.files] == [("GEDEvent_v25_1.csv", "25.1")]


def told_twice(path):
    """Write a UCDP row of an event that ships; returns the two ids."""
    shipped = library.events_table(Store(path.parent))
    known = shipped["fatalities_best"].gt(2) & shipped["precision"].eq("exact")
    one = shipped[known.fillna(False) & shipped["event_group"].eq("violence")].iloc[0]
    dead, day = str(one["fatalities_best"]), str(one["date_start"].date())
    place = {"latitude": str(one["lat"]), "longitude": str(one["lon"]), "country": ""}
    when = {"date_start": day, "date_end": day}
    row = place | when | {"best": dead, "low": dead, "high": dead}
    return ucdp(path, row), str(one.name)


def test_links_are_seen_and_the_owner_cuts_them(owned, tmp_path, monkeypatch):
    path, own = told_twice(tmp_path / "u.csv")
    import_file(path, FORMATS["ucdp"], store=Store(owned))
    page = run()
    assert "Told twice, counted once" in text(page)
    assert page.button(key="cut").disabled
    assert page.dataframe[0].value["The other"].str.contains("deaths: ").all()
    told = []
    monkeypatch.setattr(links.fetch_section, "say", told.append)
    links._cut(own, "ucdp-1")
    assert told == [f"{own} and ucdp-1 are two events from now on."]
    assert load.shared().table["link_group"].isna().all()
    assert "Told twice" not in text(run())


def test_a_visitor_sees_links_and_cannot_cut_them(imported, tmp_path):
    path, own = told_twice(tmp_path / "u.csv")
    import_file(path, FORMATS["ucdp"], store=Store(imported))
    page = run()
    assert "geo import --cut ONE-ID OTHER-ID" in text(page)
    assert labels(page) == []
    links._cut(own, "ucdp-1")
    assert catalogue.cut_pairs(Store(imported)) == frozenset()


def test_a_hostile_file_name_stays_inside_its_folder(owned):
    outcome = import_upload(TABLE, "../../a b\u202e<x>.csv", "table", {})
    assert outcome.change.new == 1
    (held,) = catalogue.listing(Store(owned))
    assert set(held.files[0].file) <= set("abx_.csv")


def test_acled_cannot_be_put_on_the_map(owned, tmp_path):
    page = upload(run(), "mine.csv", acled(tmp_path / "a.csv").read_bytes())
    assert not any(one.key == "up_share" for one in page.checkbox)


def said(page):
    return " ".join(one.value for one in page.success).replace("\\", "")


def test_the_map_s_table_has_public_imports_but_never_restricted_rows(imported, tmp_path):
    import_file(ucdp(tmp_path / "u.csv"), FORMATS["ucdp"], store=Store(imported))
    import_file(acled(tmp_path / "a.csv"), FORMATS["acled"], store=Store(imported))
    public = library.events_table(Store(imported), restricted=False)
    assert "ucdp-1" in public.index
    assert not public.index.str.startswith("acled").any()
    assert not public["linked_ids"].str.contains("acled").fillna(False).any()
    event_layer.publish(public)
    with pytest.raises(SchemaError, match="Restricted"):
        event_layer.publish(library.events_table(Store(imported)))


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
