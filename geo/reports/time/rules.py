"""How a date can be written: the table of date rules, most specific first.

To read one more way of writing dates, add a row: its name, its pattern over tokens
(:func:`geo.reports.tokens.lexicon.rule`) and what it means, a function in
:mod:`geo.reports.time.days` (days) or :mod:`geo.reports.time.spans` (weeks, months, years). What it
must read goes into ``tests/cases/dates.csv``.
"""

from __future__ import annotations

from typing import Final

from geo.reports.time import days as day
from geo.reports.time import spans as span
from geo.reports.time.offsets import COUNT, OFFSETS
from geo.reports.time.units import Meaning

__all__ = ["RULES"]

M: Final = "(?P<m>{month}) '.'?"
M2: Final = "(?P<m2>{month}) '.'?"
D: Final = "(?P<d>{dd}|{ordinal})"
D2: Final = "(?P<d2>{dd}|{ordinal})"
OF: Final = "(?:'of'|'-')? (?:'the' 'month' 'of')?"
WD: Final = "(?:(?P<wd>{weekday}|{weekend day}) '.'? {day part}? [,(]? (?:'the'|'on')?)?"
WD2: Final = "(?:'on'? {weekday} '.'? ','?)?"
ENDS: Final = "(?:'(' {weekday} ')' | ',' {weekday} (?=[,.\n]))?"
REL: Final = "(?P<rel>{last}|{this}|{next})"
YEAR: Final = (
    rf"(?:[,-]? 'of'? (?P<y>{{year}}) | ','? 'of'? {REL} 'year'"
    r" | ','? 'of'? 'the'? (?P<that>{that}|'following') 'year')"
)
OWN: Final = "(?: ','? (?P<y1>{year}))?"
JOIN: Final = "(?P<join>[-—/&]|{range}) 'on'?"
COUNTED: Final = "(?! {people}|{unit}|{killed}|{injured}|{number}|{scale}|'%')"
"""After a number that counts something and is no day."""
PART: Final = "(?P<part>{early part}|{mid part}|{late part})"
UNIT: Final = "(?P<unit>{time unit})"
SPAN: Final = "(?P<unit>'week'|'month'|'year')"
LINK: Final = "(?:'on'|'from'|'between'|'of'|{range})"
WHOLE: Final = "(?! '.'? (?:{dd}|{ordinal}|{year}))"
"""After a month that is meant whole."""

