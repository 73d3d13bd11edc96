"""An explanation on a terminal: marks in the text, notes under each paragraph, events as a table.

Without colour every mark stands in brackets with the key of its note, ``[Kabul P3]``; with colour
the style says what it is. Nothing of a text is interpreted: no markup, no escape sequence; what
would move the cursor or turn the order of words is shown as an escape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from geo.reports.output.explanation import Card, Explanation
from geo.reports.output.notes import Note

__all__ = ["console_on", "escaped", "json_line", "show"]

STYLES: Final = {
    "place": "bold cyan",
    "date": "bold green",
    "number": "bold magenta",
    "trigger": "bold red",
    "key": "dim",
    "title": "bold",
    "label": "dim",
}
PIPE_WIDTH: Final = 100
"""Columns where the output is no terminal, so that it does not depend on where it is run."""
LABEL_WIDTH: Final = 12
HEADS: Final = ("", "Event", "When", "Where", "Killed", "Certainty", "Says")
UNSEEN: Final = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Controls, direction marks, invisible letters, halves of pairs; scripts need their joiners."""
HARMFUL: Final = re.compile(f"[{UNSEEN}]")
PLAIN: Final = {"\t": " ", "\r": " "}


@dataclass(slots=True)
class Span:
    """A mark of the text after overlaps are cut: properly inside another or clear of it."""

    start: int
    end: int
    kind: str
    keys: list[str]


def console_on(stream: IO[str]) -> Console:
    """Return a console that writes to ``stream``; colours only on a terminal without NO_COLOR."""
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def show(explanation: Explanation, console: Console) -> None:
    """Print an explanation; text of the document is escaped, never interpreted."""
    pen = Pen(console)
    console.print()
    console.print(pen.text(explanation.title, "title"))
    console.print(pen.facts(explanation.facts))
    console.print()
    for paragraph, notes in _paragraphs(explanation, pen):
        console.print(Padding(paragraph, (0, 0, 0, 2)))
        if notes:
            console.print(Padding(pen.notes(notes), (0, 0, 0, 4)))
        console.print()
    if explanation.cards:
        console.print(pen.table(explanation.cards))
    for number, card in enumerate(explanation.cards, 1):
        console.print(pen.text(f"Event {number}: {card.kind}, {card.where}, {card.when}", "title"))
        console.print(pen.facts(card.facts))
        console.print()


class Pen:
    """Writes escaped text in the styles of a console, or in plain brackets where it has none."""

    def __init__(self, console: Console) -> None:
        self.plain = console.no_color or console.color_system is None

    def text(self, said: str, style: str = "") -> Text:
        """Return escaped text, blanks and breaks as one blank; what is too long is folded."""
        return Text(escaped(" ".join(said.split())), self._style(style), overflow="fold")

    def facts(self, facts: Iterable[tuple[str, str]]) -> Padding:
        """Return labelled lines, the labels in a column of their own."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=LABEL_WIDTH)
        grid.add_column(overflow="fold")
        for label, said in facts:
            grid.add_row(self.text(label, "label"), self.text(said))
        return Padding(grid, (0, 0, 0, 2))

    def notes(self, notes: Iterable[Note]) -> Table:
        """Return the notes of a paragraph: key, words, what they were taken for and why."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column()
        grid.add_column(overflow="fold")
        for note in notes:
            said, says = self.text(f"“{note.said}”", note.kind), self.text(note.says)
            told = Text.assemble(said, " ", says, overflow="fold")
            grid.add_row(self.text(note.key, "key"), told)
        return grid

    def table(self, cards: Sequence[Card]) -> Table:
        """Return the events in short, one a row."""
        table = Table(*HEADS, box=box.SIMPLE_HEAD, header_style=self._style("title"))
        for number, card in enumerate(cards, 1):
            where = f"{card.where}, {card.known}"
            row = (str(number), card.kind, card.when, where, card.toll, card.certainty)
            table.add_row(*map(self.text, (*row, card.claimed_by)))
        return table

    def marked(self, text: str, start: int, end: int, spans: Sequence[Span]) -> Text:
        """Return ``text[start:end]`` with its marks, which lie inside and do not cross."""
        told, at = Text(overflow="fold"), start
        inside: list[Span] = []

        def write(until: int) -> None:
            nonlocal at
            told.append(escaped(text[at:until]), self._style(inside[-1].kind if inside else ""))
            at = max(at, until)

        def close() -> None:
            write(inside[-1].end)
            told.append(f" {','.join(inside.pop().keys)}", self._style("key"))
            told.append("]" if self.plain else "")

        for span in spans:
            while inside and inside[-1].end <= span.start:
                close()
            write(span.start)
            told.append("[" if self.plain else "")
            inside.append(span)
        while inside:
            close()
        write(end)
        return told

    def _style(self, name: str) -> str:
        return "" if self.plain else STYLES.get(name, "")


def _paragraphs(explanation: Explanation, pen: Pen) -> Iterator[tuple[Text, list[Note]]]:
    """Yield each paragraph marked, with the notes that it is the first to need."""
    text, notes = explanation.text, explanation.notes
    seen: set[tuple[str, str, str]] = set()
    at, start = 0, 0
    for line in text.split("\n"):
        end, first = start + len(line), at
        while at < len(notes) and notes[at].start <= end:
            at += 1
        if line.strip():
            here = notes[first:at]
            fresh = {(n.key, n.said, n.says): n for n in here}
            new = [note for key, note in fresh.items() if key not in seen]
            seen.update(fresh)
            yield pen.marked(text, start, end, _spans(here, end)), new
        start = end + 1


def _spans(notes: Sequence[Note], end: int) -> list[Span]:
    """Return the marks of one line: cut at its end, at the end of those they begin in, joined."""
    spans: list[Span] = []
    outer: list[Span] = []
    for note in notes:
        while outer and outer[-1].end <= note.start:
            outer.pop()
        until = min(note.end, outer[-1].end if outer else end)
        if outer and (outer[-1].start, outer[-1].end) == (note.start, until):
            outer[-1].keys.append(note.key)
            continue
        span = Span(note.start, until, note.kind, [note.key])
        spans.append(span)
        outer.append(span)
    return spans


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
