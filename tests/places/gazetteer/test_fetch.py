"""Fetching from a mirror: whole sets only, resumed after a cut, the old one kept on any fault."""

import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

from geo import __main__ as command
from geo.errors import DataError, InputError
from geo.files.registry import sha256
from geo.places.gazetteer import fetch
from geo.places.gazetteer.fetch import FILES, fetch_gazetteer
from geo.places.gazetteer.full import CACHE, FullGazetteer
from tests.quiet import Quiet
from tests.sample_dumps import AF, PK, write_dumps


class Mirror(ThreadingHTTPServer):
    """Serves a folder with ranges; ``cut`` closes the next answers after so many bytes."""

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.cut, self.status = folder, [], {}
        self.ranges, self.etag, self.ignore_ranges = [], '"one"', False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(Quiet, BaseHTTPRequestHandler):
    def do_GET(self):
        name = unquote(self.path.rsplit("/", 1)[-1])
        if status := self.server.status.get(name):
            self.send_error(status)
            return
        body = (self.server.folder / name).read_bytes()
        asked, first = self.headers.get("Range"), 0
        fresh = self.headers.get("If-Range") == self.server.etag
        self.server.ranges.append((name, asked))
        if asked and fresh and not self.server.ignore_ranges:
            first = int(asked.removeprefix("bytes=").rstrip("-"))
            if first >= len(body):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(body) - first))
        if self.server.etag:
            self.send_header("ETag", self.server.etag)
        self.end_headers()
        end = len(body)
        if name == "PK.zip" and self.server.cut:
            end = first + self.server.cut.pop(0)
        self.wfile.write(body[first:end])
        self.close_connection = True


@pytest.fixture
def mirror(tmp_path):
    server = Mirror(write_dumps(tmp_path / "mirror"))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "fetched" / "gazetteer"


def finds(folder, name):
    held = FullGazetteer(folder / CACHE)
    found = {hit.place.id for hit in held.direct(name)}
    held.close()
    return found


def asked(mirror, name="PK.zip"):
    return [span for file, span in mirror.ranges if file == name]


def test_from_a_folder_everything_is_built_and_recorded(tmp_path, folder):
    origin = write_dumps(tmp_path / "mirror")
    assert fetch_gazetteer(str(origin), folder) > 1_000
    assert finds(folder, "Taza Kili") == {"gn-3"}
    assert not (folder / "incoming").exists()
    entries = json.loads((folder.parent / "registry.json").read_text(encoding="utf-8"))
    assert set(entries) == {f"gazetteer/{name}" for name in FILES}
    for name in FILES:
        entry = entries[f"gazetteer/{name}"]
        assert entry["sha256"] == sha256(origin / name)
        assert entry["url"] == f"{origin.as_posix()}/{name}"
        assert set(entry) == {"url", "date", "sha256", "licence"}


def test_from_an_address(mirror, folder):
    fetch_gazetteer(f"{mirror.url}/", folder)
    assert finds(folder, "Maiwand") >= {"gn-10"}
    entries = json.loads((folder.parent / "registry.json").read_text(encoding="utf-8"))
    assert entries["gazetteer/PK.zip"]["url"] == f"{mirror.url}/PK.zip"


def test_a_cut_is_resumed_where_it_stopped(mirror, folder):
    mirror.cut = [100, 50]
    fetch_gazetteer(mirror.url, folder)
    assert asked(mirror) == [None, "bytes=100-", "bytes=150-"]
    assert finds(folder, "Taza Kili") == {"gn-3"}


def test_after_three_cuts_the_next_run_goes_on(mirror, folder):
    mirror.cut = [100, 20, 20]
    with pytest.raises(DataError, match=r"cut after 140 of .* 140 bytes are kept.*again to go on"):
        fetch_gazetteer(mirror.url, folder)
    fetch_gazetteer(mirror.url, folder)
    assert asked(mirror)[-1] == "bytes=140-"
    assert finds(folder, "Taza Kili") == {"gn-3"}


