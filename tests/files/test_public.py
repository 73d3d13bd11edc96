"""Addresses typed on a page: the public internet and nothing else, at every step of the way."""

import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import URLError
from urllib.request import Request

import pytest

from geo.errors import DataError, InputError
from geo.files import public
from geo.files.download import download, fetch_file

HERE = "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "open_to_all"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        *((one, False) for one in (HERE, "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1")),
        *((one, False) for one in ("169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1")),
        *((one, False) for one in ("255.255.255.255", "240.0.0.1", "192.0.2.1")),
        *((one, False) for one in ("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1")),
        *((one, False) for one in ("::ffff:127.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1")),
        *((one, False) for one in ("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::1")),
        ("2001:db8::1", False),
    ],
)
def test_which_addresses_are_public(address, open_to_all):
    assert public.is_public(address) is open_to_all


@contextmanager
def server(answer):
    """Serve on this machine; yields the port and the list of paths that were asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer(self)

        def log_message(self, *_):
            pass

    one = ThreadingHTTPServer((HERE, 0), Handler)
    Thread(target=one.serve_forever, daemon=True).start()
    try:
        yield one.server_port, asked
    finally:
        one.shutdown()
        one.server_close()


def says(body):
    def answer(request):
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def sends_to(where):
    def answer(request):
        request.send_response(302)
        request.send_header("Location", where)
        request.end_headers()

    return answer


@pytest.mark.parametrize("host", [HERE, "localhost", "2130706433", "0x7f.1", "0.0.0.0"])
def test_this_machine_is_not_asked_however_it_is_written(host, tmp_path):
    with server(says(b"secret")) as (port, asked):
        with pytest.raises(InputError, match="public internet"):
            download(f"http://{host}:{port}/a", tmp_path / "a", public=True)
        assert not asked
        assert not (tmp_path / "a").exists()
        download(f"http://{host}:{port}/a", tmp_path / "a")
        assert (tmp_path / "a").read_bytes() == b"secret"


@pytest.fixture
def one_public(monkeypatch):
    """Let 127.0.0.1 pass for an address of the internet, to have a server to ask; no other."""
    monkeypatch.setattr(public, "is_public", lambda address: address == HERE)


@pytest.mark.usefixtures("one_public")
def test_a_public_address_is_fetched(tmp_path):
    with server(says(b"a,b\n")) as (port, asked):
        assert fetch_file(f"http://{HERE}:{port}", "a.csv", tmp_path, public=True).read_bytes()
    assert asked == ["/a.csv"]


@pytest.mark.usefixtures("one_public")
def test_a_redirect_to_a_private_address_is_not_followed(tmp_path):
    with server(says(b"secret")) as (port, asked):
        elsewhere = f"http://127.0.0.2:{port}/a"
        with (
            server(sends_to(elsewhere)) as (first, _),
            pytest.raises(InputError, match=r"127\.0\.0\.2"),
        ):
            download(f"http://{HERE}:{first}/a", tmp_path / "a", public=True)
        assert not asked


@pytest.mark.usefixtures("one_public")
@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:,x"])
def test_a_redirect_leaves_http_for_nothing(where, tmp_path):
    with server(sends_to(where)) as (port, _), pytest.raises(DataError):
        download(f"http://{HERE}:{port}/a", tmp_path / "a", public=True)
    assert not (tmp_path / "a").exists()


def test_a_name_that_turns_private_after_the_check_gains_nothing(monkeypatch):
    told = iter([[("93.184.216.34", 80)], [(HERE, 80)]])
    tried = []

    def names(*_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in next(told)]

    def refuse(_, place):
        tried.append(place)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(URLError):
        public.open_public(Request("http://rebinding.example/a"), 5)
    assert tried == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    "source", ["/etc", "file:///etc", "~", "ftp://127.0.0.1", "\\\\host\\share"]
)
def test_a_folder_is_no_public_address(source, tmp_path):
    with pytest.raises(InputError, match="http"):
        fetch_file(source, "passwd", tmp_path, public=True)
