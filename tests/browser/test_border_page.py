"""What a person sees and can do on the border page, in a real browser with the network cut."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.waits import at_rest, fits, title

DAY = "on=2023-02-20"


@pytest.fixture
def border(app, open_page):
    def opened(query="", width=1440):
        page = open_page(f"{app}/crossings?{query}", width=width)
        page.faults = []
        page.on("console", lambda said: page.faults.append(said.text))
        expect(page.locator("h1")).to_have_text("Along the border")
        return page

    return opened


def chart(page, number):
    """Return a chart once its marks are drawn."""
    found = page.get_by_test_id("stVegaLiteChart").nth(number)
    expect(found.locator("svg .mark-rect path, svg .mark-rule line")).not_to_have_count(0)
    return found


def says_in_its_address(page, *parts):
    expect(page).to_have_url(re.compile("".join(f"(?=.*{part})" for part in parts)))


def section(page, heading):
    return page.get_by_role("heading", name=heading)


def test_the_top_says_what_is_known_today(border):
    page = border()
    lead = page.locator(".bm-lead")
    expect(lead).to_contain_text(re.compile(r"Today, \w{3} \d"))
    expect(lead).to_contain_text("Last known: Torkham partly open until Tue 23 Dec 2025")


def test_three_charts_are_drawn_with_nothing_from_outside(border):
    page = border("what=violence,border")
    for number in range(3):
        expect(chart(page, number)).to_have_attribute(
            "aria-label", re.compile("The table below says the same")
        )
    for heading in ("Crossings: open or closed", "Incidents near each crossing", "The whole line"):
        expect(section(page, heading)).to_be_visible()
    assert page.outside == []
    # Vega says this of a chart whose rows Streamlit sends a moment after the chart
    early = "Infinite extent"
    assert [said for said in page.faults if "WARN" in said and early not in said] == []


def test_gaps_are_hatched_and_statuses_differ_by_pattern(border):
    page = border()
    bars = chart(page, 0).locator(".mark-rect path")
    for fill in ("url(#bm-hatch)", "url(#bm-stripes)", "#0072b2"):
        expect(bars.and_(page.locator(f"[fill='{fill}']"))).not_to_have_count(0)
    expect(page.locator("pattern#bm-hatch")).to_have_count(1)


def test_a_click_on_an_interval_opens_its_reports_and_close_shuts_them(border):
    page = border("from=2023-02-01&to=2023-03-10")
    bar = (
        chart(page, 0)
        .locator("path[aria-label^='Chaman–Spin Boldak: closed, 19–22 Feb 2023']")
        .first
    )
    bar.click()
    panel = page.locator(".st-key-interval")
    expect(panel.locator("h3")).to_have_text("Chaman–Spin Boldak: closed, 19–22 Feb 2023")
    expect(panel.locator("a[href^='https://']")).not_to_have_count(0)
    says_in_its_address(page, "gate=chaman-spin-boldak", "from=2023-02-01")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_have_count(0)
    expect(page).not_to_have_url(re.compile("gate="))


def test_an_address_opens_an_interval_and_a_gap_says_it_is_unknown(border):
    page = border(f"gate=arandu&{DAY}")
    panel = page.locator(".st-key-interval")
    expect(panel).to_contain_text("Arandu: not known, at any time")
    expect(panel).to_contain_text("That is no sign that it was open, or closed.")


@pytest.mark.parametrize("query", ["gate=nowhere&on=2023-02-20", "gate=torkham&on=never"])
def test_an_address_that_makes_no_sense_is_said(query, border):
    page = border(query)
    expect(page.locator(".bm-flag")).to_contain_text("no crossing and day that is known")


def test_a_span_in_one_click_sets_the_dates_of_the_filter(border):
    page = border()
    page.get_by_role("radio", name="Last 3 months").click()
    expect(page.locator(".bm-chart-note").nth(0)).to_contain_text("23 Sep – 23 Dec 2025")
    says_in_its_address(page, "from=2025-09-23")


def test_incidents_count_violence_once_and_the_radius_is_a_choice(border):
    page = border()
    note = page.locator(".bm-chart-note").nth(1)
    expect(note).to_contain_text("Counted: violence, in the month it began")
    page.get_by_text("The same as a table: 1 crossing-month").click()
    page.get_by_role("radio", name="50 km").click()
    says_in_its_address(page, "near=50")


def test_totals_parts_and_plans_are_not_drawn_and_that_is_said(border):
    page = border()
    expect(page.get_by_text("1 entry passes the filter and is neither counted")).to_be_visible()


def test_a_click_on_a_mark_of_the_strip_tells_the_event(border):
    page = border()
    mark = chart(page, 2).locator("path[aria-label^='Border closure, Chaman']").first
    mark.click()
    expect(title(page)).to_have_text("Border closure, Chaman")
    says_in_its_address(page, "event=shut")


def test_nothing_left_says_what_to_do(border):
    page = border("from=1990-01-01&to=1990-02-01")
    expect(page.get_by_text("No incident counted")).to_be_visible()
    expect(page.get_by_text("No dated event within 50 km")).to_be_visible()
    expect(page.get_by_text("Widen the dates")).to_have_count(2)


def test_the_filter_comes_along_from_the_map_and_back(app, open_page):
    page = open_page(f"{app}/?what=violence&from=2023-01-01")
    expect(page.locator("h1")).to_have_text("Afghanistan–Pakistan border events")
    page.get_by_role("link", name="Border", exact=True).click()
    expect(page.locator("h1")).to_have_text("Along the border")
    expect(page).to_have_url(re.compile(r"crossings\?what=violence&from=2023-01-01"))
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page).to_have_url(re.compile(r"/\?what=violence&from=2023-01-01"))


def test_hostile_names_are_text(border):
    page = border("event=bad")
    expect(title(page)).to_contain_text("<script>")
    chart(page, 2)
    at_rest(page)
    expect(page.locator(".stHtml img, .stHtml script")).to_have_count(0)
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("width", [390, 1440])
def test_no_screen_scrolls_sideways(width, border):
    page = border(width=width)
    chart(page, 2)
    at_rest(page)
    fits(page)


def test_the_table_twin_is_reached_and_used_by_keyboard(border):
    page = border()
    summary = page.locator("summary", has_text="crossing-month")
    chart(page, 2)
    at_rest(page)  # a run that is still going would take the focus along
    summary.focus()
    page.keyboard.press("Enter")
    grid = page.get_by_test_id("stExpander").filter(has=summary).get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()


def test_an_interval_and_an_event_are_chosen_and_let_go_by_keyboard(border):
    page = border()
    named = page.get_by_role("combobox", name="Interval")
    chart(page, 2)
    at_rest(page)  # a run that is still going would draw the box anew under the typing
    named.press_sequentially("Chaman–Spin Boldak: closed, 19–22 Feb 2023")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    panel = page.locator(".st-key-interval")
    expect(panel.locator("h3")).to_have_text("Chaman–Spin Boldak: closed, 19–22 Feb 2023")
    says_in_its_address(page, "gate=chaman-spin-boldak", "on=2023-02-19")
    event = page.get_by_role("combobox", name="Event")
    at_rest(page)
    event.press_sequentially("Border closure, Chaman")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Border closure, Chaman")
    says_in_its_address(page, "event=shut", "gate=chaman-spin-boldak")
