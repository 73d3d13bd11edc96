"""The reader's words for our codes: dates, tolls, kinds of event, sides, how well a place is known.

Pages and exports speak to people through these; the codes themselves stay in tables and files.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

__all__ = [
    "CERTAINTY_WORDS",
    "CROSSING_WORDS",
    "DATASET_NAMES",
    "GROUP_WORDS",
    "LINE_NAMES",
    "LINE_WORDS",
    "MONTHS",
    "NATIONS",
    "PRECISION_WORDS",
    "ROLE_WORDS",
    "SIDE_WORDS",
    "SPAN_FORMS",
    "TITLE",
    "TYPE_WORDS",
    "clip",
    "count_words",
    "dataset_words",
    "day_words",
    "events_words",
    "km_words",
    "range_words",
    "span_words",
    "toll_words",
    "upper_first",
]

TITLE: Final = "Afghanistan–Pakistan border events"
"""What the map, its files and its citation are called."""

GROUP_WORDS: Final[dict[str, str]] = {
    "violence": "Violence",
    "border": "Border closed or reopened",
    "airspace": "Airspace violation",
    "diplomacy": "Diplomacy",
    "civil": "Protest, arrest, displacement",
    "other": "Other",
}

TYPE_WORDS: Final[dict[str, str]] = {
    "armed_attack": "Armed attack",
    "suicide_attack": "Suicide attack",
    "bombing": "Bombing",
    "targeted_killing": "Targeted killing",
    "abduction": "Abduction",
    "airstrike_drone": "Air or drone strike",
    "shelling": "Shelling",
    "counter_terror_operation": "Counter-terrorism operation",
    "armed_clash": "Armed clash",
    "border_clash": "Border clash",
    "border_closure": "Border closure",
    "border_reopening": "Border reopening",
    "airspace_violation": "Airspace violation",
    "diplomatic_meeting": "Diplomatic meeting",
    "agreement": "Agreement",
    "statement": "Statement",
    "protest": "Protest",
    "arrest_detention": "Arrest or detention",
    "deportation_displacement": "Deportation or displacement",
    "other": "Other event",
    "accident": "Accident",
}

NATIONS: Final = {"AF": "Afghanistan", "PK": "Pakistan"}

LINE_WORDS: Final = {"border": "AF–PK border", "durand": "Durand Line"}
"""What the line may be called; the first unless a reader chooses."""

LINE_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "border": ("Afghanistan–Pakistan border", "AF–PK border"),
    "durand": ("Durand Line",),
}
"""The same for the map, the longest form first."""

CROSSING_WORDS: Final = {
    "closed": "closed",
    "partial": "partly open",
    "open": "open",
    "unknown": "not known",
}

DATASET_WORDS: Final = {
    "chronology": "this map’s chronology",
    "reports": "news reports",
    "ucdp": "UCDP",
    "acled": "ACLED",
}

DATASET_NAMES: Final = {"ucdp": "UCDP GED", "acled": "ACLED"}
"""What the makers of a dataset call it."""

SIDE_WORDS: Final[dict[str, str]] = {
    "AF": "Afghan side",
    "PK": "Pakistani side",
    "straddles": "may be on either side",
    "unknown": "side not known",
}

PRECISION_WORDS: Final[dict[str, str]] = {
    "exact": "known to the place itself",
    "near": "known to within about 25 km",
    "admin3": "known to the tehsil",
    "admin2": "known to the district",
    "admin1": "known to the province",
    "region": "known to a wider area",
    "country": "known to the country only",
    "unknown": "place not known",
}

ROLE_WORDS: Final[dict[str, str]] = {
    "literal": "a place",
    "dateline": "a dateline",
    "metonymic": "a government by its place",
    "attributive": "whose or from where",
    "embedded": "part of another name",
    "demonym": "a people",
}

CERTAINTY_WORDS: Final[dict[str, str]] = {
    "reported": "reported",
    "claimed": "claimed by one party",
    "alleged": "alleged",
    "denied": "denied",
    "planned": "planned when reported",
}

MONTHS: Final = calendar.month_abbr
WEEKDAYS: Final = calendar.day_abbr
SPAN_FORMS: Final = {
    "one day": "{day} {month} {year}",
    "whole month": "{month} {year}",
    "whole year": "{year}",
    "within month": "{day}–{to_day} {to_month} {to_year}",
    "within year": "{day} {month} – {to_day} {to_month} {to_year}",
    "across years": "{day} {month} {year} – {to_day} {to_month} {to_year}",
}
"""How a span of days is said, here and in the browser."""
LONG_SPAN_DAYS: Final = 21
"""A vague span at least this long is told in months: its days would promise too much."""


def clip(text: str, limit: int = 60) -> str:
    """Shorten ``text`` to ``limit`` characters at a word, with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def upper_first(text: str) -> str:
    """Return ``text`` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def events_words(count: int) -> str:
    """Say how many events: ``1 event``, ``1,204 events``."""
    return f"{count:,} event{'' if count == 1 else 's'}"


def dataset_words(name: str) -> str:
    """Say a dataset; a user's own table goes by the name it was given."""
    return DATASET_WORDS.get(name, name)


