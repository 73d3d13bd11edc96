"""A real PostgreSQL server for the tests: the machine's, in a folder of its own, on a socket."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"
"""Whom the server runs as where the tests are root, which PostgreSQL refuses."""


def programs() -> Path | None:
    """Return the folder with ``initdb`` and ``pg_ctl``, or None."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def needed() -> Path:
    """Return the same; without one: skipped with a reason, failed where CI=true."""
    folder = programs()
    if folder is None:
        reason = "no PostgreSQL server found: install the Debian package 'postgresql'"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server; gives the address of its databases, with ``{}`` for the name of one."""
    home = Path(tempfile.mkdtemp(prefix="bordermap-pg-"))
    who = {"user": USER, "cwd": "/"} if os.geteuid() == 0 else {"cwd": "/"}
    if os.geteuid() == 0:
        shutil.chown(home, USER)
    data = home / "data"

    def run(program: str, *arguments: str) -> None:
        with (home.parent / f"{home.name}.log").open("ab") as log:
            subprocess.run(
                [folder / program, *arguments], check=True, stdout=log, stderr=log, **who
            )

    run("initdb", "-D", str(data), "-A", "trust", "-U", USER, "-N", "-E", "UTF8")
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=120"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "server.log"), "-o", options, "start")
    try:
        yield f"postgresql://{USER}@/{{}}?host={home}"
    finally:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(home)
        (home.parent / f"{home.name}.log").unlink()
