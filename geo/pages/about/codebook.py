"""Every code of the map in words, as HTML tables built from the vocabulary itself.

A code that ``geo/model.py`` gains has no meaning here until somebody writes it: the page then
fails its test, and not in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from geo.model import CERTAINTIES, DATE_PRECISIONS, EVENT_GROUPS, PRECISIONS, UNCERTAINTY_KM
from geo.pages.shared.html import esc
from geo.webmap.palette import GROUP_COLOURS
from geo.words import (
    CERTAINTY_WORDS,
    CROSSING_WORDS,
    GROUP_WORDS,
    PRECISION_WORDS,
    SIDE_WORDS,
    TYPE_WORDS,
    upper_first,
)

__all__ = [
    "CERTAINTY_MEANS",
    "DATE_MEANS",
    "KEYS",
    "PRECISION_MEANS",
    "SIDE_MEANS",
    "STATUS_MEANS",
    "TYPE_MEANS",
    "certainties",
    "dates",
    "keys",
    "kinds",
    "precisions",
    "sides",
    "statuses",
    "table",
]

TYPE_MEANS: Final[dict[str, str]] = {
    "armed_attack": "armed people attack others who do not fight back, or the report names no "
    "more exact kind",
    "suicide_attack": "the attacker dies by the attack, as planned",
    "bombing": "an explosive that was laid or thrown: a roadside bomb, a mine, a grenade",
    "targeted_killing": "one named or chosen person, or a few, killed on purpose",
    "abduction": "people taken away by force",
    "airstrike_drone": "a strike from an aircraft or a drone",
    "shelling": "artillery, mortars or rockets, within a country or across the line",
    "counter_terror_operation": "forces of a state search for or attack an armed group",
    "armed_clash": "two sides fire at each other, not both of them states",
    "border_clash": "forces of the two states fire at each other",
    "border_closure": "a crossing shut to people, goods or both",
    "border_reopening": "a crossing opened again, wholly or in part",
    "airspace_violation": "an aircraft or drone said to have crossed without leave",
    "diplomatic_meeting": "officials of the two sides meet",
    "agreement": "something signed or agreed, a truce included",
    "statement": "an accusation, a warning, a summons or a denial that is news by itself",
    "protest": "a demonstration, sit-in, strike or march",
    "arrest_detention": "people arrested or held by a state",
    "deportation_displacement": "people sent across the line, or driven from their homes",
    "other": "what fits none of these; the source's own word is in the notes",
    "accident": "harm that nobody meant: a crash, a collapse, left-over ordnance",
}

PRECISION_MEANS: Final[dict[str, str]] = {
    "exact": "a settlement, crossing or facility is named and found",
    "near": "the source names a place close by, or a small valley or area",
    "admin3": "only the tehsil is named",
    "admin2": "only the district is named",
    "admin1": "only the province is named",
    "region": "a valley range, a road, or an area across provinces",
    "country": "no more than the country is named",
    "unknown": "no place is named, or the name was not found, or it means several places",
}

MARKS: Final[dict[str, tuple[str, str]]] = {
    "exact": ("dot", "a dot"),
    "near": ("disc", "a dot in a faint disc"),
    "admin3": ("ring", "a ring as wide as the area"),
    "admin2": ("area", "the district tinted, with its number of events; a ring where its outline "
               "is not to hand"),
    "admin1": ("area", "the province tinted, with its number of events"),
    "region": ("ring", "a ring as wide as the area"),
    "country": ("none", "no mark: listed below the map"),
    "unknown": ("none", "no mark: listed below the map"),
}  # fmt: skip

DATE_MEANS: Final[dict[str, tuple[str, str]]] = {
    "day": ("Sun 19 Feb 2023", "one day is known"),
    "day_range": ("19–22 Feb 2023", "it lasted these days, or fell on one of them"),
    "week": ("13–19 Feb 2023", "some day of that week"),
    "month": ("Feb 2023", "some day of that month"),
    "year": ("2023", "some day of that year"),
    "period": ("1–31 Jan 2022", "a stretch of time that a total or a campaign covers"),
    "vague": ("about Jan–Feb 2023", "the report says “recently” or the like"),
    "unknown": ("date not stated", "no date is given and none can be inferred"),
}

CERTAINTY_MEANS: Final[dict[str, str]] = {
    "reported": "told as a fact by at least one outlet",
    "claimed": "one party says so and nobody else confirms it; the claimant is named",
    "alleged": "an accusation by one side against another",
    "denied": "the only account of it is a denial, or it was withdrawn; never added up",
    "planned": "announced and not yet done when reported; never added up",
}

SIDE_MEANS: Final[dict[str, str]] = {
    "AF": "the place, with all its uncertainty, lies on ground that Afghanistan administers",
    "PK": "the same for Pakistan",
    "straddles": "the place is an area that the line crosses, or lies too close to it to tell",
    "unknown": "the event has no place, or lies outside both countries",
}

STATUS_MEANS: Final[dict[str, str]] = {
    "closed": "a report says that it was shut to people and goods on that day",
    "partial": "open to some: to people on foot only, to stranded trucks only, for some hours",
    "open": "a report says that it was open, or it was reopened and no closure is told since; "
    "that is taken to hold for 30 days at most",
    "unknown": "no report in the data speaks of that day: no sign that it was open, or closed",
}

KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "On the page": (
        ("Tab, Shift Tab", "to the next or the previous control"),
        ("Enter, Space", "press the control; open a list"),
        ("Escape", "close what is open"),
        ("Arrows in a table", "move from cell to cell"),
    ),
    "On the map": (
        ("Arrows", "go from mark to mark"),
        ("Enter", "open the mark, or draw nearer where several stand together"),
        ("Escape", "let go of it"),
        ("Shift and an arrow", "move the map"),
        ("+ and −", "draw nearer, step back"),
        ("Space", "play and pause"),
    ),
    "On the time strip under the map": (
        ("Space", "play and pause"),
        ("Left, Right", "move the dates by one bar"),
        ("Shift Left, Shift Right", "lengthen or shorten them"),
        ("Page Up, Page Down", "the same by twelve bars"),
        ("Home, End", "go to the first and the last date"),
        ("Escape", "show all dates"),
    ),
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table; cells are HTML already, the first of a row is its heading."""
    body = "".join(_row(cells) for cells in rows)
    return f'<table class="bm-codes">{_top(heads)}<tbody>{body}</tbody></table>'


