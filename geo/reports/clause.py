"""One clause of a report: what it says happened, where, when and to how many.

A clause gives at most one event per event group and place. Place and date come from the clause,
else from its sentence; what is said nowhere stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from geo.model import Certainty, Claim, DateSpan, Document, Mark, Tally
from geo.places.distance import km_between
from geo.reports.actors import find_actors
from geo.reports.documents import DATED_LINE, DATELINE, HEAD
from geo.reports.draft import COARSENESS, Draft
from geo.reports.olddates import find_dates, find_offsets
from geo.reports.oldlexicon import any_of
from geo.reports.tallies import find_figures, total
from geo.reports.toponyms import Toponym
from geo.reports.triggers import Trigger, certainty, find_triggers

__all__ = ["Clause"]

SAYING: Final = any_of("saying")
SPEECH: Final = re.compile(rf"(?i)\b{SAYING}\b(?:\W+\w+){{0,4}}\W*$")
SPEAKER: Final = re.compile(rf"(?i)\b(?:{SAYING}|claims?|claimed)\b")
RESPONSIBLE: Final = re.compile(r"(?i)\bclaim(?:ed|s|ing)? (?:the )?responsibility\b")
TIED: Final = re.compile(
    r"(?:\s*\([A-Z]{2,5}\)|\))?(?: [a-z]+)?\s*(?:,|,?\s+and|\s+or)\s+(?:the )?"
)
ATTRIBUTED: Final = re.compile(
    rf"(?i)\b{SAYING}\s+(?:[\w’'-]+\s+){{0,6}}(?:in|from)\s+(?:the\s+)?$"
)
"""Before a place that says where the speaker sits: "said an official in X"."""
AIRSPACE: Final = re.compile(r"(?i)\b(afghan|pakistan)(?:i|istan)?(?:['’]s)?\s+airspace")
AIRSPACE_OF: Final = {"afghan": "AF", "pakistan": "PK"}
CLAIMANTS: Final = frozenset({"militant", "government", "state force", "source"})
UNNAMED: Final = frozenset({"Unidentified militants", "Unidentified gunmen", "Baloch militants"})
DEADLY: Final = frozenset({"violence", "other"})
SPEAKER_REACH: Final = 80
"""Characters within which the actor named nearest a verb of saying is taken for the speaker."""
APART_KM: Final = 15.0


class Clause:
    """One clause with everything found in it.

    Parameters
    ----------
    document, toponyms
        The item and all its toponyms.
    span, sentence
        Offsets of the clause and of the sentence it stands in.
    kind
        The kind of line it stands in: title, caption, bullet or body.
    told
        The places named last before in the same paragraph: where it goes on happening.
    """

    def __init__(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        span: tuple[int, int],
        sentence: tuple[int, int],
        kind: str,
        told: Sequence[Toponym] = (),
    ) -> None:
        self.document, self.kind = document, kind
        self.start, self.end = span
        self.text = document.text[self.start : self.end]
        self.every = toponyms
        self.told = told
        inner = _inside(toponyms, span)
        self.toponyms = inner or _inside(toponyms, sentence)
        self.dates = find_dates(self.text, document.published, self.start) or find_dates(
            document.text[slice(*sentence)], document.published, sentence[0]
        )
        opening = DATED_LINE.search(self.text[:HEAD]) or DATELINE.match(self.text)
        self.opening = self.start + opening.end() if opening else self.start
        self.figures = find_figures(self.text, self.start)
        self.actors = find_actors(self.text, self.start)

    def drafts(self, before: Sequence[Draft]) -> Iterator[Draft]:
        """Yield the events of the clause; ``before`` are those told earlier in the item."""
        for trigger in find_triggers(self.text):
            places = self._places(trigger)
            if self._background(trigger, places):
                continue
            toll = total(self.figures, "killed") if trigger.group in DEADLY else Tally()
            if areas := self._areas(places) if toll.known else []:
                yield self._draft(trigger, None, toll, before, areas)
                continue
            for place in places or (None,):
                yield self._draft(trigger, place, toll, before)

    def _areas(self, places: list[Toponym]) -> list[Toponym]:
        """Return the places one toll is given over: where several, none can have it whole."""
        if len(places) > 1:
            return places
        provinces = {
            t.place.id: t for t in self.toponyms if t.place and t.resolution.precision == "admin1"
        }
        only = all(t.resolution.precision in {"admin1", "country"} for t in self.toponyms)
        return list(provinces.values()) if only and len(provinces) > 1 else []

    def _background(self, trigger: Trigger, places: list[Toponym]) -> bool:
        """Whether it tells of many things at no particular place: "attacks in Pakistan"."""
        local = any(p.resolution.precision != "country" for p in places)
        counted = any(f.what in {"killed", "injured"} for f in self.figures)
        return trigger.plural and trigger.group == "violence" and not local and not counted

    def _draft(
        self,
        trigger: Trigger,
        place: Toponym | None,
        toll: Tally,
        before: Sequence[Draft],
        areas: Sequence[Toponym] = (),
    ) -> Draft:
        when, spoken = self._when(trigger, before)
        claimant = self._claimant()
        parties = (a.actor.name for a in self.actors if a.actor.kind != "source")
        return Draft(
            event_type=trigger.event_type,
            start=self.start,
            end=self.end,
            toponym=place,
            when=when,
            spoken=spoken,
            fatalities=toll,
            injured=total(self.figures, "injured") if trigger.group in DEADLY else Tally(),
            actors=tuple(dict.fromkeys(parties)),
            certainty=self._certainty(trigger),
            claimed_by=claimant,
            claims=tuple(self._claims(claimant)) if toll.known else (),
            marks=tuple(self._marks(trigger, place, when)),
            line=self.kind,
            plural=trigger.plural,
            aggregate=bool(areas),
            areas=tuple(area.place.name for area in areas if area.place),
            whole=next((f.whole for f in self.figures if f.whole), None),
            relative=bool(find_offsets(self.text)),
        )

    def _places(self, trigger: Trigger) -> list[Toponym]:
        """Return where it happened: the finest place nearest the trigger, or places tied to it."""
        if trigger.event_type == "airspace_violation":
            return self._airspace()
        near = [t for t in self.toponyms if not self._seats_speaker(t)]
        if trigger.group == "diplomacy":
            near = [t for t in near if t.resolution.precision == "exact"]
        if not near and trigger.group == "violence" and not self.toponyms:
            near = [t for t in self.told if t.resolution.precision != "country"]
        if not near:
            return []
        finest = min(COARSENESS[t.resolution.precision] for t in near)
        if finest == COARSENESS["country"]:
            literal = [t for t in near if t.mention.role == "literal"]
            return literal[:1] if trigger.group == "violence" else []
        spot = self.start + trigger.start
        same = [t for t in near if COARSENESS[t.resolution.precision] <= max(finest, 1)]
        best = min(same, key=lambda t: _gap(t, spot))
        return [best, *self._tied(best, near)]

    def _seats_speaker(self, toponym: Toponym) -> bool:
        start = toponym.mention.start
        return bool(ATTRIBUTED.search(self.document.text[max(0, start - 80) : start]))

    def _tied(self, best: Toponym, near: list[Toponym]) -> Iterator[Toponym]:
        """Yield the places named in one breath with ``best``: "in X and Y"."""
        ordered = sorted(near, key=lambda t: t.mention.start)
        for one, two in pairwise(ordered):
            between = self.document.text[one.mention.end : two.mention.start]
            if (
                TIED.fullmatch(between)
                and _apart(one, two)
                and best.place in (one.place, two.place)
            ):
                yield two if best.place == one.place else one

    def _airspace(self) -> list[Toponym]:
        """Return the country whose airspace is named, if the item names that country too."""
        match = AIRSPACE.search(self.text)
        code = AIRSPACE_OF[match[1].casefold()] if match else ""
        countries = (t for t in self.every if t.place and t.place.kind == "country")
        return [t for t in countries if t.place and t.place.country == code][:1]

    def _when(self, trigger: Trigger, before: Sequence[Draft]) -> tuple[DateSpan, bool]:
        """Return the date nearest the trigger, and whether it only dates what was said."""
        if offset := self._offset(before):
            return offset, False
        text, spot = self.document.text, self.start + trigger.start
        told = [
            d
            for d in self.dates
            if (d.start or 0) >= self.opening
            and not SPEECH.search(text[max(0, (d.start or 0) - 60) : d.start])
        ]
        if told:
            return min(told, key=lambda d: abs((d.start or 0) - spot)), False
        return (self.dates[0], True) if self.dates else (DateSpan(), False)

    def _offset(self, before: Sequence[Draft]) -> DateSpan | None:
        """Resolve "a day after", "two days later" against what was told before."""
        for days, start, end, side in find_offsets(self.text, self.start):
            if start - self.start > 60 or side == "before":
                continue
            spoken = [d.when.first for d in before if d.spoken and d.when.first]
            told = [d.when.first for d in before if not d.spoken and d.when.first]
            known = (spoken or told) if side == "after" else told
            if not known and side == "after" and self.document.published:
                known = [self.document.published]
            if not known:
                return DateSpan(start=start, end=end)
            day = known[0] + timedelta(days=days if side == "later" else -days)
            return DateSpan(day, day, "day", start, end)
        return None

    def _certainty(self, trigger: Trigger) -> Certainty:
        if trigger.event_type == "airspace_violation":
            return "alleged" if SPEAKER.search(self.text) or self.kind != "body" else "reported"
        return "reported" if RESPONSIBLE.search(self.text) else certainty(self.text)

    def _claimant(self) -> str:
        """Return the party that says so: the actor named nearest a verb of saying."""
        verb = RESPONSIBLE.search(self.text) or SPEAKER.search(self.text)
        parties = [
            a for a in self.actors if a.actor.kind in CLAIMANTS and a.actor.name not in UNNAMED
        ]
        if verb is None or not parties:
            return ""
        spot = self.start + verb.start()
        near = min(parties, key=lambda a: abs(a.start - spot))
        return near.actor.name if abs(near.start - spot) < SPEAKER_REACH else ""

    def _claims(self, claimant: str) -> Iterator[Claim]:
        figure = next((f for f in self.figures if f.what == "killed"), None)
        if claimant and figure:
            said = self.document.text[figure.start : figure.end]
            yield Claim(claimant, "fatalities", said, figure.start, figure.end)

    def _marks(self, trigger: Trigger, place: Toponym | None, when: DateSpan) -> Iterator[Mark]:
        yield Mark("trigger", self.start + trigger.start, self.start + trigger.end)
        if place:
            yield Mark("place", place.mention.start, place.mention.end)
        if when.start is not None and when.end is not None:
            yield Mark("date", when.start, when.end)
        for figure in self.figures:
            yield Mark("number", figure.start, figure.end)


def _inside(toponyms: Sequence[Toponym], span: tuple[int, int]) -> list[Toponym]:
    return [t for t in toponyms if span[0] <= t.mention.start < span[1] and _usable(t)]


def _usable(toponym: Toponym) -> bool:
    """Whether the name can say where something happened: no government, dateline or owner."""
    role, place = toponym.mention.role, toponym.place
    if place is None or role in {"metonymic", "dateline", "embedded", "demonym"}:
        return False
    return role == "literal" or place.kind != "country"


def _gap(toponym: Toponym, spot: int) -> int:
    before = toponym.mention.end <= spot
    return abs((toponym.mention.end if before else toponym.mention.start) - spot)


def _apart(one: Toponym, two: Toponym) -> bool:
    """Whether two places are different ones, neither lying in the other."""
    a, b = one.place, two.place
    if a is None or b is None or a.id == b.id:
        return False
    inside = a.name in (b.admin1, b.admin2) or b.name in (a.admin1, a.admin2)
    return not inside and km_between(a.lat, a.lon, b.lat, b.lon) > APART_KM
