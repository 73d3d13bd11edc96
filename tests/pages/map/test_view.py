"""What the map page shows: the same address is read once, and a filter's mask is made once."""

from types import SimpleNamespace

import pytest

from geo.pages.map import shading, view
from geo.pages.shared import address, load
from geo.query.dimensions import choices
from geo.query.filter import EventFilter
from geo.query.text import with_search
from tests.sample_events import event, table

ADDRESSES = {
    "violence": {"what": "violence"},
    "an event of it": {"what": "violence", "event": "a"},
    "with a shade": {"what": "violence", "shade": "events"},
    "all": {},
}


def shared():
    rows = with_search(table([event("a"), event("b", event_type="protest")]))
    return load.Shared(rows, choices(rows), "", {}, "1a2b3c4d", ())


@pytest.fixture
def look(monkeypatch):
    """Give what reads the page's view of an address, of data that no test has seen before."""
    data = [shared()]
    monkeypatch.setattr(load, "shared", lambda: data[-1])

    def seen(dark=False, **said):
        params = SimpleNamespace(to_dict=lambda: dict(said), get=said.get)
        theme = SimpleNamespace(type="dark" if dark else "light")
        streamlit = SimpleNamespace(query_params=params, context=SimpleNamespace(theme=theme))
        for module in (view, address, shading):
            monkeypatch.setattr(module, "st", streamlit)
        return view.view()

    seen.data = data
    return seen


@pytest.fixture
def masks(monkeypatch):
    """The filters of which a mask was made, in that order."""
    made, mask = [], EventFilter.mask

    def noted(want, rows):
        made.append(want)
        return mask(want, rows)

    monkeypatch.setattr(EventFilter, "mask", noted)
    return made


def test_the_same_address_is_read_once(look):
    first = look(**ADDRESSES["violence"])
    assert look(**ADDRESSES["all"]) is not first
    assert look(**ADDRESSES["violence"]) is first
    assert look(dark=True, **ADDRESSES["violence"]) is not first


def test_a_mask_is_made_once_for_a_filter_whatever_else_is_asked_for(look, masks):
    shown = {name: look(**said).shown for name, said in ADDRESSES.items()}
    assert shown["violence"] is shown["an event of it"] is shown["with a shade"]
    assert shown["violence"].mask.tolist() == [True, False]
    assert shown["all"].mask.tolist() == [True, True]
    assert masks == [EventFilter(what=("violence",)), EventFilter()]


def test_other_data_are_read_anew(look, masks):
    first = look(**ADDRESSES["violence"])
    look.data.append(shared())
    again = look(**ADDRESSES["violence"])
    assert again is not first
    assert again.data is look.data[-1]
    assert len(masks) == 2


def test_the_mask_of_all_dates_is_made_once_and_only_if_asked_for(look, masks):
    shown = look(**{"from": "2024-01-01"}).shown
    assert shown.mask.tolist() == [False, False]
    assert len(masks) == 1
    assert shown.mask_of_all_dates.tolist() == [True, True]
    assert shown.mask_of_all_dates is shown.mask_of_all_dates
    assert len(masks) == 2


def test_what_follows_from_a_filter_is_made_once(look):
    made = []

    def count(rows, mask):
        made.append(rows)
        return int(mask.sum())

    assert look(**ADDRESSES["violence"]).shown.once(count) == 1
    assert look(**ADDRESSES["an event of it"]).shown.once(count) == 1
    assert len(made) == 1


def test_what_the_address_says_beside_the_filter(look):
    now = look(event="b", place="crossing:torkham", line="durand", shade="deaths:province")
    assert (now.selected, now.row, now.beside.line) == ("b", 1, "durand")
    assert now.spot.name == "Torkham"
    assert now.shade is not None
    assert now.filter == EventFilter()
    assert now.notes == ()


def test_what_makes_no_sense_is_noted(look):
    now = look(event="gone", place="crossing:atlantis", km="near", data="00000000")
    assert (now.selected, now.row, now.spot) == ("gone", None, None)
    for words in ("km=near", "not in the data", "crossing:atlantis", "00000000"):
        assert any(words in note for note in now.notes), words