def _top(heads: Sequence[str]) -> str:
    cells = "".join(f'<th scope="col">{head}</th>' if head else "<td></td>" for head in heads)
    return f"<thead><tr>{cells}</tr></thead>"


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return (
        f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
    )


def kinds() -> str:
    """Return the kinds of event, by group in its colour."""
    bodies = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="3"><span class="bm-grouped">'
        f'<i class="bm-swatch" style="background:{GROUP_COLOURS[group]}"></i>'
        f"{esc(GROUP_WORDS[group])}</span></th></tr>{''.join(_row(row) for row in _kinds(group))}"
        "</tbody>"
        for group in EVENT_GROUPS
    )
    return f'<table class="bm-codes">{_top(("Kind", "Means", "Code"))}{bodies}</table>'


def _kinds(group: str) -> Iterable[tuple[str, str, str]]:
    for code in EVENT_GROUPS[group]:
        yield esc(TYPE_WORDS[code]), esc(TYPE_MEANS[code]), _code(code)


def precisions() -> str:
    """Return how well a place may be known, with the mark each has on the map."""
    rows = []
    for code in PRECISIONS:
        look, words = MARKS[code]
        km = UNCERTAINTY_KM[code]
        reach = "not known" if km is None else f"within {km:,.0f} km"
        picture = f'<i class="bm-mark bm-mark-{look}" aria-hidden="true"></i>'
        rows.append(
            (
                esc(upper_first(PRECISION_WORDS[code])),
                esc(PRECISION_MEANS[code]),
                f'<span class="bm-marked">{picture}<span>{esc(words)}</span></span>',
                f'<span class="bm-nowrap">{esc(reach)}</span>',
                _code(code),
            )
        )
    heads = ("The panel says", "Means", "On the map", "Lies", "Code")
    return table(heads, rows)


def dates() -> str:
    """Return how well a date may be known, with how it is then written."""
    rows = [(esc(DATE_MEANS[c][0]), esc(DATE_MEANS[c][1]), _code(c)) for c in DATE_PRECISIONS]
    return table(("Written like", "Means", "Code"), rows)


def certainties() -> str:
    """Return how sure it is that an event took place."""
    rows = [
        (esc(upper_first(CERTAINTY_WORDS[code])), esc(CERTAINTY_MEANS[code]), _code(code))
        for code in CERTAINTIES
    ]
    return table(("The panel says", "Means", "Code"), rows)


def sides() -> str:
    """Return on which side of the line an event lies."""
    rows = [(esc(upper_first(SIDE_WORDS[c])), esc(SIDE_MEANS[c]), _code(c)) for c in SIDE_WORDS]
    return table(("The panel says", "Means", "Code"), rows)


def statuses() -> str:
    """Return what may be known of a crossing on a day."""
    rows = [
        (esc(upper_first(words)), esc(STATUS_MEANS[code]), _code(code))
        for code, words in CROSSING_WORDS.items()
    ]
    return table(("The page says", "Means", "Code"), rows)


def keys() -> str:
    """Return what the keyboard does, a table for each place where it acts."""
    return "".join(
        f'<h4 class="bm-part">{esc(where)}</h4>'
        + table(("Key", "Does"), [(f"<kbd>{esc(key)}</kbd>", esc(does)) for key, does in known])
        for where, known in KEYS.items()
    )


def _code(code: str) -> str:
    return f"<code>{esc(code)}</code>"
