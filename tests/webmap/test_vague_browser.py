"""How well a place is known, as it is seen: dot, disc, ring, area; and what is not on the map."""

from playwright.sync_api import Page, expect


def alpha(page: Page, lat: float, lon: float) -> int:
    """How much of the land our canvas covers at a place, 0 to 255."""
    return page.evaluate("at => mapProbe.colourAt(...at)[3]", [lat, lon])


def zoom(page: Page, level: int, lat: float = 33, lon: float = 69) -> None:
    draws = page.evaluate("mapProbe.draws")
    page.evaluate(f"void mapProbe.map.setView([{lat}, {lon}], {level}, {{animate: false}})")
    page.wait_for_function("n => mapProbe.draws > n", arg=draws)


def test_exact_is_a_dot_and_near_has_a_faint_disc(show, table):
    near = {"precision": "near", "uncertainty_km": 25.0, "lon": 71.0}
    page = show(table({"uncertainty_km": 1.0}, near))
    zoom(page, 8, lon=70)
    assert (alpha(page, 33, 69), alpha(page, 33, 71)) == (255, 255)
    assert alpha(page, 33.1, 69) == 0  # 11 km north of the exact one
    assert 10 < alpha(page, 33.1, 71) < 60
    assert alpha(page, 33.4, 71) == 0  # 44 km: beyond the disc


def test_a_region_is_a_ring_with_its_count_and_no_dot(show, table):
    region = {"precision": "region", "uncertainty_km": 90.0}
    page = show(table(region, region))
    zoom(page, 7)
    dots, badges = page.evaluate(
        "[mapProbe.layer.picture.drawn.dots.length, mapProbe.layer.picture.numbers.length]"
    )
    assert (dots, badges) == (0, 1)
    assert 10 < alpha(page, 33.3, 69) < 60  # within, beside the count
    x, y = page.evaluate("mapProbe.at(0)")
    page.mouse.move(x, y)
    expect(page.locator(".border-map-hint")).to_have_text(
        "2 events here\nall violence\nknown to a wider area only"
    )
    expect(page.locator(".border-map-spot.reach")).to_be_visible()


def test_a_hundred_rings_never_add_up_to_a_solid_colour(show, table):
    rings = [
        {"precision": "region", "uncertainty_km": 90.0, "lon": 69 + n / 200, "lat": 33 + n / 300}
        for n in range(100)
    ]
    page = show(table(*rings))
    zoom(page, 7)
    assert page.evaluate("mapProbe.layer.picture.drawn.rings.length") == 100
    samples = sorted(alpha(page, 32.9 - step / 25, 69.2) for step in range(9))
    assert 10 < samples[4] < 80  # the middle one: some lie on an outline


def test_what_has_no_place_is_counted_but_not_drawn(show, table):
    country = {"precision": "country", "uncertainty_km": 500.0}
    page = show(table({}, country, {"precision": "unknown", "lon": None, "lat": None}))
    assert page.evaluate("[mapProbe.shown, mapProbe.placed]") == [3, 1]
    assert page.evaluate("mapProbe.layer.marks.length") == 1
    words = page.locator(".border-map-time-words")
    expect(words).to_have_text("19 Feb 2023 · 3 events, 1 on the map")


def test_deaths_not_stated_have_a_mark_of_their_own_and_words_in_the_legend(show, table):
    page = show(table({"fatalities_best": None}, {"fatalities_best": 0, "lon": 71}))
    middle = "lon => mapProbe.colourAt(33, lon)"
    assert page.evaluate(middle, 69) == [255, 255, 255, 255]  # a light centre
    assert page.evaluate(middle, 71) == [0xD5, 0x5E, 0x00, 255]
    legend = page.locator(".border-map-legend")
    expect(legend.get_by_text("Violence", exact=True)).to_be_visible()
    page.get_by_text("How to read the marks").click()
    expect(legend.get_by_text("not stated")).to_be_visible()
    for words in ("named place", "near it, within the disc", "somewhere in the ring"):
        expect(legend.get_by_text(words)).to_be_visible()
