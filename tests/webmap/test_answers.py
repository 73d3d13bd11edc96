"""What a browser sends for what a reader did on the map may be anything: an answer or nothing."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.story import places
from geo.webmap import answers, assets, event_layer
from geo.webmap.answers import Answer, answer

IDS = ("a-1", "a-2")
NAMES = json.dumps(IDS).encode()
TOKEN = event_layer._token_of(b"", NAMES)

NUMBERS = st.integers() | st.floats() | st.integers(0, 5) | st.just(10**400)
LEAVES = (
    st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(["crossing", "2023-02-19"])
)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
NEAR_FACTS = st.fixed_dictionaries(
    {"dataset": st.just(TOKEN) | ANY},
    optional={
        "row": NUMBERS | ANY,
        "view": st.lists(NUMBERS | ANY, min_size=3, max_size=3) | ANY,
        "dates": st.fixed_dictionaries({"from": ANY, "to": ANY}) | ANY,
        "place": st.tuples(st.sampled_from(answers.PLACE_KINDS), NUMBERS | ANY).map(list) | ANY,
    },
)
NEAR = st.builds(lambda facts: {"last_active_drawing": {"properties": facts}}, NEAR_FACTS | ANY)


@pytest.fixture(scope="module", autouse=True)
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    (folder / f"events-{TOKEN}.bin").touch()
    (folder / f"events-{TOKEN}.ids.json").write_bytes(NAMES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assets, "BUILT", folder)
        yield


def sent(**facts):
    return {"last_active_drawing": {"properties": {"dataset": TOKEN, **facts}}}


@given(ANY | NEAR | st.builds(lambda part: {"last_active_drawing": part}, ANY))
def test_no_message_raises_and_every_answer_is_sound(value):
    told = answer(value)
    assert answers.clicked(value) == (told.event_id if told else None)
    if told is None:
        return
    assert told.event_id in (None, *IDS)
    assert (told.kind == "event") == (told.event_id is not None)
    if told.kind == "dates":
        assert (told.first is None) == (told.last is None)
        assert told.first is None or told.first <= told.last
    if told.place:
        spot = places.numbered(*told.place)
        assert spot is None or spot.kind == told.place[0]
    if told.view:
        assert json.loads(json.dumps(told.view, allow_nan=False)) == list(told.view)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"row": 1}, Answer("event", event_id="a-2")),
        ({"row": 1, "view": [34.5, 69, 8]}, Answer("event", event_id="a-2", view=(34.5, 69.0, 8))),
        ({"row": None}, Answer("nothing")),
        ({"dates": None}, Answer("dates")),
        (
            {"dates": {"from": "2023-02-19", "to": "2023-02-20"}},
            Answer("dates", first=date(2023, 2, 19), last=date(2023, 2, 20)),
        ),
        ({"place": ["crossing", 3]}, Answer("place", place=("crossing", 3))),
        ({"row": True}, None),
        ({"row": 2}, None),
        ({"row": -1}, None),
        ({"dates": {"from": "2023-02-20", "to": "2023-02-19"}}, None),
        ({"place": ["river", 3]}, None),
        ({}, None),
    ],
)
def test_what_was_done_is_read(facts, told):
    assert answer(sent(**facts)) == told


@pytest.mark.parametrize("view", [[float("nan"), 0, 1], [0, 0, 10**400], [91, 0, 1], [0, 0, True]])
def test_a_view_that_is_none_on_earth_is_left_out(view):
    assert answer(sent(row=0, view=view)) == Answer("event", event_id="a-1")
