import base64
import json
import re

import folium
import numpy as np
import pytest

from geo.webmap import eventlayer


def message(group: folium.FeatureGroup) -> dict[str, object]:
    """What the browser gets: the argument of the call inside the feature group."""
    script = "".join(child._template.module.script(child) for child in group._children.values())
    found = re.fullmatch(r"BorderMap\.apply\((.*)\);", script, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def answer(**properties: object) -> dict[str, object]:
    return {"last_active_drawing": {"type": "Feature", "properties": properties}}


def test_one_bit_a_row_lowest_first():
    mask = np.zeros(20, dtype=bool)
    mask[[0, 3, 9, 19]] = True
    sent = message(eventlayer.filter_group(mask))
    assert list(base64.b64decode(sent["bits"])) == [0b00001001, 0b00000010, 0b00001000]
    assert sent["rows"] == 20


def test_a_hundred_thousand_rows_travel_in_17_kb():
    sent = message(eventlayer.filter_group(np.ones(100_000, dtype=bool), selected=7, token="t"))
    assert len(sent["bits"]) < 17_000
    assert (sent["selected"], sent["token"]) == (7, "t")


def test_token_cannot_leave_the_script():
    group = eventlayer.filter_group(np.ones(1, dtype=bool), token="</script>`${x}'\"\\")
    script = next(iter(group._children.values()))
    assert "</script>" not in script._template.module.script(script)
    assert message(group)["token"] == "</script>`${x}'\"\\"


def test_click_gives_the_event_of_that_row(table, static):
    url = eventlayer.publish(table({}, {"event_id": "second"}))
    token = re.search(r"events-(\w+)\.bin", url).group(1)
    assert eventlayer.clicked(answer(dataset=token, row=1, stamp=1)) == "second"


def test_hostile_ids_never_reach_the_browser(table, static):
    hostile = "</script><script>alert(1)</script>`${1}\\"
    url = eventlayer.publish(table({"event_id": hostile}))
    token = re.search(r"events-(\w+)\.bin", url).group(1)
    assert b"script" not in (static / "built" / f"events-{token}.bin").read_bytes()
    assert eventlayer.clicked(answer(dataset=token, row=0)) == hostile


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"last_active_drawing": None},
        answer(),
        answer(dataset="../../../etc/passwd", row=0),
        answer(dataset="0" * 16, row=0),
        answer(dataset="0" * 16, row="0"),
        answer(dataset=5, row=0),
    ],
)
def test_answers_that_fit_no_table_select_nothing(value, static):
    assert eventlayer.clicked(value) is None


def test_rows_outside_the_table_select_nothing(table, static):
    token = re.search(r"events-(\w+)\.bin", eventlayer.publish(table({}))).group(1)
    assert [eventlayer.clicked(answer(dataset=token, row=n)) for n in (-1, 1, None)] == [None] * 3


def test_same_table_same_address_other_ids_other_address(table, static):
    first = eventlayer.publish(table({}))
    assert first == eventlayer.publish(table({}))
    assert first != eventlayer.publish(table({"event_id": "another"}))
