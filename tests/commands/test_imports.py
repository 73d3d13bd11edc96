"""The verbs ``import`` and ``fetch ucdp`` as a user types them."""

import pytest

from geo.__main__ import main
from geo.datasets import fetch
from geo.store import catalogue
from geo.store.place import here
from geo.webmap import assets
from tests.datasets.broken import FILES
from tests.datasets.sample_tables import acled, ucdp


@pytest.fixture(autouse=True)
def own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("BORDERMAP_STORE", str(tmp_path / "imported"))
    monkeypatch.setattr(fetch, "FOLDER", tmp_path / "fetched" / "ucdp")
    monkeypatch.setattr(assets, "BUILT", tmp_path / "built")


def test_import_accounts_for_every_row_and_says_whose_data_it_is(tmp_path, capsys):
    path = ucdp(tmp_path / "GEDEvent_v25_1.csv", {}, {"id": "2"}, {"id": "3", "latitude": "50"})
    assert main(["import", str(path), "--format", "ucdp"]) == 0
    out = capsys.readouterr().out
    assert "3 rows in = 2 imported + 1 outside + 0 refused" in out
    assert "CC BY 4.0" in out
    assert "Journal of Peace Research" in out
    assert main(["import", str(path), "--format", "ucdp"]) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert main(["import"]) == 0
    assert "ucdp: 2 rows, 2023-02-19 to 2023-02-19" in capsys.readouterr().out


def test_refused_rows_are_counted_by_reason_and_listed_in_a_file(tmp_path, capsys):
    assert main(["import", str(FILES / "out_of_bounds.csv"), "--format", "ucdp"]) == 1
    err = capsys.readouterr().err
    assert "refused 1: is no number" in err
    assert ".refused.csv" in err


def test_acled_states_its_terms(tmp_path, capsys):
    assert main(["import", str(acled(tmp_path / "a.csv")), "--format", "acled"]) == 0
    out = capsys.readouterr().out
    assert "may not be given to others" in out
    assert "left out of exports" in out.replace("\n", " ")


def test_a_table_shows_what_its_columns_were_taken_for(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text("When,lat,lon,Killed\n2023-02-19,34.1,71,2\n", encoding="utf-8")
    assert main(["import", str(path), "--format", "table", "--show-map"]) == 0
    shown = capsys.readouterr().out
    assert 'fatalities = "Killed"' in shown
    saved = tmp_path / "map.toml"
    saved.write_text(shown.replace("near", "exact"), encoding="utf-8")
    assert main(["import", str(path), "--format", "table", "--map", str(saved)]) == 0
    assert "1 imported" in capsys.readouterr().out
    (held,) = catalogue.listing(here())
    assert catalogue.read_frame(held, here())["precision"].tolist() == ["exact"]


def test_one_bad_file_is_named_and_the_others_are_imported(tmp_path, capsys):
    good = ucdp(tmp_path / "good.csv")
    bad = FILES / "error_page.csv"
    assert main(["import", str(bad), str(good), "--format", "ucdp"]) == 1
    captured = capsys.readouterr()
    assert "web page" in captured.err
    assert "1 imported" in captured.out


def test_links_are_listed_and_cut_and_datasets_removed(tmp_path, capsys):
    main(["import", str(ucdp(tmp_path / "u.csv")), "--format", "ucdp"])
    main(["import", str(acled(tmp_path / "a.csv")), "--format", "acled"])
    capsys.readouterr()
    assert main(["import", "--links"]) == 0
    assert "acled-PAK1" in capsys.readouterr().out
    assert main(["import", "--cut", "acled-PAK1", "ucdp-1"]) == 0
    main(["import", "--links"])
    assert "acled-PAK1  ucdp-1" not in capsys.readouterr().out
    assert main(["import", "--remove", "acled"]) == 0
    assert main(["import", "--remove", "acled"]) == 1
    assert "there are: ucdp" in capsys.readouterr().err


def test_fetch_brings_and_imports_a_version(tmp_path, capsys):
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    ucdp(mirror / "GEDEvent_v26_0_6.csv")
    assert main(["fetch", "ucdp", "--version", "26.0.6", "--from", str(mirror)]) == 0
    assert "1 imported" in capsys.readouterr().out
    assert catalogue.listing(here())[0].files[0].version == "26.0.6"
    assert main(["fetch", "ucdp", "--version", "26.0.7", "--from", str(mirror)]) == 1


def test_a_file_needs_a_format(tmp_path, capsys):
    assert main(["import", str(ucdp(tmp_path / "a.csv"))]) == 1
    assert "--format" in capsys.readouterr().err
