"""The role a name plays in its sentence: a place, a government, an owner, part of another name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from geo.model import Place, Role
from geo.reports.oldlexicon import words

__all__ = ["feature_hint", "is_plausible", "role_of"]

MAJOR: Final = frozenset({"country", "admin1", "admin2", "city", "crossing", "boundary", "region"})
MINOR_PEOPLE: Final = 30_000
"""A town of fewer people than this is a minor name: it counts only after a locative cue."""
BORDER_WORDS: Final = r"border\s+(?:crossings?|point|town|gate|post)|crossings?"
AREA_WORDS: Final = (
    r"(?:tribal\s+)?(?:districts?|provinces?|agency|tehsils?|sub-?division|sub-?district|city|town"
    rf"|village|area|region|valley|pass|{BORDER_WORDS}|bazaar|bazar|division|wuluswali)"
)
HINT_AFTER: Final = re.compile(rf"(?i)\s+(?P<hint>{AREA_WORDS})\b")
HINT_BEFORE: Final = re.compile(rf"(?i)\b(?P<hint>{AREA_WORDS})\s+of\s+(?:the\s+)?$")
JOINED: Final = re.compile(
    r"(?:,|\s+and)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?\s+"
    r"(?P<hint>(?i:districts|provinces|border\s+crossings|crossings|tehsils))\b"
)
WORD_BEFORE: Final = re.compile(r"([\w’'.-]+)\s+$")
WORD_AFTER: Final = re.compile(r"\s+([\w’'-]+)")
SECOND_AFTER: Final = re.compile(r"\s+[A-Z][\w’'-]+\s+([A-Z][\w’'-]+)")
POSSESSIVE: Final = re.compile(r"['’]s?\b|['’](?=\s)")
GOVERNED: Final = re.compile(r"(?i)\b(\w+)\s+in\s+$")
ON_A_DAY: Final = re.compile(r"\s+(?:on|last|this)\s+[A-Z][a-z]+day|,?\s+(?:today|yesterday)")
REACH: Final = 40
"""Characters looked at on either side of a name."""


def is_plausible(text: str, start: int, end: int, places: Iterable[Place]) -> bool:
    """Whether ``text[start:end]`` can be a toponym here: no person, and a cue where it is minor."""
    major = any(place.kind in MAJOR or place.population >= MINOR_PEOPLE for place in places)
    before, after = _neighbours(text, start, end)
    title = before.rstrip(".") in words("title")
    if title or (after in words("name") and not major) or text[start:end] in words("calendar"):
        return False
    if _tail_of_longer_name(text, start, end, before):
        return False
    person = before[:1].isupper() and not _opens_sentence(text, start, before)
    if major:
        return not (person and after in words("name"))
    lead = text[max(0, start - REACH) : start].rstrip()
    located = before.casefold() in words("locative") or lead.endswith((",", "(", "/", "’s", "'s"))
    joined = before.casefold() in {"and", "or", "the"} or bool(HINT_AFTER.match(text, end))
    foreign = not text[start:end].isascii()
    return located or foreign or (joined and not person)


def role_of(text: str, start: int, end: int, places: Iterable[Place]) -> Role:
    """Return the role of the name at ``text[start:end]``, which may mean any of ``places``."""
    before, after = (word.casefold() for word in _neighbours(text, start, end))
    kinds = {place.kind for place in places}
    if _institution(text, start, end):
        return "embedded"
    if POSSESSIVE.match(text, end):
        return "attributive"
    if "city" in kinds and _governed(text, start, end):
        return "metonymic"
    if before in words("locative") - {"of", "between", "to", "from"}:
        return "literal"
    if after in words("owned"):
        return "attributive"
    seat = kinds & {"country", "city"}
    if seat and (after in words("speech") or before in words("relation")):
        return "metonymic"
    return "literal"


def feature_hint(text: str, start: int, end: int) -> str:
    """Return the generic word beside the name ("district", "border crossings") or ``""``."""
    after = HINT_AFTER.match(text, end) or JOINED.match(text, end)
    if after:
        return re.sub(r"\s+", " ", after["hint"].casefold())
    before = HINT_BEFORE.search(text[max(0, start - REACH) : start])
    return before["hint"].casefold() if before else ""


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    before = WORD_BEFORE.search(text[max(0, start - REACH) : start])
    after = WORD_AFTER.match(text[end : end + REACH])
    return (before[1] if before else ""), (after[1] if after else "")


def _opens_sentence(text: str, start: int, word: str) -> bool:
    """Whether ``word`` before the name opens a sentence, so that its capital says nothing."""
    lead = text[: start - 1 - len(word)].rstrip(" ")
    return not lead or lead[-1] in '.!?\n:•“"'


def _tail_of_longer_name(text: str, start: int, end: int, before: str) -> bool:
    """Whether the word is but the end of a longer name: the Kot of "Wali Kot district"."""
    if " " in text[start:end] or not HINT_AFTER.match(text, end) or not before[:1].isupper():
        return False
    plain = before.isalpha() and before not in words("qualifier")
    return plain and not _opens_sentence(text, start, before)


def _institution(text: str, start: int, end: int) -> bool:
    _, after = _neighbours(text, start, end)
    second = SECOND_AFTER.match(text[end : end + 2 * REACH])
    return bool({after, second[1] if second else ""} & words("institution"))


def _governed(text: str, start: int, end: int) -> bool:
    """Whether it is "the government in X", unless a day follows, which makes X a place again."""
    match = GOVERNED.search(text[max(0, start - REACH) : start])
    polity = match and match[1].casefold() in words("polity") - {"authorities"}
    return bool(polity) and not ON_A_DAY.match(text, end)
