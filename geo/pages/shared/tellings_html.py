"""Who tells an event, as safe HTML: the words of reports, the sources, each party's claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.pages.shared.html import esc, link, passage
from geo.schema import Row
from geo.story import tellings
from geo.story.tellings import Source, Telling

__all__ = ["MARKS_KEY", "claims_html", "evidence_html", "tellings_html"]

MARKS_KEY: Final = (
    '<p class="bm-quiet">Marked: <mark class="bm-what">what</mark> <mark class="bm-place">where'
    '</mark> <mark class="bm-date">when</mark> <mark class="bm-number">number</mark> '
    '<mark class="bm-who">who</mark></p>'
)


def evidence_html(row: Row, documents: Mapping[str, str]) -> list[str]:
    """Return the marked passage of each telling whose report is bundled."""
    found = []
    for one in tellings.passages(row, documents):
        credit = f"<cite>{esc(one.outlets)}</cite>" if one.outlets else ""
        marked = passage(one.text, one.start, one.end, one.marks)
        found.append(f'<blockquote dir="auto">{marked}{credit}</blockquote>')
    return found


def claims_html(row: Row) -> str:
    """Return what each party says, side by side; empty where no claim is told."""
    cards = "".join(
        f'<div><b dir="auto">{esc(party)}</b><ul>'
        + "".join(f'<li dir="auto">{esc(value)}</li>' for value in said)
        + "</ul></div>"
        for party, said in tellings.claims(row).items()
    )
    return f'<div class="bm-claims">{cards}</div>' if cards else ""


def tellings_html(row: Row) -> str:
    """Return each telling with its sources and its own figures, a card each."""
    cards = "".join(_card(one) for one in tellings.tellings(row))
    return f'<div class="bm-tellings">{cards}</div>'


def _card(one: Telling) -> str:
    title = f"<p><b>{esc(one.title)}</b></p>" if one.title else ""
    doubt = f'<p class="bm-quiet">{esc(one.doubt)}</p>' if one.doubt else ""
    figures = f"<p>{esc(one.figures)}</p>" if one.figures else ""
    notes = f'<p dir="auto">{esc(one.notes)}</p>' if one.notes else ""
    return f"<div>{title}{_sources(one)}{figures}{notes}{doubt}</div>"


def _sources(one: Telling) -> str:
    """Return the sources in a line, those that a dataset names one under another."""
    if not one.title:
        return f'<p class="bm-source">{esc(one.lead)}{" · ".join(map(_source, one.sources))}</p>'
    lines = "".join(f'<li dir="auto">{_source(source)}</li>' for source in one.sources)
    return f"<p>{esc(one.lead)}</p>" + (f"<ul>{lines}</ul>" if lines else "")


def _source(source: Source) -> str:
    day = f' <span class="bm-quiet">{esc(source.day)}</span>' if source.day else ""
    return f'<span dir="auto">{link(source.link, source.name)}</span>{day}'
