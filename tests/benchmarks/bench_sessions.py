"""Many readers at once: sessions of the map page over their own web sockets, no browser.

Run from the project's root: ``PYTHONPATH=. python tests/benchmarks/bench_sessions.py``. Each
session speaks Streamlit's own protocol: it opens the page, then switches a kind of event on or off
after 1 to 3 s of thought, over and over. Measured is the time from the click to the message that
redraws the map. With 20 and 50 sessions on one process, then, where nginx is installed, with 50 on
several processes behind it, each reader kept on one of them by a cookie. Prints Markdown.
"""

import asyncio
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from page_driver import cpu_seconds
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from geo.model import EVENT_GROUPS
from geo.words import GROUP_WORDS
from tests.app_server import free_port, served, wait_for

SECONDS = 40
THOUGHT_S = (1.0, 3.0)
PILLS = "-f_what_groups"
PROCESSES = 3
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
"""The run that called back; the one that draws follows it."""
NGINX = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  # a reader keeps the process that a cookie names; one without a cookie gets one by chance
  map $cookie_reader $reader {{ default $cookie_reader; '' $request_id; }}
  upstream processes {{
    hash $reader consistent;
    {servers}
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://processes;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 1d;
      add_header Set-Cookie "reader=$reader; Path=/; SameSite=Lax; HttpOnly";
    }}
  }}
}}
"""


class Session:
    """One reader: what came last from the server, and the widget that is clicked."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.query = socket, ""
        self.widget, self.fragment = "", ""

    async def run(self, message: BackMsg) -> float:
        """Send ``message``, read until the run has ended, and give the ms to the map's message."""
        started, drawn = time.perf_counter(), float("nan")
        await self.socket.send(message.SerializeToString())
        while True:
            got = ForwardMsg.FromString(await self.socket.recv())
            kind = got.WhichOneof("type")
            if kind == "page_info_changed":
                self.query = got.page_info_changed.query_string
            elif kind == "delta" and self.take(got) == "component_instance":
                drawn = (time.perf_counter() - started) * 1000
            elif kind == "script_finished" and got.script_finished != EARLY:
                return drawn

    def take(self, got: ForwardMsg) -> str:
        """Note the pills of kinds when they come by; give what kind of element this is."""
        element = got.delta.new_element
        kind = element.WhichOneof("type") or ""
        if kind == "button_group" and element.button_group.id.endswith(PILLS):
            self.widget, self.fragment = element.button_group.id, got.delta.fragment_id
        return kind

    async def open(self) -> None:
        """Ask for the page."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        await self.run(message)

    async def click(self, group: str) -> float:
        """Switch to one kind, or to all with an empty ``group``."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = self.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.widget
        state.string_array_value.data.extend([GROUP_WORDS[group]] if group else [])
        return await self.run(message)


async def read(address: str, seed: int, until: float) -> list[float]:
    """Open the page and click until the time is over; give the ms of every click."""
    chance, waits = random.Random(seed), []
    headers = {"Cookie": f"reader={seed}"}
    uri = f"{address.replace('http', 'ws')}/_stcore/stream"
    async with connect(
        uri, subprotocols=["streamlit"], max_size=None, additional_headers=headers
    ) as socket:
        session = Session(socket)
        await session.open()
        on = False
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(*THOUGHT_S))
            on = not on
            waits.append(await session.click(chance.choice(list(EVENT_GROUPS)) if on else ""))
    return waits


async def crowd(address: str, count: int) -> list[float]:
    """Let ``count`` sessions read at once."""
    until = time.monotonic() + SECONDS
    found = await asyncio.gather(*(read(address, seed, until) for seed in range(count)))
    return [ms for waits in found for ms in waits]


@contextmanager
def behind_nginx(addresses: Sequence[str]) -> Iterator[str]:
    """Put nginx before several servers; give its address."""
    program, port = shutil.which("nginx") or "/usr/sbin/nginx", free_port()
    servers = " ".join(f"server {one.removeprefix('http://')};" for one in addresses)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, servers=servers, port=port), "utf-8")
        proxy = subprocess.Popen([program, "-c", str(config), "-g", "daemon off;"])
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            proxy.terminate()
            proxy.wait()


def measure(title: str, address: str, pids: Sequence[int], count: int) -> None:
    """Print the line of one crowd."""
    asyncio.run(crowd_of_one(address))  # the first visitor of a process reads the events
    before = cpu_seconds(*pids)
    waits = asyncio.run(crowd(address, count))
    used = (cpu_seconds(*pids) - before) * 1000 / len(waits)
    middle, late = statistics.median(waits), statistics.quantiles(waits, n=20)[18]
    print(f"| {title} | {count} | {len(waits)} | {middle:,.0f} | {late:,.0f} | {used:,.0f} |")


async def crowd_of_one(address: str) -> None:
    """Open the page once from every reader's cookie, so that each process is warm."""
    for seed in range(2 * PROCESSES):
        await read(address, seed, 0)


def main() -> None:
    """Measure one process, then several."""
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}\n")
    print("| servers | sessions | clicks | click → map's message p50, ms | p95 | server, ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"BORDERMAP_IMPORTED": folder}
        with served(environment) as (address, pid):
            for count in (20, 50):
                measure("one process", address, [pid], count)
        if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
            return
        with ExitStack() as stack:
            servers = [stack.enter_context(served(environment)) for _ in range(PROCESSES)]
            address = stack.enter_context(behind_nginx([one for one, _ in servers]))
            title = f"{PROCESSES} processes behind nginx"
            measure(title, address, [pid for _, pid in servers], 50)


if __name__ == "__main__":
    main()
