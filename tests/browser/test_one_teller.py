"""The page's panel and the one-file map's panel tell every event in the same words.

What the page tells is what its panel hands to Streamlit, written down instead of drawn; what the
file tells is its panel after each event was chosen in a browser. Both are HTML and are read by the
same few lines, field by field.
"""

import html
import json
from contextlib import contextmanager
from itertools import zip_longest

import numpy as np
from lxml import html as parser

from geo import model
from geo.datasets import library
from geo.pages.shared import event_buttons, event_panel, linked, load
from geo.store.place import Store
from geo.webmap import standalone
from tests.browser import sample
from tests.sample_events import TORKHAM, day, event, placed, table, two_torkhams

VERSION = "1a2b3c4d"
BLOCKS = ("h2", "h3", "p", "dt", "dd", "li", "th", "td", "button", "b")
ONLY_ON_THE_PAGE = ("The words behind it", "Two events after all?")
"""Sentences of bundled reports do not travel in the file; a link is cut where the data stand."""
TELL_ALL = """async (ids) => {
  const panel = document.getElementById("panel");
  document.body.style.display = "none"; // words need no room, and laying them out most of the time
  const told = [];
  for (const id of ids) {
    const turned = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = "#" + new URLSearchParams({ event: id });
    await turned;
    panel.querySelectorAll(".sa-steps").forEach((node) => node.remove());
    told.push(panel.innerHTML);
  }
  return told;
}"""


class Written:
    """Stands in for Streamlit and writes down as HTML what it is told to draw."""

    def __init__(self):
        self.parts = []

    def html(self, body):
        self.parts.append(body)

    def button(self, label, *, key, **_):
        if key != "unselect":
            self.parts.append(f"<button>{html.escape(label)}</button>")

    def words(self, _label, text, _key, *, shown=""):
        self.parts.append(f"<h3>{shown}</h3><p>{html.escape(text)}</p>")

    @contextmanager
    def expander(self, label):
        self.parts.append(f"<h3>{html.escape(label)}</h3>")
        yield

    @contextmanager
    def container(self, **_):
        yield

    def caption(self, text):
        self.parts.append(f"<p>{html.escape(text)}</p>")

    def code(self, text, **_):
        self.parts.append(f"<p>{html.escape(text)}</p>")

    def address(self, *_, **__):
        """Draw a button that copies the address: it tells nothing of the event."""


def page_tells(rows, monkeypatch):
    """Return the page's panel of every row as HTML."""
    shared = load.Shared(rows, None, "", {}, VERSION, ())
    told = []
    for position in range(len(rows)):
        written = Written()
        for module in (event_panel, linked, event_buttons):
            monkeypatch.setattr(module, "st", written)
        monkeypatch.setattr(event_panel, "clipboard", written)
        monkeypatch.setattr(event_buttons, "md", str)
        event_panel.panel(shared, position, shown=True, line="border")
        told.append("".join(written.parts))
    return told


def file_tells(rows, browser, folder):
    """Return the file's panel of every row as HTML."""
    keep = np.ones(len(rows), dtype=bool)
    path = folder / "map.html"
    path.write_bytes(standalone.to_html(rows, keep, title="Events", version=VERSION))
    page = browser.new_page(viewport={"width": 400, "height": 300})  # little to paint
    try:
        page.goto(path.as_uri())
        page.locator(".sa-count").wait_for()
        return page.evaluate(TELL_ALL, list(rows.index))
    finally:
        page.close()


def fields(panel):
    """Return (section, term, words) of a panel in the order told."""
    section, term, found = "", "", []
    for node in parser.fromstring(f"<div>{panel}</div>").iter(*BLOCKS):
        if next(node.iterdescendants(*BLOCKS), None) is not None:
            continue
        for line in node.iter("br"):
            line.tail = f" / {line.tail or ''}"
        words = " ".join(node.text_content().split())
        if node.tag == "h3":
            section = words
        elif node.tag == "dt":
            term = words
        elif section not in ONLY_ON_THE_PAGE:
            found.append((section, term if node.tag == "dd" else node.tag, words))
    return found


