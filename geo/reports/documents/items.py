"""Items run together in one file: where one report ends and the next begins.

A cut needs two signs: something that could be a headline, and behind it what only the top of a
report has. Sub-headings, round-ups and rulers inside one report have only one, and stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from geo.reports.documents.layout import (
    DATELINE,
    RULER,
    Line,
    bare_label,
    is_furniture,
    is_headline,
)
from geo.reports.documents.stamps import read_stamp

__all__ = ["split_items"]

AHEAD: Final = 8
"""Lines behind a headline in which the signs of a new report are looked for."""
TOLD: Final = 60
"""Characters of a line that tells something: a paragraph, no heading."""
GLUED: Final = re.compile(r"[.!?](?<=[a-z0-9”’)].)[\"”’)]{0,2}(?=[\"“‘]?[A-Z])")
"""A full stop with no space behind it: two files joined where the first lacked its last newline."""
WORDS: Final = 3
"""Words of a headline at least; the name of a district above its incidents has fewer."""


def split_items(text: str, rows: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the (start, end) of each item of ``text``, whose lines are ``rows``. Never raises."""
    cuts = [0]
    told = ruled = False
    for i, row in enumerate(rows):
        if RULER.fullmatch(row.text):
            ruled = told and not _underlines(text, rows, i)
        elif told and (glued := _glued(rows, i)):
            cuts.append(glued)
            told, ruled = _tells(text[glued : row.end]), False
            continue
        elif told and ((ruled and _begins(rows, i)) or _heads(text, rows, i)):
            cuts.append(row.start)
            told = ruled = False
        elif row.kind != "furniture":
            ruled = False
        told = told or (row.kind == "body" and _tells(row.text))
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True) if text[a:b].strip()]


def _tells(line: str) -> bool:
    return len(line) > TOLD and line[-1] in '.!?"”’۔)'


def _underlines(text: str, rows: Sequence[Line], i: int) -> bool:
    """Whether a ruler stands right under a short line: a heading underlined, not an end."""
    above = rows[i - 1]
    return is_headline(above.text) and text.count("\n", above.end, rows[i].start) == 1


def _begins(rows: Sequence[Line], i: int) -> bool:
    """Whether a report can begin at row ``i``, a ruler being above it."""
    row = rows[i]
    if row.kind == "furniture":
        return False
    opens = is_headline(row.text) or bool(DATELINE.match(row.text))
    return opens and any(_tells(one.text) for one in rows[i : i + AHEAD])


def _heads(text: str, rows: Sequence[Line], i: int) -> bool:
    """Whether row ``i`` is the headline of a new report."""
    row = rows[i]
    if row.kind == "bullet" or len(row.text.split(None, WORDS)) < WORDS:
        return False
    if row.text.startswith("# "):
        return True
    if not is_headline(row.text) or (row.kind == "furniture" and is_furniture(row.text)):
        return False
    if row.kind == "furniture":  # under "Read more": another story's headline, or a new report
        return _dateline_follows(rows, i)
    return _top_follows(rows, i) or _set_off(text, rows, i)


def _top_follows(rows: Sequence[Line], i: int) -> bool:
    """Whether a stamp, a dateline or the headline again follows before anything is told."""
    for row in rows[i + 1 : i + 1 + AHEAD]:
        if row.text == rows[i].text or _is_dateline(row.text):
            return True
        if row.kind == "furniture":
            if _is_top(row.text):
                return True
        elif row.kind not in {"caption", "bullet"} and not is_headline(row.text):
            return False
    return False


def _dateline_follows(rows: Sequence[Line], i: int) -> bool:
    for row in rows[i + 1 : i + 1 + AHEAD]:
        if _is_dateline(row.text):
            return True
        if row.kind == "body" and _tells(row.text):
            return False
    return False


def _is_dateline(row: str) -> bool:
    return len(row) > TOLD and bool(DATELINE.match(row))


STAMP: Final = re.compile(r"(?i)(?:last )?(?:updated|published|posted)\b|by\s")


def _is_top(row: str) -> bool:
    """Whether a line of furniture belongs to the top of a report: a stamp or a byline."""
    return bool(STAMP.match(row)) or read_stamp(row) is not None


def _set_off(text: str, rows: Sequence[Line], i: int) -> bool:
    """Whether the row clings to the paragraph above while all others are set apart.

    So it is where a file that ends in one newline was joined to one that begins with its headline.
    """
    if i < 2 or rows[i].end - rows[i].start < TOLD // 2:
        return False
    above = rows[i - 1]
    below = next(
        (row for row in rows[i + 1 : i + 1 + AHEAD] if row.kind in {"body", "title"}), None
    )
    return (
        below is not None
        and _newlines(text, above, rows[i]) == 1
        and _newlines(text, rows[i], below) > 1
        and _newlines(text, rows[i - 2], above) > 1
        and _tells(above.text)
        and _tells(below.text)
    )


def _newlines(text: str, above: Line, below: Line) -> int:
    return text.count("\n", above.end, below.start)


def _glued(rows: Sequence[Line], i: int) -> int | None:
    """Return where a headline or a dateline begins behind the last full stop of row ``i``."""
    row = rows[i]
    if row.kind == "furniture":
        return None
    for match in GLUED.finditer(row.text):
        rest = row.text[match.end() : match.end() + 400]
        if DATELINE.match(rest) and len(rest) > TOLD:
            return row.start + match.end()
        if len(rest) < 160 and i + 1 < len(rows) and _is_headline_of(rest, rows, i):
            return row.start + match.end()
    return None


def _is_headline_of(rest: str, rows: Sequence[Line], i: int) -> bool:
    """Whether ``rest`` of row ``i`` heads what follows: a caption, a stamp, itself or a lead."""
    if len(rest.split()) < WORDS or not is_headline(rest) or bare_label(rest):
        return False
    return any(
        row.kind in {"furniture", "caption"} or _tells(row.text) or is_headline(row.text)
        for row in rows[i + 1 : i + 3]
    )
