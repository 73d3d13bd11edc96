"""Who is the owner, by the secret, the address and the headers of a request."""

from types import SimpleNamespace

import pytest

from geo.pages.shared import owner

TOKEN = "of-the-tests-and-nobody-else"


def seen(address=None, token=TOKEN, **headers):
    """Stand in for Streamlit, which knows no browser in a test; ``_`` in a header is ``-``."""
    named = {"Host": "localhost:8501"} | {k.replace("_", "-"): v for k, v in headers.items()}
    named = {"Origin": f"http://{named['Host'].lower()}"} | named
    context = SimpleNamespace(ip_address=address, headers=named, cookies={owner.COOKIE: token})
    return SimpleNamespace(context=context, get_option={"server.port": 8501}.get)


@pytest.fixture(autouse=True)
def started(monkeypatch):
    monkeypatch.setenv("BORDERMAP_OWNER", TOKEN)
    monkeypatch.setattr(owner, "st", seen())


@pytest.mark.parametrize("setting", ["", "0", "yes", "1"])
def test_a_setting_that_is_no_secret_makes_no_owner(setting, monkeypatch):
    assert owner.is_owner()
    monkeypatch.setenv("BORDERMAP_OWNER", setting)
    monkeypatch.setattr(owner, "st", seen(token=setting))
    assert not owner.is_owner()


@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN.upper(), f"{TOKEN} ", "گھر"])
def test_another_secret_makes_no_owner(token, monkeypatch):
    monkeypatch.setattr(owner, "st", seen(token=token))
    assert not owner.is_owner()


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (None, True),
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.0.2.7", False),
        ("::ffff:192.0.2.7", False),
        ("2001:db8::1", False),
        ("", False),
        ("unknown", False),
    ],
)
def test_an_owner_sits_at_the_machine(address, here, monkeypatch):
    monkeypatch.setattr(owner, "st", seen(address))
    assert owner.is_owner() is here


@pytest.mark.parametrize(
    ("host", "here"),
    [
        *(
            (one, True)
            for one in ("localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501")
        ),
        *((one, False) for one in ("evil.example", "localhost.evil.example", "192.168.1.5:8501")),
        *((one, False) for one in ("", "127.0.0.1.evil.example:8501", "[", "0.0.0.0:8501")),
        *((one, False) for one in ("localhost", "localhost:80", "127.0.0.1:8502", "localhost:x")),
    ],
)
def test_the_host_is_this_machine(host, here, monkeypatch):
    monkeypatch.setattr(owner, "st", seen(Host=host))
    assert owner.is_owner() is here


@pytest.mark.parametrize("name", sorted(owner.FORWARDED))
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_what_was_forwarded_is_not_the_owner_s(name, value, monkeypatch):
    monkeypatch.setattr(owner, "st", seen(**{name.title(): value}))
    assert not owner.is_owner()


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://evil.example", "http://localhost:80", "https://localhost:8501"],
)
def test_what_another_page_or_a_hidden_proxy_asks_is_not_the_owner_s(origin, monkeypatch):
    monkeypatch.setattr(owner, "st", seen(Origin=origin))
    assert not owner.is_owner()
