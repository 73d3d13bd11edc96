"""Which place each toponym of an item means: all of them are resolved together.

A name with one meaning is settled at once, and what is settled constrains the rest: the province
or district named right beside a place must hold it, the sure places of the item weigh, and a name
means one place throughout an item unless its own words say otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.model import Mention, Place, Resolution
from geo.places.gazetteer.lookup import Gazetteer
from geo.places.gazetteer.name_index import flat
from geo.places.names import split_generic
from geo.places.nearness import elsewhere
from geo.places.rank import precision_of
from geo.places.resolve import Context, resolve
from geo.reports.tokens.tokenise import Tokens

__all__ = ["Toponym", "resolve_jointly"]

BESIDE: Final = 60
"""Characters within which a province or district named beside a place is taken to hold it."""
BROKEN: Final = re.compile(r"[.;!?\n]")
LOCATED: Final = re.compile(r"\b(?:in|at|near|from|to|while|after)\b")
"""Past such a word another place begins, whose province is not this one's."""
WITHIN: Final = re.compile(r"(?: [\w-]+){0,2}(?:,| of| in)(?: the)? ")
"""Between a place and the one that holds it: "X area of Y", "X, Y"."""
OWNING: Final = re.compile(r"['’]s? (?:[\w-]+ ){0,1}")
HOLDERS: Final = frozenset({"admin2", "admin3", "city"})
DISTRICT_OF: Final = re.compile(r" (?:(?:sub-?)?district|tehsil|subdivision) (?:of|in) (?:the )?")
SIMILAR: Final = "similar name"
"""How the reason of a guess begins: what the name resembles and is not."""
CONTEXT_PLACES: Final = 12
"""Sure places of an item that weigh in the choice of the others: the first so many."""
TOWN_PEOPLE: Final = 30_000
UNLISTED: Final = 0.5
"""Score of the area that stands for a place in it that the gazetteer lacks."""
CLEAR: Final = 0.85
"""Score of a name alone from which its namesakes are passed over."""
UNITS: Final = frozenset({"country", "admin1"})
NOT_WHERE: Final = frozenset({"metonymic", "dateline", "embedded", "demonym"})
"""Roles of names that do not say where something happened."""


Beside = tuple[Place | None, Place | None]
"""The province and the district named right beside a place."""


