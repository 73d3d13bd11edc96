"""The same event in several datasets: found, scored, never twice in a sum, cut by hand."""

import numpy as np
import pandas as pd
import pytest

from geo.counts import totals
from geo.datasets import library
from geo.datasets.formats.acled import ACLED
from geo.datasets.formats.ucdp import UCDP
from geo.datasets.importing import import_file
from geo.datasets.linking import find_links, with_links
from geo.errors import InputError
from geo.model import Tally
from geo.store import catalogue
from geo.store.place import Store
from tests.datasets.sample_tables import acled, ucdp
from tests.sample_events import TORKHAM, day, event, place, placed, save, table

NEAR = place("Landi Kotal", 34.10, 71.15)
FAR = place("Chaman", 30.92, 66.45)


def told(event_id, dataset, where=TORKHAM, dead=3, date="2023-02-19", precision="exact", **more):
    return event(
        event_id,
        dataset=dataset,
        source_type="dataset" if dataset != "chronology" else "chronology",
        resolution=placed(where, precision),
        fatalities=Tally(dead, dead, dead),
        when=day(date),
        **more,
    )


def pairs(*events, **more):
    links = find_links(table(events), **more)
    return [tuple(pair) for pair in links[["event_id", "other_id"]].to_numpy()]


OWN = told("chr-1", "chronology")


@pytest.mark.parametrize(
    "other",
    [
        told("u1", "ucdp"),
        told("u1", "ucdp", where=NEAR),
        told("u1", "ucdp", date="2023-02-20"),
        told("u1", "ucdp", dead=4),
        told("u1", "ucdp", event_type="bombing"),
        told("u1", "ucdp", where=place("Khyber", 34.0, 71.0), precision="admin2"),
    ],
    ids=["same", "7 km", "a day later", "one more dead", "type", "district"],
)
def test_small_differences_are_bridged(other):
    assert pairs(OWN, other) == [("chr-1", "u1")]


@pytest.mark.parametrize(
    "other",
    [
        told("u1", "ucdp", where=FAR),
        told("u1", "ucdp", date="2023-02-25"),
        told("u1", "ucdp", event_type="protest"),
        told("u1", "ucdp", dead=60, where=NEAR),
        told("u1", "ucdp", where=place("Far", 33.0, 70.0), precision="admin1", dead=9),
        told("u1", "ucdp", aggregate=True),
        told("u1", "ucdp", certainty="denied"),
        told("chr-2", "chronology"),
    ],
    ids=["place", "week", "kind", "toll", "vague", "total", "denied", "own"],
)
def test_different_events_are_left_apart(other):
    assert pairs(OWN, other) == []


def test_the_score_falls_with_every_difference():
    scores = [
        find_links(table([OWN, other]), least=0.0)["score"].iloc[0]
        for other in (
            told("u", "ucdp"),
            told("u", "ucdp", dead=4),
            told("u", "ucdp", dead=4, date="2023-02-20"),
            told("u", "ucdp", dead=4, date="2023-02-20", where=NEAR),
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert 0.99 < scores[0] <= 1.0


def test_a_row_is_linked_once_to_each_dataset_and_the_best_wins():
    rows = (OWN, told("u1", "ucdp", dead=4), told("u2", "ucdp"), told("a1", "acled"))
    got = linked(*rows)
    assert got["linked_ids"].fillna("").tolist() == ["u2; a1", "", "chr-1; a1", "chr-1; u2"]
    assert got["link_group"].fillna("").tolist() == ["chr-1", "", "chr-1", "chr-1"]


def test_an_empty_table_has_no_links():
    assert pairs(OWN) == []
    assert with_links(table([OWN]), find_links(table([OWN])))["link_group"].isna().all()


def linked(*rows):
    rows_ = table(rows)
    return with_links(rows_, find_links(rows_))


def test_linked_rows_are_counted_once():
    both = linked(OWN, told("u1", "ucdp", dead=4), told("a1", "acled"), told("u2", "ucdp", FAR))
    got = totals(both, np.ones(len(both), bool))
    assert (got.shown, got.counted, got.linked) == (4, 2, 2)
    assert (got.deaths_low, got.deaths_high) == (6, 6)


def test_what_is_hidden_does_not_speak_for_what_is_shown():
    both = linked(OWN, told("u1", "ucdp", dead=4))
    got = totals(both, np.array([False, True]))
    assert (got.counted, got.deaths_high, got.linked) == (1, 4, 0)


def test_the_first_row_with_a_figure_speaks():
    both = linked(told("chr-1", "chronology", dead=None), told("u1", "ucdp", dead=4))
    assert totals(both, np.ones(2, bool)).deaths_high == 4
    assert totals(both, np.ones(2, bool)).toll_unknown == 0


def test_a_row_that_tells_a_part_is_not_added_to_the_whole():
    whole = told("chr-9", "chronology", where=FAR, dead=10)
    part = told("chr-1", "chronology", part_of="chr-9")
    both = linked(whole, part, told("u1", "ucdp"))
    got = totals(both, np.ones(3, bool))
    assert (got.deaths_high, got.left_out, got.linked) == (10, 1, 1)


@pytest.fixture
def folder(tmp_path):
    """A store with one event told by UCDP and by ACLED, and in the shipped events."""
    shipped = save([OWN], tmp_path / "events.parquet")
    for kind, path in ((UCDP, ucdp(tmp_path / "u.csv")), (ACLED, acled(tmp_path / "a.csv"))):
        import_file(path, kind, store=Store(tmp_path / "store"))
    return Store(tmp_path / "store"), shipped


def test_shipped_and_imported_are_one_table(folder):
    both = library.events_table(*folder)
    assert both["link_group"].tolist() == ["chr-1"] * 3
    assert both["restricted"].tolist() == [False, True, False]
    again = library.events_table(*folder)
    pd.testing.assert_frame_equal(both, again)


def test_a_cut_link_stays_cut(folder):
    store, shipped = folder
    library.cut_link("acled-PAK1", "ucdp-1", "two attacks", store=store, shipped=shipped)
    both = library.events_table(store, shipped)
    assert not {"acled-PAK1", "ucdp-1"} <= set(both.index[both["link_group"] == "chr-1"])
    with pytest.raises(InputError, match="not linked"):
        library.cut_link("acled-PAK1", "ucdp-1", "", store=store, shipped=shipped)


def test_a_file_of_cuts_without_its_columns_is_named(folder):
    store, shipped = folder
    (store.folder / "cut_links.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (fault,) = catalogue.held(store).faults
    assert "event_id and other_id" in fault.text
    assert len(library.events_table(store, shipped)) == 3
