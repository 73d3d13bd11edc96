"""The chronology: groups, parts, faults that name their cell, and what the shipped file holds."""

import csv

import pytest

from geo.datasets.formats.chronology import CHRONOLOGY, read_chronology
from geo.errors import InputError
from geo.model import Tally
from geo.places.gazetteer.lookup import load

FIELDS = next(csv.reader(CHRONOLOGY.read_text(encoding="utf-8").splitlines()))


def table(tmp_path, *rows):
    base = dict.fromkeys(FIELDS, "")
    base |= {
        "date_start": "2023-01-30",
        "date_end": "2023-01-30",
        "date_precision": "day",
        "event_type": "bombing",
        "place": "Peshawar",
        "admin2": "Peshawar",
        "admin1": "Khyber Pakhtunkhwa",
        "country": "PK",
        "certainty": "reported",
        "source1_outlet": "Dawn",
    }
    path = tmp_path / "chronology.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, FIELDS)
        writer.writeheader()
        writer.writerows({**base, **row} for row in rows)
    return path


def test_rows_of_one_event_become_one_event_with_every_telling_and_the_span_of_figures(tmp_path):
    path = table(
        tmp_path,
        {"id": "A1", "same_event": "A1", "fatalities_low": "59", "fatalities_best": "84",
         "fatalities_high": "84"},
        {"id": "A2", "same_event": "A1", "fatalities_low": "101", "fatalities_best": "101",
         "fatalities_high": "101", "claims": "Police: 101 died | TTP: denies it"},
    )  # fmt: skip
    (event,) = read_chronology(load(), path)
    assert event.id == "chr-A1"
    assert [telling.id for telling in event.tellings] == ["A1", "A2"]
    assert event.fatalities == Tally(59, 84, 101)
    assert [(c.claimant, c.value) for c in event.tellings[1].claims] == [
        ("Police", "101 died"),
        ("TTP", "denies it"),
    ]


def test_parts_point_at_their_whole_and_totals_are_marked(tmp_path):
    path = table(tmp_path, {"id": "A1", "aggregate": "1"}, {"id": "A2", "part_of": "A1"})
    whole, part = read_chronology(load(), path)
    assert whole.aggregate
    assert part.part_of == whole.id


def test_an_empty_figure_is_unknown_and_a_zero_is_nobody(tmp_path):
    path = table(tmp_path, {"id": "A1"}, {"id": "A2", "fatalities_best": "0"})
    unknown, nobody = read_chronology(load(), path)
    assert unknown.fatalities == Tally()
    assert nobody.fatalities.best == 0


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"date_start": "30.01.2023"}, "date_start"),
        ({"date_start": "2023-02-01"}, "date_end"),
        ({"event_type": "bang"}, "event_type"),
        ({"fatalities_best": "many"}, "fatalities_best"),
        ({"fatalities_low": "9", "fatalities_best": "5"}, "fatalities_best"),
        ({"certainty": "sure"}, "certainty"),
        ({"part_of": "A9"}, "part_of"),
    ],
)
def test_a_wrong_cell_is_named_with_its_file_row_and_column(tmp_path, cells, column):
    path = table(tmp_path, {"id": "A1"}, {"id": "A2", **cells})
    with pytest.raises(InputError, match=rf"chronology\.csv, row 3, column {column}"):
        read_chronology(load(), path)


def test_a_file_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("id,place\n1,Kabul\n")
    with pytest.raises(InputError, match="date_start"):
        read_chronology(load(), path)


def test_the_shipped_chronology_is_placed_and_every_telling_has_a_source():
    events = read_chronology(load())
    assert len(events) > 350
    placed = [e for e in events if e.resolution.status == "resolved" and e.resolution.place]
    assert len(placed) >= 0.97 * len(events)
    for event in placed:
        named = {part.strip() for part in event.admin_named[1].split(";")}
        found = event.resolution.place
        if found.country in {"AF", "PK"} and found.kind != "country":
            assert found.admin1 in named, event.id
    urls = [s.url for e in events for t in e.tellings for s in t.sources]
    assert all(url.startswith(("http://", "https://")) for url in urls)
    assert all(t.sources for e in events for t in e.tellings)
