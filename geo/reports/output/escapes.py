"""Text from outside made harmless: what a terminal would obey is shown as an escape instead.

Control characters could move the cursor or recolour the screen, direction marks could show words
in another order than they stand in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

__all__ = ["escaped", "json_line"]

UNSEEN: Final = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Controls, direction marks, invisible letters, halves of pairs; scripts need their joiners."""
HARMFUL: Final = re.compile(f"[{UNSEEN}]")
PLAIN: Final = {"\t": " ", "\r": " "}


def escaped(text: str) -> str:
    r"""Return a text fit for a terminal: "\x1b[31m" is shown, not obeyed; line breaks stay."""
    return HARMFUL.sub(_shown, text)


def json_line(row: Mapping[str, object]) -> str:
    """Return a row as one line of JSON, letters as they are, what a terminal obeys escaped."""
    return HARMFUL.sub(_quoted, json.dumps(row, ensure_ascii=False))


def _shown(match: re.Match[str]) -> str:
    letter = match.group()
    return PLAIN.get(letter) or letter.encode("unicode_escape").decode("ascii")


def _quoted(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
