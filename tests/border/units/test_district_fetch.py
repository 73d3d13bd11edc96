"""Fetching the districts: from the API's answer, from mirrors, and through every fault."""

import json
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from geo import __main__ as command
from geo.border import layers
from geo.border.units import district_fetch
from geo.border.units.district_fetch import MAP_FILE, fetch_districts
from geo.errors import DataError, InputError
from geo.files.registry import sha256
from tests.border.toys import simplified
from tests.border.units.test_districts import write
from tests.quiet import QuietFiles

GB = "geoBoundaries-{}-ADM2_simplified.geojson"
COD = "{}-COD-AB-ADM2_simplified.geojson"


@pytest.fixture
def mirror(toy_land, tmp_path):
    """A folder with one file a country; provinces play the districts."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    write(folder / GB.format("AFG"), simplified("AF"))
    write(folder / COD.format("PAK"), simplified("PK"), "ADM2_EN")
    return folder


@pytest.fixture
def served(mirror):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(mirror)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "fetched" / "districts"


def answer(mirror, served, release, iso3, name):
    """Put geoBoundaries' answer about one country where the server gives it."""
    page = mirror / "api" / release / iso3 / "ADM2"
    page.mkdir(parents=True)
    facts = {
        "simplifiedGeometryGeoJSON": f"{served}/{name}",
        "boundaryLicense": "CC BY 4.0",
        "boundarySource": "Somebody",
        "boundaryYearRepresented": "2014",
    }
    (page / "index.html").write_text(json.dumps(facts))


def test_from_a_folder_everything_is_built_and_recorded(mirror, folder, monkeypatch):
    built = fetch_districts(str(mirror), folder=folder)
    assert not (folder / "incoming").exists()
    monkeypatch.setattr(layers, "DISTRICTS_FILE", folder / "districts.parquet")
    assert len(layers.districts()) == len(built.frame) == 12
    assert (folder / MAP_FILE).stat().st_size > 1000
    assert (folder / "notes.txt").read_text("utf-8").splitlines() == list(built.notes)
    entries = json.loads((folder.parent / "registry.json").read_text("utf-8"))
    name = COD.format("PAK")
    assert entries[f"districts/{name}"]["sha256"] == sha256(mirror / name)
    assert entries[f"districts/{name}"]["url"] == f"{mirror.as_posix()}/{name}"


def test_from_an_address_the_other_source_is_tried_too(served, folder):
    assert len(fetch_districts(f"{served}/", folder=folder).frame) == 12


@pytest.mark.parametrize(("source", "release"), district_fetch.RELEASES.items())
def test_from_the_official_answer(mirror, served, folder, source, release):
    answer(mirror, served, release, "AFG", GB.format("AFG"))
    answer(mirror, served, release, "PAK", COD.format("PAK"))
    fetch_districts(source=source, folder=folder, api=f"{served}/api")
    entries = json.loads((folder.parent / "registry.json").read_text("utf-8"))
    licence = entries[f"districts/{GB.format('AFG')}"]["licence"]
    assert licence == f"CC BY 4.0; Somebody, 2014; geoBoundaries {release}"


def cut(mirror):
    path = mirror / GB.format("AFG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def a_web_page(mirror):
    (mirror / GB.format("AFG")).write_text("<html>Please sign in</html>")


def half_a_country(mirror):
    write(mirror / GB.format("AFG"), dict(list(simplified("AF").items())[:3]))


def the_other_country(mirror):
    write(mirror / GB.format("AFG"), simplified("PK"))


@pytest.mark.parametrize("fault", [cut, a_web_page, half_a_country, the_other_country])
def test_any_fault_leaves_the_old_layer_in_use(mirror, served, folder, fault):
    fetch_districts(served, folder=folder)
    before = {path.name: sha256(path) for path in folder.iterdir()}
    fault(mirror)
    with pytest.raises(DataError, match="stay as they were"):
        fetch_districts(served, folder=folder)
    assert {path.name: sha256(path) for path in folder.iterdir()} == before


def test_no_server_and_a_strange_answer(mirror, served, folder):
    with pytest.raises(DataError, match="could not be fetched"):
        fetch_districts(folder=folder, api="http://127.0.0.1:9")
    answer(mirror, served, "gbOpen", "AFG", GB.format("AFG"))
    (mirror / "api" / "gbOpen" / "AFG" / "ADM2" / "index.html").write_text('{"error": 1}')
    with pytest.raises(DataError, match="did not answer as geoBoundaries does"):
        fetch_districts(folder=folder, api=f"{served}/api")


def test_a_mirror_that_lacks_a_country_and_an_unknown_source(mirror, served, folder):
    (mirror / COD.format("PAK")).unlink()
    for source in (str(mirror), served):
        with pytest.raises(InputError, match=r"PAK-COD-AB-ADM2\.geojson.* is there"):
            fetch_districts(source, folder=folder)
    with pytest.raises(InputError, match="choose one of geoboundaries, cod-ab"):
        fetch_districts(source="gadm", folder=folder)


def test_the_verb(mirror, folder, monkeypatch, capsys):
    monkeypatch.setattr(district_fetch, "fetch_districts", partial(fetch_districts, folder=folder))
    arguments = ["fetch", "districts", "--source", "cod-ab", "--from", str(mirror)]
    assert command.main(arguments) == 0
    said = capsys.readouterr()
    assert "12 districts are ready" in said.out
    assert "not matched" in said.err
    assert command.main(["fetch", "districts", "--from", str(folder / "none")]) == 1
