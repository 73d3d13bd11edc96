"""Crowds as counts: every event is in exactly one mark, and drawing nearer parts them."""

import numpy as np
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
WHOLE = "BorderMap.layer.marks.reduce((sum, mark) => sum + mark.count, 0)"


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
    return page.evaluate(f"window.__events.{name}")


def zoom(page: Page, level: int) -> None:
    draws = state(page, "draws")
    page.evaluate(f"void BorderMap.layer._map.setView([33, 69], {level}, {{animate: false}})")
    page.wait_for_function("n => window.__events.draws > n", arg=draws)


def test_crowded_dots_become_counts_that_add_up_to_the_filter(show, table):
    mask = np.arange(601) % 3 > 0
    page = show(crowd(table), mask)
    assert state(page, "mode") == "counts"
    assert state(page, "cells") > 0
    assert state(page, "shown") == int(mask.sum()) == page.evaluate(WHOLE)
    groups = page.evaluate(
        "BorderMap.layer.marks.every((m) => m.groups.reduce((a, b) => a + b) === m.count)"
    )
    assert groups


def test_a_lone_event_stays_a_dot_among_counts(show, table):
    page = show(crowd(table))
    lone = page.evaluate("BorderMap.layer.marks[BorderMap.layer.markOf.at(-1)]")
    assert (lone["cell"], lone["count"]) == (False, 1)


def test_counts_are_the_same_wherever_the_view_is(show, table):
    page = show(crowd(table))
    zoom(page, 8)
    biggest = "Math.max(...BorderMap.layer.marks.filter((m) => m.cell).map((m) => m.count))"
    before = page.evaluate(biggest)
    draws = state(page, "draws")
    page.evaluate("void BorderMap.layer._map.panBy([37, 53], {animate: false})")
    page.wait_for_function("n => window.__events.draws > n", arg=draws)
    assert page.evaluate(biggest) == before
    assert page.evaluate(WHOLE) == 600  # the lone one is out of view now


def test_nearer_the_crowd_parts_into_dots_of_its_groups(show, table):
    page = show(crowd(table, 60))
    zoom(page, 6)
    assert state(page, "mode") == "counts"
    zoom(page, 10)
    assert state(page, "mode") == "points"
    assert state(page, "cells") == 0


def test_a_click_on_a_hexagon_draws_nearer_and_tells_python_nothing(show, table):
    page = show(crowd(table))
    before = page.evaluate("BorderMap.layer._map.getZoom()")
    x, y = page.evaluate("window.__events.at(0)")
    page.mouse.click(x, y)
    page.wait_for_function("z => BorderMap.layer._map.getZoom() === z", arg=before + 2)
    assert page.evaluate("window.answer === undefined")


def test_events_of_one_place_in_a_hexagon_are_stepped_through(show, table):
    crowded = [{"lon": 69.0, "lat": 33.0}] * 3
    others = [{"lon": 71 + n / 50, "lat": 35 + n / 50} for n in range(30)]
    page = show(table(*crowded, *others))
    zoom(page, 5)
    x, y = page.evaluate("window.__events.at(1)")
    for _ in range(2):
        page.mouse.click(x, y)
    page.wait_for_function("() => window.answer && window.answer.properties.row === 1")


def test_the_selected_event_is_marked_in_its_own_spot(show, table):
    page = show(crowd(table), selected=5)
    colour = page.evaluate("""() => {
      const layer = BorderMap.layer, { scale, origin } = layer.view;
      const place = layer.places.ofRow[5], k = layer.painter.ratio;
      const x = layer.places.x[place] * scale - origin.x;
      const y = layer.places.y[place] * scale - origin.y;
      const r = BorderMap.radiusOf(0) + 4;
      return [...layer.canvas.getContext("2d").getImageData((x + r) * k, y * k, 1, 1).data];
    }""")
    assert colour[:3] == pytest.approx([0xF0, 0xE4, 0x42], abs=12)


def test_heat_is_darkest_where_events_gather(show, table):
    page = show(crowd(table))
    page.get_by_label("Heat").check()
    page.wait_for_function("() => window.__events.mode === 'heat'")
    alpha = """([lat, lon]) => {
      const layer = BorderMap.layer, p = layer._map.latLngToLayerPoint([lat, lon]);
      const at = p.subtract(layer.view.offset), k = layer.painter.ratio;
      return layer.canvas.getContext("2d").getImageData(at.x * k, at.y * k, 1, 1).data[3];
    }"""
    assert page.evaluate(alpha, [33, 69]) > 150
    assert page.evaluate(alpha, [35.5, 67]) == 0


def test_only_what_is_known_to_25_km(show, table):
    page = show(
        table(
            {}, {"precision": "admin2", "uncertainty_km": 40}, {"precision": "unknown", "lon": None}
        )
    )
    page.get_by_label("Only what is known to 25 km").check()
    page.wait_for_function("() => window.__events.shown === 1")
    assert state(page, "vague") == 2
    assert (
        page.locator(".border-map-options")
        .text_content()
        .startswith("Only what is known to 25 km (2 hidden)")
    )
    page.get_by_label("Only what is known to 25 km").uncheck()
    page.wait_for_function("() => window.__events.shown === 3")
