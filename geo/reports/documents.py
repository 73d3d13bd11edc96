"""Files to news items: splitting, page furniture, titles, sentences and publication dates.

Every offset that leaves this room points into the file as given: an item's ``start`` plus an
offset into its ``text``. Furniture ("Short Url", "Updated 5 sec ago") is skipped, never cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import frontmatter
import yaml

from geo.errors import InputError
from geo.model import Document, content_id
from geo.reports.dates import find_absolute
from geo.reports.oldlexicon import any_of, words

__all__ = ["MAX_BYTES", "Line", "lines", "read_file", "read_text", "sentences"]

MAX_BYTES: Final = 5_000_000
"""A news item is kilobytes; a file larger than this is taken for a mistake and named."""

LONGEST: Final = 1500
"""Characters; what runs on for longer is no sentence and is cut at a space."""

FURNITURE: Final = re.compile(rf"(?i){any_of('furniture')}")
STAMP: Final = re.compile(r"(?:last )?(?:updated?|published|posted)\b[: ]", re.IGNORECASE)
RULER: Final = re.compile(r"[-=*_#~]{3,}|\f")
DATELINE: Final = re.compile(
    r"(?P<place>[A-Z][A-Z .'’/-]{2,40}?)(?:,\s*[A-Z][A-Za-z .]{2,30})?"
    r"(?:\s*\([^)\n]{2,40}\))?(?:\s*,?\s*[A-Z][a-z]{2,8}\.? \d{1,2})?\s*(?:\([^)\n]{2,40}\)\s*)?"
    r"(?::|—|–|--|-{1,2}\s)\s*(?=[\"“‘'A-Z0-9])"
)
HEAD: Final = 800
"""Characters at the top of an item in which a dateline is looked for."""
YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
DATED_LINE: Final = re.compile(
    r"\b[A-Z]{3}[A-Z .'’/-]{0,38}(?:,\s*[A-Z][A-Za-z .]{2,30})?\s*"
    r"\((?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)\)"
)
CREDIT: Final = (
    r"AP|AFP|Reuters|EPA|Getty[^()]{0,30}|[^()]{0,60}photo[^()]{0,40}|[^()]{0,60} via [^()]{1,30}"
)
CAPTION: Final = re.compile(rf"(?i)\((?:[^()]{{0,80}}\bvia )?(?:{CREDIT})\)\s*$")
STOP: Final = re.compile(r"[.!?]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])|[۔؟]\s*")


class Line:
    """One line of an item: its span, its text and what it is for."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, text: str, start: int, end: int, kind: str) -> None:
        self.text, self.start, self.end, self.kind = text, start, end, kind


def read_file(path: Path, published: date | None = None) -> list[Document]:
    """Read one report file into its items.

    Parameters
    ----------
    path
        Plain text, or Markdown with YAML front matter (outlet, headline, title, published, url).
    published
        Publication date given by the caller; wins over the file's own.

    Returns
    -------
    list of Document
        At least one item; ids are content hashes, ``stem`` is the file's.

    Raises
    ------
    InputError
        If the file is missing, empty, too large, binary or not UTF-8; says which and what to do.
    """
    text = _decode(path)
    meta, start = _front_matter(text, path)
    return read_text(text[start:], path.stem, published=published, meta=meta, start=start)


def read_text(
    text: str,
    stem: str,
    *,
    published: date | None = None,
    meta: dict[str, object] | None = None,
    start: int = 0,
) -> list[Document]:
    """Split ``text`` into items; ``start`` is where it begins in its file. Never raises."""
    meta = meta or {}
    found = []
    for first, last in _items(text):
        body = text[first:last]
        when, basis = (published, "given") if published else _publication(body, meta)
        title = str(meta.get("headline") or meta.get("title") or "") or _title(body)
        found.append(
            Document(
                id=content_id(body),
                title=title,
                text=body,
                source=str(meta.get("outlet") or ""),
                url=str(meta.get("url") or ""),
                published=when,
                published_basis=basis,
                stem=stem,
                start=start + first,
            )
        )
    return found


def lines(text: str) -> list[Line]:
    """Return the non-empty lines of an item: title, caption, bullet, furniture or body."""
    found: list[Line] = []
    for match in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        raw = match.group()
        bare = raw.strip()
        if not bare:
            continue
        start = match.start() + raw.index(bare[0])
        found.append(Line(bare, start, start + len(bare), _kind(bare, found)))
    return found


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of one line; abbreviations end none."""
    first = 0
    for stop in STOP.finditer(text):
        before = re.split(r"[\s(“\"‘]", text[first : stop.start()])[-1].casefold()
        initial = len(before) == 1 and before.isalpha()
        if text[stop.start()] == "." and (before.rstrip(".") in words("abbreviation") or initial):
            continue
        yield from _bounded(text, first, stop.end(), start)
        first = stop.end() + len(text[stop.end() :]) - len(text[stop.end() :].lstrip())
    if text[first:].strip():
        yield from _bounded(text, first, len(text), start)


def _bounded(text: str, first: int, last: int, start: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence in pieces no longer than ``LONGEST``, so that reading stays linear."""
    while last - first > LONGEST:
        space = text.rfind(" ", first + 1, first + LONGEST)
        cut = space if space > first else first + LONGEST
        yield start + first, start + cut
        first = cut
    yield start + first, start + last