UNMATCHED: Final = Resolution(None, "unknown", "unmatched", (), 0.0, "not in the gazetteer")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention, what it was resolved to and the place that this gives, if any.

    ``start`` is its offset in the text, ``unit`` the first unit at or after it. ``usable``: the
    name can say where something happened; it is no government, dateline or owner.
    """

    mention: Mention
    resolution: Resolution
    place: Place | None
    start: int
    unit: int
    usable: bool


def resolve_jointly(
    tokens: Tokens, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> list[Toponym]:
    """Resolve the mentions of one item; areas first, they and the sure places guide the others."""
    asked = [_asked_here(tokens.text, mentions, i) for i in range(len(mentions))]
    alone = [_alone(name, gazetteer) for name in asked]
    alone = [
        (UNMATCHED, True) if _guessed(mention, answer) else (answer, several)
        for mention, (answer, several) in zip(mentions, alone, strict=True)
    ]
    item = _Item(tokens.text, mentions, [answer for answer, _ in alone])
    several = [i for i, (_, open_) in enumerate(alone) if open_]
    if several:
        item.settle(several, asked, gazetteer)
    return [
        _toponym(tokens, mention, answer)
        for mention, answer in zip(mentions, item.answers, strict=True)
    ]


def _toponym(tokens: Tokens, mention: Mention, answer: Resolution) -> Toponym:
    place, start = answer.place, mention.start
    unit = bisect_left(tokens.starts, start)
    return Toponym(mention, answer, place, start, unit, _usable(mention, place))


def _usable(mention: Mention, place: Place | None) -> bool:
    if place is None or mention.role in NOT_WHERE:
        return False
    return mention.role == "literal" or place.kind != "country"


def _guessed(mention: Mention, answer: Resolution) -> bool:
    """Whether a village in no list would be pinned on one of a merely similar name."""
    similar = answer.reason.startswith(SIMILAR)
    return similar and mention.feature_hint.rstrip("s") not in {"district", "tehsil", "province"}


def _asked_here(text: str, mentions: Sequence[Mention], i: int) -> str:
    """Return what is asked of a mention; the Y of "X district of Y" is asked as a province."""
    asked = _asked(mentions[i])
    gap = text[mentions[i - 1].end : mentions[i].start] if i else ""
    if mentions[i].feature_hint or not DISTRICT_OF.fullmatch(gap):
        return asked
    return f"{asked} province"


class _Item:
    """The mentions of an item and what each means as far as is known."""

    def __init__(self, text: str, mentions: Sequence[Mention], answers: list[Resolution]) -> None:
        self.text, self.mentions, self.answers = text, mentions, answers

    def settle(self, several: list[int], asked: list[str], gazetteer: Gazetteer) -> None:
        """Answer the names of several meanings: those with an area beside them lead."""
        near = self._near(several)
        told: dict[str, Place] = {}
        known: dict[tuple[str, ...], Resolution] = {}
        for i, beside, holder in sorted(map(self._own_words, several), key=_undecided):
            if _settled(self.answers[i], beside):
                continue
            name = flat(self.mentions[i].toponym)
            meant = holder or told.get(name)
            key = (asked[i], *(p.id if p else "" for p in (*(beside or ()), meant)))
            if key not in known:
                context = _context(beside, meant, near, self.answers[i].place)
                answer = _resolved(asked[i], gazetteer, context, holder)
                known[key] = UNMATCHED if _guessed(self.mentions[i], answer) else answer
            if known[key].place or not self.answers[i].place:
                self.answers[i] = known[key]
            if holder and (place := self.answers[i].place):
                told.setdefault(name, place)

    def _own_words(self, i: int) -> tuple[int, Beside | None, Place | None]:
        beside = self.beside(i)
        return i, beside, self._holder(i, beside)

    def beside(self, i: int) -> Beside | None:
        """Return the province and district named right beside mention ``i``: "X in Y", "X, Y"."""
        found = (self._area_beside(i, "admin1"), self._area_beside(i, "admin2"))
        return found if any(found) else None

    def _near(self, several: list[int]) -> tuple[Place, ...]:
        """Return the places of the item that guide the others, the sure ones first."""
        unsure = set(several)
        places = [answer.place for answer in self.answers]
        sure = [p for i, p in enumerate(places) if p and i not in unsure and p.kind != "country"]
        return tuple(dict.fromkeys([*sure, *filter(None, places)]))[:CONTEXT_PLACES]

    def _holder(self, i: int, beside: Beside | None) -> Place | None:
        """Return what holds mention ``i``: the Y of "X area of Y", else its district."""
        if i + 1 < len(self.mentions):
            gap = self._gap(i, i + 1)
            place = self.answers[i + 1].place
            listed = gap.startswith(",") and place and place.kind not in HOLDERS
            if place and place.kind not in UNITS and not listed and WITHIN.fullmatch(gap):
                return place
        if i and OWNING.fullmatch(self._gap(i - 1, i)):
            owner = self.answers[i - 1].place
            if owner and owner.kind not in UNITS:
                return owner
        return next(filter(None, reversed(beside or ())), None)

    def _area_beside(self, i: int, kind: str) -> Place | None:
        best, shortest = None, BESIDE
        for step in (-1, 1):
            for j in range(i + step, len(self.mentions) if step > 0 else -1, step):
                gap = self._gap(i, j)
                if len(gap) >= shortest or BROKEN.search(gap):
                    break
                place = self.answers[j].place
                if place and place.kind == kind and place.name != self.mentions[i].toponym:
                    best, shortest = place, len(gap)
                if LOCATED.search(gap):
                    break
        return best

    def _gap(self, i: int, j: int) -> str:
        first, last = self.mentions[min(i, j)], self.mentions[max(i, j)]
        return self.text[first.end : last.start]


def _undecided(own: tuple[int, Beside | None, Place | None]) -> bool:
    return own[2] is None


def _open(answer: Resolution) -> bool:
    """Whether the name has another meaning somewhere else."""
    place = answer.place
    if place is None:
        return True
    return any(elsewhere(place, other.place) for other in answer.candidates[1:])


def _settled(answer: Resolution, beside: Beside | None) -> bool:
    """Whether a name needs no second look.

    The place lies in what is named beside it; or nothing is named there, and a country or
    province is meant or nothing of weight rivals the place.
    """
    place = answer.place
    if place is None:
        return False
    if beside is None:
        return place.kind in UNITS or answer.score >= CLEAR
    province, district = beside
    if district and place.admin2 != district.admin2:
        return False
    return province is None or place.admin1 == province.admin1


def _context(
    beside: Beside | None,
    told: Place | None,
    near: tuple[Place, ...],
    own: Place | None,
) -> Context:
    others = tuple(p for p in near if own is None or p.id != own.id)
    if beside:
        province, district = beside
        holder = province or district
        return Context(
            country=holder.country if holder else "",
            admin1=province.name if province else "",
            admin2=district.name if district else "",
            near=others,
        )
    if told:
        return Context(country=told.country, admin1=told.admin1, near=others)
    return Context(near=others)


def _resolved(
    name: str, gazetteer: Gazetteer, context: Context, holder: Place | None
) -> Resolution:
    """Resolve in context; where the area named beside it holds no such place, show that area."""
    answer = resolve(name, gazetteer, context)
    if answer.place or not (holder or context.admin1 or context.admin2):
        return answer
    wider = resolve(name, gazetteer, Context(near=context.near))
    sure = wider.place and _well_known(wider.place) and not wider.reason.startswith(SIMILAR)
    if holder is None or sure:
        return wider
    why = f"{answer.reason}; the area named beside it is"
    precision = precision_of(holder)
    precision = "near" if precision == "exact" else precision
    return Resolution(holder, precision, "resolved", answer.candidates, UNLISTED, why)


def _well_known(place: Place) -> bool:
    return not place.id.startswith("gn-") or place.population >= TOWN_PEOPLE


@lru_cache(maxsize=1 << 14)
def _alone(name: str, gazetteer: Gazetteer) -> tuple[Resolution, bool]:
    """Resolve a name by itself, and tell whether it may mean another place elsewhere."""
    answer = resolve(name, gazetteer)
    return answer, _open(answer)


def _asked(mention: Mention) -> str:
    """Return the name with its generic word in the singular."""
    if not mention.feature_hint:
        return mention.toponym
    return _with_hint(mention.toponym, mention.feature_hint)


@lru_cache(maxsize=1 << 14)
def _with_hint(name: str, hint: str) -> str:
    if hint.endswith("s") and not hint.endswith("ss"):
        hint = hint[:-1]
    whole = f"{name} {hint}"
    return whole if split_generic(whole)[0] == name else name
