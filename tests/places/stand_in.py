"""A stand-in for Nominatim on this machine that enforces its usage policy, and can misbehave."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.quiet import Quiet

PLACES = {
    "dogarzai": [
        {
            "lat": "33.10",
            "lon": "69.90",
            "display_name": "Dogarzai, Khost, Afghanistan",
            "name": "Dogarzai",
            "addresstype": "village",
            "osm_type": "node",
            "osm_id": 7,
            "address": {"state": "Khost", "country_code": "af"},
            "boundingbox": ["33.08", "33.12", "69.88", "69.92"],
        }
    ],
    "twinname": [
        {"lat": "33.1", "lon": "69.9", "display_name": "Twinname", "addresstype": "village"},
        {"lat": "30.2", "lon": "67.0", "display_name": "Twinname", "addresstype": "village"},
    ],
    "farland": [{"lat": "48.2", "lon": "16.4", "display_name": "Farland, Austria"}],
    "widedistrict": [
        {
            "lat": "33.0",
            "lon": "69.5",
            "display_name": "Widedistrict",
            "addresstype": "district",
            "osm_type": "relation",
            "osm_id": 9,
            "boundingbox": ["32.8", "33.2", "69.3", "69.7"],
        }
    ],
}
JUNK = {
    "page": (200, b"<html>Bandwidth limit exceeded</html>"),
    "half": (200, b'[{"lat": "33.1", "lo'),
    "null": (200, b"null"),
    "object": (200, b"{}"),
    "numbers": (200, b"[1, 2]"),
    "no-lat": (200, b'[{"display_name": "x"}]'),
    "words": (200, b'[{"lat": "north", "lon": "east", "display_name": "x"}]'),
    "nan": (200, b'[{"lat": "NaN", "lon": "NaN", "display_name": "x"}]'),
    "box": (200, b'[{"lat": "33", "lon": "70", "display_name": "x", "boundingbox": ["a"]}]'),
    "empty": (200, b""),
    "bytes": (200, b"\xff\xfe\x00\x81"),
    "blocked": (403, b"Access blocked"),
    "busy": (429, b"Too many requests"),
    "broken": (500, b"error"),
    "away": (503, b"maintenance"),
}


class StandIn:
    """The server; ``asked`` lists (time, query) and ``breaches`` what the policy forbids."""

    def __init__(self):
        self.asked = []
        self.breaches = []
        self.mode = ""
        self.slow_s = 0.0
        self.least_apart_s = 1.0
        self.busy = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.domain = f"127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(outer):
        class Handler(Quiet, BaseHTTPRequestHandler):
            def do_GET(self):
                if not outer.busy.acquire(blocking=False):
                    outer.breaches.append("two requests at once")
                    self.answer(429, b"busy")
                    return
                try:
                    reply = outer.reply(self.path, self.headers)
                finally:  # before the answer: with it the other side may ask again
                    outer.busy.release()
                self.answer(*reply)

            def answer(self, status, body):
                try:
                    if status == 0:  # hang up without a word
                        self.connection.close()
                        return
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json; charset=utf-8")
                    if status == 429:
                        self.send_header("Retry-After", "30")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the other side did not wait

        return Handler

    def reply(self, path, headers):
        now = time.monotonic()
        said = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
        self.check(now, said, headers)
        self.asked.append((now, said.get("q", "")))
        time.sleep(self.slow_s)
        if self.mode == "hang-up":
            return 0, b""
        if self.mode:
            return JUNK[self.mode]
        name = said.get("q", "").split(",")[0].strip().lower()
        return 200, json.dumps(PLACES.get(name, [])).encode()

    def check(self, now, said, headers):
        agent = headers.get("User-Agent", "")
        if "afpak-border-map" not in agent:
            self.breaches.append(f"no User-Agent of its own: {agent}")
        if said.get("bounded") != "1" or not said.get("viewbox"):
            self.breaches.append("not bounded to a region")
        if not set(said.get("countrycodes", "?").split(",")) <= {"af", "pk"}:
            self.breaches.append("asks beyond the two countries")
        if self.asked and now - self.asked[-1][0] < self.least_apart_s:
            self.breaches.append(f"{now - self.asked[-1][0]:.3f} s after the request before")