def _decode(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path}: no such file.")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise InputError(
            f"{path}: {size / 1e6:,.0f} MB is too large for a news report (the limit is "
            f"{MAX_BYTES / 1e6:.0f} MB); split it into one file per report."
        )
    data = path.read_bytes()
    if b"\0" in data:
        raise InputError(f"{path}: this looks like a binary file; save the report as plain text.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 text (byte {error.start} cannot be read); save it as UTF-8."
        ) from error
    if not text.strip():
        raise InputError(f"{path}: the file is empty.")
    return text


def _front_matter(text: str, path: Path) -> tuple[dict[str, object], int]:
    if not text.startswith("---\n"):
        return {}, 0
    try:
        meta, body = frontmatter.parse(text)
    except yaml.YAMLError as error:
        raise InputError(f"{path}: the front matter is not valid YAML: {error}") from error
    return meta, text.rindex(body) if body and meta else 0


def _kind(bare: str, before: list[Line]) -> str:
    if bare[0] in "•‣◦*-–" and len(bare) > 2 and bare[1:2] in " \t":
        return "bullet"
    if FURNITURE.fullmatch(bare):
        return "furniture"
    if CAPTION.search(bare):
        return "caption"
    if _headline(bare) and not any(line.kind == "body" for line in before):
        return "title"
    return "body"


def _headline(bare: str) -> bool:
    return len(bare) < 160 and bare[-1] not in '.!?:;,"”۔' and not DATELINE.match(bare)


def _items(text: str) -> list[tuple[int, int]]:
    """Split at rulers, and before a headline that is followed by its own stamp or dateline."""
    cuts = [0]
    rows = [
        (m.start(), m.group().strip())
        for m in re.finditer(r"[^\n\r]+", text)
        if m.group().strip() and m.group().strip() != "\ufeff"
    ]
    body = False
    for i, (offset, row) in enumerate(rows):
        if RULER.fullmatch(row):
            if body and i + 1 < len(rows):
                cuts.append(rows[i + 1][0])
            body = False
        elif body and _headline(row) and _opens(rows[i + 1 : i + 7]):
            cuts.append(offset)
            body = False
        elif len(row) > 120 and row[-1] in '.!?"”' and not CAPTION.search(row):
            body = True
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True) if text[a:b].strip()]


def _opens(following: list[tuple[int, str]]) -> bool:
    """Whether nothing but furniture, headlines and bullets stands before a stamp or dateline."""
    for _, row in following:
        if STAMP.match(row) or (DATELINE.match(row) and len(row) > 60):
            return True
        if not (FURNITURE.fullmatch(row) or _headline(row) or row[0] in "•*"):
            return False
    return False


def _title(text: str) -> str:
    first = next((line for line in lines(text) if line.kind in {"title", "body"}), None)
    return first.text[:200] if first else ""


def _dateline_date(head: str) -> date | None:
    """Return the day in brackets after a dateline's town; its year may stand in the header."""
    match = DATED_LINE.search(head)
    if match is None:
        return None
    year = YEAR.search(head[: match.start()])
    words = match["day"] if YEAR.search(match["day"]) or not year else f"{match['day']}, {year[0]}"
    span = find_absolute(words)
    return span.first if span else None


def _has_dateline(row: str) -> bool:
    return bool(DATELINE.match(row)) or "(" in row[:60]


def _publication(text: str, meta: dict[str, object]) -> tuple[date | None, str]:
    """Take the date from front matter, else from a stamp, a dateline or a caption of the text."""
    given = meta.get("published")
    if isinstance(given, date):
        return given, "front matter"
    if isinstance(given, str) and (span := find_absolute(given)):
        return span.first, "front matter"
    if meta and "published" in meta:
        return None, "front matter gives none"
    if dated := _dateline_date(text[:HEAD]):
        return dated, "dateline"
    rows = lines(text)
    for basis, chosen in (
        ("stamp", [r.text for r in rows if STAMP.match(r.text)]),
        ("date line", [r.text for r in rows[:6] if len(r.text) < 40]),
        ("dateline", [r.text[:80] for r in rows if _has_dateline(r.text)][:2]),
        ("caption", [r.text for r in rows if r.kind == "caption"]),
    ):
        for row in chosen:
            span = find_absolute(row)
            if span and span.precision == "day":
                return span.first, basis
    return None, ""
