"""Stores for the tests: one in a folder, one in a database of a real PostgreSQL server."""

from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import psycopg
import pytest

from geo.store import database
from geo.store.place import Store, postgresql
from tests.store import postgres

NUMBERS = count()


@pytest.fixture(scope="session")
def postgres_server():
    with postgres.server(postgres.needed()) as address:
        yield address


@contextmanager
def new_database(address):
    """Make a database of the server at ``address``; gives its own address."""
    name = f"test{next(NUMBERS)}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as one:
        one.execute(f"create database {name}")
    url = postgresql(address.format(name))
    yield url
    database.let_go(url)


@pytest.fixture
def empty_database(postgres_server):
    """The address of a new database."""
    with new_database(postgres_server) as url:
        yield url


@pytest.fixture
def local(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def shared(local, empty_database):
    return replace(local, url=empty_database)


@pytest.fixture(params=["local", "shared"])
def store(request):
    """A store of either kind, in which nothing is yet."""
    return request.getfixturevalue(request.param)
