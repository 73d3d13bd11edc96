"""The map as people serve it: as ``make run`` starts it, and behind a real nginx."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from geo.settings import ROOT
from geo.store.place import Store
from tests.app_server import free_port, wait_for

SILENT = """
server {{
    listen {listen};
    location / {{
        proxy_pass http://127.0.0.1:{port};
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        {more}
    }}
}}
"""
"""A proxy that tells nothing of itself, unless ``more`` does."""


class Started(NamedTuple):
    """A map that its owner started: where it is, the secret of the printed link, what it logs."""

    url: str
    token: str
    log: Path


@contextmanager
def made_to_run(events: Path, store: Store, folder: Path) -> Iterator[Started]:
    """Start the map by ``make run`` itself."""
    port, log = free_port(), folder / "make.log"
    command = ["make", "-o", ".venv/.runtime", "run", f"PORT={port}"]
    command.append(f"BIN={Path(sys.executable).parent}")
    own = {"BORDERMAP_EVENTS": str(events), "BORDERMAP_STORE": str(store.folder)}
    with log.open("wb") as out:
        made = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | own, stdout=out, stderr=out, start_new_session=True
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", made)
            (printed,) = re.findall(rf"http://localhost:{port}/\?owner=(\S+)", log.read_text())
            yield Started(f"http://127.0.0.1:{port}", printed, log)
        finally:
            os.killpg(made.pid, signal.SIGINT)
            made.wait(20)


@contextmanager
def nginx(servers: str, folder: Path, port: int) -> Iterator[None]:
    """Run a real nginx with these server blocks. Without one: skipped, failed where CI=true."""
    binary = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if binary is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx found")
        pytest.skip("no nginx found")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;\n"
        f"events {{}}\nhttp {{ access_log {folder}/access;\n{temporary}{servers}\n}}\n"
    )
    running = subprocess.Popen([binary, "-e", f"{folder}/errors", "-c", config])
    try:
        _wait_for_port(port, running)
        yield
    finally:
        running.terminate()
        running.wait(20)


def _wait_for_port(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not start")