def test_another_version_is_never_glued_to_the_half_of_the_first(mirror, folder):
    mirror.cut = [100, 20, 20]
    with pytest.raises(DataError):
        fetch_gazetteer(mirror.url, folder)
    mirror.etag = '"two"'
    write_dumps(mirror.folder, pk=PK[:5])
    fetch_gazetteer(mirror.url, folder)
    assert sha256(folder / "PK.zip") == sha256(mirror.folder / "PK.zip")


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_a_server_that_cannot_tell_versions_is_asked_for_the_whole(mirror, folder, etag):
    mirror.etag, mirror.cut = etag, [100]
    fetch_gazetteer(mirror.url, folder)
    assert asked(mirror) == [None, None]
    assert finds(folder, "Taza Kili") == {"gn-3"}


def test_a_server_without_ranges_sends_the_whole_again(mirror, folder):
    mirror.ignore_ranges, mirror.cut = True, [100]
    fetch_gazetteer(mirror.url, folder)
    assert sha256(folder / "PK.zip") == sha256(mirror.folder / "PK.zip")


def broken_zip(mirror):
    path = mirror.folder / "PK.zip"
    path.write_bytes(path.read_bytes()[:200])


def flipped_byte(mirror):
    path = mirror.folder / "PK.zip"
    body = bytearray(path.read_bytes())
    body[80] ^= 0xFF
    path.write_bytes(body)


def a_web_page(mirror):
    (mirror.folder / "PK.zip").write_text("<html>Please sign in</html>")


def other_rows(mirror):
    write_dumps(mirror.folder, pk=("only\tfour\tcells\there",))


def other_table(mirror):
    (mirror.folder / "admin2Codes.txt").write_text("code,name\n")


def refused(mirror):
    mirror.status["PK.zip"] = 404


def in_trouble(mirror):
    mirror.status["admin1CodesASCII.txt"] = 503


@pytest.mark.parametrize(
    "fault",
    [broken_zip, flipped_byte, a_web_page, other_rows, other_table, refused, in_trouble],
    ids=lambda fault: fault.__name__,
)
def test_any_fault_leaves_the_old_gazetteer_in_use(mirror, folder, fault):
    fetch_gazetteer(mirror.url, folder)
    before = {path.name: sha256(path) for path in folder.iterdir()}
    registry = (folder.parent / "registry.json").read_bytes()
    write_dumps(mirror.folder, pk=PK[:4], af=AF * 1)
    fault(mirror)
    with pytest.raises(DataError, match="stays as it was"):
        fetch_gazetteer(mirror.url, folder)
    assert {path.name: sha256(path) for path in folder.iterdir() if path.is_file()} == before
    assert (folder.parent / "registry.json").read_bytes() == registry
    assert finds(folder, "Taza Kili") == {"gn-3"}


def test_after_a_broken_file_the_next_run_starts_that_file_anew(mirror, folder):
    whole = (mirror.folder / "PK.zip").read_bytes()
    broken_zip(mirror)
    with pytest.raises(DataError):
        fetch_gazetteer(mirror.url, folder)
    (mirror.folder / "PK.zip").write_bytes(whole)
    fetch_gazetteer(mirror.url, folder)
    assert asked(mirror) == [None, None]


def test_no_server_at_all(folder):
    with pytest.raises(DataError, match="could not be fetched"):
        fetch_gazetteer("http://127.0.0.1:9", folder)


def test_a_folder_that_lacks_a_file_names_it(tmp_path, folder):
    write_dumps(tmp_path / "mirror")
    (tmp_path / "mirror" / "admin2Codes.txt").unlink()
    with pytest.raises(InputError, match=r"admin2Codes\.txt: no such file"):
        fetch_gazetteer(str(tmp_path / "mirror"), folder)


def test_the_verb(mirror, folder, monkeypatch, capsys):
    monkeypatch.setattr(fetch, "fetch_gazetteer", partial(fetch_gazetteer, folder=folder))
    assert command.main(["fetch", "gazetteer", "--from", mirror.url]) == 0
    assert "places are ready" in capsys.readouterr().out
    assert command.main(["fetch", "gazetteer", "--from", str(folder / "none")]) == 1
    assert "no such file" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        command.main(["fetch", "everything"])


def test_a_part_that_is_longer_than_the_file_is_thrown_away(mirror, folder):
    incoming = folder / "incoming"
    incoming.mkdir(parents=True)
    (incoming / "PK.zip.part").write_bytes(b"x" * 100_000)
    (incoming / "PK.zip.part.tag").write_text(mirror.etag)
    fetch_gazetteer(mirror.url, folder)
    assert finds(folder, "Taza Kili") == {"gn-3"}
