"""The case tables: every bug of the reader adds a row."""

import pytest

from geo.places.gazetteer.lookup import load
from geo.reports.casualties.figures import total
from geo.reports.casualties.find import find_figures
from geo.reports.documents.read import read_text
from geo.reports.events.read import read_document
from geo.reports.time.find import find_dates
from geo.reports.tokens.tokenise import tokenise
from tests.case_tables import day, rows


def count(cell):
    return int(cell) if cell else None


def label(row):
    return f"{row['text'][:50]}|{row.get('what') or row.get('event_type') or row['published']}"


@pytest.mark.parametrize("row", rows("dates.csv"), ids=label)
def test_dates(row):
    found = find_dates(tokenise(row["text"]), day(row["published"]))
    if row["precision"] == "none":
        assert found == []
        return
    assert [(d.first, d.last, d.precision) for d in found] == [
        (day(row["first"]), day(row["last"]), row["precision"])
    ]
    assert all(row["text"][d.start : d.end] and d.rule for d in found)


@pytest.mark.parametrize("row", rows("tallies.csv"), ids=label)
def test_tallies(row):
    tally = total(find_figures(tokenise(row["text"])), row["what"])
    assert (tally.low, tally.best, tally.high) == tuple(
        count(row[bound]) for bound in ("low", "best", "high")
    )


def marked(row):
    """Let a row that names a known miss fail, and only such a row."""
    miss = row["known_miss"]
    return pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=miss)] if miss else [])


def told(event):
    place = event.resolution.place
    name = place.name.removesuffix(" District") if place else ""
    first, last = event.when.first or "", event.when.last or ""
    return event.event_type, str(first), str(last), name, event.fatalities.best


@pytest.mark.parametrize("row", [marked(row) for row in rows("events.csv")])
def test_events(row):
    (document,) = read_text(row["text"], "case", published=day(row["published"]))
    events = [told(event) for event in read_document(document, load()).events]
    for wanted in filter(None, row["must"].split(";")):
        kind, first, last, place, killed = wanted.split("|")
        found = [e for e in events if e[:4] == (kind, first, last, place.removesuffix(" District"))]
        assert found, f"no {wanted} in {events}"
        assert not killed or count(killed) in {e[4] for e in found}, f"not {killed} in {found}"
    for unwanted in filter(None, row["must_not"].split(";")):
        kind, _, place = unwanted.partition("|")
        wrong = [e for e in events if kind in {"*", e[0]} and (not place or e[3] == place)]
        assert not wrong, f"{unwanted} came out: {wrong}"
