"""Numbers of people in news text: who, how many, what befell them.

A figure counts only beside a word for people and a word for what befell them, so "440 passengers"
and "64 km" are no deaths. "Including five" is a part of the figure before it, never added to it;
"no one was hurt" is 0; no figure is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.model import Tally
from geo.reports.numbers import TENS, UNITS, parse_number
from geo.reports.oldlexicon import any_of, word_pattern, words

__all__ = ["Figure", "find_figures", "total"]

WORD: Final = "(?:" + "|".join([*TENS, *UNITS]) + ")"
NUMBER: Final = (
    r"(?:\d{1,3}(?:,\d{2,3})+|\d{1,6}(?: (?:lakh|million|thousand))?"
    rf"|{WORD}(?:[- ](?:{WORD}|hundred|thousand|lakh|and))*"
    r"|(?:a|two) dozen|dozens|scores|hundreds|several)"
)
BOUND: Final = rf"(?P<bound>{any_of('at least', 'at most', 'about')}\s+)?"
ADJECTIVES: Final = (
    r"(?:(?!(?:and|or|were|was|of|in|on|at|to|by|when|who)\b)[\"“‘]?[\w’'.-]+[\"”’]?\s+){0,3}?"
)
MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
GROUP: Final = re.compile(
    rf"(?i)\b{BOUND}(?:"
    rf"(?P<share>{NUMBER}) of the (?P<whole>{NUMBER})\b(?! of)(?:\s+{any_of('people')}\b)?"
    rf"|(?P<n>{NUMBER})\s+(?:of (?:the |its |their )?)?{ADJECTIVES}(?P<people>{any_of('people')})\b"
    rf"|(?P<one>an?)\s+{ADJECTIVES}(?P<single>{any_of('one person')})\b"
    rf"|(?P<bare>{NUMBER})(?![\w’'-]|\s*(?:{any_of('unit')}|[ap]\.?m\b|{MONTH})))"
)
DATE_BEFORE: Final = re.compile(rf"{MONTH}[a-z]*\.?\s*$")
LEAD: Final = 60
"""Characters before a figure in which the words that make it a part or a date are looked for."""
FATE_KINDS: Final = ("killed", "injured", "detained", "abducted")
FATE: Final = re.compile(
    r"(?i)\b(?:shot (?:and )?)?(?:"
    + "|".join(f"(?P<{kind}>{any_of(kind)})" for kind in FATE_KINDS)
    + r")\b"
)
BREAK: Final = re.compile(rf"(?i)[;:]|\b{any_of('clause break')}\b")
AHEAD: Final = re.compile(
    r"(?i)\s*(?:the\s+|all\s+|another\s+)?(?:lives of\s+)?(?:from [^,;.]{1,40} )?"
    r"(?:(?:has |had )?(?:rose|risen|climbed|stood|reached|rises)?\s*(?:to|at|of)\s+)?[\"“‘]?"
)
JOINT: Final = re.compile(r"(?i)\s*(?:,|,?\s*(?:and|or|along with|as well as|plus))\s*")
PART: Final = re.compile(rf"(?i)\b{any_of('part')}\W+(?:\w+\W+){{0,2}}$|\bof the$")
NOBODY: Final = word_pattern("nobody")
UNHURT: Final = re.compile(r"(?i)injur|hurt|harm|casualt|loss")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``what`` is killed, injured, detained or abducted, ``people`` as written.

    ``part``: it is contained in another figure of the sentence. ``whole``: the figure it is a
    share of, told elsewhere ("five of the 14").
    """

    what: str
    tally: Tally
    start: int
    end: int
    people: str = ""
    part: bool = False
    whole: int | None = None

    @property
    def attackers(self) -> bool:
        """Whether the people counted are attackers."""
        return bool(re.search(any_of("attacker"), self.people))


