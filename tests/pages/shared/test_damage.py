"""A damaged store on the pages: what ships is shown, what is damaged is named."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.__main__ import main
from geo.border import layers
from geo.border.units import districts as units
from geo.border.units.district_fetch import fetch_districts
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.pages.shared import load, owner
from geo.store.place import Store
from geo.webmap import assets
from tests.border import toys
from tests.border.toys import simplified
from tests.border.units.test_districts import write
from tests.datasets.sample_tables import ucdp
from tests.pages.shared.test_owner import TOKEN, seen
from tests.store.counts import often
from tests.store.test_damage import corrupt


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


DISTRICTS = ("districts.parquet", "map.geojson", "sha256.json")


@pytest.fixture(scope="module")
def fetched(tmp_path_factory):
    """A folder of made-up districts as they are fetched, and the mirror that they come from."""
    place = tmp_path_factory.mktemp("districts")
    (place / "mirror").mkdir()
    for iso, name in (("AF", "AFG"), ("PK", "PAK")):
        path = place / "mirror" / f"geoBoundaries-{name}-ADM2_simplified.geojson"
        with toy_land():
            write(path, simplified(iso))
    fetch(place, place / "districts")
    return place


@contextmanager
def toy_land():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "countries", toys.countries)
        patch.setattr(layers, "admin1", toys.provinces)
        patch.setattr(units, "UNITS_EXPECTED", {"AF": (2, 50), "PK": (2, 50)})
        yield


def fetch(place, folder):
    with toy_land():
        fetch_districts(str(place / "mirror"), folder=folder)


@pytest.fixture
def districts(fetched, store, tmp_path, monkeypatch):
    """A copy of them that the map shows, to be damaged."""
    folder = Path(shutil.copytree(fetched / "districts", tmp_path / "districts"))
    monkeypatch.setattr(layers, "DISTRICTS_FILE", folder / DISTRICTS[0])
    monkeypatch.setattr(assets, "DISTRICTS", folder / DISTRICTS[1])
    assert "district" in load.shared().table
    assert (assets.BUILT / "districts.geojson").exists()
    return folder


def look_again():
    load.look_again()
    return load.shared()


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        (name, seed)
        for seed in range(often(5, 20))
        for name in often((DISTRICTS[seed % 2],), DISTRICTS[:2])
    ],
)
def test_damaged_districts_are_named_and_a_new_fetch_brings_them_back(
    name, seed, districts, fetched, capsys
):
    corrupt(districts / name, seed)
    shared = look_again()
    assert "chr-" in " ".join(shared.table.index)
    assert "district" not in shared.table
    assert not (assets.BUILT / "districts.geojson").exists()
    assert name in warnings(the_map)
    assert name in warnings(the_datasets)
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "python -m geo fetch districts" in capsys.readouterr().err
    fetch(fetched, districts)
    assert "district" in look_again().table
    assert warnings(the_map) == ""


def test_a_damaged_digest_is_named_too(districts):
    (districts / DISTRICTS[2]).write_text("{")
    assert "district" not in look_again().table
    assert not (assets.BUILT / "districts.geojson").exists()
    assert DISTRICTS[2] in warnings(the_map)


def test_districts_of_an_older_version_have_no_digest_and_are_shown(districts):
    (districts / DISTRICTS[2]).unlink()
    assert "district" in look_again().table


@pytest.mark.parametrize("seed", range(often(5, 20)))
@pytest.mark.parametrize("name", ["events-*.bin", "events-*.ids.json", "map.js", "admin1.geojson"])
def test_what_is_served_is_made_again_where_it_is_damaged(name, seed, store):
    held = load.shared()
    (path,) = assets.BUILT.glob(name)
    content = path.read_bytes()
    corrupt(path, seed)
    assert look_again().events_url == held.events_url
    assert path.read_bytes() == content
