"""The place and day that an event takes from the story around it, where its own words give none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from geo.model import GROUP_OF, DateSpan
from geo.reports.events.compatible import LOCAL
from geo.reports.events.draft import Draft
from geo.reports.events.item import LOOK_BACK, Item, deed_day_before, start_of
from geo.reports.places.disambiguate import Toponym
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.sentences import Sentence

__all__ = ["settle"]

DAYS: Final = frozenset({"day", "day_range"})
LABEL: Final = (
    r"[-—*^]? (?:{digits} [.)])? {unit word}? {place} p* {area}?"
    r" (?:',' {place} p*)? {area}? (?:[:.—\n]|$)"
)
"""A place at the head of a paragraph: "Spin Boldak: On 18 August …"."""
LABEL_UNITS: Final = 8
TOLD: Final = 12
"""Units of a sentence that tells something, above a labelled paragraph."""


@dataclass(frozen=True, slots=True)
class Story:
    """What the events of an item may inherit.

    ``labels``: the places that paragraphs are labelled with, by line. ``datelines``: the towns of
    datelines, the first of each line; ``several`` if they stand in several lines, ``only`` the one
    town where there is just one. ``opened``: the offset at which each line begins.
    """

    item: Item
    labels: Mapping[int, Toponym]
    datelines: Mapping[int, Toponym]
    several: bool
    only: Toponym | None
    opened: Mapping[int, int]


def settle(item: Item, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the events of an item, each with a place and day of the story where it has none."""
    story = _story(item)
    settled = []
    for at, draft in enumerate(drafts):
        if draft.toponym is None and not draft.areas:
            draft = draft.placed(_here(story, draft))
        if draft.when.start is None and not draft.background:
            draft = replace(draft, when=_then(story, draft, drafts[max(0, at - LOOK_BACK) : at]))
        settled.append(draft)
    return settled


def _story(item: Item) -> Story:
    towns = _datelines(item)
    return Story(
        item,
        _labels(item),
        {line: town for town, line in reversed(towns)},
        several=len({line for _, line in towns[:LOOK_BACK]}) > 1,
        only=towns[0][0] if len(towns) == 1 else None,
        opened=_opened(item),
    )


def _labels(item: Item) -> dict[int, Toponym]:
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
    first, tags = sentence.first, item.overlaid.tags
    if first and tags[first - 1] != "\n":
        return None
    found = rule(LABEL).match(tags, first, min(sentence.last, first + LABEL_UNITS))
    if not found:
        return None
    start, end = item.tokens.span(first, found.end())
    toponyms = item.mentions.toponyms
    at = bisect_left(toponyms, start, key=start_of)
    return toponyms[at] if at < len(toponyms) and toponyms[at].start < end else None


def _datelines(item: Item) -> list[tuple[Toponym, int]]:
    """Return the toponyms of datelines, each with its line; -1 in page furniture."""
    found = []
    for toponym in item.mentions.toponyms:
        if toponym.mention.role == "dateline":
            at = bisect_right(item.sentences, toponym.unit, key=_first) - 1
            held = at >= 0 and toponym.unit < item.sentences[at].last
            found.append((toponym, item.sentences[at].line if held else -1))
    return found


def _first(sentence: Sentence) -> int:
    return sentence.first


def _opened(item: Item) -> dict[int, int]:
    opened: dict[int, int] = {}
    for sentence in item.sentences:
        opened.setdefault(sentence.line, item.tokens.starts[sentence.first])
    return opened


def _here(story: Story, draft: Draft) -> Toponym | None:
    """Return the place last named before, in the same paragraph, else the dateline's town."""
    meeting = GROUP_OF[draft.event_type] == "diplomacy"
    if draft.event_type == "statement" or (meeting and not draft.pointed):
        return None
    if draft.paragraph in story.labels:
        return story.labels[draft.paragraph]
    if story.several and draft.paragraph in story.datelines:
        return story.datelines[draft.paragraph]
    if place := _last_named(story.item, draft):
        return place
    return story.only if draft.pointed else None


def _last_named(item: Item, draft: Draft) -> Toponym | None:
    """Return the local place last named; for what befalls a crossing, the last crossing."""
    local = [t for t in _before(item, draft) if t.resolution.precision in LOCAL]
    gates = (t for t in local if t.place and t.place.kind == "crossing")
    gate = next(gates, None) if GROUP_OF[draft.event_type] == "border" else None
    return gate or next(iter(local), None)


def _before(item: Item, draft: Draft) -> Iterator[Toponym]:
    """Yield the usable toponyms named before a draft, the last first."""
    toponyms = item.mentions.toponyms
    end = bisect_left(toponyms, draft.start, key=start_of)
    return (t for t in reversed(toponyms[max(0, end - LOOK_BACK) : end]) if t.usable)


def _then(story: Story, draft: Draft, before: Sequence[Draft]) -> DateSpan:
    """Return the day named before in the paragraph, that of the event told before, or about now."""
    dates, published = story.item.mentions.dates, story.item.published
    if named := deed_day_before(dates, draft.start, story.opened[draft.paragraph]):
        return _lent(named, draft)
    known = (d.when for d in reversed(before) if d.when.first and d.when.precision in DAYS)
    if told := next(known, None):
        return replace(told, start=None, end=None, inferred=True)
    if named := deed_day_before(dates, draft.start):
        return _lent(named, draft)
    if published is None:
        return draft.when
    yesterday = published - timedelta(days=1)
    return DateSpan(yesterday, published, "day_range", inferred=True, rule="about publication")


def _lent(named: DateSpan, draft: Draft) -> DateSpan:
    """Return a day named before, inferred; what is told of many has no words of its own in it."""
    lent = replace(named, inferred=True)
    return replace(lent, start=None, end=None) if draft.plural else lent
