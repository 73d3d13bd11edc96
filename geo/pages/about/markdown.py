"""Texts in Markdown files, cut at their headings so that a page can choose and arrange them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

__all__ = ["Chapter", "blocks", "chapters", "prose", "table_rows"]

HEADING: Final = re.compile(r"^(#{1,6}) +(.+?) *#*$")
FENCE: Final = "```"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, the text below it up to the next heading, and the heading it stands under."""

    level: int
    title: str
    text: str
    under: str = ""


def chapters(text: str) -> Iterator[Chapter]:
    """Yield the chapters of a Markdown text in order; what stands before a heading is left out.

    ``under`` is the nearest heading above of a higher rank, the first rank (a document's title)
    not counted.
    """
    titles: dict[int, str] = {}
    level, title, lines, fenced = 0, "", list[str](), False
    for line in [*text.splitlines(), "# "]:
        fenced ^= line.startswith(FENCE)
        found = None if fenced else HEADING.match(line)
        if not found and line != "# ":
            lines.append(line)
            continue
        if level:
            titles = {rank: name for rank, name in titles.items() if rank < level}
            above = max((rank for rank in titles if rank > 1), default=0)
            yield Chapter(level, title, "\n".join(lines).strip(), titles.get(above, ""))
            titles[level] = title
        if found:
            level, title, lines = len(found[1]), found[2], []


def prose(text: str) -> dict[str, tuple[str, str]]:
    """Return anchor → (title, text) of a file whose headings read ``# anchor: Title``."""
    return {
        anchor: (title.strip(), chapter.text)
        for chapter in chapters(text)
        for anchor, _, title in [chapter.title.partition(":")]
    }


def blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the text in pieces, (whether it is a table, its lines), tables apart from the rest."""
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        if piece := "\n".join(lines).strip():
            yield is_table, piece


def table_rows(piece: str) -> list[list[str]]:
    """Return the cells of a Markdown table as text, its heads first, without the rule below."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in
            piece.splitlines()]  # fmt: skip
    return [rows[0], *rows[2:]]
