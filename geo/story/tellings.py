"""Who tells an event: the sources, the figures and words of each, and what each party claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from geo.schema import Row
from geo.story import toll
from geo.story.cells import listed, text
from geo.story.event import DOUBT
from geo.words import CERTAINTY_WORDS, dataset_words, day_words, upper_first

__all__ = [
    "Passage",
    "Source",
    "Telling",
    "claims",
    "http_link",
    "passages",
    "sources",
    "tellings",
    "told_in_reports",
]

CUT_AT: Final = 200
"""Length at which an import cuts the name of a source."""
NUMBERED: Final = re.compile(r"^\(\d+\)\s*")
PARAGRAPHS: Final = re.compile(r"\n\s*\n")
NO_SOURCE: Final = "source not stated"


@dataclass(frozen=True, slots=True)
class Source:
    """Who reported it: name, address (http or https, else empty) and day in words, if known."""

    name: str
    link: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling: its sources, figures and words, and how sure it is of them.

    What a dataset records has a ``title``, and its sources stand one under another.
    """

    title: str = ""
    lead: str = ""
    sources: tuple[Source, ...] = ()
    figures: str = ""
    notes: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report behind a telling: offsets are code points into ``text``."""

    text: str
    start: int
    end: int
    marks: tuple[Mapping[str, Any], ...]
    outlets: str


def told_in_reports(row: Row) -> bool:
    """Whether any telling of the event comes from a bundled report."""
    return any(one.get("document_id") for one in listed(row, "tellings"))


def passages(row: Row, documents: Mapping[str, str]) -> list[Passage]:
    """Return the passage of each telling whose report is in ``documents``, texts by id."""
    found = []
    for told in listed(row, "tellings"):
        text_of = documents.get(told.get("document_id") or "")
        start, end = told.get("start"), told.get("end")
        if text_of is not None and start is not None and end is not None:
            outlets = ", ".join(source["outlet"] for source in told.get("sources") or [])
            found.append(Passage(text_of, start, end, tuple(told.get("marks") or ()), outlets))
    return found


def claims(row: Row) -> dict[str, list[str]]:
    """Return what each party says, by party, each thing once."""
    parties: dict[str, list[str]] = {}
    for told in listed(row, "tellings"):
        for claim in told.get("claims") or []:
            said = parties.setdefault(str(claim.get("claimant") or "party not named"), [])
            value = toll.claimed(str(claim.get("field") or ""), str(claim.get("value") or ""))
            if value not in said:
                said.append(value)
    return parties


def tellings(row: Row) -> list[Telling]:
    """Return each telling with its own figures; a dataset's row as one telling."""
    told = listed(row, "tellings")
    return [_telling(one, row) for one in told] if told else [_record(row)]


def sources(row: Row) -> list[Source]:
    """Return the sources of an event, those of all tellings."""
    return [_source(one) for one in listed(row, "sources")]


def http_link(address: object) -> str:
    """Return ``address`` if it is an http(s) link to a host, else an empty text."""
    plain = str(address or "").strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return ""
    return plain if parts.scheme in {"http", "https"} and parts.netloc else ""


def _telling(told: Mapping[str, Any], row: Row) -> Telling:
    notes = str(told.get("notes") or "")
    named = tuple(_source(one) for one in told.get("sources") or [])
    return Telling(
        lead="" if named else NO_SOURCE,
        sources=named,
        figures=toll.figures(told),
        notes="" if notes == text(row, "summary") else notes,
        doubt=_doubt(told),
    )


def _doubt(told: Mapping[str, Any]) -> str:
    code, by = str(told.get("certainty") or ""), str(told.get("claimed_by") or "")
    if code not in DOUBT:
        return ""
    return upper_first(f"{CERTAINTY_WORDS[code]}: {by}" if by else CERTAINTY_WORDS[code])


def _record(row: Row) -> Telling:
    """Return what a dataset records, with the sources that the dataset names."""
    number, version, note = (text(row, n) for n in ("source_id", "dataset_version", "notes"))
    named = [dataset_words(text(row, "dataset"))]
    named += [f"event {number}"] if number else []
    named += [f"version {version}"] if version else []
    parts = ({**one, "outlet": part} for one in listed(row, "sources") for part in _parts(one))
    listed_sources = tuple(_source(one) for one in parts)
    return Telling(
        title=", ".join(named),
        lead="It names as its sources:" if listed_sources else "It names no source.",
        sources=listed_sources,
        notes=f"Its note: {note}" if note else "",
    )


def _parts(source: Mapping[str, str]) -> Iterator[str]:
    """Yield the sources that a dataset packs into one cell, each on one line."""
    outlet = source.get("outlet") or ""
    cut = "…" if len(outlet) >= CUT_AT else ""
    parts = [part.strip() for part in PARAGRAPHS.split(outlet) if part.strip()]
    for number, part in enumerate(parts):
        lines = [line.strip() for line in NUMBERED.sub("", part).splitlines() if line.strip()]
        said = " · ".join(lines).replace(";", "; ").replace(";  ", "; ")
        yield said + (cut if number == len(parts) - 1 else "")


def _source(source: Mapping[str, str]) -> Source:
    name, link = source.get("outlet") or "source not named", http_link(source.get("url"))
    try:
        day = day_words(date.fromisoformat(source.get("date") or ""))
    except ValueError:
        day = ""
    return Source(name, link, day)
