"""Whether what a trigger names happened: the words before it in its clause take it back or not."""

from __future__ import annotations

from typing import Final, Literal

from geo.model import GROUP_OF
from geo.reports.tokens.lexicon import rule

__all__ = ["Factuality", "factuality_of"]

Factuality = Literal["real", "unreal", "negated", "denied", "past", "blamed", "spoken of"]

TAKEN_BACK: Final[tuple[tuple[Factuality, str, int], ...]] = (
    ("spoken of", r"({afterword}|{exercise}) [^.;\n]{0,14}$", 16),
    ("denied", r"{denial} [^.;\n]{0,8}$", 10),
    ("unreal", r"({unreal}|{modal}) (?:(?!{boundary})[^,.;:\n]){0,7}$", 9),
    ("negated", r"{negation} (?:(?!{boundary})[^,.;:\n]){0,3}$", 5),
    ("blamed", r"{blame} [^,.;:\n]{0,2}$", 4),
    ("past", r"{perfect} [^,.;:\n]{0,1}$", 3),
)
"""What takes an event back, the words before it that do so, and how many units they reach."""
AFTERWARDS: Final = (
    r"[^,.;\n]{0,2} (?: {modal} | {aux} [^,.;\n]{0,1} ({denial}|'foiled'|'averted'|'thwarted') )"
)
MEANT: Final = frozenset({"border", "civil", "airspace"})
"""Groups whose infinitive is a purpose; "used a drone to bomb" is a deed."""
STOPPED: Final = "infiltration stopped"
"""The rule whose event is the stopping itself: "foiled an infiltration bid"."""


def factuality_of(
    tags: str, first: int, last: int, sentence: int, event_type: str, name: str
) -> Factuality:
    """Judge a trigger by the words before it and before its last word.

    Parameters
    ----------
    tags
        The tags of the text.
    first, last
        The units of the trigger.
    sentence
        The first unit of its sentence.
    event_type, name
        The type and the rule of the trigger.
    """
    for verdict, pattern, reach in TAKEN_BACK:
        if name == STOPPED and verdict == "unreal":
            continue
        back = rule(pattern)
        for spot in {first, last - 1}:
            if back.search(tags, max(sentence, spot - reach), spot):
                return verdict
    if rule(AFTERWARDS).match(tags, last):
        return "negated"
    return "unreal" if _purpose(tags, first, last, event_type) else "real"


def _purpose(tags: str, first: int, last: int, event_type: str) -> bool:
    """Whether it is what somebody means to do: "to close the crossing", not "forced to close"."""
    if GROUP_OF[event_type] not in MEANT:
        return False
    return any(
        rule("'to' $").search(tags, spot - 1, spot)
        and not rule("{forced to} $").search(tags, spot - 1, spot)
        for spot in (first, last - 1)
        if spot > 0
    )
