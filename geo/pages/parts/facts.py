"""One event in a reader's words and safe HTML; no Streamlit here, so every word can be tested."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.model import UNCERTAINTY_KM
from geo.pages.parts.safe import esc, link, passage
from geo.schema import read_tellings
from geo.words import (
    CERTAINTY_WORDS,
    PRECISION_WORDS,
    SIDE_WORDS,
    TYPE_WORDS,
    count_words,
    km_words,
    span_words,
)

__all__ = [
    "border_html",
    "day_of",
    "evidence_html",
    "facts_html",
    "headline",
    "number",
    "placing_html",
    "tellings_html",
    "title",
    "told_in_reports",
    "toll",
    "when",
    "word",
]

Row = Mapping[str, Any]
DOUBT: Final = {"claimed", "alleged", "denied", "planned"}
NOT_STATED: Final = {"", "unknown"}
BLOODLESS: Final = {"border", "airspace", "diplomacy"}


def word(row: Row, name: str) -> str:
    """Return a text cell, empty when unknown."""
    value = row[name]
    return "" if pd.isna(value) else str(value)


def number(row: Row, name: str) -> float | None:
    """Return a number cell, None when unknown."""
    value = row[name]
    return None if pd.isna(value) else float(value)


def day_of(row: Row, name: str) -> date | None:
    """Return a date cell, None when unknown."""
    value = row[name]
    return None if pd.isna(value) else pd.Timestamp(value).date()


def title(row: Row) -> str:
    """Return what and where: ``Suicide attack, Torkham``."""
    kind = TYPE_WORDS.get(word(row, "event_type"), word(row, "event_type"))
    place = word(row, "place_named") or word(row, "place")
    return f"{kind}, {place}" if place else kind


def when(row: Row) -> str:
    """Say the dates as exactly as they are known."""
    first, last = day_of(row, "date_start"), day_of(row, "date_end")
    return span_words(first, last, word(row, "date_precision"))


def toll(row: Row, what: str = "fatalities") -> str:
    """Say deaths or injured with their bounds."""
    bounds = (number(row, f"{what}_{bound}") for bound in ("low", "best", "high"))
    return count_words(*(None if value is None else int(value) for value in bounds))


def headline(row: Row) -> str:
    """Return the top of the panel: what, when, and what kind of entry it is."""
    flags = []
    if row["aggregate"]:
        flags.append("A total over a period, not a single event; never added to other figures.")
    if word(row, "certainty") in DOUBT:
        by = f" ({word(row, 'claimed_by')})" if word(row, "claimed_by") else ""
        flags.append(f"{_certainty(row)}{by}.")
    notes = "".join(f'<p class="bm-flag">{esc(flag)}</p>' for flag in flags)
    inferred = ' <span class="bm-quiet">(date inferred)</span>' if row["date_inferred"] else ""
    summary = f'<p dir="auto">{esc(word(row, "summary"))}</p>' if word(row, "summary") else ""
    said = when(row)
    return (
        f'<h2 class="bm-title" dir="auto">{esc(title(row))}</h2>'
        f'<p class="bm-when">{esc(said[:1].upper() + said[1:])}{inferred}</p>{notes}{summary}'
    )


def facts_html(row: Row) -> str:
    """Return the facts as a list of terms: where, who, deaths, injured, how certain.

    That no toll is stated is said of events that may have one, not of talks or a closed gate.
    """
    tolls = [("Deaths", toll(row)), ("Injured", toll(row, "injured"))]
    bloodless = word(row, "event_group") in BLOODLESS
    return _terms(
        [
            ("Where", _where(row)),
            ("Who", esc(word(row, "actors") or "not stated")),
            *((what, esc(said)) for what, said in tolls if not bloodless or said != "not stated"),
            ("Certainty", esc(_certainty(row))),
            *([("Claimed by", esc(word(row, "claimed_by")))] if word(row, "claimed_by") else []),
        ]
    )


def border_html(row: Row) -> str:
    """Return the border facts as a list of terms, or a sentence where there is no place."""
    km = number(row, "border_km")
    if km is None:
        return '<p class="bm-quiet">Not known: the event has no place on the map.</p>'
    side = SIDE_WORDS.get(word(row, "border_side") or "unknown", "side not known")
    distance = km_words(km, number(row, "border_km_min"), number(row, "border_km_max"))
    gate, gate_km = word(row, "nearest_crossing"), number(row, "crossing_km")
    rows = [("Side", esc(side[:1].upper() + side[1:])), ("To the line", esc(distance))]
    if gate:
        away = f", {km_words(gate_km)} away" if gate_km is not None else ""
        status = word(row, "crossing_status")
        rows.append(("Nearest crossing", esc(gate + away)))
        rows.append(
            ("Open or closed", esc("not stated" if status in NOT_STATED else f"{status} that day"))
        )
    return _terms(rows)


def tellings_html(row: Row) -> str:
    """Return each telling with its sources, its own figures and its claims, side by side."""
    told = word(row, "summary")
    cards = [_telling(telling, told) for telling in read_tellings(word(row, "tellings") or "[]")]
    return f'<div class="bm-tellings">{"".join(cards)}</div>'


def told_in_reports(row: Row) -> bool:
    """Whether any telling of the event comes from a bundled report."""
    return any(one.get("document_id") for one in read_tellings(word(row, "tellings") or "[]"))


def evidence_html(row: Row, documents: Mapping[str, str]) -> list[str]:
    """Return the marked passage of each telling whose report is bundled."""
    found = []
    for telling in read_tellings(word(row, "tellings") or "[]"):
        text = documents.get(telling.get("document_id") or "")
        start, end = telling.get("start"), telling.get("end")
        if text is None or start is None or end is None:
            continue
        marked = passage(text, start, end, telling.get("marks") or [])
        by = ", ".join(esc(source["outlet"]) for source in telling.get("sources") or [])
        credit = f"<cite>{by}</cite>" if by else ""
        found.append(f'<blockquote dir="auto">{marked}{credit}</blockquote>')
    return found


def _where(row: Row) -> str:
    inside = [word(row, "admin2"), word(row, "admin1")]
    country = {"AF": "Afghanistan", "PK": "Pakistan"}.get(word(row, "country"), "")
    place = word(row, "place")
    within = dict.fromkeys(part for part in (*inside, country) if part and part not in place)
    parts = [place, *within] if place else list(within)
    precision = word(row, "precision")
    say = PRECISION_WORDS.get(precision, precision)
    radius = number(row, "uncertainty_km") or UNCERTAINTY_KM.get(precision)  # type: ignore[call-overload]  # any text may ask
    if radius and precision not in {"exact", "unknown"}:
        say += f" (within {radius:,.0f} km of the point)" if precision != "near" else ""
    named = esc(", ".join(parts) or "not stated")
    return f'<span dir="auto">{named}</span><br><span class="bm-quiet">{esc(say)}</span>'


def placing_html(row: Row) -> str:
    """Return how the place was found, and what else the name might have meant."""
    lines = [f"Named in the source as “{word(row, 'place_named') or 'nothing'}”."]
    if reason := word(row, "geocode_reason"):
        lines.append(f"Found by: {reason}.")
    if word(row, "geocode_status") == "ambiguous":
        lines.append("The name fits several places; the likeliest is shown.")
    others = json.loads(word(row, "geocode_candidates") or "[]")[1:]
    if others:
        names = "; ".join(
            ", ".join(str(part) for part in other[:3] if part) + f" (score {other[3]:.2f})"
            for other in others
        )
        lines.append(f"Runners-up: {names}.")
    return "".join(f'<p dir="auto">{esc(line)}</p>' for line in lines)


def _certainty(row: Row) -> str:
    say = CERTAINTY_WORDS.get(word(row, "certainty"), word(row, "certainty"))
    return say[:1].upper() + say[1:]


def _telling(telling: Mapping[str, Any], told: str) -> str:
    sources = " · ".join(_source(source) for source in telling.get("sources") or [])
    figures = ", ".join(
        f"{label} {count_words(*(telling[key][bound] for bound in ('low', 'best', 'high')))}"
        for key, label in (("fatalities", "deaths"), ("injured", "injured"))
        if any(value is not None for value in (telling.get(key) or {}).values())
    )
    claims = "".join(_claim(claim) for claim in telling.get("claims") or [])
    doubt = telling.get("certainty") in DOUBT
    say = CERTAINTY_WORDS.get(str(telling.get("certainty")), "") if doubt else ""
    by = f"{say}: {telling['claimed_by']}" if say and telling.get("claimed_by") else say
    notes = str(telling.get("notes") or "")
    body = [
        f'<p class="bm-source">{sources or "source not stated"}</p>',
        f"<p>{esc(figures[:1].upper() + figures[1:])}</p>" if figures else "",
        f'<p dir="auto">{esc(notes)}</p>' if notes and notes != told else "",
        f"<ul>{claims}</ul>" if claims else "",
        f'<p class="bm-quiet">{esc(by[:1].upper() + by[1:])}</p>' if by else "",
    ]
    return f"<div>{''.join(body)}</div>"


def _source(source: Mapping[str, str]) -> str:
    name = link(source.get("url") or "", source.get("outlet") or "source not named")
    try:
        day = date.fromisoformat(source.get("date") or "")
    except ValueError:
        return name
    return f'{name} <span class="bm-quiet">{esc(span_words(day, day, "day"))}</span>'


def _claim(claim: Mapping[str, Any]) -> str:
    who = f"<b>{esc(claim['claimant'])}</b>: " if claim.get("claimant") else ""
    return f'<li dir="auto">{who}{esc(claim.get("value") or "")}</li>'


def _terms(rows: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<dt>{esc(term)}</dt><dd>{value}</dd>" for term, value in rows)
    return f'<dl class="bm-facts">{items}</dl>'
