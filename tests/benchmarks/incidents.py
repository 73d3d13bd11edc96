"""One-sentence incident reports from Pakistan, 2005 to 2012, against a machine's coding of them.

Each sentence is read by itself, with the row's date as the day of publication. They are kept as
they come: without a capital at the start, without quotes, hyphens and most commas, several
sentences run together. A row is one incident, so one event of ours is judged: the first of
violence, else the first.

- district: an answer finer than a province must be in the coded district ("Dir" is both Dirs);
  for one that is no finer, the province will do. Rows without a district are passed over.
- killed: our figure (the lowest where there is no best) is the sum of the coded dead. Rows in which
  no dead are coded are passed over.

The coding has many errors of its own. ``tests/cases/satp_handcheck.csv`` (row counted from 0,
silver_right y or n) says of some rows whether its number of dead is right; the others of the
checked rows are left out of the last line.
"""

import csv
import json
from datetime import date

from geo.model import GROUP_OF, Event
from geo.places.gazetteer.lookup import Gazetteer, load
from geo.places.names import normalise
from geo.reports.documents.read import read_text
from geo.reports.events.read import read_document
from tests.outside import SHARED
from tests.reports.hostile import ROOT

FILE = SHARED / "data" / "reports" / "satp_incidents_dev.jsonl"
CHECKED = ROOT / "tests" / "cases" / "satp_handcheck.csv"
TARGET = 0.85
PROVINCES = {
    "fata": "Khyber Pakhtunkhwa",
    "kp": "Khyber Pakhtunkhwa",
    "balochistan": "Balochistan",
    "punjab": "Punjab",
    "sindh": "Sindh",
}
DEAD = ("fat_personnel", "fat_militant", "fat_civilian")
COARSE = frozenset({"admin1", "region", "country", "unknown"})

Verdicts = dict[int, bool]


def incidents() -> None:
    """Print how much of the sentences is read right."""
    if not FILE.exists():
        print(f"\nIncident sentences are left out: {FILE} is not there.")
        return
    gazetteer = load()
    with FILE.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    events = [only_event(row, gazetteer) for row in rows]
    districts, provinces, killed = verdicts(rows, events, gazetteer)
    print(
        f"\n### {len(rows):,} incident sentences, {events.count(None)} without an event of ours\n"
    )
    print("| | right | of | share | target |")
    print("|---|---|---|---|---|")
    show("district", districts)
    show("province", provinces)
    show("killed, as the machine has it", killed)
    if CHECKED.exists():
        right = trusted_rows()
        show("killed, where the machine is right", {n: v for n, v in killed.items() if n in right})
    else:
        print(f"\nThe checked rows are left out: {CHECKED.relative_to(ROOT)} is not there.")


def only_event(row: dict, gazetteer: Gazetteer) -> Event | None:
    """Return the first event of violence of a sentence, else its first."""
    documents = read_text(row["original"], "incident", published=date.fromisoformat(row["date"]))
    events = [event for doc in documents for event in read_document(doc, gazetteer).events]
    violent = [event for event in events if GROUP_OF[event.event_type] == "violence"]
    return next(iter([*violent, *events]), None)


def verdicts(
    rows: list[dict], events: list[Event | None], gazetteer: Gazetteer
) -> tuple[Verdicts, Verdicts, Verdicts]:
    """Return what is right, by row: the district, the province, the dead."""
    districts: Verdicts = {}
    provinces: Verdicts = {}
    killed: Verdicts = {}
    for number, (row, event) in enumerate(zip(rows, events, strict=True)):
        if row["province"] in PROVINCES:
            provinces[number] = in_province(event, row)
            districts[number] = in_district(event, row, gazetteer)
        dead = [row[column] for column in DEAD if row[column] is not None]
        if dead:
            killed[number] = event is not None and stated(event) == sum(dead)
    return districts, provinces, killed


def in_province(event: Event | None, row: dict) -> bool:
    place = event.resolution.place if event else None
    capital = place is not None and place.country == "PK" and row["district"] == "islamabad"
    return place is not None and (place.admin1 == PROVINCES[row["province"]] or capital)


def in_district(event: Event | None, row: dict, gazetteer: Gazetteer) -> bool:
    if event is None or event.resolution.place is None:
        return False
    if event.resolution.precision in COARSE:
        return in_province(event, row)
    units = {squeezed(event.resolution.place.admin2), squeezed(event.resolution.place.name)}
    return any(unit.endswith(name) for unit in units for name in district_names(row, gazetteer))


def district_names(row: dict, gazetteer: Gazetteer) -> set[str]:
    """Return the district as the row spells it and as the gazetteer has it."""
    hits = [hit.place for hit in gazetteer.direct(row["district"])]
    held = [place for place in hits if place.admin1 == PROVINCES[row["province"]]]
    names = [name for place in held for name in (place.name, place.admin2)]
    return {squeezed(name) for name in (row["district"], *names)} - {""}


def squeezed(name: str) -> str:
    """Return a name without blanks: the rows have "chag ai"."""
    return normalise(name).replace(" ", "")


def stated(event: Event) -> int | None:
    tally = event.fatalities
    return tally.low if tally.best is None else tally.best


def trusted_rows() -> set[int]:
    """Return the checked rows whose coded number of dead is right."""
    with CHECKED.open(encoding="utf-8", newline="") as lines:
        return {int(row["row"]) for row in csv.DictReader(lines) if row["silver_right"] == "y"}


def show(label: str, found: Verdicts) -> None:
    right = sum(found.values())
    share = right / len(found) if found else float("nan")
    print(f"| {label} | {right} | {len(found)} | {share:.3f} | {TARGET} |")
