"""Real handshakes with a running map: who gets the owner's buttons, and what every answer carries.

As ``make run`` starts it, and behind a real nginx on the same machine.
"""

import http.client
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from geo.datasets.importing import FORMATS, import_file
from geo.files.limits import UPLOAD_MB
from geo.pages.shared.owner import COOKIE, FORWARDED
from geo.store import catalogue
from geo.store.place import Store
from tests.browser import sample
from tests.browser.conftest import serve
from tests.datasets.sample_tables import ucdp
from tests.hosting import SILENT, free_port, made_to_run, nginx
from tests.sample_events import save
from tests.visitor import visit

ROOT = Path(__file__).resolve().parents[3]
OWNERS = "Fetch and import"
REMOVE = "Remove ucdp"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    held = Store(tmp_path_factory.mktemp("imported"))
    import_file(ucdp(held.folder / "u.csv"), FORMATS["ucdp"], store=held)
    return held


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "events.parquet"
    return save(sample.EVENTS, path, **sample.JOINED)


@pytest.fixture(scope="module")
def started(store, events, tmp_path_factory):
    with made_to_run(events, store, tmp_path_factory.mktemp("log")) as one:
        yield one


def buttons(url, **more):
    """Return the buttons of the Datasets page; none where the handshake is refused."""
    try:
        with visit(url, **more) as visitor:
            return set(visitor.open("data").buttons)
    except InvalidStatus:
        return set()


def get(url, path, method="GET", body=None, **headers):
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname, at.port, timeout=20)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def cookie(token):
    return {"Cookie": f"{COOKIE}={token}"}


def test_the_printed_link_makes_the_owner_and_leaves_the_address(started):
    url, token, _ = started
    answer = get(url, f"/data?owner={token}&name=a%26b")
    assert (answer.status, answer.headers["Location"]) == (303, "/data?name=a%26b")
    given = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(given.split("; "))
    assert {OWNERS, REMOVE} <= buttons(url, headers={"Cookie": given.split(";")[0]})


def test_a_wrong_link_makes_nobody_the_owner(started):
    url, token, _ = started
    answer = get(url, f"//evil.example/?owner={token[:-1]}")
    assert (answer.status, answer.headers["Location"]) == (303, "/evil.example/")
    assert "Set-Cookie" not in answer.headers
    assert buttons(url, headers=cookie(token[:-1])).isdisjoint({OWNERS, REMOVE})


def test_without_the_secret_the_page_says_where_it_is(started):
    with visit(started[0]) as visitor:
        visitor.open("data")
        assert {OWNERS, REMOVE}.isdisjoint(visitor.buttons)
        assert "?owner=" in visitor.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example"])
def test_a_rebound_name_is_refused_even_with_the_secret(host, started):
    url, token, _ = started
    for headers in ({}, cookie(token)):
        with pytest.raises(InvalidStatus), visit(url, host=host, headers=headers):
            pass


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://localhost.evil.example", "null"]
)
def test_another_page_cannot_speak_to_the_map(origin, started):
    url, token, _ = started
    with pytest.raises(InvalidStatus), visit(url, origin=origin, headers=cookie(token)):
        pass


@pytest.mark.parametrize("name", sorted(FORWARDED & {"x-forwarded-for", "forwarded", "via"}))
def test_what_a_proxy_forwards_has_no_owner_s_button(name, started):
    url, token, _ = started
    told = {name: "127.0.0.1"}
    assert buttons(url, headers=told | cookie(token)).isdisjoint({OWNERS, REMOVE})


def test_what_is_no_page_of_this_map_is_not_the_owner_s(started):
    url, token, _ = started
    assert buttons(url, origin="", headers=cookie(token)).isdisjoint({OWNERS, REMOVE})


def test_a_button_that_was_never_shown_cannot_be_pressed(started, store):
    url, token, _ = started
    with visit(url, headers=cookie(token)) as owner:
        button = owner.open("data").buttons[REMOVE]
    for headers in ({}, cookie(token) | {"X-Forwarded-For": "127.0.0.1"}):
        with visit(url, headers=headers) as stranger:
            stranger.open("data").press(button)
        assert catalogue.find("ucdp", store)
    with visit(url, headers=cookie(token)) as owner:
        owner.open("data").press(button)
    assert catalogue.find("ucdp", store) is None
    import_file(store.folder / "u.csv", FORMATS["ucdp"], store=store)


