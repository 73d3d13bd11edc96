"""The strip of time in a real browser: brush, playback, keys, words."""

from datetime import date

import pytest
from playwright.sync_api import Page

from geo.webmap import answers
from tests.map_probe import tell

MONTHS = [f"2023-{month:02d}-15" for month in range(1, 13)]


def year(table, *more):
    """One event in the middle of every month of 2023, and what is asked for besides."""
    return table(*({"date_start": day} for day in MONTHS), *more)


def playing(page: Page) -> bool:
    return page.get_by_role("button", name="Pause").count() == 1


def told(page: Page) -> answers.Answer | None:
    return answers.answer({"last_active_drawing": page.evaluate("window.answer")})


def chart(page: Page):
    return page.locator(".border-map-time-chart")


def drag(page: Page, start: float, end: float) -> None:
    """Drag from one day of the axis to another."""
    box = chart(page).bounding_box()
    xs = [page.evaluate("day => mapProbe.dayX(day)", day) for day in (start, end)]
    page.mouse.move(box["x"] + xs[0], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + xs[1] - 8, box["y"] + 30, steps=3)
    page.mouse.move(box["x"] + xs[1], box["y"] + 30)
    page.mouse.up()


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_undated_events_of_the_filter_are_told(show, table):
    page = show(year(table, {"date_start": None}), [True] * 10 + [False] * 2 + [True])
    assert "11 events · 1 undated" in page.locator(".border-map-time-words").text_content()


def test_brush_is_seen_at_once_and_goes_back_to_python(show, table):
    page = show(year(table), said="first")
    drag(page, day("2023-03-06"), day("2023-06-05"))
    page.wait_for_function("() => window.answer")
    answer = told(page)
    assert answer.kind == "dates"
    assert (answer.first, answer.last) == (date(2023, 3, 6), date(2023, 6, 4))
    assert len(answer.view) == 3
    assert page.evaluate("[mapProbe.shown, mapProbe.listed]") == [3, 12]
    assert page.evaluate("mapProbe.said") == "first"  # no word from Python was needed
    page.get_by_role("button", name="All dates").click()
    page.wait_for_function("() => mapProbe.shown === 12")
    assert told(page).first is None


def test_dates_from_python_are_applied_beside_its_bits(show, table):
    page = show(year(table, {"date_start": None}), dates=(date(2023, 4, 1), None, True))
    assert page.evaluate("[mapProbe.shown, mapProbe.listed]") == [10, 13]


def test_an_old_answer_from_python_does_not_undo_a_brush(show, table):
    page = show(year(table), dates=(None, None, False))
    drag(page, day("2023-03-06"), day("2023-06-05"))
    tell(page, [True] * 12, dates=(None, None, False), said="late")
    page.wait_for_function("() => mapProbe.said === 'late'")
    assert page.evaluate("mapProbe.shown") == 3
    january = (date(2023, 1, 1), date(2023, 1, 31), False)
    tell(page, [True] * 12, dates=january, said="news")
    page.wait_for_function("() => mapProbe.said === 'news'")
    assert page.evaluate("mapProbe.shown") == 1


def test_playback_moves_a_window_and_tells_python_when_it_stops(show, table):
    page = show(year(table))
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    first = page.evaluate("mapProbe.layer.range")
    page.wait_for_function("from => mapProbe.layer.range.from > from", arg=first["from"])
    assert page.evaluate("window.answer === undefined")  # not a word at every step
    page.get_by_role("button", name="Pause").click()
    stopped = page.evaluate("mapProbe.layer.range")
    assert stopped["to"] - stopped["from"] == first["to"] - first["from"]
    assert day(told(page).first.isoformat()) == stopped["from"]


def test_adding_up_keeps_its_first_day(show, table):
    page = show(year(table))
    page.get_by_label("How to play").select_option("sum")
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    first = page.evaluate("mapProbe.layer.range")
    page.wait_for_function("to => mapProbe.layer.range.to > to + 20", arg=first["to"])
    assert page.evaluate("mapProbe.layer.range.from") == first["from"]


