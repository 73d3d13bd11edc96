"""Bring files from an address or a folder: resumed when cut, copied when local, recorded.

A download that was cut goes on where it stopped (HTTP ranges, RFC 9110 section 14), as long as
the server says it is still the same file. What every ``geo fetch`` shares; what a file must be
and where it goes is for the caller to say.
"""

from __future__ import annotations

import json
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tqdm import tqdm

from geo.errors import DataError
from geo.files.locking import locked
from geo.files.registry import sha256
from geo.files.writing import replacing, write

__all__ = [
    "AGAIN",
    "Progress",
    "download",
    "entry",
    "fetch_file",
    "fetched_record",
    "gathering",
    "is_remote",
    "no_progress",
    "record_fetched",
]

Progress = Callable[[str, int, int | None], object]
"""Called with a file's name, the bytes that are there and, where known, those there will be."""

_AGENT: Final = {"User-Agent": "afpak-border-map (geo fetch)"}
_TIMEOUT_S: Final = 30
_BLOCK: Final = 1 << 16
_TRIES: Final = 3
AGAIN: Final = "run the same command again to go on, or name a mirror with --from DIR_OR_URL."
"""The way out that every failed download names; a page says it in its own words."""


def no_progress(_name: str, _held: int, _total: int | None) -> None:
    """Report no progress."""


class _CutError(Exception):
    """A transfer ended early; what came is kept."""


def is_remote(source: str) -> bool:
    """Return whether ``source`` is an http(s) address; anything else is a folder."""
    return urlsplit(source).scheme in {"http", "https"}


def fetch_file(source: str, name: str, folder: Path, progress: Progress = no_progress) -> Path:
    """Fetch the file ``name`` of ``source``, an http(s) address or a folder, into ``folder``.

    ``progress`` is called besides the bar that a terminal shows.

    Returns
    -------
    Path
        The file as it now lies in ``folder``.

    Raises
    ------
    DataError
        If a download fails; what came stays beside the target, to go on from.
    OSError
        If ``source`` is a folder and lacks the file.
    """
    target = folder / name
    if is_remote(source):
        download(f"{source.rstrip('/')}/{name}", target, progress)
        return target
    origin = Path(source).expanduser() / name
    with origin.open("rb") as stream, replacing(target) as draft, draft.open("wb") as out:
        _copy(stream.read, out, name, 0, origin.stat().st_size, progress)
    return target


def download(url: str, target: Path, progress: Progress = no_progress) -> None:
    """Fetch ``url`` to ``target``, three tries, each going on where the last was cut.

    Raises
    ------
    DataError
        If it cannot be fetched; says why, and that the same command goes on.
    """
    part = target.with_name(f"{target.name}.part")
    for left in reversed(range(_TRIES)):
        try:
            _transfer(url, part, progress)
        except HTTPError as error:
            error.close()
            if left and error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)  # longer than the file now is: begin anew
                continue
            raise DataError(_failed(url, f"the server says {error.code} {error.reason}")) from error
        except (URLError, HTTPException, OSError, _CutError) as error:
            if left:
                continue
            held = part.stat().st_size if part.exists() else 0
            kept = f"; {held:,} bytes are kept" if held else ""
            raise DataError(_failed(url, _why(error) + kept)) from error
        part.replace(target)
        _tag(part).unlink(missing_ok=True)
        return


def _failed(url: str, why: str) -> str:
    return f"{url} could not be fetched: {why}. What is in use stays as it was; {AGAIN}"


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, socket.gaierror):
        return f"there is no network, or no such server ({reason})"
    return str(reason)


def _transfer(url: str, part: Path, progress: Progress) -> None:
    """Append to ``part`` what is missing, or begin anew if the file has changed since."""
    held, tag = (part.stat().st_size if part.exists() else 0), _tag(part)
    headers = dict(_AGENT)
    if held and tag.exists():
        headers |= {"Range": f"bytes={held}-", "If-Range": tag.read_text(encoding="ascii")}
    with urlopen(Request(url, headers=headers), timeout=_TIMEOUT_S) as answer:
        resumed = answer.status == HTTPStatus.PARTIAL_CONTENT and _continues(answer.headers, held)
        held = held if resumed else 0
        _remember(tag, answer.headers)
        size = answer.headers.get("Content-Length")
        total = held + int(size) if size else None
        with part.open("ab" if resumed else "wb") as out:
            got = _copy(answer.read, out, part.stem, held, total, progress)
    if total is not None and got < total:
        raise _CutError(f"cut after {got:,} of {total:,} bytes")


def _continues(headers: HTTPMessage, held: int) -> bool:
    return headers.get("Content-Range", "").startswith(f"bytes {held}-")


def _remember(tag: Path, headers: HTTPMessage) -> None:
    """Keep the validator without which a later range could belong to another file."""
    etag = headers.get("ETag", "")
    validator = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")
    if validator and validator.isascii():
        tag.write_text(validator, encoding="ascii")
    else:
        tag.unlink(missing_ok=True)


def _tag(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _copy(
    read: Callable[[int], bytes],
    out: IO[bytes],
    name: str,
    held: int,
    total: int | None,
    progress: Progress,
) -> int:
    """Copy to the end and return the bytes that ``out`` then has."""
    with tqdm(
        desc=name, total=total, initial=held, unit="B", unit_scale=True, disable=not _on_terminal()
    ) as bar:
        while block := read(_BLOCK):
            out.write(block)
            held += len(block)
            bar.update(len(block))
            progress(name, held, total)
    return held


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def entry(url: str, path: Path, licence: str) -> dict[str, str]:
    """Return what the record says of a fetched file: address, day, SHA-256, licence."""
    return {
        "url": url if is_remote(url) else Path(url).expanduser().resolve().as_posix(),
        "date": datetime.now(UTC).date().isoformat(),
        "sha256": sha256(path),
        "licence": licence,
    }


def record_fetched(registry: Path, entries: dict[str, dict[str, str]]) -> None:
    """Enter fetched files, by their path below ``registry``'s folder, in one step."""
    with locked(registry.parent):
        held = fetched_record(registry)
        text = json.dumps(dict(sorted({**held, **entries}.items())), ensure_ascii=False, indent=1)
        write(registry, f"{text}\n")


UNSTATED: Final = {"url": "", "date": "", "sha256": "", "licence": "not stated"}


def fetched_record(registry: Path) -> dict[str, dict[str, str]]:
    """Return what was fetched: path to entry; nothing where the record is missing or damaged.

    It only describes: without it what was fetched works on, and the next fetch enters itself.
    """
    try:
        held = json.loads(registry.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = held.items() if isinstance(held, dict) else ()
    return {
        name: UNSTATED | {key: str(value) for key, value in facts.items()}
        for name, facts in entries
        if isinstance(facts, dict)
    }


@contextmanager
def gathering(folder: Path) -> Iterator[Path]:
    """Give the folder in which a fetch gathers its files, to one process at a time.

    It goes when the block is through. After a failure it stays, so that the next try goes on.

    Raises
    ------
    DataError
        If another process is fetching the same for long.
    """
    try:
        with locked(folder):
            incoming = folder / "incoming"
            incoming.mkdir(exist_ok=True)
            yield incoming
            shutil.rmtree(incoming)
    except TimeoutError as error:
        raise DataError(f"{error} When it is done, {AGAIN}") from error