@pytest.mark.parametrize("path", ["/", "/data", "/_stcore/health", "/none/at/all.txt"])
def test_every_answer_carries_the_headers(path, started):
    headers = get(started[0], path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    scripts = re.search("script-src ([^;]*)", headers["Content-Security-Policy"])[1]
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in scripts.replace("'wasm-unsafe-eval'", "")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/%6detrics"])
def test_the_figures_of_the_server_are_nobody_s(path, started):
    assert get(started[0], path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/app/static/../../app.py", "/app/static/..%2f..%2fapp.py", "/static/..%5c..%5capp.py"),
        *("/component/served/../../app.py", "/media/%2e%2e/%2e%2e/app.py", "//etc/passwd"),
    ],
)
def test_no_path_leads_out_of_what_is_served(path, started):
    assert get(started.url, path).status == 400


def test_a_session_that_uploads_without_end_is_refused(started):
    secret = get(started.url, "/_stcore/health").headers["Set-Cookie"].split(";")[0]
    told = {
        "Cookie": secret,
        "X-Xsrftoken": secret.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=B",
    }
    start = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = start + bytes(UPLOAD_MB * 1024 * 1000) + b"\r\n--B--\r\n"
    with visit(started.url) as visitor:
        session = visitor.open("data").session
        sent = [
            get(started.url, f"/_stcore/upload_file/{session}/{n}", "PUT", body, **told).status
            for n in range(4)
        ]
        assert sent == [204, 204, 204, 413]
        assert "Datasets" in visitor.open("data").text


# --- behind nginx ---------------------------------------------------------------------------------

FORWARDING = "proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;"
SAME_HOST = "proxy_set_header Host $http_host;"


@pytest.mark.parametrize(
    "more", ["", SAME_HOST, FORWARDING], ids=["silent", "same host", "forwarding"]
)
def test_behind_a_proxy_nobody_is_the_owner_even_with_the_secret(more, started, store, tmp_path):
    url, token, _ = started
    listen, port = free_port(), urlsplit(url).port
    with visit(url, headers=cookie(token)) as owner:
        button = owner.open("data").buttons[REMOVE]
    through = f"http://127.0.0.1:{listen}"
    with nginx(SILENT.format(listen=listen, port=port, more=more), tmp_path, listen):
        for headers in ({}, cookie(token)):
            for host in ("", "evil.example", "localhost", f"localhost:{listen}"):
                shown = buttons(through, host=host, headers=headers)
                assert shown.isdisjoint({OWNERS, REMOVE})
            with visit(through, headers=headers) as stranger:
                assert "Datasets" in stranger.open("data").text
                stranger.press(button)
        assert get(through, "/_stcore/metrics").status == 404
    assert catalogue.find("ucdp", store)


def test_the_nginx_of_the_documentation_serves_the_map(events, tmp_path):
    (written,) = re.findall(
        r"```nginx\n(.*?)```", (ROOT / "docs/hosting.md").read_text(), re.DOTALL
    )
    listen = free_port()
    log = tmp_path / "log"
    log.mkdir()
    for url in serve(events, log, ""):
        servers = re.sub(r"listen 80;", f"listen {listen};", written)
        servers = servers.replace("127.0.0.1:8501", urlsplit(url).netloc)
        assert servers.count(str(listen)) == 1
        with nginx(servers, tmp_path, listen):
            through = f"http://127.0.0.1:{listen}"
            with visit(through, host="map.example.org", origin="http://map.example.org") as one:
                assert "Datasets" in one.open("data").text
                assert OWNERS not in one.buttons
            foreign = visit(through, host="map.example.org", origin="http://evil.example")
            with pytest.raises(InvalidStatus), foreign:
                pass
            assert get(through, "/_stcore/metrics", Host="map.example.org").status == 404
            assert get(through, "/", Host="map.example.org").headers["X-Content-Type-Options"]
