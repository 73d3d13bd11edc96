"""Where reports come from: text and Markdown files, web pages, archives of JSON lines, folders.

Each way in ends in the same record, :class:`Given`: the text and what its source says of it. What
cannot be used raises an error that names the file (and the line) and the way out. A file is UTF-8,
or whatever it says that it is; nothing is guessed: a wrong guess turns names of places into other
names without anyone noticing.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Final, cast

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from geo.errors import InputError
from geo.reports.documents.stamps import find_day

__all__ = ["Given", "Refuse", "given_by", "report_files", "stated"]

Refuse = Callable[[InputError], None]
"""Takes the error of what cannot be used, so that the rest can go on."""
MAX_MATTER: Final = 20_000
"""Characters of front matter; it is a few lines."""
PAGES: Final = (".html", ".htm", ".xhtml")
ARCHIVES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
READ: Final = (".txt", ".md", ".markdown", *PAGES, *ARCHIVES)
"""What is picked from a folder; a file named by itself is read whatever its name."""
OPENED: Final = re.compile(r"\ufeff?(?=-{3,}[ \t]*\r?\n)")
MAX_BYTES: Final = 5_000_000
"""A news item is kilobytes; a file, page or record larger than this is taken for a mistake."""
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)
"""Byte order marks; UTF-32 first, since its mark begins with that of UTF-16."""
CHARSET: Final = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s?=\s?["']?([\w:.-]{2,40})""")
DECLARED_IN: Final = 4096
"""Bytes at the top of a page in which its encoding is declared."""
WESTERN: Final = frozenset({"iso8859-1", "ascii"})
"""What browsers read as Windows-1252, since pages that say so are."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text as its source gives it; ``single`` if it is one item and not to be split.

    ``basis`` says what the date rests on; where it is set and there is no date, the source says
    that there is none.
    """

    text: str
    stem: str
    start: int = 0
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: date | None = None
    basis: str = ""
    single: bool = False


def report_files(path: Path, refuse: Refuse) -> list[Path]:
    """Return the report files at ``path``: itself, or those of a folder in order of their names.

    Folders are searched through; hidden files and files of other kinds are passed over. If there
    is nothing at ``path``, or no report in the folder, ``refuse`` is told and none is returned.
    """
    if not path.exists():
        refuse(InputError(f"{path}: no such file."))
        return []
    if not path.is_dir():
        return [path]
    found = [
        file
        for file in sorted(path.rglob("*"))
        if file.name.lower().endswith(READ)
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.is_file()
    ]
    if not found:
        ends = ", ".join(READ)
        refuse(InputError(f"{path}: no report in this folder; reports end in {ends}."))
    return found


def given_by(path: Path, refuse: Refuse) -> Iterator[Given]:
    """Yield what one file gives; lines of an archive that cannot be used go to ``refuse``.

    Raises
    ------
    InputError
        If the file is missing, empty, too large, binary or not in an encoding that it tells.
    """
    name = path.name.lower()
    try:
        if name.endswith(ARCHIVES):
            yield from _archive(path, refuse)
        elif name.endswith(PAGES):
            yield _page(path)
        else:
            yield _text_file(path)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read ({error}); see that it is whole.") from error


def stated(meta: Mapping[str, object], text: str, stem: str, start: int = 0) -> Given:
    """Return ``text`` with what its front matter says. Never raises."""
    published = _day(meta.get("published") or meta.get("date"))
    unknown = "published" in meta and meta["published"] is None
    return Given(
        text,
        stem,
        start,
        title=_word(meta.get("headline")) or _word(meta.get("title")),
        outlet=_word(meta.get("outlet")),
        url=_word(meta.get("url")),
        published=published,
        basis="front matter" if published else "front matter gives none" if unknown else "",
    )


def _text_file(path: Path) -> Given:
    text = _read_decoded(path)
    opened = OPENED.match(text)
    if not opened:
        return Given(text, path.stem)
    meta, start = _front_matter(text[opened.end() :], path)
    start += opened.end() if meta else 0
    given = stated(meta, text[start:], path.stem, start)
    if not given.text.strip():
        raise InputError(f"{path}: there is front matter and no text below it.")
    when = meta.get("published") or meta.get("date")
    if when and not given.published:
        raise InputError(f"{path}: {when!r} is no publication date; write it as 2024-03-18.")
    return given


def _front_matter(text: str, path: Path) -> tuple[dict[str, object], int]:
    """Return the front matter and where the text below it begins; nothing and 0 if it is none."""
    ends = [match.end() for match in islice(YAMLHandler.FM_BOUNDARY.finditer(text), 2)]
    if len(ends) < 2:
        return {}, 0
    if ends[1] > MAX_MATTER:
        raise InputError(f"{path}: the front matter is too long; is it closed by a line '---'?")
    try:
        meta, _ = frontmatter.parse(text[: ends[1]])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: the front matter is not valid YAML: {error}") from error
    return meta, len(text) - len(text[ends[1] :].lstrip()) if meta else 0


