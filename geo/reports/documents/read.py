"""Documents: from a file, a folder, a page, an archive or a text to its news items.

The ways in differ only in how they obtain the text (``sources``); then all go through one funnel:
items are split, each gets its title and its publication date with its basis. Every offset that
leaves this room points into the text as given: an item's ``start`` plus an offset into its
``text``. For a web page that is the text extracted from it, for a record of an archive its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn

from geo.errors import InputError
from geo.model import Document, content_id
from geo.reports.documents.files import (
    Given,
    Refuse,
    given_by,
    report_files,
    stated,
)
from geo.reports.documents.items import split_items
from geo.reports.documents.layout import Line, lines
from geo.reports.documents.published import publication
from geo.settings import SEEDS

__all__ = [
    "REPORTS",
    "Refuse",
    "document_texts",
    "read_file",
    "read_path",
    "read_text",
    "report_files",
    "seed_documents",
]

REPORTS: Final = SEEDS / "reports"


def _raise(error: InputError) -> NoReturn:
    raise error


def read_path(
    path: Path,
    published: date | None = None,
    refuse: Refuse = _raise,
) -> Iterator[Document]:
    """Read the reports of a file or of a folder, one after the other.

    Parameters
    ----------
    path
        Plain text, Markdown with YAML front matter (outlet, headline, title, published, url), a
        web page (.html, .htm), an archive of JSON lines (.jsonl, also .gz: id, title, text,
        published, url), or a folder of them, read in the order of their names.
    published
        Publication date given by the caller; wins over what the files say.
    refuse
        Called with the error of each file, or line of an archive, that cannot be used; the others
        are read all the same. By default the first such error is raised.

    Yields
    ------
    Document
        ``stem`` is the file's, or the ``id`` of the record; ids are content hashes.

    Raises
    ------
    InputError
        Naming the file and the way out, if ``refuse`` is not given.
    """
    for file in report_files(path, refuse):
        try:
            for given in given_by(file, refuse):
                yield from _items(given, published)
        except InputError as error:
            refuse(error)


def read_file(path: Path, published: date | None = None) -> list[Document]:
    """Read one file into its items; see :func:`read_path`.

    Raises
    ------
    InputError
        If anything in it cannot be used; says what and what to do.
    """
    return list(read_path(path, published))


def read_text(
    text: str,
    stem: str,
    *,
    published: date | None = None,
    meta: Mapping[str, object] | None = None,
    start: int = 0,
) -> list[Document]:
    """Split ``text`` into items; ``start`` is where it begins in its file. Never raises.

    ``meta`` is what front matter says; a date in it that is none is passed over.
    """
    return list(_items(stated(meta or {}, text, stem, start), published))


def _items(given: Given, published: date | None) -> Iterator[Document]:
    """Split what a file gave into documents, in order."""
    rows = lines(given.text)
    spans = [(0, len(given.text))] if given.single else split_items(given.text, rows)
    for first, last in spans:
        body = given.text[first:last]
        own = rows if len(spans) == 1 and first == 0 else lines(body)
        when, basis = _dated(given, published, own)
        yield Document(
            id=content_id(body),
            title=given.title or _title(own),
            text=body,
            source=given.outlet,
            url=given.url,
            published=when,
            published_basis=basis,
            stem=given.stem,
            start=given.start + first,
        )


def _dated(given: Given, published: date | None, rows: Sequence[Line]) -> tuple[date | None, str]:
    if published:
        return published, "given"
    if given.published or given.basis:
        return given.published, given.basis
    return publication(rows)


def _title(rows: Sequence[Line]) -> str:
    """Return the first line that tells something; a town and a colon alone do not."""
    told = (row.text for row in rows if row.kind in {"title", "body"} and row.text[-1] != ":")
    return next(told, "").lstrip("# ")[:200]


def seed_documents() -> list[Document]:
    """Return the news items of ``seeds/reports``, in file order."""
    return [doc for path in sorted(REPORTS.glob("*.md")) for doc in read_file(path)]


@lru_cache(maxsize=1)
def document_texts() -> dict[str, str]:
    """Return the text of every shipped report by document id, for showing evidence."""
    return {document.id: document.text for document in seed_documents()}
