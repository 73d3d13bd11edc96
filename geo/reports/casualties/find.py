"""Numbers of people in news text: who, how many, what attach them.

A figure counts only where a rule ties a group of people (:mod:`geo.reports.casualties.groups`) to
what attach it (:mod:`geo.reports.casualties.attach`), so "440 passengers" and "64 km" are no
deaths.
"Including five" is a part of the figure before it, never added to it; "no one was hurt" is 0; no
figure is unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.reports.casualties.attach import Link, attach
from geo.reports.casualties.figures import NONE, Figure
from geo.reports.casualties.groups import OUTCOMES, side_of
from geo.reports.tokens.lexicon import fold, kinds_of, rule
from geo.reports.tokens.tokenise import Tokens

__all__ = ["find_figures"]

OUTCOME: Final = "{killed}|{injured}|{detained}|{abducted}|{harm}|{body}|{survived}|{loss}"
NOBODY: Final = (
    "{nobody} (?:{be singular}|{be plural}|{have}|{be}|{adverb}){0,3}"
    " (?P<outcome>{killed}|{injured}|{detained}|{abducted})"
)
GAP: Final = (
    "(?:(?!{preposition}|{claiming}|{relative}|{contrast}|{be singular}|{be plural}"
    r"|[.,;:()\n]).|'in')"
)
WITHOUT: Final = (
    f"(?:{{without}}|{{negation}}) {GAP}{{0,5}}? (?P<harm>{{harm}}|{{detained}})"
    " (?:(?:'or'|'and'|'nor') (?P<also>{harm}))?"
)
LOSS: Final = f"(?:{{without}}|{{negation}}) {GAP}{{0,2}}? {{loss}} (?!{{of}})"
SPARED: Final = r"(?:{everyone}|{all}) (?:(?!{contrast}|{claiming}|[.,;:()\n]).){0,8}? {survived}"
UNHURT: Final = {
    "killed": ("killed",),
    "injured": ("killed", "injured"),
    "": ("killed", "injured"),
}
"""What "no ..." rules out; "" is a word such as casualties."""
TIMES: Final = (
    "'since' (?:{date}|{year}|{month}) | {since}"
    r" | (?<!\({digits})(?<!:{digits})(?<!{age given}{digits}) {long time}"
    " | (?<!{date}) (?P<dated>{date}{2,6})"
)
OVER_TIME: Final = f"{TIMES} | {{preposition}} (?P<year>{{year}}|{{date}})"
SINCE: Final = "since"
MOST_UNITS: Final = 2000
"""Only so much of a sentence is read: what is longer is no sentence."""
TOLLS: Final = frozenset({"toll", "put at"})
"""Rules of figures that hold all others of the sentence."""
REACH: Final = 20
"""Units between an outcome and a time within which it is a total over time."""


def find_figures(tokens: Tokens, first: int = 0, last: int | None = None) -> list[Figure]:
    """Find the figures of one sentence.

    Parameters
    ----------
    tokens
        The text; dates and toponyms may be laid over it.
    first, last
        The units of the sentence, end exclusive; ``last`` None is the end of the text.

    Returns
    -------
    list of Figure
        In order of their place; empty where nothing is told of anyone.
    """
    end = min(len(tokens.tags) if last is None else last, first + MOST_UNITS)
    if not rule(OUTCOME).search(tokens.tags, first, end):
        return []
    links = attach(tokens, first, end)
    none = list(_none(tokens, first, end))
    if not links:
        return none
    over_time = _over_time(tokens, first, end, sorted(link.outcome for link in links))
    figures = [_figure(tokens, link, link.outcome in over_time) for link in links]
    return sorted([*_told(figures), *none], key=lambda one: one.start)


def _figure(tokens: Tokens, link: Link, cumulative: bool) -> Figure:
    group = link.group
    return Figure(
        link.what,
        group.tally,
        tokens.starts[group.first],
        tokens.ends[group.last - 1],
        group.people(tokens),
        link.part,
        group.whole,
        group.side(tokens),
        link.rule,
        group.definite,
        cumulative,
        group.role == "T",
        group.more or link.further,
        group.more,
        tokens.starts[link.outcome],
        link.claim,
    )


def _told(figures: list[Figure]) -> Iterator[Figure]:
    """Yield the figures; a death toll holds all others, "of them" is part of what came before."""
    for one in figures:
        same = [f for f in figures if f.what == one.what and f is not one]
        tolls = [f for f in same if f.rule in TOLLS and f.claim in {None, one.claim}]
        inside = one.rule not in TOLLS and any(not toll.cumulative for toll in tolls)
        shared = one.share and any(f.start < one.start and not f.part for f in same)
        yield replace(one, part=True) if inside or shared else one


def _none(tokens: Tokens, first: int, last: int) -> Iterator[Figure]:
    """Yield zeros where the sentence says that nobody was hurt."""
    for match in rule(NOBODY).finditer(tokens.tags, first, last):
        yield from _zeros(tokens, match.span(), kinds_of(match["outcome"]), "nobody")
    for match in rule(WITHOUT).finditer(tokens.tags, first, last):
        kinds = kinds_of(match["harm"]) | (kinds_of(match["also"]) if match["also"] else set())
        yield from _zeros(tokens, match.span(), kinds, "without")
    for name, pattern in (("without", LOSS), ("survived", SPARED)):
        for match in rule(pattern).finditer(tokens.tags, first, last):
            yield from _zeros(tokens, match.span(), ("killed",), name)


def _zeros(
    tokens: Tokens, span: tuple[int, int], kinds: Collection[str], name: str
) -> Iterator[Figure]:
    start, end = tokens.starts[span[0]], tokens.ends[span[1] - 1]
    outcomes = [one for one in OUTCOMES if one in kinds]
    side = side_of(tokens.tags[span[0] : span[1]])  # "no civilian casualties": of one side only
    told = (w for outcome in outcomes or [""] for w in UNHURT.get(outcome, (outcome,)))
    for what in dict.fromkeys(told):
        part = side != "other" and name == "without"
        yield Figure(what, NONE, start, end, part=part, side=side, rule=name, outcome=start)


def _since(tokens: Tokens, unit: int) -> bool:
    """Whether a date expression begins with "since"."""
    return fold(tokens.said(unit, unit + 1)) == SINCE


def _over_time(tokens: Tokens, first: int, last: int, outcomes: Sequence[int]) -> set[int]:
    """Return the outcomes told as totals over a time: "since March", "this year".

    A time belongs to the outcome right before it, else to the next one.
    """
    found: set[int] = set()
    for match in rule(OVER_TIME).finditer(tokens.tags, first, last):
        year = match["year"] and tokens.said(*match.span("year"))
        if year and not (len(year) == 4 and year.isdecimal()):
            continue
        if match["dated"] and not _since(tokens, match.start()):
            continue
        start, end = match.span()
        at = bisect_left(outcomes, start)
        near = [outcome for outcome in outcomes[max(0, at - 1) : at] if start - outcome <= REACH]
        if match["dated"] and start > first and not near:
            continue
        if near and not rule("[,;]|{contrast}|{joint}").search(tokens.tags, near[0], start):
            found.add(near[0])
        else:
            found.update(outcome for outcome in outcomes[at : at + 1] if outcome - end <= REACH)
    return found
