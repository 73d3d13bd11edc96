"""Places on the map in a real browser: shades, clicks beside the marks, the chosen outline."""

import pytest

from geo.webmap import answers, palette
from tests.map_probe import tell

SHADE = {
    "level": "admin1",
    "unit": "events",
    "title": "Events by province",
    "legend": [["none", "none", 1], ["#7c7c7c", "12", 1]],
    "classes": "n0",
    "colours": ["#7c7c7c"],
    "said": ["", "12"],
}
OUTLINED = "() => mapProbe.layer.outlines.length === 2 && mapProbe.hasPlaces"
SHADED = "() => mapProbe.layer.outlines.length === 2 && mapProbe.shadeAt(34.8, 72)?.[3] === 255"


def answered(page, spot):
    page.evaluate("window.answer = null")
    page.mouse.click(*spot)
    page.wait_for_function("() => window.answer !== null")
    return answers.answer({"last_active_drawing": page.evaluate("window.answer")})


def spot(page, kind, number):
    page.wait_for_function(OUTLINED)
    found = page.evaluate("([kind, number]) => mapProbe.spotOf(kind, number)", [kind, number])
    assert found, "the place is somewhere in view"
    return found


def test_a_click_on_a_province_or_a_gate_answers_which(show, table):
    page = show(table({}), areas={"place": None, "shade": None})
    assert answered(page, spot(page, "admin1", 0)).place == ("admin1", 0)
    assert answered(page, spot(page, "admin1", 1)).place == ("admin1", 1)
    told = answered(page, spot(page, "crossing", 0))
    assert (told.kind, told.place) == ("place", ("crossing", 0))


def test_a_page_that_takes_no_places_hears_of_none(show, table):
    page = show(table({"precision": "admin1", "lon": 68.0}))
    page.wait_for_function("() => mapProbe.layer.marks.some((mark) => mark.outline >= 0)")
    page.evaluate("window.answer = null")
    centre = page.evaluate("mapProbe.at(0)")
    page.mouse.click(centre[0] + 60, centre[1])  # in the tint, beside its count
    page.wait_for_function("() => window.answer !== null")
    told = answers.answer({"last_active_drawing": page.evaluate("window.answer")})
    assert told.event_id == "ev0"


def test_the_chosen_place_is_outlined_and_a_click_lets_it_go(show, table):
    page = show(table({}), areas={"place": ["admin1", 1], "shade": None})
    page.wait_for_function(OUTLINED)
    page.wait_for_selector(".border-map-sheet-chosen")
    accent = [int(palette.ACCENT[i : i + 2], 16) for i in (1, 3, 5)]
    page.wait_for_function(
        """(accent) => {
          const canvas = document.querySelector('.border-map-sheet-chosen');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          for (let i = 0; i < data.length; i += 4)
            if (accent.every((part, at) => data[i + at] === part)) return true;
          return false;
        }""",
        arg=accent,
    )
    assert answered(page, spot(page, "admin1", 1)).kind == "nothing"


def test_shades_lie_where_the_areas_are_and_tints_step_back(show, table):
    vague = {"precision": "admin1", "lon": 72.0, "lat": 33.0}
    page = show(table(vague, vague), areas={"place": None, "shade": SHADE})
    page.wait_for_function(SHADED)
    assert page.evaluate("mapProbe.shadeAt(34.8, 72.0)") == [0x7C, 0x7C, 0x7C, 255]
    assert page.evaluate("mapProbe.shadeAt(34.8, 68.0)") == [0xFD, 0xFC, 0xF9, 255]
    tint = page.evaluate("mapProbe.colourAt(34.8, 72.0)[3]")
    assert tint == 0, "only the badge is left of what is known to the area"
    legend = page.locator(".border-map-shades")
    assert legend.locator("summary").text_content() == "Events by province"
    assert legend.locator(".border-map-legend-row").all_text_contents() == ["none", "12"]


def test_a_new_shade_repaints_and_none_takes_it_away(show, table):
    page = show(table({}), areas={"place": None, "shade": SHADE})
    page.wait_for_function(SHADED)
    tell(page, [True], areas={"place": None, "shade": {**SHADE, "classes": "0n"}})
    page.wait_for_function("() => mapProbe.shadeAt(34.8, 68.0)[0] === 0x7c")
    tell(page, [True], areas={"place": None, "shade": None})
    assert page.locator(".border-map-sheet-shade").count() == 0
    assert page.locator(".border-map-shades").count() == 0
    assert page.evaluate("mapProbe.shadeAt(34.8, 68.0)") is None


def test_not_stated_is_hatched(show, table):
    page = show(table({}), areas={"place": None, "shade": {**SHADE, "classes": "uu"}})
    page.wait_for_function(SHADED)
    colours = page.evaluate(
        "Array.from({length: 12}, (_, n) => mapProbe.shadeAt(34.8, 68 + n / 40).join())"
    )
    assert len(set(colours)) > 1, "lines on the ground, not one shade"


def test_names_of_areas_and_gates_beside_the_pointer_are_text(show, table, static):
    page = show(table({"lon": None}), areas={"place": None, "shade": SHADE})
    page.wait_for_function(SHADED)
    page.mouse.move(*spot(page, "admin1", 1))
    hint = page.locator(".border-map-hint")
    assert hint.text_content() == "E province: 12 events\nClick for its story"
    page.mouse.move(*spot(page, "crossing", 1))
    assert hint.text_content().startswith("<img src=x onerror=window.hacked=1>: click")
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "place",
    [None, [], ["admin1"], ["admin1", -1], ["admin1", "1"], ["admin1", True], ["admin1", 1.5],
     ["moon", 1], ["admin1", 1, 2], "admin1", {"admin1": 1}],
)  # fmt: skip
def test_what_is_no_place_is_no_answer(place):
    facts = {"dataset": "0" * 16, "place": place, "stamp": 1, "view": [1, 2, 3]}
    assert answers.answer({"last_active_drawing": {"properties": facts}}) is None
