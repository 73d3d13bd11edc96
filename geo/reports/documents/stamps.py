"""The stamp of a page: lines that say when a report was published, and nothing of what happened.

Every full date of a header is understood (day first where numbers alone could be read both ways);
a date without its year marks a stamp but gives no day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

__all__ = ["DAY", "DAY_OF_YEAR", "Stamp", "find_day", "names", "read_stamp"]

Label = Literal["published", "", "updated"]

ORDER: Final[tuple[Label, ...]] = ("published", "", "updated")
"""Of several dates on one line, the one that counts."""

LONGEST: Final = 120
"""Characters; a longer line is no stamp."""
MONTHS: Final = {
    name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name
}
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
YEAR: Final = r"(?:19|20)\d\d"
NTH: Final = r"\d{1,2}(?:st|nd|rd|th)?"
DAY: Final = (
    rf"(?:{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{YEAR}"
    rf"|{NTH}[\s-](?:of )?{MONTH}\.?,?[\s-]{YEAR}|{MONTH}[.,]?[\s-]{NTH},?[\s-]{YEAR})(?!\d)"
)
DAY_OF_YEAR: Final = rf"(?:{NTH}\s{MONTH}\b\.?|{MONTH}\.?\s{NTH}(?!\d))"
ZONE: Final = (
    r"(?:Z|PKT|PST|AFT|AST|IST|EST|EDT|BST|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?|GMT|UTC)(?!\w)"
)
CLOCK: Final = (
    rf"(?:\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:\.\d{{1,6}})?\s?(?:[ap]\.?m\b\.?|h(?:ou)?rs\b)?"
    rf"|\d{{1,2}}\s?[ap]\.?m\b\.?|\d{{4}}\s?h(?:ou)?rs\b)(?:\s?{ZONE})?"
)
AGO: Final = (
    r"(?:\d{1,3}|an?|a few)\s?(?:s|sec(?:ond)?s?|min(?:ute)?s?|m|h(?:ou)?rs?|h|days?|d|weeks?"
    r"|months?|years?)\sago\b|just now\b"
)
PUBLISHED: Final = (
    r"(?:first |web |date )?(?:published|posted|uploaded|released|issued|pub)(?: date)?"
    r"|(?:publication|release|issue|publish) date|date of publication|dated?"
)
UPDATED: Final = r"(?:last )?(?:updated?|modified|edited|revised)"
TOKEN: Final = re.compile(
    rf"(?i)(?<!\w)(?:(?:{WEEKDAY},?\s)?(?:(?P<day>{DAY})(?:T{CLOCK})?|(?P<part>{DAY_OF_YEAR}))"
    rf"|(?P<ago>{AGO})|(?P<clock>{CLOCK})|(?:(?P<published>{PUBLISHED})|(?P<updated>{UPDATED}))"
    rf"(?:\s(?:on|at)\b)?(?!\w)|{WEEKDAY}|{ZONE}|at\b)"
)
DIGIT: Final = re.compile(r"\d")
FIRST_DAY: Final = re.compile(rf"(?i)(?<![\w-]){DAY}")
PARTS: Final = re.compile(r"[A-Za-z]{3,}|\d+")
BARE: Final = " \t\u00a0|,:;.–—-•·/()[]"
SMALL: Final = frozenset(
    {"and", "from", "in", "for", "of", "on", "the", "by", "|", "-", "–", "—", "/", "&"}
)
HEADINGS: Final = frozenset(
    {"report", "update", "roundup", "round-up", "brief", "bulletin", "summary", "digest", "sitrep"}
)
"""Words of a title that carries its date; such a line is no stamp."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stamp line says: its label, the day if it is whole, and whose words are beside it."""

    label: Label
    day: date | None
    beside: str

    @property
    def byline(self) -> bool:
        """Whether an author or an agency is named beside the date."""
        return self.beside[:3].casefold() == "by "


def find_day(text: str) -> date | None:
    """Return the first full date of ``text``; "18/03/2024" is read day first. Never raises."""
    return next((day for m in FIRST_DAY.finditer(text) if (day := _as_day(m.group()))), None)


def read_stamp(line: str) -> Stamp | None:
    """Read a line that holds nothing but dates, times, their labels and names; else None.

    Where a line says both, "published" wins over "updated".
    """
    if len(line) > (LONGEST if line[-1:] != "." else LONGEST // 2) or not DIGIT.search(line):
        return None
    label: Label = ""
    days: dict[Label, date] = {}
    dated = False
    for match in TOKEN.finditer(line):
        kind = match.lastgroup
        if kind in {"published", "updated"}:
            label = "published" if kind == "published" else "updated"
        elif kind:
            dated = True
            if kind == "day" and (day := _as_day(match["day"])):
                days.setdefault(label, day)
    if not dated:
        return None
    beside = " ".join(TOKEN.sub(" ", line).strip(BARE).split())
    if beside and not names(beside, labelled=bool(label)):
        return None
    best: Label = next((one for one in ORDER if one in days), label)
    return Stamp(best, days.get(best), beside)


def names(beside: str, *, labelled: bool) -> bool:
    """Whether words beside a date or a label name a person, an agency or a town: no sentence."""
    words = beside.split()
    byline = words[0].casefold() == "by"
    return (
        len(words) <= (8 if labelled or byline else 3)
        and all(word in SMALL or word[0].isupper() for word in words[byline:])
        and not any(word.casefold().strip(BARE) in HEADINGS for word in words)
    )


def _as_day(words: str) -> date | None:
    """Turn the words of a full date into a day; None for a day that the calendar lacks."""
    parts = PARTS.findall(words)
    named = next((part for part in parts if part.isalpha()), "")
    numbers = [int(part) for part in parts if not part.isalpha()]
    if named:
        day, year = numbers
        month = MONTHS[named[:3].casefold()]
    elif numbers[0] > 31:
        year, month, day = numbers
    else:
        day, month, year = numbers
        if month > 12:  # only a reader of American dates can have written 03/18/2024
            day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None
