"""Military press releases from Afghanistan, 2009 to 2013, against their published coding.

A release is coded as one event, so one event of ours is judged, on all its fields: the one whose
type fits the coded type best, then whether it lies in the coded province, then the first told.
Neither its day nor its figures have a say in that. A release in which we find no event is wrong in
everything. Nothing but the text is given: the day of publication is read off it.

- day: first and last day are the coded day. About one text in seven says "yesterday" and nowhere
  what day it is; the second line is of the releases whose dateline has a whole date.
- province: the place lies in a coded province.
- killed, captured: the smallest number that we give is the coded minimum, of the releases that are
  coded to tell of any. The coding counts insurgents, ours counts the dead of all sides. An event
  has no field for the captured: they are what the clauses that tell it say.
"""

import json
from dataclasses import dataclass

from geo.model import GROUP_OF, Event, Tally
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.reports.casualties.figures import toll_of
from geo.reports.casualties.find import find_figures
from geo.reports.documents.read import read_text
from geo.reports.events.annotate import annotate
from geo.reports.events.item import Reading
from geo.reports.events.read import read_document
from tests.outside import SHARED

FILE = SHARED / "data" / "reports" / "isaf_releases_dev.jsonl"
TARGETS = {
    "day": 0.95,
    "day, dated releases": 0.95,
    "province": 0.92,
    "killed": 0.85,
    "captured": 0.85,
}

RAIDS = frozenset({"counter_terror_operation", "arrest_detention"})
FIGHTS = frozenset({"counter_terror_operation", "armed_clash", "airstrike_drone"})
FITTING = {
    "detention": RAIDS,
    "insurgentskilled": FIGHTS,
    "captureandkill": RAIDS | FIGHTS,
    "airstrike": frozenset({"airstrike_drone"}),
    "civiliancasualty": frozenset({"armed_attack", "bombing", "airstrike_drone", "armed_clash"}),
}
"""Our types for the coding's; any other type of violence fits less well."""


@dataclass(frozen=True)
class Told:
    """The event of a release that is judged, in the reading it comes from."""

    reading: Reading
    event: Event


def releases() -> None:
    """Print how much of the releases is read right."""
    if not FILE.exists():
        print(f"\nPress releases are left out: {FILE} is not there.")
        return
    gazetteer = load()
    verdicts: dict[str, list[bool]] = {name: [] for name in TARGETS}
    unread = 0
    with FILE.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            told = best_event(row, gazetteer)
            unread += told is None
            for name, right in judged(told, row, gazetteer).items():
                verdicts[name].append(right)
    print(
        f"\n### {len(verdicts['day'])} press releases, {unread} of them without an event of ours\n"
    )
    print("| | right | of | share | target |")
    print("|---|---|---|---|---|")
    for name, rights in verdicts.items():
        share = sum(rights) / len(rights)
        print(f"| {name} | {sum(rights)} | {len(rights)} | {share:.3f} | {TARGETS[name]} |")


def best_event(row: dict, gazetteer: Gazetteer) -> Told | None:
    readings = [read_document(doc, gazetteer) for doc in read_text(row["text"], "release")]
    told = [Told(reading, event) for reading in readings for event in reading.events]
    gold = row["gold"]
    types = {kind for cell in gold["event_type"] for kind in cell.split(";")}
    found = provinces(gold, gazetteer)
    return max(
        told, key=lambda t: (type_fit(t.event, types), province_of(t.event) in found), default=None
    )


def type_fit(event: Event, types: set[str]) -> int:
    if any(event.event_type in FITTING[kind] for kind in types):
        return 2
    return int(GROUP_OF[event.event_type] == "violence")


def provinces(gold: dict, gazetteer: Gazetteer) -> set[str]:
    """Return our names of the coded provinces."""
    names = {name for cell in gold["province"] for name in cell.split(";")}
    hits = (hit.place for name in names for hit in gazetteer.direct(name))
    return {place.name for place in hits if place.kind == "admin1" and place.country == "AF"}


def province_of(event: Event) -> str:
    place = event.resolution.place
    return place.admin1 if place else ""


def judged(told: Told | None, row: dict, gazetteer: Gazetteer) -> dict[str, bool]:
    """Return the verdict on each field that the release is coded for."""
    gold = row["gold"]
    when = told.event.when if told else None
    days = {str(when.first), str(when.last)} if when else set()
    found = {
        "day": days == {gold["start_date"]},
        "province": bool(told) and province_of(told.event) in provinces(gold, gazetteer),
    }
    if row["dateline"]:
        found["day, dated releases"] = found["day"]
    if gold["killq"]:
        found["killed"] = bool(told) and least(told.event.fatalities) == gold["min_killed"]
    if gold["captureq"]:
        taken = captured(told, gazetteer) if told else Tally()
        found["captured"] = least(taken) == gold["min_captured"]
    return found


def least(tally: Tally) -> int | None:
    """Return the smallest number that a tally allows."""
    return next((n for n in (tally.low, tally.best, tally.high) if n is not None), None)


def captured(told: Told, gazetteer: Gazetteer) -> Tally:
    """Return what the clauses that tell the event say of people taken."""
    laid = annotate(told.reading.document, gazetteer).overlaid
    spans = [(t.start, t.end) for t in told.event.tellings if t.start is not None]
    return toll_of([find_figures(laid, *laid.units(*span)) for span in spans], "detained")
