"""Who tells an event, as safe HTML: the words of reports, the sources, each party's claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from geo.pages.shared.event_html import DOUBT, word
from geo.pages.shared.html import esc, link, passage
from geo.schema import Row, read_tellings
from geo.words import CERTAINTY_WORDS, count_words, dataset_words, span_words

__all__ = [
    "MARKS_KEY",
    "claims_html",
    "evidence_html",
    "sources",
    "tellings_html",
    "told_in_reports",
]

FIGURES: Final = {"fatalities": "deaths", "injured": "injured"}
CUT_AT: Final = 200
"""Length at which an import cuts the name of a source."""
NUMBERED: Final = re.compile(r"^\(\d+\)\s*")
PARAGRAPHS: Final = re.compile(r"\n\s*\n")

MARKS_KEY: Final = (
    '<p class="bm-quiet">Marked: <mark class="bm-what">what</mark> <mark class="bm-place">where'
    '</mark> <mark class="bm-date">when</mark> <mark class="bm-number">number</mark> '
    '<mark class="bm-who">who</mark></p>'
)


def told_in_reports(row: Row) -> bool:
    """Whether any telling of the event comes from a bundled report."""
    return any(one.get("document_id") for one in _tellings(row))


def evidence_html(row: Row, documents: Mapping[str, str]) -> list[str]:
    """Return the marked passage of each telling whose report is bundled."""
    found = []
    for telling in _tellings(row):
        text = documents.get(telling.get("document_id") or "")
        start, end = telling.get("start"), telling.get("end")
        if text is None or start is None or end is None:
            continue
        marked = passage(text, start, end, telling.get("marks") or [])
        by = ", ".join(esc(source["outlet"]) for source in telling.get("sources") or [])
        credit = f"<cite>{by}</cite>" if by else ""
        found.append(f'<blockquote dir="auto">{marked}{credit}</blockquote>')
    return found


def claims_html(row: Row) -> str:
    """Return what each party says, side by side; empty where no claim is told."""
    parties: dict[str, list[str]] = {}
    for telling in _tellings(row):
        for claim in telling.get("claims") or []:
            said = parties.setdefault(str(claim.get("claimant") or "party not named"), [])
            if (value := _claim(claim)) not in said:
                said.append(value)
    cards = "".join(
        f'<div><b dir="auto">{esc(party)}</b><ul>'
        + "".join(f'<li dir="auto">{esc(value)}</li>' for value in said)
        + "</ul></div>"
        for party, said in parties.items()
    )
    return f'<div class="bm-claims">{cards}</div>' if cards else ""


def tellings_html(row: Row) -> str:
    """Return each telling with its sources and its own figures; a dataset's row as one telling."""
    told = word(row, "summary")
    tellings = _tellings(row)
    cards = [_telling(one, told) for one in tellings] if tellings else [_record(row)]
    return f'<div class="bm-tellings">{"".join(cards)}</div>'


def sources(row: Row) -> list[dict[str, str]]:
    """Return the sources of an event (outlet, url, date), those of all tellings."""
    found: list[dict[str, str]] = json.loads(word(row, "sources") or "[]")
    return found


def _tellings(row: Row) -> list[dict[str, Any]]:
    return read_tellings(word(row, "tellings") or "[]")


def _claim(claim: Mapping[str, Any]) -> str:
    value, field = str(claim.get("value") or ""), str(claim.get("field") or "")
    return f"{FIGURES[field]}: {value}" if field in FIGURES else value


def _telling(telling: Mapping[str, Any], told: str) -> str:
    figures = ", ".join(
        f"{label} {count_words(*(telling[key][bound] for bound in ('low', 'best', 'high')))}"
        for key, label in FIGURES.items()
        if any(value is not None for value in (telling.get(key) or {}).values())
    )
    doubt = telling.get("certainty") in DOUBT
    say = CERTAINTY_WORDS.get(str(telling.get("certainty")), "") if doubt else ""
    by = f"{say}: {telling['claimed_by']}" if say and telling.get("claimed_by") else say
    notes = str(telling.get("notes") or "")
    named = " · ".join(_source(source) for source in telling.get("sources") or [])
    body = [
        f'<p class="bm-source">{named or "source not stated"}</p>',
        f"<p>{esc(figures[:1].upper() + figures[1:])}</p>" if figures else "",
        f'<p dir="auto">{esc(notes)}</p>' if notes and notes != told else "",
        f'<p class="bm-quiet">{esc(by[:1].upper() + by[1:])}</p>' if by else "",
    ]
    return f"<div>{''.join(body)}</div>"


def _record(row: Row) -> str:
    """Return the card of a row that a dataset gives, with the sources that the dataset names."""
    named = [dataset_words(word(row, "dataset"))]
    if source_id := word(row, "source_id") if "source_id" in row else "":
        named.append(f"event {source_id}")
    if version := word(row, "dataset_version") if "dataset_version" in row else "":
        named.append(f"version {version}")
    lines = [
        f'<li dir="auto">{_source({**one, "outlet": part})}</li>'
        for one in sources(row)
        for part in _parts(one.get("outlet") or "")
    ]
    listed = f"<ul>{''.join(lines)}</ul>" if lines else ""
    after = "It names as its sources:" if lines else "It names no source."
    note = word(row, "notes")
    return (
        f"<div><p><b>{esc(', '.join(named))}</b></p><p>{after}</p>{listed}"
        + (f'<p dir="auto">Its note: {esc(note)}</p>' if note else "")
        + "</div>"
    )


def _parts(outlet: str) -> Iterator[str]:
    """Yield the sources that a dataset packs into one cell, each on one line."""
    cut = "…" if len(outlet) >= CUT_AT else ""
    parts = [part.strip() for part in PARAGRAPHS.split(outlet) if part.strip()]
    for number, part in enumerate(parts):
        lines = [line.strip() for line in NUMBERED.sub("", part).splitlines() if line.strip()]
        said = " · ".join(lines).replace(";", "; ").replace(";  ", "; ")
        yield said + (cut if number == len(parts) - 1 else "")


def _source(source: Mapping[str, str]) -> str:
    name = link(source.get("url") or "", source.get("outlet") or "source not named")
    try:
        day = date.fromisoformat(source.get("date") or "")
    except ValueError:
        return f'<span dir="auto">{name}</span>'
    said = esc(span_words(day, day, "day"))
    return f'<span dir="auto">{name}</span> <span class="bm-quiet">{said}</span>'
