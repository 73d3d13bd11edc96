"""The layout of a news item: what each line is for.

Furniture ("Short Url", "Updated 5 sec ago", "Read more: ...", by ``seeds/furniture.csv``) is marked
and skipped, never cut out, so that every offset points into the text as given. All of it is linear
in the text's length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from geo.files.seeds import seed_rows
from geo.reports.documents.stamps import (
    DAY,
    DAY_OF_YEAR,
    names,
    read_stamp,
)

__all__ = [
    "DATED_LINE",
    "DATELINE",
    "HEAD",
    "RULER",
    "Line",
    "is_furniture",
    "is_headline",
    "lines",
]


def _any_of(*kinds: str) -> str:
    """Return a regular expression (one nameless group) for the line patterns of ``kinds``."""
    return "(?:" + "|".join(p for kind in kinds for p in _patterns()[kind]) + ")"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for row in seed_rows("furniture.csv"):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return kinds


HEAD: Final = 800
"""Characters at the top of an item in which a dateline is looked for."""
SHORT: Final = 240
"""Characters; a longer line is no furniture."""
LINE: Final = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
RULER: Final = re.compile(r"[-=*_#~•. ]{3,}")
FURNITURE: Final = re.compile(_any_of("furniture"))
"""Matched against small letters: alternatives in any case would be tried one by one."""
TEASER: Final = re.compile(rf"{_any_of('teaser')}\s*(?P<told>[:|–—»>-]{{1,3}}.{{0,200}})?")
"""The headline of another story; a bare label announces the one on the next line."""
AGENCY: Final = r"AP|AFP|APP|Reuters|EPA|INP|Xinhua|Pajhwok|Getty(?: Images)?|Anadolu"
ON_DAY: Final = rf"\s*,?\s*(?i:{DAY}|{DAY_OF_YEAR})"
IN_BRACKETS: Final = r"\s*\([^)\n]{2,40}\)"
MIXED: Final = (
    r"[A-Z][a-z’'-]{2,20}+(?:[ -][A-Z][a-z]{2,20}+)?+"
    rf"(?:/[A-Z][A-Za-z -]{{2,30}}|(?=\s?\((?:{AGENCY})\)|{ON_DAY}))"
)
"""A town not in capitals opens a dateline only beside another, an agency or a day."""
DATELINE: Final = re.compile(
    rf"(?P<place>[A-Z][A-Z .'’/-]{{2,40}}?|{MIXED})(?:,\s*[A-Z][A-Za-z .]{{2,30}})?"
    rf"(?:{IN_BRACKETS})?(?:{ON_DAY})?(?:{IN_BRACKETS})?"
    r"(?:\s*(?::|—|–|--|-{1,2}\s)\s*|(?<=[A-Z]\))\s+)(?=[\"“‘'A-Z0-9])"
)
DATED_LINE: Final = re.compile(
    r"\b[A-Z]{3}[A-Z .'’/-]{0,38}(?:,\s*[A-Z][A-Za-z .]{2,30})?\s*"
    r"\((?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)\)"
)
CREDIT: Final = re.compile(
    rf"(?i)(?:[^()]{{0,80}}(?:\bvia |/))?(?:{AGENCY}|file|handout|screengrab|social media)"
    r"(?:\s?[/,]\s?[^()]{0,40})?|[^()]{0,60}photo[^()]{0,60}|[^()]{0,60} via [^()]{1,30}"
    r"|getty[^()]{0,30}|(?:image|picture|courtesy|credit)\b[^()]{0,80}"
)
CREDIT_AT_END: Final = re.compile(
    rf"(?i)[—–|-](?<!\S-)\s?(?:(?P<agency>{AGENCY})|photos? (?:by|courtesy)\b[^.]{{2,40}}"
    r"|file(?: photo)?|handout|screengrab)(?P<more>\s?/\s?[\w ]{2,20})?\.?$"
)
SIGNED: Final = re.compile(r"[.”]\s?(?:—|–|--?)\s?[A-Z][\w./ ]{1,30}$")
"""An outlet's name after a whole sentence: above the story, a picture's credit."""
PICTURED: Final = re.compile(
    r"(?i)\(?(?:file )?(?:photo|image|picture)\s*[:|–—-]|in this (?:photo|file)"
)


class Line:
    """One line of an item: its span, its text and what it is for."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, text: str, start: int, end: int, kind: str) -> None:
        self.text, self.start, self.end, self.kind = text, start, end, kind


@lru_cache(maxsize=4)
def lines(text: str) -> tuple[Line, ...]:
    """Return the non-empty lines of an item: title, caption, bullet, furniture or body.

    Splitting a file and reading its one item ask for the same lines: the last few are kept.
    """
    found: list[Line] = []
    told = announced = False
    for match in LINE.finditer(text):
        raw = match.group().rstrip()
        bare = raw.lstrip().lstrip("\ufeff").lstrip()
        if not bare:
            continue
        start = match.start() + len(raw) - len(bare)
        label = bare_label(bare)
        if label or (announced and is_headline(bare)):
            kind, announced = "furniture", told
        else:
            kind, announced = _kind(bare, told), False
            told = told or kind == "body"
        found.append(Line(bare, start, start + len(bare), kind))
    return tuple(found)


def is_headline(bare: str) -> bool:
    """Whether a line could be a headline: short, no end of a sentence, no dateline."""
    last = bare[-1]
    quoted = last in "\"”’'" and bare[-2:-1] not in ".!?,"
    return (
        len(bare) < 160
        and (quoted or last not in '.!?:;,"”۔')
        and not bare[0].islower()
        and not DATELINE.match(bare)
    )


def is_furniture(bare: str) -> bool:
    """Whether a line is a button, a label, a credit, a stamp or a teaser, whatever is around it."""
    if len(bare) > SHORT:
        return False
    return bool(
        FURNITURE.fullmatch(small := bare.lower())
        or TEASER.fullmatch(small)
        or (small[:3] == "by " and names(bare, labelled=True))
        or RULER.fullmatch(bare)
        or read_stamp(bare)
    )


def bare_label(bare: str) -> bool:
    """Whether a line announces the headline of another story on the next line."""
    if len(bare) > 40:
        return False
    match = TEASER.fullmatch(bare.lower())
    return bool(match and len(match["told"] or "") <= 3)


def _kind(bare: str, told: bool) -> str:
    if is_furniture(bare):
        return "furniture"
    if bare[0] in "•‣◦●▪■►*-–" and len(bare) > 2 and bare[1:2] in " \t":
        return "bullet"
    if _is_caption(bare, told):
        return "caption"
    return "title" if not told and is_headline(bare) else "body"


def _is_caption(bare: str, told: bool) -> bool:
    """Whether a line ends in a picture's credit; an agency after a dash may sign the story."""
    if bare[-1] in ")]":
        opened = bare.rfind(
            "(" if bare[-1] == ")" else "[", len(bare) - 140 if len(bare) > 140 else 0
        )
        return opened >= 0 and bool(CREDIT.fullmatch(bare[opened + 1 : -1]))
    credit = CREDIT_AT_END.search(bare[-60:])
    if credit:
        return not told or not credit["agency"] or bool(credit["more"])
    if not told and SIGNED.search(bare[-40:]):
        return True
    return len(bare) < 600 and bool(PICTURED.match(bare))
