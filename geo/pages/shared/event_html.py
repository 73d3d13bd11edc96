"""One event in a reader's words and safe HTML; no Streamlit here, so every word can be tested."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.model import UNCERTAINTY_KM
from geo.pages.shared.html import esc
from geo.schema import Row
from geo.words import (
    CERTAINTY_WORDS,
    CROSSING_WORDS,
    LINE_WORDS,
    NATIONS,
    PRECISION_WORDS,
    SIDE_WORDS,
    TYPE_WORDS,
    count_words,
    dataset_words,
    km_words,
    span_words,
)

__all__ = [
    "border_html",
    "day_of",
    "facts_html",
    "headline",
    "number",
    "placing_html",
    "terms_html",
    "title",
    "toll",
    "when",
    "word",
]

HEADLINES: Final = re.compile(r"\s*;(?=\S)\s*")
DOUBT: Final = {"claimed", "alleged", "denied", "planned"}
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
    told = _summary(row)
    summary = f'<p dir="auto">{esc(told)}</p>' if told else ""
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


def border_html(row: Row, line: str = LINE_WORDS["border"]) -> str:
    """Return the border facts as a list of terms, or a sentence where there is no place.

    ``line`` is what the reader calls the line.
    """
    km = number(row, "border_km")
    if km is None:
        return '<p class="bm-quiet">Not known: the event has no place on the map.</p>'
    side = SIDE_WORDS.get(word(row, "border_side") or "unknown", "side not known")
    distance = km_words(km, number(row, "border_km_min"), number(row, "border_km_max"))
    gate, gate_km = word(row, "nearest_crossing"), number(row, "crossing_km")
    rows = [("Side", esc(side[:1].upper() + side[1:])), (f"To the {line}", esc(distance))]
    if gate:
        away = f", {km_words(gate_km)} away" if gate_km is not None else ""
        rows += [("Nearest crossing", esc(gate + away)), ("It was", esc(_gate_words(row)))]
    return _terms(rows)


def _gate_words(row: Row) -> str:
    """Say whether the nearest crossing was open: ``partly open that day``."""
    status = word(row, "crossing_status")
    if status in {"", "unknown"}:
        return "open or closed: not stated"
    one_day = day_of(row, "date_start") == (day_of(row, "date_end") or day_of(row, "date_start"))
    return f"{CROSSING_WORDS[status]} {'that day' if one_day else 'when it began'}"


def _where(row: Row) -> str:
    inside = [word(row, "admin2"), word(row, "admin1")]
    country = NATIONS.get(word(row, "country"), "")
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
    """Return how the place was found, where its point is, and what else the name might mean."""
    lines = [f"Named in the source as “{word(row, 'place_named') or 'nothing'}”.", _found(row)]
    lat, lon = number(row, "lat"), number(row, "lon")
    if lat is not None and lon is not None:
        stands = "" if word(row, "precision") in {"exact", "near"} else ", which stands for an area"
        lines.append(f"Point: {_degrees(lat, 'NS')}, {_degrees(lon, 'EW')}{stands}.")
    if word(row, "geocode_status") == "ambiguous":
        lines.append("The name fits several places; the likeliest is shown.")
    others = json.loads(word(row, "geocode_candidates") or "[]")[1:]
    body = "".join(f'<p dir="auto">{esc(line)}</p>' for line in lines if line)
    if not others:
        return body
    listed = "".join(f'<li dir="auto">{esc(_candidate(other))}</li>' for other in others)
    return f"{body}<p>Other places it might have meant, likeliest first:</p><ol>{listed}</ol>"


def _found(row: Row) -> str:
    """Say how the place was found and how sure that is, of 1."""
    if word(row, "source_type") == "dataset" and word(row, "geocode_reason").startswith("as "):
        return f"Placed where {dataset_words(word(row, 'dataset'))} puts it."
    reason, score = word(row, "geocode_reason"), number(row, "geocode_score")
    sure = f" (score {score:.2f} of 1)" if score else ""
    return f"Found by: {reason}{sure}." if reason else ""


def _candidate(other: Sequence[Any]) -> str:
    name, admin1, country, score = other[:4]
    where = ", ".join(str(part) for part in (name, admin1, NATIONS.get(country, country)) if part)
    return f"{where} (score {score:.2f})"


def _degrees(value: float, ends: str) -> str:
    return f"{abs(value):.3f}° {ends[value < 0]}"


def _summary(row: Row) -> str:
    """Return the summary, unless a dataset has none and its parties stand in for it.

    UCDP gives the headlines of its sources instead, one after another.
    """
    told = word(row, "summary")
    parties = " – ".join(word(row, "actors").split("; "))
    if word(row, "source_type") == "dataset":
        told = HEADLINES.sub(" · ", told)
    return "" if told == parties else told


def _certainty(row: Row) -> str:
    say = CERTAINTY_WORDS.get(word(row, "certainty"), word(row, "certainty"))
    return say[:1].upper() + say[1:]


def terms_html(rows: Iterable[tuple[str, str]]) -> str:
    """Return plain text by its name as a list of terms."""
    return _terms((name, f'<span dir="auto">{esc(text)}</span>') for name, text in rows)


def _terms(rows: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<dt>{esc(term)}</dt><dd>{value}</dd>" for term, value in rows)
    return f'<dl class="bm-facts">{items}</dl>'
