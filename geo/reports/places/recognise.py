"""Toponyms in news text: every gazetteer name with context rules, then joint resolution.

The names are found in one pass (:mod:`geo.places.gazetteer.name_index`), laid over the spelled
text by what they may mean, and judged by :mod:`geo.reports.places.roles`; what stands is resolved
together (:mod:`geo.reports.places.disambiguate`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.model import Mention
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.gazetteer.name_index import NameIndex, name_index
from geo.reports.places.disambiguate import Toponym, resolve_jointly
from geo.reports.places.roles import Judged, judge
from geo.reports.places.unlisted import unlisted_mentions
from geo.reports.tokens.lexicon import Entry, kinds_of, words
from geo.reports.tokens.tokenise import Spelled

__all__ = ["Toponym", "find_mentions", "find_toponyms"]

MAJOR: Final = frozenset({"admin1", "region", "boundary"})
TOWN_PEOPLE: Final = 30_000
"""A town of fewer people, outside the hand-made list, counts only where a cue speaks for it."""
SURE_LETTERS: Final = 4
LOWER_LETTERS: Final = 5
DUMP: Final = "gn-"
NAMING: Final = frozenset({"wordlike", "seat"})
"""Kinds of the word lists whose entries are place names."""


@dataclass(slots=True)
class Candidate:
    """A name of the gazetteer in the text: its span, its units, its number in the index."""

    start: int
    end: int
    first: int
    last: int
    name: int
    letter: str


def find_toponyms(spelled: Spelled, gazetteer: Gazetteer) -> list[Toponym]:
    """Find and resolve the toponyms of one item.

    Parameters
    ----------
    spelled
        The item's text, spelled; dates may be laid over it.
    gazetteer
        The names to look for; their index is built at the first call (a second for the full tier).

    Returns
    -------
    list of Toponym
        In order of the text; persons, demonyms and names of organisations are none.
    """
    return resolve_jointly(spelled, find_mentions(spelled, gazetteer), gazetteer)


def find_mentions(spelled: Spelled, gazetteer: Gazetteer) -> list[Mention]:
    """Find the toponyms of an item without resolving them."""
    index = name_index(gazetteer)
    inner, free = _candidates(spelled, gazetteer, index)
    overlaid = _overlaid(spelled, free)
    judged = judge(overlaid)
    named = {index.names[c.name] for c in free if _stands(c, judged, spelled)}
    found = [_owner(spelled, c) for c in inner]
    taken = {u for c in free if c.first not in judged.refused for u in range(c.first, c.last)}
    found += unlisted_mentions(overlaid, taken, gazetteer)
    for c in free:
        same = c.letter not in "HL" and index.names[c.name] in named - words("wordlike")
        if _stands(c, judged, spelled) or (same and c.first not in judged.refused):
            found.append(_mention(spelled, c, judged))
    return sorted(found, key=_start)


def _candidates(
    spelled: Spelled, gazetteer: Gazetteer, index: NameIndex
) -> tuple[list[Candidate], list[Candidate]]:
    """Return the names that stand within a party's name, and those that stand free."""
    inner: list[Candidate] = []
    free: list[Candidate] = []
    for start, end, name in index.find(spelled.text):
        first, last = spelled.units(start, end)
        inside = first == last or spelled.starts[first] != start
        first -= inside
        letter = _letter(gazetteer, name)
        if spelled.text[start].islower():
            letter = "L" if _plain_enough(letter, spelled, start, end) else ""
        held = spelled.entry(first) if first >= 0 else None
        candidate = Candidate(start, end, first, last, name, letter)
        if inside or spelled.ends[last - 1] > end:
            if (
                letter
                and letter not in "MHL"
                and held
                and not _masked(held, spelled.said(first, first + 1))
            ):
                inner.append(candidate)
        elif letter and not (held and _plain_word(held, candidate)):
            free.append(candidate)
    return inner, free


