"""A saved web page to the text of its article, by trafilatura; its date from declared metadata.

trafilatura (and htmldate, which comes with it) reads what it is given and fetches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from htmldate import find_date
from lxml import etree
from lxml import html as markup
from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted

__all__ = ["Page", "read_page"]

LATEST: Final = "2100-01-01"
"""Given to htmldate, which else drops dates after today: a page must read the same every day."""
DATING: Final = re.compile(r"(?i)date|time|publish|issued|created|modified")
"""Names of metadata that hold a date; htmldate would also take one from the address of an image."""
TIMES: Final = etree.XPath("//time[not(ancestor::aside or ancestor::nav or ancestor::footer)]")
ARTICLE_TIMES: Final = etree.XPath("//article//time[not(ancestor::aside or ancestor::footer)]")


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page; offsets of everything read from it point into ``text``."""

    text: str
    title: str
    outlet: str
    url: str
    published: date | None


def read_page(source: str) -> Page | None:
    """Extract the article of a page: its paragraphs a line each, without menus and comments.

    Parameters
    ----------
    source
        The HTML, decoded.

    Returns
    -------
    Page or None
        None if the page holds no article. ``published`` comes from the page's metadata (JSON-LD,
        OpenGraph and the like, a ``<time>`` of the article, the date in its address), never from
        the words of the story; its day is the one that the page states, in its own time zone.
    """
    try:
        tree = markup.document_fromstring(source.encode("utf-8", "replace"), parser=_parser())
        published = _published(tree)
        found = bare_extraction(tree, include_comments=False, with_metadata=True)
    except (etree.ParserError, RecursionError):
        return None
    if not isinstance(found, Extracted) or not (found.text or "").strip():
        return None
    url = found.url or ""
    return Page(
        text=found.text or "",
        title=found.title or "",
        outlet=found.sitename or "",
        url=url if url.startswith(("http://", "https://")) else "",
        published=published,
    )


def _parser() -> markup.HTMLParser:
    return markup.HTMLParser(encoding="utf-8", remove_comments=True)


def _published(tree: markup.HtmlElement) -> date | None:
    """Ask htmldate about the metadata alone: in the whole page it takes dates of the story too."""
    day = find_date(
        markup.tostring(_dated_parts(tree), encoding="unicode"),
        extensive_search=False,
        original_date=True,
        max_date=LATEST,
        deferred_url_extractor=True,
    )
    return date.fromisoformat(day) if day else None


def _dated_parts(tree: markup.HtmlElement) -> markup.HtmlElement:
    """Return a page of nothing but the parts of ``tree`` that declare when it was published."""
    page = markup.Element("html")
    head, body = etree.SubElement(page, "head"), etree.SubElement(page, "body")
    for link in tree.findall(".//link[@rel='canonical']")[:1]:
        etree.SubElement(head, "link", rel="canonical", href=link.get("href", ""))
    for meta in tree.iter("meta"):
        named = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if DATING.search(named):
            etree.SubElement(head, "meta", dict(meta.attrib))
    for script in tree.findall(".//script[@type='application/ld+json']"):
        etree.SubElement(head, "script", type="application/ld+json").text = script.text
    for time in (ARTICLE_TIMES(tree) or TIMES(tree))[:1]:
        etree.SubElement(body, "time", dict(time.attrib)).text = time.text_content()[:100]
    return page
