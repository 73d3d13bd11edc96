import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.errors import DataError
from geo.webmap import assets, bundle, standalone


def facts(folder):
    return {p: p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file()}


def test_twice_is_once(static):
    assets.ensure()
    first = facts(static)
    assets.ensure()
    assert facts(static) == first
    assert not [path for path in first if path.name.startswith(".")]


def test_a_damaged_file_is_put_right(static):
    assets.ensure()
    (static / "vendor" / "leaflet.js").write_text("cut off")
    assets.ensure()
    assert "1.9.4" in (static / "vendor" / "leaflet.js").read_text()[:200]


@pytest.mark.parametrize(
    ("source", "made", "was"),
    [
        ("data/admin1.geojson", "admin1.geojson", '"W"'),
        ("data/gazetteer.csv", "cities.json", "Kabul"),
        ("seeds/crossings.csv", "crossings.json", "torkham"),
    ],
)
def test_what_is_made_follows_its_source_while_the_app_runs(source, made, was, static):
    for _ in range(2):  # the second finds all in place
        assets.ensure()
    before = (static / "built" / made).read_bytes()
    path = static.parent / source
    path.write_text(path.read_text("utf-8").replace(was, was[:-1] + "x" + was[-1]), "utf-8")
    assets.ensure()
    assert (static / "built" / made).read_bytes() != before


def test_many_at_once_leave_whole_files(static):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: assets.ensure(), range(16)))
    gates = json.loads((static / "built" / "crossings.json").read_text())
    assert [gate["id"] for gate in gates] == ["torkham", "hostile"]
    assert not list(static.rglob(".*"))


def test_our_modules_are_one_script(static):
    assets.ensure()
    joined = (static / "built" / "map.js").read_text()
    assert joined == bundle.joined(assets.ENTRY, assets.JS, name="BorderMap")


def test_every_module_of_ours_is_served():
    page = bundle.joined(standalone.ENTRY, assets.JS)
    for path in assets.JS.rglob("*.js"):
        assert f'["{path.relative_to(assets.JS).as_posix()}"] = ' in page, path


def test_a_missing_layer_is_named(static):
    (assets.DATA / "admin1.geojson").unlink()
    with pytest.raises(DataError, match=r"admin1\.geojson"):
        assets.ensure()


def test_address_changes_with_the_content(static):
    assets.ensure()
    before = assets.url("built/map.css")
    (static / "built" / "map.css").write_text("/* other */")
    assert assets.url("built/map.css") != before
    assert before.startswith("../../app/static/built/map.css?v=")


def test_districts_are_served_while_they_are_there(static):
    served = static / "built" / "districts.geojson"
    assets.ensure()
    assert not served.exists()
    assets.DISTRICTS.parent.mkdir(parents=True)
    assets.DISTRICTS.write_text("{}")
    assets.ensure()
    assert served.read_text() == "{}"
    assets.DISTRICTS.unlink()
    assets.ensure()
    assert not served.exists()
