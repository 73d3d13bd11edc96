"""The tables of the store as they are now; ``migrations/`` says how they came to be.

Times are ISO 8601 text in UTC, documents are named by a hash of their text, and a decision points
at a passage (document, first and last character), never at a row that a better reader may redo.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

__all__ = [
    "HEAD",
    "METADATA",
    "aliases",
    "cut_links",
    "dataset_files",
    "datasets",
    "decisions",
    "documents",
    "drafts",
    "file_parts",
    "files",
    "readings",
    "revision",
    "taken_in",
]

HEAD: Final = "0001"
"""The migration that the tables below are the result of."""

METADATA: Final = MetaData()


def _text(name: str, *more: ForeignKey, primary_key: bool = False) -> Column[str]:
    return Column(name, Text, *more, primary_key=primary_key, nullable=False)


def _whole(name: str, *, primary_key: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=primary_key, nullable=False)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=True)


revision: Final = Table("revision", METADATA, _number(), _text("at"))
"""One row for each change of the datasets or of what links them: the last number tells them."""

files: Final = Table(
    "files",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("sha256", String(64), nullable=False),
    _whole("size"),
)
"""Files named by their content: rows of datasets (Parquet) and lists of refused rows (CSV)."""

file_parts: Final = Table(
    "file_parts",
    METADATA,
    Column("name", String(200), ForeignKey("files.name", ondelete="CASCADE"), primary_key=True),
    _whole("part", primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
"""The content of files where no folder is shared: on PostgreSQL and in a backup."""

datasets: Final = Table(
    "datasets",
    METADATA,
    Column("name", String(40), primary_key=True),
    *(_text(name) for name in ("format", "licence", "citation", "conditions")),
    Column("parquet", String(200), ForeignKey("files.name"), nullable=False),
    Column("sha256", String(64), nullable=False),
    _whole("rows"),
    _text("first"),
    _text("last"),
)

dataset_files: Final = Table(
    "dataset_files",
    METADATA,
    Column(
        "dataset", String(40), ForeignKey("datasets.name", ondelete="CASCADE"), primary_key=True
    ),
    _whole("position", primary_key=True),
    *(_text(name) for name in ("file", "sha256", "version", "imported", "counts", "notes")),
    _text("refused_file"),
    _text("url"),
)
"""Files that went into a dataset, in their order; ``counts`` and ``notes`` are JSON."""

cut_links: Final = Table(
    "cut_links",
    METADATA,
    _text("event_id", primary_key=True),
    _text("other_id", primary_key=True),
    _text("note"),
    _text("at"),
)

taken_in: Final = Table("taken_in", METADATA, _text("sha256", primary_key=True), _text("at"))
"""Records of the time before the store that were taken in, by their content: each once."""

documents: Final = Table(
    "documents",
    METADATA,
    _text("id", primary_key=True),
    *(_text(name) for name in ("text", "title", "source", "url", "published", "added")),
)

readings: Final = Table(
    "readings",
    METADATA,
    _number(),
    _text("document_id", ForeignKey("documents.id")),
    _text("reader"),
    _text("at"),
)
"""One reading of a document by one version of the reader."""

drafts: Final = Table(
    "drafts",
    METADATA,
    _number(),
    Column("reading", Integer, ForeignKey("readings.number"), nullable=False),
    _whole("first"),
    _whole("last"),
    _text("event"),
)
"""What a reading proposes; ``event`` is the event as JSON."""

decisions: Final = Table(
    "decisions",
    METADATA,
    _number(),
    _text("at"),
    _text("who"),
    _text("document_id"),
    _whole("first"),
    _whole("last"),
    *(_text(name) for name in ("field", "before", "after", "why")),
)
"""What people decided on a passage: only ever added to, the database refuses anything else."""

aliases: Final = Table(
    "aliases",
    METADATA,
    _number(),
    _text("name"),
    _text("place_id"),
    Column("decision", Integer, nullable=False),
    ForeignKeyConstraint(["decision"], ["decisions.number"]),
)
"""Names learnt: what a decision said that a name means."""
