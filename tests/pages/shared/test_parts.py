"""Parts of a page: a click draws again what it changes, the most urgent part first."""

from dataclasses import replace
from functools import partial

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner


def page():
    """A page of three parts; it notes which are drawn. Its address says ``whole``, ``a``, ``b``."""
    import streamlit as st

    from geo.pages.shared import parts

    def said(key):
        return st.query_params.get(key, "")

    def drawn(name):
        st.session_state["drawn"].append(name)
        st.text(f"{name}: {said('a')}{said('b')}")

    def change(key, value):
        st.query_params[key] = value

    def table():
        drawn("table")

    def panel():
        drawn("panel")
        for key, value in ("a1", "a2", "b1"):
            st.button(f"{key}{value}", on_click=parts.then(change), args=(key, value))
        st.button("both", on_click=parts.then(both))
        st.button("neither", on_click=parts.then(print), kwargs={"end": ""})

    def both():
        change("a", "9")
        change("b", "9")

    st.session_state.setdefault("drawn", [])
    st.session_state["drawn"].append("page")
    (parts.whole if said("whole") else parts.begin)()
    below, above = st.container(), st.container()
    with above:
        parts.part("map", lambda: said("a"), lambda: drawn("map"))
    parts.part("panel", lambda: "the same whatever is said", panel)
    with below:
        parts.part("table", lambda: (said("a"), said("b")), table)


class Reader:
    """A session of the page, whose clicks say which part holds the button, as a browser does.

    Without more, Streamlit draws that part again.
    """

    def __init__(self, monkeypatch, **said):
        self.app = AppTest.from_function(page, default_timeout=30)
        for key, value in said.items():
            self.app.query_params[key] = value
        self.clicked = False
        ask = LocalScriptRunner.request_rerun

        def from_the_panel(runner, data):
            if self.clicked and not said:
                (panel,) = self.app._fragment_storage.resolve_target("panel")
                runner._requests = ScriptRequests()  # forget the run of the page it would ask for
                data = replace(data, fragment_id=panel)
            return ask(runner, data)

        monkeypatch.setattr(LocalScriptRunner, "request_rerun", from_the_panel)
        self.drawn = self.run(self.app)
        self.buttons = {button.label: button for button in self.app.button}

    def run(self, asked):
        """Return what is drawn, in that order."""
        self.app.session_state["drawn"] = []
        asked.run()
        assert not self.app.exception
        return self.app.session_state["drawn"]

    def click(self, label):
        """Return what is drawn for a click."""
        self.clicked = True
        drawn = self.run(self.buttons[label].click())
        self.buttons[label]._value = False
        self.clicked = False
        return drawn


@pytest.fixture
def open_it(monkeypatch):
    return partial(Reader, monkeypatch)


def but_for_the_panel(drawn):
    return [name for name in drawn if name != "panel"]


def test_a_page_is_drawn_once_when_it_opens(open_it):
    assert open_it().drawn == ["page", "map", "panel", "table"]


def test_only_parts_with_other_values_are_drawn_again(open_it):
    reader = open_it()
    assert but_for_the_panel(reader.click("b1")) == ["table"]
    assert "table: 1" in [text.value for text in reader.app.text]


def test_the_most_urgent_part_is_drawn_first_wherever_it_stands(open_it):
    reader = open_it()
    assert but_for_the_panel(reader.click("both")) == ["map", "table"]
    assert {text.value for text in reader.app.text} >= {"table: 99", "map: 99"}


def test_where_nothing_changed_the_part_with_the_button_is_drawn(open_it):
    assert open_it().click("neither") == ["panel"]


def test_values_are_compared_with_those_drawn_last(open_it):
    reader = open_it()
    assert but_for_the_panel(reader.click("a1")) == ["map", "table"]
    assert reader.click("a1") == ["panel"]
    assert but_for_the_panel(reader.click("a2")) == ["map", "table"]
    assert but_for_the_panel(reader.click("a1")) == ["map", "table"]


def test_a_page_that_is_drawn_as_a_whole_has_no_parts(open_it):
    reader = open_it(whole="yes")
    for label in ("a1", "a1", "neither"):
        assert reader.click(label) == ["page", "map", "panel", "table"]


def test_the_parts_of_the_page_before_are_forgotten(open_it):
    """A page that is drawn as a whole after one of parts has none of them drawn by themselves."""
    reader = open_it()
    reader.click("a1")
    reader.app.query_params["whole"] = "yes"
    assert reader.run(reader.app) == ["page", "map", "panel", "table"]
    reader.buttons = {button.label: button for button in reader.app.button}
    assert reader.run(reader.buttons["a2"].click()) == ["page", "map", "panel", "table"]
