"""The app as it is served, for the tests and benchmarks that open it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from geo.settings import ROOT

__all__ = ["Server", "free_port", "served", "wait_for"]

STARTS_WITHIN_S = 90
STOPS_WITHIN_S = 10


class Server(NamedTuple):
    """Where a server answers, and its process."""

    address: str
    pid: int


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    environment: Mapping[str, str],
    *,
    script: str = "app.py",
    base: str = "",
    options: Sequence[str] = (),
    folder: Path = ROOT,
    log: Path | None = None,
) -> Iterator[Server]:
    """Serve a Streamlit script, by default the app, until the ``with`` is left.

    Parameters
    ----------
    environment
        Variables beside those of this process; what a developer has imported or set is named here.
    base
        The path below which it is served, as by a proxy.
    folder
        Where it runs: a folder's ``.streamlit`` and ``static`` are its own.
    log
        Where what it says is written; nowhere by default.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", script),
        *("--server.port", str(port), "--server.address", "127.0.0.1"),
        *("--server.baseUrlPath", base, *options),
    ]
    with (log or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"BORDERMAP_OWNER": ""} | dict(environment),
            stdout=out,
            stderr=out,
        )
        address = f"http://127.0.0.1:{port}/{base}".rstrip("/")
        try:
            wait_for(f"{address}/_stcore/health", process)
            yield Server(address, process.pid)
        finally:
            stop(process)


def wait_for(address: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Return once ``address`` answers; it need not while its process, where given, has ended."""
    end = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            ended = process is not None and process.poll() is not None
            if ended or time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server as Ctrl-C does; one that does not listen is ended."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOPS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
