"""A damaged store on the pages: what ships is shown, what is damaged is named."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.pages.shared import load, owner
from geo.store.place import Store
from geo.webmap import assets
from tests.datasets.sample_tables import ucdp
from tests.pages.shared.test_owner import TOKEN, seen


def the_map():
    from geo.pages.map import page

    page.show()


def the_datasets():
    from geo.pages.datasets import page

    page.show()


@pytest.fixture
def store(tmp_path, monkeypatch):
    folder = tmp_path / "store"
    monkeypatch.setenv("BORDERMAP_STORE", str(folder))
    monkeypatch.setenv("BORDERMAP_OWNER", TOKEN)
    monkeypatch.setattr(owner, "st", seen())
    monkeypatch.setattr(assets, "BUILT", tmp_path / "built")
    import_file(ucdp(tmp_path / "u.csv"), UCDP, store=Store(folder))
    load._load.clear()
    yield Store(folder)
    load._load.clear()


def warnings(page):
    ran = AppTest.from_function(page, default_timeout=60).run()
    assert not ran.exception, ran.exception
    return " ".join(one.value for one in ran.warning).replace("\\", "")


@pytest.mark.parametrize("page", [the_map, the_datasets])
def test_a_sound_store_says_nothing(page, store):
    assert warnings(page) == ""


@pytest.mark.parametrize("page", [the_map, the_datasets])
@pytest.mark.parametrize("kind", ["ucdp-*.parquet", "store.db"])
def test_what_is_damaged_is_named_and_the_rest_is_there(page, kind, store, monkeypatch):
    (path,) = store.folder.glob(kind)
    path.write_bytes(b"")
    said = warnings(page)
    assert path.name in said
    assert "python -m geo" in said
    assert "chr-" in " ".join(load.shared().table.index)
    monkeypatch.setenv("BORDERMAP_OWNER", "")
    said = warnings(page)
    assert "damaged" in said
    assert "geo check" in said
    assert str(store.folder) not in said
