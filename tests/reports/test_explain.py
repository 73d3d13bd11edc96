"""The explanation: what was marked and why, what was merged, and nothing that a terminal obeys."""

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from geo.model import Claim, DateSpan, Document, Event, Resolution, Telling
from geo.places.gazetteer.lookup import load
from geo.reports.documents.read import read_text, seed_documents
from geo.reports.events.item import Reading
from geo.reports.events.read import read_document
from geo.reports.output.explanation import explain
from geo.reports.output.notes import notes_of
from geo.reports.output.terminal import console_on, escaped, json_line, show

DAY = date(2024, 3, 20)
TOLD = (
    "Gunmen killed two policemen in Quetta, Balochistan, on Monday.\n\n"
    "The attack in Quetta on Monday left two policemen dead, officials said.\n"
)
PIECES = [
    *"\x00\x1b\x9b\u202e\ud800[]\n\r\t\\ \U0001f600",
    "[/]",
    "Gunmen killed two in Quetta on Monday.",
    " Kabul",
    "ده نفر در کابل کشته شدند",
]
HOSTILE = (
    "\x1b[31m[bold]Gunmen[/bold] killed two policemen \x9b2J in Quetta\u202e on Monday.\r"
    "[link=https://x.example]here[/link]\x07 :smile: \ud800 \U000e0041"
)


def read(text, **known):
    (document,) = read_text(text, "case", **known)
    return read_document(document, load())


def shown(reading, console=None):
    out = io.StringIO()
    if console:
        console.file = out
    show(explain(reading), console or console_on(out))
    return out.getvalue()


def flat(text):
    return " ".join(text.split())


def test_the_text_is_marked_in_place_and_each_mark_says_why():
    told = flat(shown(read(TOLD)))
    assert re.search(r"\[[^\]]*killed[^\]]* E1\]", told)
    assert re.search(r"\[two policemen N\d\] in \[Quetta P\d\], \[Balochistan P\d\]", told)
    assert re.search(r"\[Monday D1\]", told)
    assert re.search(r"P\d “Quetta” a place \(rule “.+?”\); Quetta \(city; .+?; of event 1", told)
    assert re.search(r"N\d “two policemen” killed: 2.*?rule “.+?”", told)
    assert "D1 “Monday” not known to a day or span; rule “weekday”" in told


def test_a_date_is_read_from_publication_and_says_so():
    reading = read(TOLD, published=DAY)
    assert "published Wed 20 Mar 2024 (given)" in flat(shown(reading))
    assert "day Mon 18 Mar 2024, from “Monday” (rule “weekday”)" in flat(shown(reading))


def test_what_was_merged_is_listed_with_its_words():
    reading = read(TOLD)
    (event,) = reading.events
    assert len(event.tellings) == 2
    facts = explain(reading).cards[0].facts
    labels = [label for label, _ in facts]
    assert labels[:2] == ["told", "told again"]
    assert "left two policemen dead" in " ".join(said for _, said in facts[:2])


def test_a_place_tells_how_it_was_resolved_and_what_was_passed_over():
    (document,) = [d for d in seed_documents() if d.stem == "kalat-operation"]
    facts = explain(read_document(document, load())).cards[0].facts
    told = dict(facts)
    assert told["place"].startswith("“Kalat” is Kalat (admin2; Kalat, Balochistan, PK)")
    assert "score" in told["place"]
    assert any(label == "passed over" and "Zabul" in said for label, said in facts)


def test_an_inferred_day_says_from_what():
    (document,) = [d for d in seed_documents() if d.stem == "kalat-operation"]
    reading = read_document(document, load())
    assert reading.document.published is None
    assert reading.published_basis.startswith("inferred: said on a Sunday")
    day = dict(explain(reading).cards[0].facts)["day"]
    assert "inferred: it hangs on publication on Sun 7 Dec 2025" in day


