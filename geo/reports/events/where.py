"""Where a clause says it happened.

The finest place named nearest the trigger; not where the speaker sits, where the wounded were
taken or somebody comes from, nor a government called by its capital.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from geo.model import Place
from geo.places.nearness import km_between
from geo.reports.events.clause import Clause
from geo.reports.events.compatible import AREAL, contains
from geo.reports.events.item import COARSENESS, Item, Sentence
from geo.reports.events.triggers import Trigger
from geo.reports.places.recognise import Toponym
from geo.reports.tokens.lexicon import rule

__all__ = ["labels_of", "places_of", "usable"]

SEATED: Final = "{saying} [^.,;\n]{0,3}? {spokes} [^.,;\n]{0,2} ('in'|'from') (?:'the')? $"
"""Before a place that says where the speaker sits: "said an official in X"."""
SPEAKS: Final = "[pP]* (?:','? {aux}? {saying}|{aux} 'investigating')"
SPOKESMAN: Final = "[pP]* ',' (?:(?!{boundary})[^.,;\n]){0,4} {spokes} [^.;\n]{0,7}? {saying}"
"""After a place where a spokesman sits: "In X, the governor's spokesman said"."""
ELSEWHERE: Final = (
    "{rescue} (?:(?!{boundary})[^.,;\n]){0,6} $"
    " | ({origin}|{direction}) (?:(?!{boundary})[^.,;\n]){0,2} $"
    " | [(] {age given}? ':'? {digits} 'years' [^()\n]{0,6} $"
)
"""Before a place where somebody was taken, comes from or is bound for, or that gives a
bearing; and the home of someone whose age is told."""
JOINED: Final = (
    "p* (?:'(' A{1,3} ')' | ')')? a? (?: ',' {locative} 'the'? {direction} )?"
    " (?: ',' | ','? 'and' | 'or' ) {locative}? 'the'? {qualifier}?"
)
TREATED: Final = "p* (?:(?!{locative}|{died})[^.,;\n]){0,2} 'hospital'"
"""After the place of a hospital where the wounded died or are treated."""
BETWEEN: Final = "'between' (?:[pP]* (?:[^.,;\n] (?!{locative})){0,2} 'and')? 'the'? $"
NEAR: Final = (
    "{nearness} (?:(?!{boundary}|{locative})[^.,;\n]){0,2} $"
    f" | {{direction}} 'of'? 'the'? $ | {BETWEEN}"
)
"""Before a name that only says what it was near: "close to X", "in the limits of X"."""
AROUND: Final = "[pP]* {Name}? {surrounding}"
"""After a name that only says what it was near: "the X area", "the hills of X"."""
ITS_SEAT: Final = "p* {area}? (?:','|'of'|'in')"
"""Between a place and the area that holds it, called like its city: "X district, Kandahar"."""
LABEL: Final = (
    r"[-—*^]? (?:{digits} [.)])? {unit word}? {place} p* {area}?"
    r" (?:',' {place} p*)? {area}? (?:[:.—\n]|$)"
)
LABEL_UNITS: Final = 8
TOLD: Final = 12
"""Units of a sentence that tells something, above a labelled paragraph."""
TAKEN_FROM: Final = frozenset({"abduction"})
"""Triggers of what is taken from where it was: "abducted from X", "recovered from X"."""
TOPIC_REACH: Final = 16
APART_KM: Final = 15.0


def places_of(item: Item, clause: Clause, trigger: Trigger) -> list[Toponym]:
    """Return the place of a clause; several only where they are named in one breath."""
    if trigger.event_type == "airspace_violation":
        return _airspace(item, clause)
    inner = _candidates(item, clause, clause.first, clause.last)
    near = inner or _candidates(item, clause, clause.sentence.first, clause.sentence.last)
    if trigger.group == "diplomacy":
        near = [t for t in near if _seat(item, t) and not _topic(item, t)]
        near = [t for t in near if COARSENESS[t.resolution.precision] <= COARSENESS["admin2"]]
    if not near:
        return []
    finest = min(COARSENESS[t.resolution.precision] for t in near)
    if finest == COARSENESS["country"]:
        literal = [t for t in near if t.mention.role == "literal"]
        return literal[:1] if trigger.group in {"violence", "airspace"} else []
    best = min(
        (t for t in near if COARSENESS[t.resolution.precision] <= max(finest, 1)),
        key=lambda t: _gap(item, t, trigger),
    )
    return [_loosened(item, t) for t in (best, *_tied(item, best, near))]


def _loosened(item: Item, toponym: Toponym) -> Toponym:
    """Return a point as "near" where its words do not say that it happened in it."""
    answer, tags = toponym.resolution, item.laid.tags
    unit = item.unit(toponym.mention.start)
    about = rule(NEAR).search(tags, max(0, unit - 8), unit)
    if answer.precision != "exact" or not (about or rule(AROUND).match(tags, unit + 1)):
        return toponym
    reason = f"{answer.reason}; only said to be near it"
    return replace(toponym, resolution=replace(answer, precision="near", reason=reason))


def labels_of(item: Item) -> dict[int, Toponym]:
    """Return the places that paragraphs, or the headings above them, are labelled with, by line.

    "Spin Boldak: On 18 August …", "• ACHIN, Nangarhar: …"; a heading counts where there are two.
    A dateline opens a report and is no label.
    """
    labels = {s.line: label for s in item.sentences if (label := _label(item, s))}
    if not labels:
        return {}
    sizes: Counter[int] = Counter()
    for sentence in item.sentences:
        sizes[sentence.line] += sentence.last - sentence.first
    headings = {line for line in labels if sizes[line] <= LABEL_UNITS}
    found: dict[int, Toponym] = {}
    told, heading = False, None
    for sentence in item.sentences:
        line = sentence.line
        if heading is not None and len(headings) > 1 and line > heading:
            found.setdefault(line, labels[heading])
        if line in labels and told:
            found[line] = labels[line]
        heading = line if line in headings else heading
        told = told or (sentence.kind == "body" and sentence.last - sentence.first > TOLD)
    return found


def _label(item: Item, sentence: Sentence) -> Toponym | None:
    first = sentence.first
    if first and item.laid.tags[first - 1] != "\n":
        return None
    found = rule(LABEL).match(item.laid.tags, first, min(sentence.last, first + LABEL_UNITS))
    return next(iter(item.toponyms_in(first, found.end())), None) if found else None


def usable(toponym: Toponym) -> bool:
    """Whether the name can say where something happened: no government, dateline or owner."""
    role, place = toponym.mention.role, toponym.place
    if place is None or role in {"metonymic", "dateline", "embedded", "demonym"}:
        return False
    return role == "literal" or place.kind != "country"


def _candidates(item: Item, clause: Clause, first: int, last: int) -> list[Toponym]:
    found = [t for t in item.toponyms_in(first, last) if usable(t)]
    found = [t for i, t in enumerate(found) if not (i and _province(item, found[i - 1], t))]
    here = [t for t in found if not _elsewhere(item, clause, t)]
    sites = [t for t in here if not _treated(item, t)]
    bearing = [t for t in found if _bearing(item, t)]
    return sites or here or bearing


def _province(item: Item, inner: Toponym, outer: Toponym) -> bool:
    """Whether a city's name stands for the province or district of the place named before it."""
    one, two = inner.place, outer.place
    if one is None or two is None or two.kind in AREAL or two.name not in (one.admin1, one.admin2):
        return False
    units = item.unit(inner.mention.start) + 1, item.unit(outer.mention.start)
    return rule(ITS_SEAT).fullmatch(item.laid.tags, *units) is not None