def _overlaid(spelled: Spelled, candidates: list[Candidate]) -> Spelled:
    """Lay the candidates' letters over the text; their units are known, so that it is quick."""
    letters = list(spelled.letters)
    for c in candidates:
        letters[c.first : c.last] = [c.letter, *"p" * (c.last - c.first - 1)]
    return Spelled(spelled.text, "".join(letters), spelled.starts, spelled.ends)


@lru_cache(maxsize=1 << 16)
def _letter(gazetteer: Gazetteer, name: int) -> str:
    """Return the letter of what a name may mean: P, S, C, G (sure), K, M, H (ever less so)."""
    index = name_index(gazetteer)
    key = index.names[name]
    places = [gazetteer.place(i) for i in index.meant(name)]
    kinds = {place.kind for place in places}
    people = max(place.population for place in places)
    curated = any(not place.id.startswith(DUMP) for place in places)
    big = bool(kinds & MAJOR) or "city" in kinds or (curated and people >= TOWN_PEOPLE)
    parts = key.split()
    if "country" in kinds:
        return "C"
    if key in words("seat"):
        return "S"
    if key in words("wordlike"):
        return "M"
    if len(parts) <= 2 and not big and any(part in words("name") for part in parts):
        return "M" if curated else "H"
    if big:
        return "P"
    if curated:
        return "G" if "crossing" in kinds else "K" if len(key) >= SURE_LETTERS else "M"
    return "K" if people >= TOWN_PEOPLE else "M" if people else "H"


def _plain_enough(letter: str, spelled: Spelled, start: int, end: int) -> bool:
    """Whether a name in lower case may be one: well known, long, no description."""
    generic = "area" in kinds_of(spelled.letters[spelled.units(start, end)[1] - 1])
    return letter in {"P", "G", "C", "S"} and end - start >= LOWER_LETTERS and not generic


def _masked(held: Entry, said: str) -> bool:
    """Whether an entry is a proper name whose words are no toponyms; a description is none."""
    if "mask" in held.kinds or "militant" in held.kinds:
        return True
    return "state force" in held.kinds and said.istitle() and " " in said


def _plain_word(held: Entry, candidate: Candidate) -> bool:
    """Whether a little-known name is but a word of the language."""
    if _masked(held, "") or "month" in held.kinds or "weekday" in held.kinds:
        return candidate.last - candidate.first == 1
    special = held.kinds <= NAMING
    return candidate.letter in "MHL" and candidate.last - candidate.first == 1 and not special


def _stands(candidate: Candidate, judged: Judged, spelled: Spelled) -> bool:
    unit = candidate.first
    if unit in judged.refused:
        return False
    cue = judged.cued.get(unit)
    if candidate.letter in "MHL":
        return cue is not None or _native(spelled.text[candidate.start])
    return True


def _native(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff"


def _mention(spelled: Spelled, candidate: Candidate, judged: Judged) -> Mention:
    unit = candidate.first
    role, why = judged.roles.get(unit, ("literal", ""))
    end = _closed(spelled.text, candidate.start, candidate.end)
    return Mention(
        spelled.text[candidate.start : end],
        candidate.start,
        end,
        role,
        judged.hints.get(unit, ""),
        why or judged.cued.get(unit, "a known name"),
    )


def _closed(text: str, start: int, end: int) -> int:
    """Return the end of a name with its last mark: "U.S.", "Punjab (India)"."""
    said, mark = text[start:end], text[end : end + 1]
    dotted = mark == "." and said[1:2] == "."
    return end + (dotted or (mark == ")" and "(" in said))


def _owner(spelled: Spelled, candidate: Candidate) -> Mention:
    said = spelled.text[candidate.start : candidate.end]
    why = f"in '{spelled.said(candidate.first, candidate.first + 1)}'"
    return Mention(said, candidate.start, candidate.end, "attributive", "", why)


def _start(mention: Mention) -> int:
    return mention.start