def day_words(day: date) -> str:
    """Say a day: ``Sun 19 Feb 2023``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]} {day.year}"


def span_words(first: date | None, last: date | None, precision: str = "day") -> str:
    """Say an inclusive span of days as exactly as its ``precision`` allows and no more.

    ``Sun 19 Feb 2023``, ``19–22 Feb 2023``, ``Feb 2023``, ``about Jan–Feb 2023``;
    ``date not stated`` where there is none.
    """
    if first is None:
        return "date not stated"
    last = last or first
    if precision == "year":
        return _joined(str(first.year), str(last.year), "–")
    if precision == "month":
        return _months(first, last)
    if precision == "vague":
        long = (last - first).days >= LONG_SPAN_DAYS
        return f"about {_months(first, last) if long else _days(first, last)}"
    return day_words(first) if first == last else _days(first, last)


def range_words(first: date, last: date) -> str:
    """Say days that are chosen, which are known to the day: ``3 Feb 2023``, ``19–22 Feb 2023``.

    All days of a month or of a year are called by it: ``Feb 2023``, ``2023``.
    """
    opens = first.day == 1 and first.year == last.year
    if opens and last.day == calendar.monthrange(last.year, last.month)[1]:
        if first.month == last.month:
            return _spelt("whole month", first, last)
        if (first.month, last.month) == (1, 12):
            return _spelt("whole year", first, last)
    return _days(first, last)


def count_words(low: int | None, best: int | None, high: int | None) -> str:
    """Say a count with its bounds: ``59–101, last given 84``, ``at least 5``, ``not stated``."""
    if low is not None and high is not None and low != high:
        spread = f"{low:,}–{high:,}"
        return f"{spread}, last given {best:,}" if best is not None else f"{spread}, disputed"
    if best is not None:
        return f"{best:,}"
    if low is not None:
        return f"{low:,}" if low == high else f"at least {low:,}"
    return "not stated" if high is None else f"up to {high:,}"


def toll_words(low: int, high: int, unknown: int) -> str:
    """Say a sum of deaths with its spread and how many events gave no figure."""
    known = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    gaps = f", {unknown:,} with no figure given" if unknown else ""
    return f"{known} deaths reported{gaps}"


def km_words(km: float, low: float | None = None, high: float | None = None) -> str:
    """Say a distance in km; with bounds when they differ by more than the rounding."""
    if low is not None and high is not None and round(high) - round(low) >= 1:
        return f"{_km(km)} km ({low:,.0f}–{high:,.0f} possible)"
    return f"{_km(km)} km"


def _km(km: float) -> str:
    if km < 1:
        return "under 1"
    return f"{km:,.1f}" if km < 10 else f"{km:,.0f}"


def _joined(first: str, last: str, dash: str) -> str:
    return first if first == last else f"{first}{dash}{last}"


def _days(first: date, last: date) -> str:
    if first == last:
        return _spelt("one day", first, last)
    same_year = first.year == last.year
    near = "within month" if same_year and first.month == last.month else "within year"
    return _spelt(near if same_year else "across years", first, last)


def _spelt(form: str, first: date, last: date) -> str:
    return SPAN_FORMS[form].format(
        day=first.day,
        month=MONTHS[first.month],
        year=first.year,
        to_day=last.day,
        to_month=MONTHS[last.month],
        to_year=last.year,
    )


def _months(first: date, last: date) -> str:
    end = f"{MONTHS[last.month]} {last.year}"
    if first.year != last.year:
        return f"{MONTHS[first.month]} {first.year} – {end}"
    return end if first.month == last.month else f"{MONTHS[first.month]}–{end}"
