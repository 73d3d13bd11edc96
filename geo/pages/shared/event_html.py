"""One event as safe HTML: the words of :mod:`geo.story`, laid out; no Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable

from geo.pages.shared.html import esc
from geo.schema import Row
from geo.story import event, gate, placing
from geo.story.cells import said
from geo.words import LINE_WORDS, upper_first

__all__ = ["border_html", "facts_html", "headline", "placing_html", "terms_html"]


def headline(row: Row) -> str:
    """Return the top of the panel: what, when, and what kind of entry it is."""
    notes = "".join(f'<p class="bm-flag">{esc(flag)}</p>' for flag in event.flags(row))
    guess, told = event.inferred(row), event.summary(row)
    inferred = f' <span class="bm-quiet">{guess}</span>' if guess else ""
    summary = f'<p dir="auto">{esc(told)}</p>' if told else ""
    return (
        f'<h2 class="bm-title" dir="auto">{esc(event.title(row))}</h2>'
        f'<p class="bm-when">{esc(upper_first(event.when(row)))}{inferred}</p>{notes}{summary}'
    )


def facts_html(row: Row) -> str:
    """Return the facts as a list of terms: where, who, deaths, injured, how certain."""
    return terms_html(said(event.FACTS, row))


def border_html(row: Row, line: str = LINE_WORDS["border"]) -> str:
    """Return the border facts as a list of terms, or a sentence where there is no place.

    ``line`` is what the reader calls the line.
    """
    facts = said(gate.border(line), row)
    return terms_html(facts) if facts else f'<p class="bm-quiet">{esc(gate.NO_DISTANCE)}</p>'


def placing_html(row: Row) -> str:
    """Return how the place was found, where its point is, and what else the name might mean."""
    body = "".join(f'<p dir="auto">{esc(line)}</p>' for line in placing.lines(row))
    others = "".join(f'<li dir="auto">{esc(other)}</li>' for other in placing.others(row))
    return f"{body}<p>{esc(placing.OTHERS)}</p><ol>{others}</ol>" if others else body


def terms_html(rows: Iterable[tuple[str, ...]]) -> str:
    """Return a list of terms: each its name, its words and, if any, quieter words beneath."""
    items = "".join(
        f'<dt>{esc(term)}</dt><dd><span dir="auto">{esc(words)}</span>{_beneath(*more)}</dd>'
        for term, words, *more in rows
    )
    return f'<dl class="bm-facts">{items}</dl>'


def _beneath(words: str = "") -> str:
    return f'<br><span class="bm-quiet">{esc(words)}</span>' if words else ""
