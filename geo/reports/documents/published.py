"""The publication date of a news item, and on what it rests.

In the order of trust: what the file's metadata say, a "published" stamp, a byline or a date line
above the story, the dateline, an "updated" stamp, a title that ends in its date, a date beside
other words of a header, a footer, a caption. A date inside the story is never the publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from geo.reports.documents.layout import (
    DATED_LINE,
    DATELINE,
    TEASER,
    Line,
)
from geo.reports.documents.stamps import (
    DAY,
    DAY_OF_YEAR,
    Stamp,
    find_day,
    read_stamp,
)

__all__ = ["publication"]

Basis = tuple[date, str]
Stamped = tuple[int, Line, Stamp]

OPENING: Final = 3
"""Paragraphs at the top in which a dateline may stand."""
OPENED: Final = 160
"""Characters of a paragraph in which its dateline stands."""
AHEAD: Final = re.compile(r"(?i)(?:read|see|watch|related)\b")
EDGE: Final = 24
"""Characters at the ends of a header in which its date stands."""
SHORT: Final = 120
"""Characters; a longer line above the story is no header."""
FOOT: Final = 4
"""Lines at the end that may be a footer."""
YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
WITHOUT_YEAR: Final = re.compile(rf"(?i){DAY_OF_YEAR}")
NUMBERED: Final = re.compile(r"\b(?P<year>(?:19|20)\d\d)-\d\d?-")
"""A press release's number, "2010-09-CA-025", holds the year of its dateline."""
DATED_TITLE: Final = re.compile(rf"(?i)(?:[:|,(–—]|\s-|\bas of|\bon)\s*{DAY}\)?$")
ARCHIVE: Final = re.compile(r"(?i)\bfile\b|\btaken\b|\barchive\b")
FOOTER: Final = re.compile(r"(?i)©|\(c\)|copyright|published in\b")
"""Footers; the words of "Published in Dawn, March 18th, 2024" date the printed page."""

RIGHTS: Final = re.compile(r"(?i)©|\(c\)\s|copyright\b")
PERIOD: Final = re.compile(r"(?i)(?:reporting )?period\b")
"""A sitrep's header: it is written when its period ends."""


def publication(rows: Sequence[Line]) -> tuple[date | None, str]:
    """Return the publication day that the lines of one item state, and its basis; else None."""
    told = (i for i, row in enumerate(rows) if row.kind == "body" and len(row.text) > SHORT)
    first = next(told, len(rows))
    stamps = list(_stamps(rows))
    return (
        _labelled(stamps, "published")
        or _date_line(stamps, first)
        or _dateline(rows[: first + OPENING], [s for i, _, s in stamps if i < first], _foot(rows))
        or _labelled(stamps, "updated")
        or _title(rows[:first])
        or _header(rows[:first])
        or _footer(rows, stamps)
        or _caption(rows)
        or (None, "")
    )


def _stamps(rows: Sequence[Line]) -> Iterator[Stamped]:
    for i, row in enumerate(rows):
        if row.kind == "furniture" and not FOOTER.match(row.text) and (s := read_stamp(row.text)):
            yield i, row, s


def _labelled(stamps: Sequence[Stamped], label: str) -> Basis | None:
    basis = "stamp" if label == "published" else "updated stamp"
    return next(((s.day, basis) for _, _, s in stamps if s.label == label and s.day), None)


def _date_line(stamps: Sequence[Stamped], first: int) -> Basis | None:
    """Return the day of a line above the story; where later lines give others, it is a timeline."""
    bare = [(i, s) for i, _, s in stamps if s.label == "" and s.day]
    if not bare or bare[0][0] > first or len({s.day for _, s in bare}) > 1:
        return None
    stamp = bare[0][1]
    return (stamp.day, "byline" if stamp.byline else "date line") if stamp.day else None


def _dateline(rows: Sequence[Line], stamps: Sequence[Stamp], foot: str) -> Basis | None:
    """Return the day in a dateline; its year may stand in a stamp, a number or the footer."""
    for i, row in enumerate(rows):
        head = row.text[:OPENED]
        match = ("(" in head and DATED_LINE.search(head)) or DATELINE.match(row.text)
        if not match:
            continue
        if day := find_day(match.group()):
            return day, "dateline"
        if part := WITHOUT_YEAR.search(match.group()):
            return _with_year(part.group(), rows[:i], stamps, foot)
    return None


def _foot(rows: Sequence[Line]) -> str:
    """Return the one year of a copyright line below the story, or an empty text."""
    lines = (row.text for row in rows[-FOOT:] if row.kind == "furniture" or len(row.text) < SHORT)
    years = {year for text in lines if RIGHTS.match(text) for year in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else ""


def _with_year(
    words: str, above: Sequence[Line], stamps: Sequence[Stamp], foot: str
) -> Basis | None:
    """Complete a day of the year: the last such day up to the stamp, or in the number's year."""
    limit = next((s.day for s in stamps if s.day), None)
    numbers = (m["year"] for row in above if (m := NUMBERED.search(row.text)))
    year = str(limit.year) if limit else next(numbers, foot)
    day = find_day(f"{words.replace('.', '')} {year}") if year else None
    if day and limit and day > limit + timedelta(days=1):
        day = find_day(f"{words.replace('.', '')} {limit.year - 1}")
    return (day, "dateline") if day else None


def _title(rows: Sequence[Line]) -> Basis | None:
    for row in rows:
        match = DATED_TITLE.search(row.text) if row.kind == "title" else None
        if match and (day := find_day(match.group())):
            return day, "title"
    return None


def _header(rows: Sequence[Line]) -> Basis | None:
    """Return the one full date that the lines above the story hold beside other words."""
    short = (row for row in rows if row.kind != "caption" and len(row.text) <= SHORT)
    held = [row.text for row in short if _is_header(row.text)]
    held = [text[_halfway(text) :] if PERIOD.match(text) else text for text in held]
    days = dict.fromkeys(day for text in held if (day := find_day(text)))
    return (next(iter(days)), "header line") if len(days) == 1 else None


def _is_header(text: str) -> bool:
    """Whether a line can be a header: no sentence, teaser or footer, its date at an end."""
    if text[-1] in '.!?"”' or FOOTER.match(text) or TEASER.match(text) or AHEAD.match(text):
        return False
    return (
        ":" in text
        or "|" in text
        or find_day(text[:EDGE]) == find_day(text)
        or bool(find_day(text[-EDGE:]))
    )


def _halfway(text: str) -> int:
    """Return where the end of a period begins: behind its "to" or dash, else 0."""
    return max(0, *(text.rfind(mark) for mark in (" to ", " – ", " — ", " - ")))


def _footer(rows: Sequence[Line], stamps: Sequence[Stamped]) -> Basis | None:
    """Return the day of a footer, or of a last line that is the only one with a date."""
    for row in rows[-FOOT:]:
        if row.kind == "furniture" and FOOTER.match(row.text) and (day := find_day(row.text)):
            return day, "footer"
    if len(stamps) == 1 and stamps[0][1] is rows[-1] and stamps[0][2].day:
        return stamps[0][2].day, "footer"
    return None


def _caption(rows: Sequence[Line]) -> Basis | None:
    for row in rows:
        if row.kind == "caption" and not ARCHIVE.search(row.text) and (day := find_day(row.text)):
            return day, "caption"
    return None
