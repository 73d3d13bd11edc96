"""Fetch the GeoNames dumps of both countries and build the full tier of the gazetteer from them.

Everything is first brought into ``incoming/`` and checked there; only a whole and sound set
replaces what is in use, the cache last and in one step. A download that was cut goes on where it
stopped (HTTP ranges, RFC 9110 section 14), as long as the server says it is still the same file.
Addresses: https://download.geonames.org/export/dump/readme.txt; the data are CC BY 4.0.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tqdm import tqdm

from geo.errors import DataError, InputError
from geo.places.cache import build_cache
from geo.places.dump import CODE_TABLES, COUNTRIES, check_table, check_zip
from geo.places.full import CACHE, FOLDER
from geo.registry import sha256

__all__ = ["FILES", "OFFICIAL", "fetch_gazetteer"]

OFFICIAL: Final = "https://download.geonames.org/export/dump"
FILES: Final = (*(f"{country}.zip" for country in COUNTRIES), *CODE_TABLES)

_LICENCE: Final = "CC BY 4.0, © GeoNames (geonames.org)"
_MIRROR_LICENCE: Final = "as the mirror states; the layout of GeoNames, CC BY 4.0"
_AGENT: Final = {"User-Agent": "afpak-border-map (geo fetch)"}
_TIMEOUT_S: Final = 30
_BLOCK: Final = 1 << 16
_TRIES: Final = 3


class _CutError(Exception):
    """A transfer ended early; what came is kept."""


def fetch_gazetteer(source: str = OFFICIAL, folder: Path = FOLDER) -> int:
    """Fetch, check and build the full tier.

    Parameters
    ----------
    source
        An http(s) address or a folder that holds :data:`FILES`.
    folder
        Where the files and the cache go; ``registry.json`` beside it records what they are.

    Returns
    -------
    int
        Places in the full tier.

    Raises
    ------
    InputError
        If ``source`` is a folder that is not there or lacks a file.
    DataError
        If a download fails or a file is not whole. What was in use before stays in use.
    """
    if not _remote(source):
        _require(Path(source).expanduser())
    incoming = folder / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        _bring(source, name, incoming)
        _check(incoming / name)
    count = build_cache(incoming, incoming / CACHE)
    entries = {f"{folder.name}/{name}": _entry(source, incoming / name) for name in FILES}
    for name in (*FILES, CACHE):
        (incoming / name).replace(folder / name)
    shutil.rmtree(incoming)
    _record(folder.parent / "registry.json", entries)
    return count


def _remote(source: str) -> bool:
    return urlsplit(source).scheme in {"http", "https"}


def _require(mirror: Path) -> None:
    for name in FILES:
        if not (mirror / name).is_file():
            raise InputError(f"{mirror / name}: no such file; --from needs {', '.join(FILES)}.")


def _bring(source: str, name: str, incoming: Path) -> None:
    target = incoming / name
    if _remote(source):
        _download(f"{source.rstrip('/')}/{name}", target)
        return
    origin = Path(source).expanduser() / name
    with origin.open("rb") as stream, target.open("wb") as out:
        _copy(stream.read, out, name, 0, origin.stat().st_size)


def _check(path: Path) -> None:
    try:
        if path.suffix == ".zip":
            check_zip(path, path.stem)
        else:
            check_table(path)
    except DataError as error:
        path.unlink()
        raise DataError(f"{error} The gazetteer in use stays as it was; try again.") from error


def _download(url: str, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    for left in reversed(range(_TRIES)):
        try:
            _transfer(url, part)
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
            why = f"{getattr(error, 'reason', None) or error}; {held:,} bytes are kept"
            raise DataError(_failed(url, why)) from error
        part.replace(target)
        _tag(part).unlink(missing_ok=True)
        return


def _failed(url: str, why: str) -> str:
    return (
        f"{url} could not be fetched: {why}. The gazetteer in use stays as it was; run the same "
        "command again to go on, or name a mirror with --from DIR_OR_URL."
    )


def _transfer(url: str, part: Path) -> None:
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
            got = _copy(answer.read, out, part.stem, held, total)
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
    read: Callable[[int], bytes], out: IO[bytes], name: str, held: int, total: int | None
) -> int:
    """Copy to the end and return the bytes that ``out`` then has."""
    with tqdm(
        desc=name, total=total, initial=held, unit="B", unit_scale=True, disable=not _on_terminal()
    ) as bar:
        while block := read(_BLOCK):
            out.write(block)
            held += len(block)
            bar.update(len(block))
    return held


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def _entry(source: str, path: Path) -> dict[str, str]:
    base = source.rstrip("/") if _remote(source) else Path(source).expanduser().resolve().as_posix()
    return {
        "url": f"{base}/{path.name}",
        "date": datetime.now(UTC).date().isoformat(),
        "sha256": sha256(path),
        "licence": _LICENCE if source == OFFICIAL else _MIRROR_LICENCE,
    }


def _record(registry: Path, entries: dict[str, dict[str, str]]) -> None:
    held = json.loads(registry.read_text(encoding="utf-8")) if registry.exists() else {}
    text = json.dumps(dict(sorted({**held, **entries}.items())), ensure_ascii=False, indent=1)
    part = registry.with_suffix(".part")
    part.write_text(f"{text}\n", encoding="utf-8")
    part.replace(registry)