def test_rival_claims_parts_and_totals_are_told():
    rivals = (Claim("Army", "fatalities", "two"), Claim("Militants", "fatalities", "nine"))
    whole = made("w", aggregate=True, tellings=(Telling("t", claims=rivals),))
    reading = Reading(Document("d", "T", "x"), (), (whole, made("p", part_of="w")))
    of_whole, of_part = (dict(card.facts) for card in explain(reading).cards)
    labels = [label for label, _ in explain(reading).cards[0].facts]
    assert labels.count("rival claim") == 2
    assert of_whole["parts"] == "events 2: never added to this total"
    assert of_part["part of"] == "event 1"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (DateSpan(DAY, DAY, "day", inferred=True), "told before it"),
        (
            DateSpan(DAY, DAY, "day", inferred=True, rule="about publication"),
            "reports appear within a day",
        ),
        (DateSpan(start=0, end=1, rule="weekday"), "needs a day to hang on"),
        (DateSpan(), "date not stated"),
    ],
)
def test_each_way_a_day_is_known_has_its_words(when, words):
    reading = Reading(Document("d", "T", "x"), (), (made("e", when=when),), published=DAY)
    assert words in dict(explain(reading).cards[0].facts)["day"]


def made(ident, **fields):
    given_ = {"when": DateSpan(), "tellings": (Telling("t"),), **fields}
    nowhere = Resolution(None, "unknown", "unmatched", reason="none named")
    return Event(
        id=ident,
        dataset="reports",
        event_type="bombing",
        place_name="",
        resolution=nowhere,
        **given_,
    )


def test_alike_notes_share_a_key_and_are_told_once():
    told = shown(read("Gunmen attacked police in Quetta.\n\nA bomb went off in Quetta on Friday."))
    assert len(re.findall(r"\[Quetta P1\]", told)) == 2
    assert read("Nothing at all happened.").events == ()


def test_marks_that_cross_or_lie_inside_one_another_stay_balanced():
    for document in seed_documents():
        reading = read_document(document, load())
        told = shown(reading)
        marked = told[: told.index("Event 1:")]
        assert marked.count("[") == marked.count("]") >= len(reading.toponyms)


def test_nothing_of_a_hostile_text_reaches_the_terminal():
    told = shown(read(HOSTILE))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", told)
    for words in (r"\x1b[31m[bold]", r"\x9b", r"\u202e", "[link=https://x.example]", ":smile:"):
        assert words in flat(told)


def test_a_title_cannot_start_an_escape_or_a_line():
    reading = Reading(Document("d", "T\x1b]0;x\x07\nEvent 9: fake", "x", url="\x1b[2J"), (), ())
    told = shown(reading)
    assert "\x1b" not in told
    assert "\nEvent 9" not in told


@pytest.mark.parametrize("options", [{"no_color": True}, {"color_system": None}])
def test_without_colour_the_marks_are_plain_brackets(options):
    console = Console(width=100, force_terminal=True, **{"color_system": "truecolor", **options})
    told = shown(read(TOLD), console)
    assert "\x1b" not in told
    assert "[Monday D1]" in flat(told)


def test_with_colour_the_marks_are_styled_and_the_text_is_still_escaped():
    told = shown(read(HOSTILE), Console(width=100, force_terminal=True, color_system="standard"))
    assert "\x1b[1;32mMonday\x1b[0m" in told
    assert "\x1b[31m" not in told
    assert "[Monday" not in told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_text_is_explained(parts):
    text = "".join(parts)
    reading = read_document(Document("d", text, text, text, text), load())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", shown(reading))
    assert all(note.start < note.end <= len(text) for note in notes_of(reading))


def test_long_lines_take_linear_time():
    assert len(shown(read("a" * 200_000))) > 200_000
    assert shown(read("in Kabul " * 5_000)).count("[Kabul P1]") > 4_000


def test_escapes_are_shown_and_scripts_keep_their_joiners():
    assert escaped("a\tb\x1b\ud800") == r"a b\x1b\ud800"
    assert escaped("می‌خواهم") == "می‌خواهم"
    assert json_line({"a": "é\x9b\u202e"}) == '{"a": "é\\u009b\\u202e"}'