def _elsewhere(item: Item, clause: Clause, toponym: Toponym) -> bool:
    tags = item.laid.tags
    unit = item.unit(toponym.mention.start)
    told = [t.last for t in clause.triggers if t.last <= unit]
    lead = max(0, unit - 10, *told)  # past the deed, its own place begins
    lead_on = clause.lead
    taken = lead_on and lead_on.rule in TAKEN_FROM and lead_on.last <= unit
    if taken and rule("'from' 'the'? $").search(tags, lead, unit):
        return False
    if rule(SEATED).search(tags, lead, unit) or rule(ELSEWHERE).search(tags, lead, unit):
        return True
    return bool(rule(SPEAKS).match(tags, unit + 1) or rule(SPOKESMAN).match(tags, unit + 1))


def _treated(item: Item, toponym: Toponym) -> bool:
    unit = item.unit(toponym.mention.start)
    return rule(TREATED).match(item.laid.tags, unit + 1) is not None


def _seat(item: Item, toponym: Toponym) -> bool:
    """Whether people can have met there: "in X", "X talks"; not "X and Y sign a deal"."""
    unit, tags = item.unit(toponym.mention.start), item.laid.tags
    before = rule("{locative} [^.,;\n]{0,4} $").search(tags, max(0, unit - 6), unit)
    return bool(before or rule("p* {talks}|p* {accord}").match(tags, unit + 1))


