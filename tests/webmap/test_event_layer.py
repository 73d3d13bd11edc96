import base64
import json
import os
import re
from datetime import date

import folium
import numpy as np
import pandas as pd
import pytest

from geo.errors import SchemaError
from geo.webmap import answers, event_layer


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
    sent = message(event_layer.filter_group(mask))
    assert list(base64.b64decode(sent["bits"])) == [0b00001001, 0b00000010, 0b00001000]
    assert sent["rows"] == 20


def test_a_hundred_thousand_rows_travel_in_17_kb():
    sent = message(event_layer.filter_group(np.ones(100_000, dtype=bool), selected=7, said="t"))
    assert len(sent["bits"]) < 17_000
    assert (sent["selected"], sent["said"]) == (7, "t")


def test_words_cannot_leave_the_script():
    group = event_layer.filter_group(np.ones(1, dtype=bool), said="</script>`${x}'\"\\")
    script = next(iter(group._children.values()))
    assert "</script>" not in script._template.module.script(script)
    assert message(group)["said"] == "</script>`${x}'\"\\"


def test_click_gives_the_event_of_that_row(table, static):
    url = event_layer.publish(table({}, {"event_id": "second"}))
    token = re.search(r"events-(\w+)\.bin", url).group(1)
    assert answers.clicked(answer(dataset=token, row=1, stamp=1)) == "second"


def test_hostile_ids_never_reach_the_browser(table, static):
    hostile = "</script><script>alert(1)</script>`${1}\\"
    url = event_layer.publish(table({"event_id": hostile}))
    token = re.search(r"events-(\w+)\.bin", url).group(1)
    assert b"script" not in (static / "built" / f"events-{token}.bin").read_bytes()
    assert answers.clicked(answer(dataset=token, row=0)) == hostile


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
    assert answers.clicked(value) is None


def test_rows_outside_the_table_select_nothing(table, static):
    token = re.search(r"events-(\w+)\.bin", event_layer.publish(table({}))).group(1)
    assert [answers.clicked(answer(dataset=token, row=n)) for n in (-1, 1, None)] == [None] * 3


def test_dates_travel_apart_from_the_bits():
    sent = message(event_layer.filter_group(np.ones(3, dtype=bool)))
    assert "dates" not in sent  # left to the browser
    limits = (date(2023, 2, 19), None, True)
    sent = message(event_layer.filter_group(np.ones(3, dtype=bool), dates=limits))
    assert sent["dates"] == {"from": "2023-02-19", "to": None, "undated": True}


def test_a_brush_comes_back_as_days(table, static):
    url = event_layer.publish(table({}))
    token = re.search(r"events-(\w+)\.bin", url).group(1)
    dates = {"from": "2023-02-01", "to": "2023-03-31"}
    told = answers.answer(answer(dataset=token, dates=dates, view=[33.1, 69.0, 7]))
    assert told == answers.Answer(
        "dates", first=date(2023, 2, 1), last=date(2023, 3, 31), view=(33.1, 69.0, 7)
    )
    assert answers.answer(answer(dataset=token, dates=None)).first is None
    assert answers.clicked(answer(dataset=token, dates=None)) is None


@pytest.mark.parametrize(
    "dates",
    ["2023", {}, {"from": "19 Feb", "to": "x"}, {"from": 5, "to": 6}, [1, 2],
     {"from": "2023-02-02", "to": "2023-02-01"}],
)  # fmt: skip
def test_a_brush_of_no_days_changes_nothing(dates, table, static):
    token = re.search(r"events-(\w+)\.bin", event_layer.publish(table({}))).group(1)
    assert answers.answer(answer(dataset=token, dates=dates)) is None


@pytest.mark.parametrize("view", ["here", [1, 2], [1, "2", 3], None, [None, 1, 1]])
def test_a_view_that_is_none_is_left_out(view, table, static):
    token = re.search(r"events-(\w+)\.bin", event_layer.publish(table({}))).group(1)
    assert answers.answer(answer(dataset=token, row=0, view=view)).view is None


def test_a_click_beside_every_mark_is_its_own_answer(table, static):
    token = re.search(r"events-(\w+)\.bin", event_layer.publish(table({}))).group(1)
    assert answers.answer(answer(dataset=token, row=None)).kind == "nothing"


def test_what_is_withdrawn_cannot_be_fetched_and_is_published_anew(static, table):
    url = event_layer.publish(table({}))
    assert event_layer.published(url)
    event_layer.withdraw()
    assert not event_layer.published(url)
    assert list((static / "built").glob("events-*")) == []
    assert event_layer.publish(table({})) == url
    assert event_layer.published(url)


def test_same_table_same_address_other_ids_other_address(table, static):
    first = event_layer.publish(table({}))
    assert first == event_layer.publish(table({}))
    assert first != event_layer.publish(table({"event_id": "another"}))


def test_old_tables_go_but_neither_the_newest_few_nor_the_young(table, static, monkeypatch):
    monkeypatch.setattr(event_layer, "KEPT_TABLES", 2)
    tokens = []
    for number, age_days in enumerate([30, 20, 3, 0]):
        url = event_layer.publish(table({"event_id": f"own{number}"}))
        tokens.append(re.search(r"events-(\w+)\.bin", url).group(1))
        for suffix in (".bin", ".ids.json"):
            path = static / "built" / f"events-{tokens[-1]}{suffix}"
            then = path.stat().st_mtime - age_days * 86_400
            os.utime(path, (then, then))
    event_layer.publish(table({"event_id": "own3"}))
    kept = {path.name.split("-")[1].split(".")[0] for path in (static / "built").glob("events-*")}
    assert kept == set(tokens[2:])
    event_layer.publish(table({"event_id": "own2"}))  # young again
    assert len(list((static / "built").glob("events-*"))) == 4


def test_restricted_rows_are_refused_in_words_and_nothing_is_written(table, static):
    rows = table({}, {}).assign(restricted=pd.array([True, None], dtype="boolean"))
    with pytest.raises(SchemaError, match="Restricted rows are not published"):
        event_layer.publish(rows)
    assert not list(static.rglob("events-*"))
    open_rows = rows.assign(restricted=pd.array([False, None], dtype="boolean"))
    assert event_layer.publish(open_rows)