RULES: Final[tuple[tuple[str, str, Meaning], ...]] = (
    ("ISO date", "(?P<iso>(?P<y>{year})) [-/] (?P<mm>{dd}) [-/] (?P<d>{dd})", day.complete),
    ("numeric date", "(?P<d>{dd}) [-/] (?P<mm>{dd}) [-/] (?P<y>{year})", day.complete),
    ("dotted date", "(?P<t>{figure})", day.dotted),
    ("days of two months", f"{WD} {M} {D} {OWN} {JOIN} {WD2} {M2} {D2} {YEAR}?", day.month_days),
    (
        "days of two months",
        f"{WD} {D} {OF} {M} {OWN} {JOIN} {WD2} {D2} {OF} {M2} {YEAR}?",
        day.month_days,
    ),
    ("month and days", f"{WD} {M} {D} {JOIN} {WD2} {D2} {COUNTED} {YEAR}?", day.month_days),
    ("days and month", f"{WD} {D} {JOIN} {WD2} 'the'? {D2} {OF} {M} {YEAR}?", day.month_days),
    (
        "month before a count",
        f"(?<='in') {M} (?= {{dd}} (?:{{people}}|{{killed}}|{{injured}}))",
        span.month,
    ),
    ("month and day", f"{WD} {M} 'the'? {D} {YEAR}? {ENDS}", day.month_day),
    ("day and month", f"{WD} {D} {OF} {M} {YEAR}? {ENDS}", day.month_day),
    (
        "days of two weeks",
        f"(?P<wd>{{weekday}}) {{day part}}? (?:{JOIN})? {{early part}}? (?P<wd2>{{weekday}})",
        day.weekdays,
    ),
    ("part of a month", f"{PART} {M} (?:{YEAR} | {WHOLE})", span.part_of_month),
    ("part of a month", f"{PART} (?P<rel>{{last}}|{{this}}|'the') 'month'", span.part_of_month),
    (
        "part of a year",
        f"{PART} (?:(?P<y>{{year}}) | (?P<rel>{{last}}|{{this}}|'the') 'year')",
        span.part_of_year,
    ),
    (
        "week of a month",
        f"(?P<nth>{{nth}}) (?P<unit>'week'|'day') 'of' {M} {WHOLE}",
        span.nth_of_month,
    ),
    (
        "week of a month",
        f"(?P<nth>{{nth}}) (?P<unit>'week'|'day') 'of' {M} {YEAR}",
        span.nth_of_month,
    ),
    (
        "day of a month",
        "(?P<d>{ordinal}) 'of' (?P<rel>{last}|{this}) 'month'",
        span.ordinal_of_month,
    ),
    ("months", f"{M} {OWN} {JOIN} {M2} {YEAR}? {WHOLE}", span.months),
    ("months", f"{M} {M2} {YEAR}", span.months),
    ("month and year", f"{M} {YEAR}", span.month),
    ("month", f"(?P<lead>{{last}}|{{this}}|{{next}}) {M} {WHOLE}", span.month),
    ("month", f"(?<={{month cue}}) {M} {WHOLE} (?! 'on'|'to')", span.month),
    ("years", "(?P<y>{year}) (?:[-—]|{range}) (?P<y2>{year})", span.years),
    ("year", "(?<={year cue}) (?P<y>{year}) (?!{unit})", span.year),
    ("year", r"(?<=\() (?P<y>{year}) (?=[,)])", span.year),
    (
        "year",
        "(?<={loose year cue}) (?P<y>{year}) (?! {unit}|{people}|{killed}|{scale}|[-/])",
        span.year,
    ),
    (
        "hours to a weekday",
        f"{COUNT} {UNIT} (?:'to'|'until'|'till'|'before'|'ending') 'on'? (?P<wd>{{weekday}})",
        day.hours_to_weekday,
    ),
    (
        "weekday of a week",
        f"(?P<wd>{{weekday}}) {{day part}}? 'of'? {REL} 'week'",
        day.weekday_of_week,
    ),
    ("no weekday", "(?:{each} {weekday} | {weekday} {weekly})", span.none),
    ("into a weekday", "'into' (?P<wd>{weekday})", day.into_weekday),
    ("weekday", "(?P<lead>{last}|{this}|{next}) (?P<wd>{weekday})", day.weekday),
    ("weekday", "(?P<wd>{weekday}) (?P<behind>'last') (?!{time unit}|{month})", day.weekday),
    ("following", "(?P<day>'following') (?:{weekday}|{time unit})", span.unknown),
    ("weekday", "(?P<wd>{weekday}) {day part}?", day.weekday),
    ("weekday", "(?P<wd>{weekly prayer})", day.weekday),
    (
        "fixed day",
        "(?P<fixed>{january 1}|{december 24}|{december 25}|{december 31})",
        day.fixed,
    ),
    ("ago", f"(?P<about>{{about}}|{{at least}})? {COUNT} {UNIT} {{ago}}", span.ago),
    ("some time ago", f"{UNIT} 'ago'", span.recent),
    ("recent", f"(?:{{past}} {{few}}|'recent') {UNIT}", span.recent),
    ("recent", "(?P<recent>'in recent months'|'in recent years')", span.recent),
    ("past span", f"{{past}} {COUNT} {UNIT}", span.past_span),
    ("past span", f"(?:'past'|'in the past') {UNIT}", span.past_span),
    ("past span", "(?<='the') 'last' (?P<unit>'week'|'month'|'year'|'hour')", span.past_span),
    ("coming span", f"{{next}} (?:{COUNT}|{{few}}) {UNIT}", span.coming_span),
    ("coming span", "'coming' (?P<unit>'days'|'weeks'|'months'|'years')", span.coming_span),
    ("calendar", f"(?P<lead>'last'|{{this}}|{{next}}) {SPAN}", span.calendar_unit),
    ("weekend", "(?P<lead>{last}|{this}|{next})? 'weekend'", span.weekend),
    (
        "overnight",
        f"(?<!{{weekday}}) 'overnight' (?! {LINK}? (?:{{weekday}}|{{month}}|{{dd}} {{month}}))",
        span.overnight,
    ),
    ("today", "(?P<today>{today})", day.today),
    ("yesterday", "{yesterday}", day.shifted(-1)),
    ("two days ago", "'day before yesterday'", day.shifted(-2)),
    ("tomorrow", "'tomorrow'", day.shifted(1)),
    ("in two days", "'day after tomorrow'", day.shifted(2)),
    ("recently", "{lately}", span.lately),
    (
        "festival",
        "(?: (?:{nth}|{ordinal}) 'day' 'of')? (?: (?:{dd}|{ordinal}) 'of'?)?"
        " {festival} (?!{Name}|{name})",
        span.unknown,
    ),
    ("lunar date", "(?:{dd}|{ordinal}) 'of'? {lunar month}", span.unknown),
    *((name, pattern, span.hanging) for name, pattern in OFFSETS),
)
"""Name, units, meaning; the first that matches at a place wins, the longest are first."""