def disagreements(rows, page, file):
    """Return (event, what the page says, what the file says) wherever one differs."""
    return [
        (event_id, *pair)
        for event_id, one, other in zip(rows.index, page, file, strict=True)
        for pair in zip_longest(fields(one), fields(other))
        if pair[0] != pair[1]
    ]


def told_otherwise(rows, browser, folder, monkeypatch):
    page = page_tells(rows, monkeypatch)
    return disagreements(rows, page, file_tells(rows, browser, folder))


def test_every_shipped_event_is_told_alike(browser, tmp_path, monkeypatch):
    rows = library.events_table(Store(tmp_path / "store"), restricted=False)
    assert len(rows) > 300
    assert told_otherwise(rows, browser, tmp_path, monkeypatch) == []


UCDP = {
    "dataset": "ucdp",
    "source_type": "dataset",
    "source_id": "58071",
    "dataset_version": "22.1",
    "tellings": "[]",
    "summary": "Blast in Peshawar;Two die",
    "notes": "Peshawar",
    "geocode_reason": "as ucdp gives it",
    "sources": json.dumps([{"outlet": "(1) Blast\n4 August 2010\nReuters\n\n(2) SATP"}]),
    "linked_ids": "clash",
    "link_score": 0.71,
}


def awkward():
    """Rows that are no plain event: over days, a total, planned, without a date, of a dataset."""
    telling = model.Telling(
        "t",
        (model.Source("Dawn", "https://example.org/a", "2023-02-19"), model.Source("")),
        fatalities=model.Tally(None, 3, 9),
        claims=(model.Claim("", "injured", "4"), model.Claim("Kabul", "account", "no one died")),
        certainty="denied",
        claimed_by="Kabul",
    )
    total = {"when": day("2022-01-01", "2022-12-31", "year"), "aggregate": True}
    made = [
        *sample.EVENTS,
        event("total", **total, resolution=placed(TORKHAM, "admin1"), place_name=""),
        event("planned", certainty="planned", resolution=two_torkhams(), when=model.DateSpan()),
        event("denied", certainty="denied", claimed_by="Kabul", tellings=(telling,)),
        event("ucdp", actors=("Army", "TTP")),
    ]
    joined = {name: [*values, *values[:4]] for name, values in sample.JOINED.items()}
    joined["crossing_status"][-3:] = ["partial", "open", "unknown"]
    rows = table(made, **joined).assign(source_type="chronology")
    rows = rows.assign(link_score=None, source_id=None, dataset_version=None)
    rows.loc["clash", ["linked_ids", "link_score"]] = ["ucdp", 0.71]
    for name, value in UCDP.items():
        rows.loc["ucdp", name] = value
    return rows


def test_awkward_events_are_told_alike(browser, tmp_path, monkeypatch):
    rows = awkward()
    assert told_otherwise(rows, browser, tmp_path, monkeypatch) == []
    page = page_tells(rows, monkeypatch)
    told = {name: fields(panel) for name, panel in zip(rows.index, page, strict=True)}
    said = {name: [words for _, _, words in lines] for name, lines in told.items()}
    assert ("At the border", "It was", "closed when it began") in told["shut"]
    assert ("At the border", "It was", "closed that day") in told["clash"]
    assert "Not known: the event has no place on the map." in said["lost"]
    assert "Counted once in the sums. Likeness 0.71 of 1." in said["clash"]
    assert "UCDP, event 58071, version 22.1" in said["ucdp"]
    assert "Denied (Kabul)." in said["denied"]


def test_a_word_that_one_of_them_changes_is_found():
    rows = table([event("a")])
    page = "<h3>At the border</h3><dl><dt>It was</dt><dd>closed that day</dd></dl>"
    same = "<h3>At the border</h3><dl><dt>It was</dt><dd><bdi>closed that day</bdi></dd></dl>"
    assert disagreements(rows, [page], [same]) == []
    for other in (page.replace("It was", "It is"), page.replace("that", "this"), "", page * 2):
        assert disagreements(rows, [page], [other])