def test_keys_alone_play_move_and_clear(show, table):
    page = show(year(table))
    chart(page).focus()
    page.keyboard.press("Home")
    at_start = page.evaluate("mapProbe.layer.range")
    assert at_start["from"] <= day(MONTHS[0])
    page.keyboard.press("ArrowRight")
    assert page.evaluate("mapProbe.layer.range.from") > at_start["from"]
    page.keyboard.press("Shift+ArrowRight")
    longer = page.evaluate("mapProbe.layer.range")
    assert longer["to"] - longer["from"] > at_start["to"] - at_start["from"]
    page.keyboard.press("End")
    assert page.evaluate("mapProbe.layer.range.to") >= day(MONTHS[-1])
    page.wait_for_function("() => window.answer")  # once, when the keys have come to rest
    assert told(page).kind == "dates"
    page.keyboard.press("Space")
    assert playing(page)
    page.keyboard.press("Space")
    assert not playing(page)
    page.keyboard.press("Escape")
    assert page.evaluate("mapProbe.layer.range") is None


def test_ends_are_sliders_with_days_as_words(show, table):
    page = show(year(table))
    end = page.get_by_role("slider", name="Last day shown")
    end.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("mapProbe.shown") < 12
    page.wait_for_function("() => mapProbe.layer.frame === null")
    assert end.get_attribute("aria-valuetext").endswith("2023")
    assert int(end.get_attribute("aria-valuenow")) == page.evaluate("mapProbe.layer.range.to")


def test_the_picture_is_told_in_words_once_it_rests(show, table):
    page = show(year(table, {"event_group": "border", "date_start": "2023-07-02"}))
    live = page.locator(".border-map-time [aria-live=polite]")
    live.get_by_text("13 events").wait_for(state="attached")
    assert "12 violence, 1 border closed or reopened" in live.text_content()
    picture = page.locator(".border-map-time canvas")
    assert "12 violence" in picture.get_attribute("aria-label")


def test_bars_wear_the_colours_of_their_groups(show, table):
    page = show(
        table(*({"date_start": "2023-01-01"} for _ in range(5)), {"date_start": "2023-01-09"})
    )
    colour = page.evaluate(
        """first => {
          const canvas = document.querySelector(".border-map-time-chart canvas");
          const k = mapProbe.layer.painter.ratio, x = mapProbe.dayX(first) + 3;
          const y = canvas.height / k - 22 - 6; // px above the axis
          return [...canvas.getContext("2d").getImageData(x * k, y * k, 1, 1).data];
        }""",
        day("2023-01-01"),
    )
    assert colour == [0xD5, 0x5E, 0x00, 255]


def test_a_finger_can_brush(browser, show, table):
    page = show(year(table))
    x0, x1 = (page.evaluate("d => mapProbe.dayX(d)", day(f"2023-{m}-01")) for m in ("03", "06"))
    box = chart(page).bounding_box()
    client = page.context.new_cdp_session(page)
    for kind, x in (("touchStart", x0), ("touchMove", (x0 + x1) / 2), ("touchMove", x1)):
        points = [{"x": box["x"] + x, "y": box["y"] + 30}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => window.answer")
    assert page.evaluate("mapProbe.shown") == 3


def test_a_table_without_dates_says_so(show, table):
    page = show(table({"date_start": None}))
    assert page.locator(".border-map-time-words").text_content() == "No event has a date."
    assert page.get_by_role("button", name="Play").is_disabled()


def test_a_link_may_name_the_view_once(show, table):
    page = show(year(table), view=(31.5, 66.5, 9))
    middle = page.evaluate(
        "(() => { const c = mapProbe.map.getCenter(); return [c.lat, c.lng]; })()"
    )
    assert middle == pytest.approx([31.5, 66.5], abs=0.01)
    assert page.evaluate("mapProbe.map.getZoom()") == 9