def find_figures(text: str, start: int = 0) -> list[Figure]:
    """Find the figures of one sentence.

    Groups of people ("at least 12 militants") and fates ("were killed", "injuring") are found
    apart; a fate takes the groups right after it when it is active, else those right before it.

    Parameters
    ----------
    text
        The sentence.
    start
        Its offset in the document.

    Returns
    -------
    list of Figure
        In order; a figure introduced by "including" or "of them" has ``part`` set.
    """
    groups = [m for m in GROUP.finditer(text) if not DATE_BEFORE.search(_lead(text, m))]
    found: list[Figure] = []
    floor = 0
    none = NOBODY.search(text)
    for fate in FATE.finditer(text):
        if none and none.start() <= fate.start() < none.end():
            continue
        taken = _after(fate, groups, text) or _before(fate, groups, text, floor)
        for group in taken:
            found.append(_figure(fate.lastgroup or "killed", group, text, start))
        groups = [g for g in groups if g not in taken]
        floor = fate.end()
    if none:
        spot = (start + none.start(), start + none.end())
        found.append(Figure("killed", Tally(0, 0, 0), *spot))
        if UNHURT.search(none.group()):
            found.append(Figure("injured", Tally(0, 0, 0), *spot))
    return sorted(found, key=lambda one: one.start)


def total(figures: Iterable[Figure], what: str) -> Tally:
    """Add up the whole figures of one sentence for ``what``; parts are left out.

    Attackers and others counted apart in one sentence are added, since fatalities are the dead of
    all sides; a figure repeated is counted once; no figure is unknown, not 0.
    """
    chosen = {(f.tally, f.people): f for f in figures if f.what == what and not f.part}
    tallies = [figure.tally for figure in chosen.values()]
    if not tallies:
        return Tally()

    def add(values: list[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    return Tally(
        add([t.low for t in tallies]),
        add([t.best for t in tallies]),
        add([t.high for t in tallies]),
    )


def _after(fate: re.Match[str], groups: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """Take the group that follows an active fate at once, and those joined to it."""
    taken: list[re.Match[str]] = []
    spot = fate.end()
    for group in (g for g in groups if g.start() >= fate.end()):
        between = text[spot : group.start()]
        if not (AHEAD if not taken else JOINT).fullmatch(between):
            break
        if taken and (group["bare"] or FATE.match(text, group.end() + 1) or _passive(group, text)):
            break
        taken.append(group)
        spot = group.end()
    return taken


def _passive(group: re.Match[str], text: str) -> bool:
    return bool(
        re.match(
            r"\s+(?:were|was|have|had|has|sustained|also|injured|wounded)\b", text[group.end() :]
        )
    )


def _before(
    fate: re.Match[str], groups: list[re.Match[str]], text: str, floor: int
) -> list[re.Match[str]]:
    """Take the groups before a passive fate, back to the clause's start, parts included."""
    taken: list[re.Match[str]] = []
    spot = fate.start()
    for group in reversed([g for g in groups if floor <= g.start() and g.end() <= fate.start()]):
        between = text[group.end() : spot]
        part = taken and PART.search(_lead(text, taken[-1]))
        far = len(between) > 60 or BREAK.search(between)
        if taken and not part and not JOINT.fullmatch(between):
            break
        if far or (group["bare"] and not taken and len(between.split()) > 2):
            break
        taken.append(group)
        spot = group.start()
    return taken


def _lead(text: str, group: re.Match[str]) -> str:
    return text[max(0, group.start() - LEAD) : group.start()]


def _figure(what: str, group: re.Match[str], text: str, start: int) -> Figure:
    low, high = parse_number(group["n"] or group["share"] or group["one"] or group["bare"])
    people = (group["people"] or group["single"] or "").casefold()
    part = bool(PART.search(_lead(text, group)) or re.search(r"(?i)\bof (?:them|whom)\b", group[0]))
    tally = _bounded(low, high, (group["bound"] or "").strip().casefold())
    whole = parse_number(group["whole"])[0] if group["whole"] else None
    return Figure(what, tally, start + group.start(), start + group.end(), people, part, whole)


def _bounded(low: int | None, high: int | None, bound: str) -> Tally:
    if high is None:
        return Tally(low, None, None)
    if bound in words("at least"):
        return Tally(low, low, None)
    if bound in words("at most"):
        return Tally(None, low, low)
    return Tally(low, low, high)