def _topic(item: Item, toponym: Toponym) -> bool:
    """Whether it is what was talked about: "discussed delays at X"."""
    unit = item.unit(toponym.mention.start)
    lead = max(0, unit - TOPIC_REACH)
    return rule("{discuss} [^.;\n]{0,14} $").search(item.laid.tags, lead, unit) is not None


def _bearing(item: Item, toponym: Toponym) -> bool:
    """Whether it is the town that a bearing is given from: "20 km north of X" is near X."""
    unit = item.unit(toponym.mention.start)
    return (
        rule("{direction} [^.,;\n]{0,3} $").search(item.laid.tags, max(0, unit - 6), unit)
        is not None
    )


def _tied(item: Item, best: Toponym, near: list[Toponym]) -> Iterator[Toponym]:
    """Yield the places named in one breath with ``best``: "in X and Y"."""
    ordered = sorted(near, key=lambda t: t.mention.start)
    for one, two in pairwise(ordered):
        first, last = item.unit(one.mention.start) + 1, item.unit(two.mention.start)
        joined = rule(JOINED).fullmatch(item.laid.tags, first, last)
        if rule(BETWEEN).search(item.laid.tags, max(0, first - 3), first - 1):
            return
        if joined and _apart(one.place, two.place) and best.place in (one.place, two.place):
            yield two if best.place == one.place else one


def _apart(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.id == b.id:
        return False
    return (
        not (contains(a, b) or contains(b, a)) and km_between(a.lat, a.lon, b.lat, b.lon) > APART_KM
    )


def _gap(item: Item, toponym: Toponym, trigger: Trigger) -> int:
    unit = item.unit(toponym.mention.start)
    if unit >= trigger.last:
        return unit - trigger.last
    return max(0, trigger.first - unit) + 2  # what follows the verb is nearer than what precedes


def _airspace(item: Item, clause: Clause) -> list[Toponym]:
    """Return the finest place named in the clause, else the country whose airspace is named."""
    inner = [t for t in _candidates(item, clause, clause.first, clause.last) if t.place]
    local = [t for t in inner if t.place and t.place.kind != "country"]
    if local:
        return local[:1]
    match = rule(
        "({af party}|{pk party}) ~2 {airspace}|{airspace} ~2 ({af party}|{pk party})"
    ).search(item.said.tags, clause.first, clause.last)
    afghan = match and rule("{af party}").search(match.group())
    code = "AF" if afghan else "PK" if match else ""
    countries: Sequence[Toponym] = [
        t for t in item.toponyms if t.place and t.place.kind == "country"
    ]
    return [t for t in countries if t.place and t.place.country == code][:1] or inner[:1]
