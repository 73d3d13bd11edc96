"""Toponyms in news text: every gazetteer name with context rules, then joint resolution.

Names are found in one pass of an Aho–Corasick automaton over a text folded letter by letter (so
offsets hold), longest match first. A name inside an organisation or a person's name is no
toponym; a minor name needs a locative cue; a capital that speaks or is accused is a government.
The word lists are ``seeds/lexicon.csv`` and ``seeds/masks.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import ahocorasick

from geo.model import Mention, Place, Resolution
from geo.places.gazetteer import Gazetteer
from geo.places.resolve import Context, resolve
from geo.reports.actors import masked_spans
from geo.reports.layout import DATED_LINE, DATELINE, HEAD
from geo.reports.roles import feature_hint, is_plausible, role_of

__all__ = ["Toponym", "find_mentions", "find_toponyms"]

BESIDE: Final = 60
"""Characters within which a province or district named beside a place is taken to hold it."""
BROKEN: Final = re.compile(r"[.;!?\n]")
CONTEXT_PLACES: Final = 24
"""Sure places of an item that weigh in the choice of the others: the first so many."""
SOFT: Final = frozenset({"e", "i", "wa", "o", "u", "al", "ul", "the", "of", "and"})
DASHES: Final = "-‐‑‒–—−"
APOSTROPHES: Final = "’‘ʼʻ`´"
LETTERS: Final = {
    "ي": "ی",
    "ې": "ی",
    "ى": "ی",
    "ئ": "ی",
    "ك": "ک",
    "ە": "ہ",
    "ه": "ہ",
    "ھ": "ہ",
    "ة": "ہ",
}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention and what it was resolved to."""

    mention: Mention
    resolution: Resolution

    @property
    def place(self) -> Place | None:
        """The place, if any."""
        return self.resolution.place


class _Flat(dict[int, str]):
    """Translation table: one letter to one letter, so that offsets into the text stay true."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in DASHES or letter.isspace():
            flat = " "
        elif letter in APOSTROPHES:
            flat = "'"
        else:
            base = unicodedata.normalize("NFKD", LETTERS.get(letter, letter)).casefold()[:1]
            flat = base or letter
        self[code] = flat
        return flat


FLAT: Final = _Flat()


def find_toponyms(text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """Find and resolve the toponyms of one item, in order; never raises on any text."""
    mentions = find_mentions(text, gazetteer)
    return _resolve_jointly(text, mentions, gazetteer)


def find_mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Find the toponyms of ``text`` without resolving them; demonyms are none."""
    masked = sorted(masked_spans(text))
    datelines = list(_datelines(text))
    found = []
    for start, end, places in _longest(_matches(text, gazetteer)):
        if any(a < end and start < b for a, b in masked):
            continue
        dateline = any(a <= start and end <= b for a, b in datelines)
        meant = [gazetteer.places[i] for i in places]
        if not dateline and not is_plausible(text, start, end, meant):
            continue
        role = "dateline" if dateline else role_of(text, start, end, meant)
        found.append(Mention(text[start:end], start, end, role, feature_hint(text, start, end)))
    return found


def _matches(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    flat = text.translate(FLAT)
    for last, (length, places, acronym) in _automaton(gazetteer).iter(flat):
        start, end = last - length + 1, last + 1
        if (start and flat[start - 1].isalnum()) or (end < len(flat) and flat[end].isalnum()):
            continue
        said = text[start:end]
        if said.isupper() if acronym else _capitalised(said):
            yield start, end, places


@lru_cache(maxsize=4)
def _automaton(gazetteer: Gazetteer) -> Any:  # noqa: ANN401 - pyahocorasick ships no types
    names: dict[str, tuple[set[int], bool]] = {}
    for name, index in gazetteer.names():
        flat = name.translate(FLAT).strip()
        acronym = name.isupper() and len(name) <= 5 and name.isascii()
        if len(flat) < 3 and not acronym:
            continue
        places, strict = names.get(flat, (set(), True))
        names[flat] = (places | {index}, strict and acronym)
    automaton = ahocorasick.Automaton()
    for flat, (places, acronym) in names.items():
        automaton.add_word(flat, (len(flat), tuple(sorted(places)), acronym))
    automaton.make_automaton()
    return automaton


def _longest(
    matches: Iterator[tuple[int, int, tuple[int, ...]]],
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    reach = 0
    for start, end, places in sorted(matches, key=lambda m: (m[0], -m[1])):
        if start >= reach:
            yield start, end, places
            reach = end


def _capitalised(said: str) -> bool:
    words = re.split(r"[\s\-–—]+", said)
    return all(not w or not w[0].islower() or w.casefold() in SOFT for w in words) and (
        not said[0].islower()
    )


def _datelines(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n\r]+", text):
        match = DATELINE.match(line.group().lstrip("\ufeff "))
        if match and len(line.group()) > 60:
            shift = line.start() + line.group().index(match.group()[0])
            yield shift, shift + match.end()
    yield from (match.span() for match in DATED_LINE.finditer(text[:HEAD]))


def _resolve_jointly(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Toponym]:
    """Resolve areas first; they and the sure places then constrain the others of the item."""
    alone = [resolve(_asked(m), gazetteer) for m in mentions]
    named = (r.place for r in alone if r.status == "resolved")
    areas = dict.fromkeys(p for p in named if p and p.kind != "country")
    sure = tuple(areas)[:CONTEXT_PLACES]
    found = []
    for i, mention in enumerate(mentions):
        answer = alone[i]
        if not (answer.place and answer.place.kind in {"country", "admin1"}):
            answer = _in_context(text, i, mentions, alone, sure, gazetteer)
        found.append(Toponym(mention, answer))
    return found


def _in_context(
    text: str,
    i: int,
    mentions: list[Mention],
    alone: list[Resolution],
    sure: tuple[Place, ...],
    gazetteer: Gazetteer,
) -> Resolution:
    mention = mentions[i]
    province = _area_beside(text, i, mentions, alone, "admin1")
    district = _area_beside(text, i, mentions, alone, "admin2")
    country = province.country if province else district.country if district else ""
    own = alone[i].place
    near = tuple(p for p in sure if own is None or p.id != own.id)
    for context in (
        Context(
            country=country,
            admin1=province.name if province else "",
            admin2=district.name if district else "",
            near=near,
        ),
        Context(near=near),
    ):
        answer = resolve(_asked(mention), gazetteer, context)
        if answer.place:
            return answer
    return answer


def _area_beside(
    text: str, i: int, mentions: list[Mention], alone: list[Resolution], kind: str
) -> Place | None:
    """Return the unit named right beside mention ``i``: "X in Y", "Y's X", "X, Y"."""
    here, best, shortest = mentions[i], None, BESIDE
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(mentions):
            first, last = sorted((here, mentions[j]), key=lambda m: m.start)
            gap = text[first.end : last.start]
            if len(gap) >= shortest or BROKEN.search(gap):
                break
            place = alone[j].place
            if place and place.kind == kind and place.name != here.toponym:
                best, shortest = place, len(gap)
            j += step
    return best


def _asked(mention: Mention) -> str:
    hint = mention.feature_hint
    return f"{mention.toponym} {re.sub('s$', '', hint) if hint != 'pass' else hint}".strip()
