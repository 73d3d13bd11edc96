"""Crowds as counts, as a hand meets them; their arithmetic is in tests/js/core."""

import numpy as np
import pytest
from playwright.sync_api import Page


def crowd(table, rows=600):
    """Events in a square of 60 km and a lone one far off."""
    chance = np.random.default_rng(7)
    spots = chance.uniform(-0.3, 0.3, (rows, 2))
    groups = chance.choice(["violence", "border"], rows)
    near = [
        {"lon": 69 + x, "lat": 33 + y, "event_group": group}
        for (x, y), group in zip(spots, groups, strict=True)
    ]
    return table(*near, {"lon": 66.5, "lat": 31.0})


def state(page: Page, name: str):
    return page.evaluate(f"mapProbe.{name}")


def zoom(page: Page, level: int) -> None:
    draws = state(page, "draws")
    page.evaluate(f"void mapProbe.map.setView([33, 69], {level}, {{animate: false}})")
    page.wait_for_function("n => mapProbe.draws > n", arg=draws)


def test_a_click_on_a_hexagon_draws_nearer_and_tells_python_nothing(show, table):
    page = show(crowd(table))
    before = page.evaluate("mapProbe.map.getZoom()")
    x, y = page.evaluate("mapProbe.at(0)")
    page.mouse.click(x, y)
    page.wait_for_function("z => mapProbe.map.getZoom() === z", arg=before + 2)
    assert page.evaluate("window.answer === undefined")


def test_events_of_one_place_in_a_hexagon_are_stepped_through(show, table):
    crowded = [{"lon": 69.0, "lat": 33.0}] * 3
    others = [{"lon": 71 + n / 50, "lat": 35 + n / 50} for n in range(30)]
    page = show(table(*crowded, *others))
    zoom(page, 5)
    x, y = page.evaluate("mapProbe.at(1)")
    for _ in range(2):
        page.mouse.click(x, y)
    page.wait_for_function("() => window.answer && window.answer.properties.row === 1")


def test_the_selected_event_is_marked_in_its_own_spot(show, table):
    page = show(crowd(table), selected=5)
    event = crowd(table).iloc[5]
    ring = -8  # px to the right: the radius of a dot without deaths, and of the ring around it
    colour = page.evaluate("at => mapProbe.colourAt(...at)", [event["lat"], event["lon"], ring])
    assert colour[:3] == pytest.approx([0xF0, 0xE4, 0x42], abs=12)


def test_heat_is_darkest_where_events_gather(show, table):
    page = show(crowd(table))
    page.get_by_label("Heat").check()
    page.wait_for_function("() => mapProbe.layer.mode === 'heat'")
    alpha = "at => mapProbe.colourAt(...at)[3]"
    assert page.evaluate(alpha, [33, 69]) > 150
    assert page.evaluate(alpha, [35.5, 67]) == 0


def test_only_what_is_known_to_25_km(show, table):
    page = show(
        table(
            {}, {"precision": "admin2", "uncertainty_km": 40}, {"precision": "unknown", "lon": None}
        )
    )
    page.get_by_label("Only what is known to 25 km").check()
    page.wait_for_function("() => mapProbe.shown === 1")
    assert state(page, "vague") == 2
    assert (
        page.locator(".border-map-options")
        .text_content()
        .startswith("Only what is known to 25 km (2 hidden)")
    )
    page.get_by_label("Only what is known to 25 km").uncheck()
    page.wait_for_function("() => mapProbe.shown === 3")
