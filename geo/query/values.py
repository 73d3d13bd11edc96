"""How single values are written in an address, and read back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

__all__ = ["CODES", "COUNT", "DAY", "KM", "MAX_TEXT", "NAMES", "TEXT", "YES_NO", "Written"]

MAX_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A way of writing.

    ``read`` raises ``ValueError`` at what it cannot read; ``expected`` completes "is not …".
    ``kind`` is what a page without a server knows it by, ``separator`` stands between the items
    of a list.
    """

    kind: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    expected: str = "understood"
    separator: str = ""


def _listing(separator: str) -> Written:
    def read(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in text.split(separator) if part.strip()))

    return Written("list", read, separator.join, separator=separator)


def _km(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(text)
    return int(text)


def _flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text)
    return text == "yes"


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _text(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT]


CODES: Final = _listing(",")
NAMES: Final = _listing(";")
DAY: Final = Written("day", date.fromisoformat, date.isoformat, "a day like 2023-02-19")
YES_NO: Final = Written("flag", _flag, _yes_no, "yes or no")
KM: Final = Written("number", _km, "{:g}".format, "a number of kilometres")
COUNT: Final = Written("count", _count, str, "a whole number")
TEXT: Final = Written("text", _text, str)
