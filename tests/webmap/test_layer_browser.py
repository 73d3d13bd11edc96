"""The layer in a real browser: marks where they belong, clicks that tell the right event."""

import json

import pytest
from playwright.sync_api import Page, expect

from geo.webmap import answers, assets


def click_row(page: Page, row: int) -> str | None:
    """Click where a row is drawn and return the event Python would see."""
    spot = page.evaluate("(row) => mapProbe.at(row)", row)
    page.evaluate("window.answer = null")
    page.mouse.click(*spot)
    page.wait_for_function("() => window.answer !== null")
    return answers.clicked({"last_active_drawing": page.evaluate("window.answer")})


def pixel(page: Page, row: int, left: int) -> list[int]:
    """Red, green, blue, alpha on our canvas ``left`` px to the left of a row's centre."""
    script = """([row, left]) => {
      const [x, y] = mapProbe.at(row);
      const canvas = document.querySelector('.border-map-events');
      const box = canvas.getBoundingClientRect(), k = canvas.width / box.width;
      const spot = [(x - left - box.left) * k, (y - box.top) * k];
      return [...canvas.getContext('2d').getImageData(...spot, 1, 1).data];
    }"""
    return page.evaluate(script, [row, left])


def test_filter_that_came_before_the_data_is_applied(show, table):
    page = show(table({}, {"lon": 71}, {"lon": None}), [True, False, True], said="first")
    assert page.evaluate("[mapProbe.rows, mapProbe.shown, mapProbe.placed]") == [3, 2, 1]
    assert page.evaluate("[mapProbe.said, mapProbe.layer.marks.length]") == ["first", 1]


def test_place_is_drawn_where_it_is(show, table):
    page = show(table({"lon": 71.0, "lat": 34.0}))
    expected = page.evaluate(
        "(() => { const p = mapProbe.map.latLngToContainerPoint([34, 71]); return [p.x, p.y]; })()"
    )
    assert page.evaluate("mapProbe.at(0)") == pytest.approx(expected, abs=1)
    assert pixel(page, 0, left=1) == [0xD5, 0x5E, 0x00, 255]


def test_events_at_one_place_are_all_reached_newest_first(show, table):
    days = ["2021-01-01", "2023-01-01", "2022-01-01"]
    page = show(table(*({"date_start": day} for day in days)))
    assert page.evaluate("mapProbe.layer.marks.length") == 1
    assert [click_row(page, 0) for _ in range(4)] == ["ev1", "ev2", "ev0", "ev1"]
    assert (
        page.locator(".border-map-hint").text_content() == "1 of 3 here; click again for the next"
    )


def test_district_is_a_hollow_ring_that_can_be_clicked(show, table):
    page = show(table({"precision": "admin2", "uncertainty_km": 60, "fatalities_best": 5}))
    assert 0 < pixel(page, 0, left=12)[3] < 40  # beside the count: a faint tint only
    assert click_row(page, 0) == "ev0"


def test_district_with_an_outline_is_tinted_as_a_whole(show, table, static):
    square = [[[68, 32], [70, 32], [70, 34], [68, 34], [68, 32]]]
    area = {"type": "Polygon", "coordinates": square}
    feature = {"type": "Feature", "properties": {}, "geometry": area}
    layer = {"type": "FeatureCollection", "features": [feature]}
    assets.DISTRICTS.parent.mkdir(parents=True)
    assets.DISTRICTS.write_text(json.dumps(layer))
    page = show(table({"precision": "admin2"}, {"precision": "admin2"}, {"precision": "admin3"}))
    page.wait_for_function("() => mapProbe.layer.marks.some((mark) => mark.outline >= 0)")
    page.wait_for_function("() => mapProbe.layer.marks.length === 2")  # the tehsil keeps its ring
    tint = pixel(page, 0, left=30)
    assert tint[0] > tint[2]  # orange: violence
    assert 20 < tint[3] < 60
    assert pixel(page, 0, left=90)[3] == 0  # outside the district


def test_a_second_district_event_deepens_the_tint(show, table):
    one = show(table({"precision": "admin1"}))
    one.wait_for_function("() => mapProbe.layer.marks.some((mark) => mark.outline >= 0)")
    faint = pixel(one, 0, left=30)[3]
    many = show(table(*({"precision": "admin1"} for _ in range(30))))
    many.wait_for_function("() => mapProbe.layer.marks.some((mark) => mark.outline >= 0)")
    assert pixel(many, 0, left=30)[3] > faint


def test_province_takes_the_outline_and_one_mark(show, table):
    rows = [{"precision": "admin1", "lon": 68.0}, {"precision": "admin1", "lon": 69.0}]
    page = show(table(*rows, {"precision": "admin1", "lon": 40.0, "lat": 33.0}))
    # the third, out of view, becomes a ring
    page.wait_for_function("() => mapProbe.layer.marks.map((m) => m.outline).join() === '0'")
    far_corner = page.evaluate(
        "(() => { const p = mapProbe.map.latLngToContainerPoint([35.5, 66.3]);"
        " return [p.x, p.y]; })()"
    )
    page.mouse.click(*far_corner)
    page.wait_for_function("() => window.answer")
    assert page.evaluate("window.answer.properties.row") in (0, 1)


def test_click_on_nothing_clears_a_selection_and_is_silent_without_one(show, table):
    page = show(table({}), selected=0)
    page.mouse.click(450, 470)
    assert page.evaluate("window.answer.properties.row") is None
    page = show(table({}))
    page.mouse.click(450, 470)
    assert page.evaluate("window.answer === undefined")


def test_later_filter_redraws_the_same_layer(show, table):
    page = show(table({}, {"lon": 71}))
    page.evaluate("window.mark = 1")
    page.evaluate("BorderMap.apply({rows: 2, bits: 'Ag==', selected: 1, said: 'second'})")
    page.wait_for_function("() => mapProbe.said === 'second'")
    assert page.evaluate("[window.mark, mapProbe.shown, mapProbe.at(0)]") == [
        1,
        1,
        None,
    ]


def test_filter_for_another_table_is_ignored(show, table):
    page = show(table({}, {"lon": 71}))
    page.evaluate("BorderMap.apply({rows: 9, bits: '', selected: null, said: 'stale'})")
    assert page.evaluate("mapProbe.shown") == 2  # a filter is counted at once or not at all


def test_row_selected_elsewhere_is_brought_into_view(show, table):
    page = show(table({"lon": 45.0, "lat": 33.0}), selected=0)
    page.wait_for_function("() => mapProbe.at(0) && mapProbe.at(0)[0] > 0")


def test_names_are_text_only(show, table):
    page = show(table({}))
    page.evaluate("mapProbe.map.setZoom(8)")
    expect(page.locator(".border-map-name.gate", has_text="<img src=x")).to_have_count(1)
    expect(page.locator(".border-map-name.border")).to_have_text("Afghanistan–Pakistan border")
    assert page.evaluate("window.hacked") is None


def test_nothing_is_asked_of_another_host(show, table, page):
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
    show(table({}))
    assert hosts == {"127.0.0.1"}
