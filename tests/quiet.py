"""Servers of files for tests that say nothing of what is asked of them."""

from http.server import SimpleHTTPRequestHandler

__all__ = ["Quiet", "QuietFiles"]


class Quiet:
    """What makes a request handler keep the tests' output clean."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class QuietFiles(Quiet, SimpleHTTPRequestHandler):
    """Serves the files of a folder."""
