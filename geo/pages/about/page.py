"""How the map is made and what it can bear, for a reader who was not in the room."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo import settings
from geo.datasets.linking import THRESHOLD
from geo.errors import BorderMapError
from geo.model import UNCERTAINTY_KM
from geo.pages.about import codebook, sources
from geo.pages.about.markdown import (
    Chapter,
    blocks,
    chapters,
    prose,
    table_rows,
)
from geo.pages.shared import load
from geo.pages.shared.html import esc, link, md
from geo.store import catalogue
from geo.store.place import here
from geo.words import range_words

__all__ = ["MAIN", "show"]

LOG: Final = logging.getLogger(__name__)
HERE: Final = Path(__file__).parent
ACCURACY_FILE: Final = settings.ROOT / "docs" / "accuracy.md"
MAIN: Final = {
    "Where place texts land": "Places: how far from the truth",
    "Reading reports": "Reading: events found, and found right",
}
"""Chapters of the file of accuracy that stand open on the page, and our headings for them."""
MAIN_MEANS: Final = {
    "Where place texts land": "Place texts that another project had placed by hand were given to "
    "the gazetteer. “Within 25 km” is the share that landed that close to where that project put "
    "them. “Embedded” is the list of places that ships with the map, “full” the longer one that "
    "its owner may download.",
    "Reading reports": "Texts coded by people were read by the program. F1 is a mark from 0 to 1 "
    "that falls with every event missed and every event invented. “Fully right” asks for kind, "
    "place, day and deaths of an event to be right at once. “Held out” are the texts that nobody "
    "who wrote the rules had seen: believe that row, and not the ones above it.",
}
TITLES: Final = {
    "event": "", "reading": "", "counting": "", "codes": "Every code in words",
    "accuracy": "How often it is right", "data": "Data, licences and citations", "limits": "",
    "privacy": "", "keys": "The map by keyboard", "errors": "Report an error",
    "cite": "Cite the map",
}  # fmt: skip
"""The chapters in their order; those without a title here have it in ``parts/methods.md``."""


def show() -> None:
    """Draw the page."""
    st.html(HERE.parent / "shared" / "style.css")
    st.html(HERE / "style.css")
    texts = prose((HERE / "methods.md").read_text("utf-8"))
    titles = {anchor: title or texts[anchor][0] for anchor, title in TITLES.items()}
    st.html('<h1 class="bm-head">About the map and its methods</h1>')
    contents, text = st.columns([1, 3], gap="large")
    with contents, st.container(key="toc"):
        st.html(_contents(titles))
    with text, st.container(key="methods", width=860):
        st.html(f'<p class="bm-lead">{esc(_scope())}</p>')
        for anchor, title in titles.items():
            st.header(title, anchor=anchor)
            DRAWN.get(anchor, lambda a=anchor: _prose(texts[a][1]))()


def _contents(titles: dict[str, str]) -> str:
    items = "".join(f'<li><a href="#{a}">{esc(title)}</a></li>' for a, title in titles.items())
    return (
        f'<nav class="bm-toc" aria-label="On this page"><p>On this page</p><ul>{items}</ul></nav>'
    )


def _shared() -> load.Shared | None:
    try:
        return load.shared()
    except BorderMapError:
        LOG.exception("the events could not be read")
        return None


def _scope() -> str:
    """Say how many events the map holds, of which days."""
    data = _shared()
    if data is None or data.table.empty:
        return "The events could not be read just now; what follows holds for them all the same."
    first, last = data.table["date_start"].min(), data.table["date_end"].max()
    days = "not dated" if pd.isna(first) else range_words(first.date(), last.date())
    lost = int(data.table["lon"].isna().sum())
    return (
        f"{len(data.table):,} entries, {days}; {lost:,} of them "
        "without a place on the map. This page says how they were found, placed, dated and "
        "counted, and how far they can be trusted."
    )


def _prose(text: str) -> None:
    near = UNCERTAINTY_KM["near"]
    st.markdown(text.format(near_km=f"{near:.0f}", link_score=THRESHOLD))


def _codes() -> None:
    for title, anchor, html in (
        ("Kinds of event", "codes-kinds", codebook.kinds()),
        ("How well a place is known", "codes-places", codebook.precisions()),
        ("How well a date is known", "codes-dates", codebook.dates()),
        ("How sure it is", "codes-certainty", codebook.certainties()),
        ("Side of the line", "codes-sides", codebook.sides()),
        ("Crossings", "codes-crossings", codebook.statuses()),
    ):
        st.subheader(title, anchor=anchor)
        st.html(html)
    for name, html in sources.crosswalks():
        with st.expander(f"The codes of {name} and ours"):
            st.html(html)


def _accuracy() -> None:
    if not ACCURACY_FILE.exists():
        st.html('<p class="bm-flag">The file of measurements is not part of this copy.</p>')
        return
    found = list(chapters(ACCURACY_FILE.read_text("utf-8")))
    st.markdown(
        "Measured figures, taken as they stand from the file `docs/accuracy.md` of the repository, "
        "misses included. They are printed by the project's own benchmark."
    )
    for chapter in (chapter for chapter in found if chapter.title in MAIN):
        st.subheader(MAIN[chapter.title], anchor=f"accuracy-{list(MAIN).index(chapter.title)}")
        st.markdown(MAIN_MEANS[chapter.title])
        _measured(chapter)
    for chapter in (one for one in found if one.level > 1 and one.text and one.title not in MAIN):
        with st.expander(md(_full_title(chapter))):
            _measured(chapter)


def _measured(chapter: Chapter) -> None:
    """Draw a chapter of the file; a table wider than the screen scrolls by itself, by key too."""
    for is_table, piece in blocks(chapter.text):
        if is_table:
            heads, *rows = [[_inline(cell) for cell in row] for row in table_rows(piece)]
            st.html(
                f'<div class="bm-scroll" role="region" tabindex="0" '
                f'aria-label="Table: {esc(chapter.title)}">{codebook.table(heads, rows)}</div>'
            )
        else:
            st.markdown(piece)


def _inline(cell: str) -> str:
    """Return a cell as HTML: text, with the bold and the code that the file uses."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", esc(cell))
    return re.sub(r"`(.+?)`", r"<code>\1</code>", bold)


