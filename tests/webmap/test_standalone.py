"""The standalone file as bytes: what is in it, what is not, and that nothing in it is markup."""

import base64
import json
import re
import zlib
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from geo import model
from geo.datasets import library
from geo.datasets.importing import FORMATS, import_file
from geo.errors import SchemaError
from geo.query.text import with_search
from geo.store.place import Store
from geo.webmap import columns, land_shapes, standalone, told
from tests.browser import sample
from tests.outside import UCDP_FILE
from tests.sample_events import event, place, placed, table

MADE = date(2026, 11, 25)
NASTY = "</script><img src=x onerror=alert(1)><!--<script>\u2028\u202eevil __proto__"


class Page(HTMLParser):
    """The elements of a page, and the text of those that hold data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.blocks, self.inside = [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = dict(attrs).get("id") or tag

    def handle_data(self, data):
        self.blocks[self.inside] = self.blocks.get(self.inside, "") + data


def made(rows, mask=None, title="Events", **more):
    keep = np.ones(len(rows), dtype=bool) if mask is None else np.array(mask)
    return standalone.to_html(rows, keep, title=title, made=MADE, **more).decode()


def story(page: str) -> dict:
    return json.loads(zlib.decompress(base64.b64decode(Page(page).blocks["story"])))


@pytest.fixture(scope="module")
def rows():
    return table(sample.EVENTS, **sample.JOINED)


@pytest.fixture(scope="module")
def page(rows):
    return made(rows)


def test_the_rows_of_the_mask_are_in_it_and_no_others(rows):
    text = made(rows, [True, False] * 4)
    assert story(text)["ids"] == ["clash", "raid", "lost", "whole"]
    binary = base64.b64decode(Page(text).blocks["events"])
    assert binary == columns.encode(rows[[True, False] * 4])


def test_nothing_in_it_is_fetched_from_anywhere(page):
    for tag, attrs in Page(page).tags:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            assert attrs.get(name, "#").startswith("#"), (tag, attrs)
    style = Page(page).blocks["style"]
    assert "url(" not in style
    assert "@import" not in style
    assert "sourceMappingURL" not in page


def test_the_policy_forbids_every_request_and_every_other_script(page):
    metas = [attrs for tag, attrs in Page(page).tags if tag == "meta"]
    policy = next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "data: blob:"
    assert "unsafe" not in policy
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL).group(1)
    assert rules["script-src"] == standalone._digest(script)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    assert rules["style-src"] == standalone._digest(style)


def test_hostile_text_never_stands_in_the_markup():
    hostile = event(
        "__proto__",
        dataset=NASTY,
        source_type="chronology",
        place_name=NASTY,
        resolution=placed(place(NASTY, 32.0, 69.0)),
        summary=f"Again {NASTY}",
        actors=(NASTY,),
    )
    text = made(table([hostile]), title=NASTY)
    names = [tag for tag, _ in Page(text).tags]
    assert names.count("script") == 3
    assert "img" not in names
    assert (
        "onerror" not in text.replace("&lt;img src=x onerror=alert(1)&gt;", "").split("<script>")[0]
    )
    held = story(text)
    assert held["ids"] == ["__proto__"]
    assert held["told"]["summary"]["of"] == [f"Again {NASTY}"]


def test_restricted_rows_are_left_out_unless_asked_for(rows):
    held = rows.assign(restricted=[False] * 7 + [True], linked_ids=["part"] + [None] * 7)
    without, withal = story(made(held)), story(made(held, restricted=True))
    assert "part" not in without["ids"]
    assert without["told"]["linked"]["of"] == [[]]  # nor is it named by another
    assert "part" in withal["ids"]
    assert ["part"] in withal["told"]["linked"]["of"]
    beside = withal["told"]["beside"]
    told_beside = [beside["of"][at] for at in beside["at"]]
    assert [bool(one) for one in told_beside] == [True, *[False] * 6, True]  # both ends of a link


def test_what_is_told_comes_in_words(page):
    held = story(page)

    def say(name, row):
        column = held["told"][name]
        return column["of"][column["at"][held["ids"].index(row)]]

    assert say("when", "shut") == "19–22 Feb 2023"
    assert say("deaths", "clash") == "2–9, last given 3"
    assert say("known", "raid") == "known to the district (within 40 km of the point)"
    assert say("distance", "talks") == "180 km"
    assert say("whole", "part") == "whole"
    assert say("It was", "clash") == ["closed that day"]
    assert say("It was", "shut") == ["closed when it began"]
    assert say("It was", "talks") == []
    [telling] = say("tellings", "bad")
    assert telling["sources"] == [["<b>Evil</b> Post", "", "Sun 19 Feb 2023"]]
    [deaths] = next(one["conditions"] for one in held["dimensions"] if one["name"] == "deaths")
    assert deaths["numbers"][held["ids"].index("lost")] is None  # unknown is not zero


def test_the_sentences_of_a_users_own_report_stay_with_the_user():
    read = event("read", dataset="own", source_type="report", summary="As the article says.")
    held = story(made(table([read])))
    assert held["told"]["summary"]["of"] == [""]
    shipped = library.events_table(Store(Path("/nowhere")), restricted=False)
    reports = shipped[shipped["source_type"] == "report"]
    assert all(told.in_our_words(reports))


def test_every_dataset_has_its_licence_and_how_to_cite_it(page):
    [one] = story(page)["datasets"]
    assert one["rows"] == 8
    assert "MIT" in one["licence"]
    assert one["citation"]


def test_the_same_events_give_the_same_file(rows, page):
    assert made(rows) == page
    assert "Sun 19 Feb 2023" not in page  # inside the packed part, not in the markup


def test_an_empty_selection_is_a_page_too(rows):
    held = story(made(rows, [False] * 8))
    assert held["ids"] == []
    undated = event("when", when=model.DateSpan())
    assert "1 event." in made(table([undated]))


def test_a_mask_of_another_table_is_refused(rows):
    with pytest.raises(SchemaError, match="5 entries for 8"):
        made(rows, [True] * 5)


def test_neighbours_keep_their_common_edge():
    line = json.loads(land_shapes.layers()["border"])["features"][0]["geometry"]["coordinates"]
    assert len(line) > 8000  # whole: side and distance are judged by it
    countries = json.loads(land_shapes.layers()["countries"])["features"]
    corners = [
        {tuple(spot) for ring in _rings(one["geometry"]) for spot in ring} for one in countries
    ]
    assert len(corners[0] & corners[1]) > 300


def _rings(geometry):
    areas = geometry["coordinates"]
    return areas if geometry["type"] == "Polygon" else [ring for area in areas for ring in area]


@pytest.mark.skipif(not UCDP_FILE.exists(), reason="needs the UCDP file of ../shared/data/events")
def test_the_ucdp_file_fits_on_any_stick(tmp_path):
    import_file(UCDP_FILE, FORMATS["ucdp"], store=Store(tmp_path))
    held = with_search(library.events_table(Store(tmp_path), restricted=False))
    held = held[held["dataset"] == "ucdp"]
    text = made(held)
    assert len(story(text)["ids"]) == 6416
    assert len(text.encode()) < 5_000_000