def _page(path: Path) -> Given:
    from geo.reports.documents.webpage import (
        read_page,  # a third of a second, and only pages need it
    )

    page = read_page(_read_decoded(path, page=True))
    if page is None:
        raise InputError(f"{path}: no article found in this page; save its text as a .txt file.")
    basis = "page metadata" if page.published else ""
    return Given(
        page.text,
        path.stem,
        title=page.title,
        outlet=page.outlet,
        url=page.url,
        published=page.published,
        basis=basis,
        single=True,
    )


def _archive(path: Path, refuse: Refuse) -> Iterator[Given]:
    """Yield the records of an archive; one line is in memory at a time."""
    stem = path.name.split(".")[0] or path.stem
    found = False
    with cast("IO[bytes]", gzip.open(path) if path.suffix == ".gz" else path.open("rb")) as lines:
        number = 0
        while line := lines.readline(MAX_BYTES + 1):
            number += 1
            where = f"{path}, line {number}"
            if len(line) > MAX_BYTES:
                refuse(_too_large(where, len(line)))
                while line and not line.endswith(b"\n"):
                    line = lines.readline(MAX_BYTES)
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                found = True
                try:
                    yield _record(line, where, f"{stem}:{number}")
                except InputError as error:
                    refuse(error)
    if not found:
        raise InputError(f"{path}: the file is empty.")


def _record(line: bytes, where: str, name: str) -> Given:
    """Read one line of an archive; ``name`` stands in for an ``id`` that is missing."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{where}: this is not JSON in UTF-8 ({error}); write one object a line."
        ) from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: this is no JSON object; write {{'id': ..., 'text': ...}}.")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"{where}: there is no 'text'; put the words of the report into it.")
    given = row.get("published") or row.get("date")
    published = _day(given)
    if given and not published:
        raise InputError(
            f"{where}: {str(given)[:40]!r} is no publication date; write it as 2024-03-18."
        )
    return Given(
        text,
        _word(row.get("id")) or name,
        title=_word(row.get("headline")) or _word(row.get("title")),
        outlet=_word(row.get("outlet")) or _word(row.get("source")),
        url=_word(row.get("url")),
        published=published,
        basis="archive" if published else "",
        single=True,
    )


def _day(value: object) -> date | None:
    """Return a stated date as the day that its writer saw; its time zone is kept, not converted."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return find_day(value[:200]) if isinstance(value, str) else None


def _word(value: object) -> str:
    """Return a stated word or number; anything else says nothing."""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _read_decoded(path: Path, *, page: bool = False) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path
        UTF-8, or UTF-16 or UTF-32 with a byte order mark.
    page
        A web page, whose ``<meta charset>`` counts where there is no mark.

    Returns
    -------
    str
        The mark of UTF-8 stays in front, as it counts in offsets; line ends stay as they are.

    Raises
    ------
    InputError
        If the file is empty, too large, binary, or not in the encoding that it tells.
    OSError
        If it cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _too_large(str(path), size)
    data = path.read_bytes()
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        raise InputError(f"{path}: this looks like a binary file; save the report as UTF-8 text.")
    text = _decoded(data, encoding or (page and _declared(data, path)) or "utf-8", path)
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(f"{path}: the file is empty.")
    return text


def _too_large(where: str, size: int) -> InputError:
    """Return the error for a file or record of more than ``MAX_BYTES`` bytes."""
    return InputError(
        f"{where}: {size / 1e6:,.0f} MB is too large for a news report (the limit is "
        f"{MAX_BYTES / 1e6:.0f} MB); split it into one file per report."
    )


def _declared(data: bytes, path: Path) -> str:
    """Return the encoding that a page declares, or nothing."""
    match = CHARSET.search(data[:DECLARED_IN])
    if match is None:
        return ""
    label = match[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
        "".encode(name)  # some codecs, hex for one, are none for text
    except LookupError as error:
        raise InputError(
            f"{path}: the page says its encoding is {label!r}, which is none; save it as UTF-8."
        ) from error
    return "cp1252" if name in WESTERN else name


def _decoded(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not {encoding.upper()} text (byte {error.start} cannot be read); save it as "
            f"UTF-8, for example with 'iconv -f WINDOWS-1252 -t UTF-8'."
        ) from error
    except UnicodeError as error:
        raise InputError(f"{path}: not {encoding.upper()} text; save it as UTF-8.") from error
