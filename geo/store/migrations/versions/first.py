"""The first tables: datasets and their files, documents, readings, drafts, decisions, aliases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0001"
down_revision = None

REFUSED = "Decisions are only ever added to."


def upgrade() -> None:
    """Make the tables."""
    _datasets()
    _documents()
    _decisions()


def downgrade() -> None:
    """Refuse: there is nothing before the first step but an empty database."""
    raise NotImplementedError("Restore a backup: 'python -m geo store restore FILE'.")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def _whole(name: str, *, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=primary_key, nullable=False)


def _datasets() -> None:
    op.create_table("revision", _number(), *_text("at"))
    op.create_table(
        "files",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        _whole("size"),
    )
    op.create_table(
        "file_parts",
        sa.Column(
            "name", sa.String(200), sa.ForeignKey("files.name", ondelete="CASCADE"),
            primary_key=True,
        ),
        _whole("part", primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )  # fmt: skip
    op.create_table(
        "datasets",
        sa.Column("name", sa.String(40), primary_key=True),
        *_text("format", "licence", "citation", "conditions"),
        sa.Column("parquet", sa.String(200), sa.ForeignKey("files.name"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        _whole("rows"),
        *_text("first", "last"),
    )
    op.create_table(
        "dataset_files",
        sa.Column(
            "dataset", sa.String(40), sa.ForeignKey("datasets.name", ondelete="CASCADE"),
            primary_key=True,
        ),
        _whole("position", primary_key=True),
        *_text("file", "sha256", "version", "imported", "counts", "notes", "refused_file", "url"),
    )  # fmt: skip
    op.create_table(
        "cut_links",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("other_id", sa.Text, primary_key=True),
        *_text("note", "at"),
    )
    op.create_table("taken_in", sa.Column("sha256", sa.Text, primary_key=True), *_text("at"))


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, primary_key=True),
        *_text("text", "title", "source", "url", "published", "added"),
    )
    op.create_table(
        "readings",
        _number(),
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id"), nullable=False),
        *_text("reader", "at"),
    )
    op.create_table(
        "drafts",
        _number(),
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.number"), nullable=False),
        _whole("first"),
        _whole("last"),
        *_text("event"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        _number(),
        *_text("at", "who", "document_id"),
        _whole("first"),
        _whole("last"),
        *_text("field", "before", "after", "why"),
    )
    op.create_table(
        "aliases",
        _number(),
        *_text("name", "place_id"),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decisions.number"), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgresql()
    else:
        for change in ("update", "delete"):
            op.execute(
                f"create trigger decisions_stay_{change} before {change} on decisions "
                f"begin select raise(abort, '{REFUSED}'); end"
            )


def _refuse_on_postgresql() -> None:
    op.execute(
        "create function decisions_stay() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSED}'; end $$"
    )
    op.execute(
        "create trigger decisions_stay before update or delete or truncate on decisions "
        "for each statement execute function decisions_stay()"
    )
