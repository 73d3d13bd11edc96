"""Reading takes work in proportion to length: it is counted, not timed.

Calls of functions are counted while texts of one length and of twice that are read. What one
call does inside (a search that backtracks) is not seen so; for that, a long text of each sort,
and many pairs of common words in a row, must be read within a limit of processor time that only a
fault can reach.
"""

import random
from datetime import date
from functools import partial
from itertools import product

import pytest

from geo.places.gazetteer.lookup import load
from geo.reports.documents.read import read_text
from geo.reports.events.read import read_document
from tests.reports.alarm import within
from tests.reports.counting import calls
from tests.reports.hostile import DISTINCT, NASTY

LENGTH, TIMES, MOST = 20_000, 2, 2.2  # by squares it would be 4
LONG, LIMIT_S = 120_000, 60
IN_A_ROW, ROW_LIMIT_S = 36, 10
WORDS = (
    *("the", "a", "of", "in", "and", "or", "on", "at", "to", "by", "from", "for", "with", "near"),
    *("between", "not", "no", "least", "more", "than", "including", "ago", "after", "before"),
    *(",", "—", "/", "(", ")", ":", ".", '"', "'s", "-", "•", "\n"),
    *("5", "14", "2023", "7th", "March", "Monday", "yesterday", "day", "days", "night"),
    *("area", "district", "province", "town", "border", "crossing", "gate"),
    *("Kabul", "Torkham", "Khost", "Pakistan", "Wana", "Zxqy", "Gul", "Khan", "zxqy"),
    *("killed", "injured", "arrested", "soldiers", "people", "police", "militants", "Taliban"),
    *("said", "that", "who", "closed", "attack", "bomb", "Mr", "Gen."),
)
"""Words that rules are made of, of every sort: two that fit one place of a rule make it explode."""


def read(text: str) -> int:
    """Read a text, and return how many events it tells."""
    documents = read_text(text, "case", published=date(2025, 12, 7))
    return sum(len(read_document(document, load()).events) for document in documents)


@pytest.mark.parametrize("name", NASTY)
def test_twice_the_text_is_twice_the_work(name):
    text = NASTY[name](LENGTH)
    with within(LIMIT_S):
        read(text * TIMES)  # fills the caches, so that they do not count
        few, many = calls(partial(read, text)), calls(partial(read, text * TIMES))
    assert many <= MOST * few, f"{few:,} calls became {many:,}: {many / few:.1f} times the work"


@pytest.mark.parametrize("name", DISTINCT)
def test_twice_the_distinct_events_are_twice_the_work(name):
    """Each sentence tells an event of its own, so none ends the search for one told before."""
    count = 800 if name == "dated" else 200
    text, twice = DISTINCT[name](count), DISTINCT[name](TIMES * count)
    told = read(twice)
    few, many = calls(partial(read, text)), calls(partial(read, twice))
    assert told >= count
    assert many <= MOST * few, f"{few:,} calls became {many:,}: {many / few:.2f} times the work"


@pytest.mark.parametrize("name", NASTY)
def test_a_long_text_is_read(name):
    with within(LIMIT_S):
        read(NASTY[name](LONG))


@pytest.mark.parametrize("first", WORDS)
def test_two_words_in_a_row_are_read(first):
    for second in random.Random(first).sample(WORDS, 12):
        with within(ROW_LIMIT_S):
            read(f"He was {f'{first} {second} ' * IN_A_ROW}")


def test_some_words_in_a_row_are_read():
    chance = random.Random(20261124)
    for size, _ in product((3, 4, 5), range(100)):
        row = " ".join(chance.choices(WORDS, k=size)) + " "
        with within(ROW_LIMIT_S):
            read(f"He was {row * (2 * IN_A_ROW // size)}")
