"""The publication day of a report that states none, inferred from its own words or left unknown.

Only two kinds of evidence count: complete dates that are news and not background, and a month and
day beside the weekday on which it was said, in the first year in which both agree after the newest
name in the text was coined (``seeds/coinages.csv``). Anything weaker gives None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from geo.files.seeds import seed_rows
from geo.model import DateSpan
from geo.reports.time.find import find_dates
from geo.reports.tokens.lexicon import rule, words
from geo.reports.tokens.tokenise import Tokens, tokenise

__all__ = ["infer_published", "newest_coinage"]

LEAD: Final = 160
"""Units at the top of a report, where what is news stands: headline, bullets, first sentences."""
LATE: Final = 2
"""Days after an event within which a report says "on Sunday" for its own day."""
NEARBY: Final = 31
"""Days around an inferred day in which every complete date since the coinage must lie."""
YEARS: Final = 2
"""Years tried from the newest coinage on: any third year fits, so a later one would be a guess."""
REACH: Final = 80
"""Units of a sentence looked at on either side of a date."""
SAID_ON: Final = rule(r"{saying} ~4 'on'? (?P<wd>{weekday}) (?!\x27)")
OLD: Final = rule(r"(?:{long ago}|{background}|'since'|{future})")
STOP: Final = rule(r"[.\n]")
BOUNDS: Final = words("bound")
YEAR_LESS: Final = frozenset({"month and day", "day and month"})
YEAR: Final = rule("{year}")
ANY_DAY: Final = date(2024, 1, 7)


def newest_coinage(tokens: Tokens) -> tuple[str, date] | None:
    """Return the label, of those a text uses, that came into use last, and from which day on."""
    used = [(since, label) for tag, label, since in _coinages() if tag in tokens.tags]
    return (max(used)[1], max(used)[0]) if used else None


def infer_published(
    tokens: Tokens, dates: Sequence[DateSpan], since: date | None
) -> tuple[date | None, str]:
    """Infer the publication day of a report that states none.

    Parameters
    ----------
    tokens
        The report.
    dates
        Its dates, as they are found where no publication day is known.
    since
        The earliest day possible, if known: see :func:`newest_coinage`.

    Returns
    -------
    tuple of date or None, and str
        The day and the reason in words; None where the text does not settle it.
    """
    day, reason = _from_complete_dates(tokens, dates, since)
    return (day, reason) if day else _from_weekday(tokens, dates, since)


def _from_complete_dates(
    tokens: Tokens, dates: Sequence[DateSpan], since: date | None
) -> tuple[date | None, str]:
    """Take the latest complete date of the lead, or the latest one that several bear out."""
    news = [one for one in dates if _is_news(tokens, one)]
    days = [(tokens.units(0, one.start or 0)[1], one.last) for one in news if one.last]
    if not days:
        return None, ""
    last = max(day for _, day in days)
    latest = max((day for unit, day in days if unit < LEAD), default=last)
    several = sum(_days(day, latest) in range(-LATE, LATE + 1) for _, day in days) > 1
    leads = any(unit < LEAD for unit, _ in days)
    said = _said_on(tokens)
    behind = (said - latest.weekday()) % 7 if said is not None else 0
    unsure = not (leads or several) or behind > 1 or _days(last, latest) > 1
    if unsure or _last_year(tokens) > latest.year or (since and latest < since):
        return None, ""
    published = date.fromordinal(latest.toordinal() + behind)
    return published, f"the latest complete date told as news is {latest:%d %B %Y}"


def _days(day: date, after: date) -> int:
    return day.toordinal() - after.toordinal()


def _last_year(tokens: Tokens) -> int:
    """Return the latest year a text names, 0 if none."""
    said = (tokens.said(*m.span()) for m in YEAR.finditer(tokens.tags))
    return max(map(int, said), default=0)


def _is_news(tokens: Tokens, one: DateSpan) -> bool:
    """Whether a date is complete and its sentence is neither about the past nor the future."""
    if one.precision not in {"day", "day_range"} or one.start is None:
        return False
    unit = tokens.units(0, one.start)[1]
    low = max(0, unit - REACH)
    low += max((m.end() for m in STOP.finditer(tokens.tags[low:unit])), default=0)
    stop = STOP.search(tokens.tags, tokens.units(0, one.end or 0)[1], unit + REACH)
    told = OLD.search(tokens.tags, low, stop.start() if stop else unit + REACH)
    return told is None and one.rule.split()[0] not in BOUNDS


def _from_weekday(
    tokens: Tokens, dates: Sequence[DateSpan], since: date | None
) -> tuple[date | None, str]:
    """Find the first year in which the weekday of the telling follows the month and day told."""
    said = _said_on(tokens)
    if since is None or said is None:
        return None, ""
    told = set(_year_less(tokens, since))
    found = {answer for day in told if (answer := _first_fit(day, said, since))}
    if len(found) != 1:
        return None, ""
    (published,) = found
    complete = [one.last for one in dates if one.last and one.last >= since]
    if any(abs(_days(published, day)) > NEARBY for day in complete):
        return None, ""
    return published, (
        f"said on a {published:%A}; {min(told):%B} {min(told).day} falls on or just before one in "
        f"{published.year}, the first year after a name used here was coined ({since:%B %Y})"
    )


def _said_on(tokens: Tokens) -> int | None:
    """Return the weekday on which things were said, Monday 0, if it is one and the same."""
    units = [m.start("wd") for m in SAID_ON.finditer(tokens.tags)]
    told = (find_dates(tokens, ANY_DAY, unit, unit + 1) for unit in units)
    days = {one.first.weekday() for spans in told for one in spans if one.first}
    return days.pop() if len(days) == 1 else None


def _year_less(tokens: Tokens, since: date) -> Iterator[date]:
    """Yield each month and day told without a year, as days of the year of ``since``."""
    for one in find_dates(tokens, date(since.year, 12, 31)):
        if one.rule in YEAR_LESS and one.first and not _has_year(tokens, one):
            yield one.first.replace(year=since.year)


def _has_year(tokens: Tokens, one: DateSpan) -> bool:
    units = tokens.units(one.start or 0, one.end or 0)
    return YEAR.search(tokens.tags, *units) is not None


def _first_fit(day: date, said: int, since: date) -> date | None:
    """Return the first such weekday on or just after such a day, not before ``since``."""
    for year in range(since.year, since.year + YEARS):
        first = day.replace(year=year).toordinal()
        for late in range(LATE + 1):
            published = date.fromordinal(first + late)
            if published.weekday() == said and first >= since.toordinal():
                return published
    return None


@lru_cache(maxsize=1)
def _coinages() -> tuple[tuple[str, str, date], ...]:
    """Return the tags, label and first day of use of each coinage."""
    return tuple(
        (tokenise(row["label"]).tags, row["label"], date.fromisoformat(row["since"]))
        for row in seed_rows("coinages.csv")
    )