def _full_title(chapter: Chapter) -> str:
    return f"{chapter.under}: {chapter.title}" if chapter.under else chapter.title


def _data() -> None:
    st.html(sources.shipped())
    st.markdown(
        "The code is under the MIT licence. A picture or a table made with the line, the "
        "countries or the provinces must say “© OpenStreetMap contributors”, and one with towns "
        "of the gazetteer must credit GeoNames. Each event is cited by its own sources, which its "
        "panel names."
    )
    st.subheader("Datasets loaded beside them", anchor="data-loaded")
    held = _held()
    st.html(held or '<p class="bm-line">None on this copy of the map.</p>')
    if extra := sources.fetched():
        with st.expander("Files that the owner of this map downloaded"):
            st.html(extra)


def _held() -> str:
    try:
        return sources.datasets(catalogue.listing(here()))
    except BorderMapError as error:
        return f'<p class="bm-flag">{esc(error)}</p>'


def _keys() -> None:
    st.markdown(
        "Every event can be reached without a mouse: the table below the map is its twin. It lists "
        "the same events, and choosing a row opens the same panel."
    )
    st.html(codebook.keys())


def _errors() -> None:
    st.markdown(
        "Corrections are welcome: a wrong place or day, a figure that no source gives, two entries "
        "for one event, an event that is missing. Please send\n\n"
        "1. the address of the event (“Copy link to this event” in its panel: it holds "
        "`event=` and the event's id), or the id alone;\n"
        "2. what is wrong, and what it should be;\n"
        "3. a source that says so, with its date and, if it has one, its address.\n\n"
        "A correction to the data comes with a test, so that the same mistake does not come back."
    )
    st.html(f'<p class="bm-flag">Send it to: {_contact()}</p>')


def _contact() -> str:
    said = settings.CONTACT
    if not said:
        return (
            "the issues of the repository from which this map was installed. Its owner has named "
            "no other address."
        )
    if "@" in said and "/" not in said and " " not in said:
        return f'<a href="mailto:{esc(said)}">{esc(said)}</a>'
    return link(said, said)


def _cite() -> None:
    st.markdown(
        "The data version is made from the checksums of the files of events: the same version is "
        "the same data. A copied link carries it, and each event's panel has its own citation."
    )
    data = _shared()
    address = (st.context.url or "").split("?")[0].removesuffix("/about")
    opened = datetime.now(UTC).date().isoformat()
    text = sources.citation(data.version if data else "", opened, address)
    st.code(text, language=None, wrap_lines=True)


DRAWN: Final[dict[str, Callable[[], None]]] = {
    "codes": _codes, "accuracy": _accuracy, "data": _data, "keys": _keys, "errors": _errors,
    "cite": _cite,
}  # fmt: skip
"""What is more than a text of ``parts/methods.md``."""
