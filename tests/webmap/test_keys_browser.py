"""The map without a mouse: focus seen, arrows from mark to mark, Enter, Escape, Space, words."""

import re

from playwright.sync_api import Page, expect

from geo.webmap import answers


def spoken(page: Page):
    return page.locator(".border-map > [aria-live=polite]")


def told(page: Page) -> answers.Answer | None:
    return answers.answer({"last_active_drawing": page.evaluate("window.answer")})


def focus_by_tab(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === mapProbe.map.getContainer()")


def test_arrows_go_from_mark_to_mark_and_enter_opens_what_is_said(show, table):
    page = show(
        table(
            {"lon": 66.5, "fatalities_best": 3},
            {"lon": 70.5, "fatalities_best": None},
            {"lon": 70.5, "lat": 35.0, "event_group": "border"},
        )
    )
    focus_by_tab(page)
    page.keyboard.press("ArrowLeft")
    expect(spoken(page)).to_have_text(
        "1 event, violence, 3 dead; 33° north, 66.5° east. Enter opens."
    )
    page.keyboard.press("ArrowRight")
    expect(spoken(page)).to_contain_text("deaths not stated; 33° north, 70.5° east")
    expect(page.locator(".border-map-spot.cursor")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.answer")
    assert told(page).event_id == "ev1"
    page.keyboard.press("ArrowUp")
    expect(spoken(page)).to_contain_text("border closed or reopened")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.answer.properties.row === 2")


def test_escape_clears_the_selection_and_is_silent_without_one(show, table):
    page = show(table({}), selected=0)
    focus_by_tab(page)
    page.keyboard.press("Escape")
    page.wait_for_function("() => window.answer")
    assert told(page).kind == "nothing"
    page = show(table({}))
    focus_by_tab(page)
    page.keyboard.press("Escape")
    assert page.evaluate("window.answer === undefined")


def test_space_plays_and_the_strip_says_so(show, table):
    page = show(table(*({"date_start": f"2023-{month:02d}-15"} for month in range(1, 13))))
    focus_by_tab(page)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()
    expect(page.locator(".border-map-time [role=status]")).to_contain_text("Playing: ")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Play").wait_for()


def test_enter_on_a_hexagon_draws_nearer_and_the_cursor_stays_with_its_events(show, table):
    crowd = [{"lon": 69 + n % 10 / 100, "lat": 33 + n // 10 / 100} for n in range(60)]
    page = show(table(*crowd, {"lon": 66.5, "lat": 31.0}))
    focus_by_tab(page)
    page.keyboard.press("ArrowRight")
    expect(spoken(page)).to_contain_text("Enter draws nearer")
    before = page.evaluate("mapProbe.map.getZoom()")
    page.keyboard.press("Enter")
    page.wait_for_function("z => mapProbe.map.getZoom() > z", arg=before)
    page.wait_for_function("() => mapProbe.layer.keyboard.cursorMark() && !mapProbe.layer.frame")
    expect(page.locator(".border-map-spot.cursor")).to_be_visible()


def test_where_no_mark_lies_the_map_moves(show, table):
    page = show(table({}))
    focus_by_tab(page)
    before = page.evaluate("mapProbe.map.getCenter().lat")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.wait_for_function("lat => mapProbe.map.getCenter().lat > lat", arg=before)


def test_focus_is_seen_and_the_picture_has_words(show, table):
    page = show(table({}, {}, {"lon": None, "precision": "unknown"}))
    focus_by_tab(page)
    ring = "getComputedStyle(mapProbe.map.getContainer(), '::after').boxShadow"
    assert re.search(r"inset", page.evaluate(ring))
    picture = page.get_by_role("img", name="Map of 2 events, 1 more without a place on it.")
    expect(picture).to_have_count(1)
    frame = page.get_by_role("application")
    expect(frame).to_have_attribute("aria-label", re.compile("Arrow keys go from mark to mark"))


def test_every_control_is_reached_by_tab_in_the_order_it_is_seen(show, table):
    page = show(table(*({"date_start": f"2023-{month:02d}-15"} for month in range(1, 13))))
    focus_by_tab(page)
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        words = (
            "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
        )
        words = f"{words} || document.activeElement.parentElement.innerText"
        seen.append(page.evaluate(words).strip().split("\n")[0][:20])
    wanted = ["Zoom in", "Legend", "Only what is known t", "Heat", "▶ Play", "How to play", "Speed"]
    assert [words for words in seen if words in wanted] == wanted
