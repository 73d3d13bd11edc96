"""Text from reports and tables on its way to the page: it always arrives as text.

Pages build HTML only from the pieces made here. Streamlit sanitises ``st.html`` as well; we do
not lean on it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from geo.story.tellings import http_link

__all__ = ["esc", "link", "md", "passage"]

MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^&=])")
DIRECTIVE: Final = re.compile(r":(?=\S)")
JOINER: Final = ":\u2060"
"""A colon and an invisible joiner: no ``:red[``, ``:material/x:`` or ``:smile:`` begins there."""

MARK_WORDS: Final[dict[str, str]] = {
    "place": "place",
    "date": "date",
    "number": "number",
    "actor": "who",
    "trigger": "what",
}


def esc(text: object) -> str:
    """Escape ``text`` for HTML, inside quoted attributes too."""
    return html.escape(str(text), quote=True)


def md(text: str) -> str:
    """Escape ``text`` for the labels that Streamlit reads as Markdown."""
    return DIRECTIVE.sub(JOINER, MARKDOWN.sub(r"\\\1", " ".join(text.split())))


def link(url: str, label: str) -> str:
    """Return a link that opens elsewhere, or the bare label where ``url`` is not http(s)."""
    address = http_link(url)
    if not address:
        return esc(label)
    return f'<a href="{esc(address)}" target="_blank" rel="noopener noreferrer">{esc(label)}</a>'


def passage(text: str, start: int, end: int, marks: Iterable[Mapping[str, Any]]) -> str:
    """Return ``text[start:end]`` as HTML with the words behind each fact marked.

    Offsets are code points into ``text``, as in :class:`geo.model.Mark`. A mark that lies outside
    the passage is left out, and so is one that overlaps another: the words that tell the event
    give way to a place, a date or a number within them.
    """
    start, end = max(0, start), min(len(text), end)
    pieces: list[str] = []
    at = start
    for mark in sorted(_apart(marks, start, end), key=lambda m: m["start"]):
        first, last = mark["start"], mark["end"]
        word = MARK_WORDS.get(str(mark["kind"]), "fact")
        pieces.append(esc(text[at:first]))
        pieces.append(f'<mark class="bm-{word}" title="{word}">{esc(text[first:last])}</mark>')
        at = last
    return "".join([*pieces, esc(text[at:end])])


def _apart(marks: Iterable[Mapping[str, Any]], start: int, end: int) -> list[Mapping[str, Any]]:
    """Return the marks inside the passage that do not overlap, facts before triggers."""
    kept: list[Mapping[str, Any]] = []
    for mark in sorted(marks, key=lambda m: (m["kind"] == "trigger", m["start"], -m["end"])):
        inside = start <= mark["start"] < mark["end"] <= end
        if inside and all(m["end"] <= mark["start"] or mark["end"] <= m["start"] for m in kept):
            kept.append(mark)
    return kept
