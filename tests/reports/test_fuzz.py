"""The reader on 20,000 texts that make no sense: it never raises and what it says holds together.

Most are shipped reports gone wrong (:mod:`tests.reports.mutants`), the rest are put together by
Hypothesis from the words that rules look at. Everything comes from fixed seeds.
"""

import os
import random
import subprocess
import sys
from datetime import date
from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.places.gazetteer.lookup import load
from geo.reports.documents.read import read_path, read_text
from geo.reports.events.read import read_document
from tests.reports.alarm import within
from tests.reports.hostile import ROOT
from tests.reports.mutants import STRANGE, mutants

BATCHES, BATCH, EXAMPLES, FILES = 20, 900, 2_000, 150
LIMIT_S = 30
PUBLISHED = date(2025, 12, 7)
FAR_DAYS = (date.min, date(1, 3, 1), date(9999, 11, 30), date.max)


def readings(text, published=None):
    """Read a text, and check all that holds for any reading."""
    with within(LIMIT_S):
        found = [
            read_document(document, load())
            for document in read_text(text, "fuzz", published=published)
        ]
    for reading in found:
        check_document(reading.document, text)
        check_toponyms(reading)
        for event in reading.events:
            check_event(event, reading.document.text)
    ids = [event.id for reading in found for event in reading.events]
    distinct = {reading.document.id for reading in found}
    assert len(set(ids)) == len(ids) or len(distinct) < len(found)
    return found


def check_document(document, text):
    assert text[document.start : document.start + len(document.text)] == document.text


def check_toponyms(reading):
    text = reading.document.text
    starts = [toponym.mention.start for toponym in reading.toponyms]
    assert starts == sorted(starts)
    for mention in (toponym.mention for toponym in reading.toponyms):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.toponym


def check_event(event, text):
    when = event.when
    assert (when.first is None) == (when.last is None)
    assert when.first is None or when.first <= when.last
    check_span(when.start, when.end, text)
    check_tally(event.fatalities)
    check_tally(event.injured)
    assert event.tellings
    for telling in event.tellings:
        check_span(telling.start, telling.end, text)
        check_tally(telling.fatalities)
        check_tally(telling.injured)
        for said in chain(telling.marks, telling.claims):
            check_span(said.start, said.end, text)


def check_span(start, end, text):
    assert (start is None) == (end is None)
    assert start is None or 0 <= start < end <= len(text)


def check_tally(tally):
    known = [n for n in (tally.low, tally.best, tally.high) if n is not None]
    assert known == sorted(known)
    assert all(n >= 0 for n in known)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_shipped_texts_gone_wrong_are_read(batch):
    for number, text in enumerate(mutants(BATCH, batch)):
        try:
            readings(text, PUBLISHED if number % 2 else None)
        except Exception as error:
            raise AssertionError(f"text {number} of batch {batch}: {text!r}") from error


@pytest.mark.parametrize("published", FAR_DAYS)
def test_days_at_the_ends_of_the_calendar_are_read(published):
    for text in mutants(BATCH // 4, BATCHES):
        readings(text, published)


WRAPPED = {
    ".txt": "{}",
    ".md": "---\ntitle: {0:.20}\npublished: {0:.9}\n---\n{0}",
    ".html": "<html><head><title>{0:.20}</title></head><body><article><p>{0}</p></article>",
    ".jsonl": '{{"id": "1", "text": "{}"}}\n{{"id": 2, "published": 5}}\n[]\n',
}


@pytest.mark.parametrize("suffix", WRAPPED)
def test_files_gone_wrong_are_read_or_refused(suffix, tmp_path):
    file = tmp_path / f"wrong{suffix}"
    chance = random.Random(suffix)
    for text in mutants(FILES, BATCHES + 2):
        content = bytearray(WRAPPED[suffix].format(text).encode("utf-8", "surrogatepass"))
        for at in chance.choices(range(len(content)), k=chance.randrange(5)):
            content[at] = chance.randrange(256)
        file.write_bytes(content)
        refused = []
        with within(LIMIT_S):
            documents = list(read_path(file, refuse=refused.append))
        assert documents or refused or not content.strip()
        for document in documents:
            read_document(document, load())


WORDS = (
    *("Torkham", "Kalat district", "Khyber Pakhtunkhwa", "Kabul", "in", "near", "the", "of", ","),
    *("killed", "killed 12", "were injured", "no one", "including", "five of the 14", "at least"),
    *("twenty-one", "dozens", "between 10 and 15", "1,200", "soldiers", "militants", "a bomb"),
    *("on Sunday", "Dec. 6", "2023-02-22", "a day earlier", "yesterday", "last week", "recently"),
    *(
        "attacked",
        "arrested",
        "closed",
        "reopened",
        "border",
        "crossing",
        "fire",
        "clash",
        "talks",
        "said",
        "denied",
    ),
    *(". ", ": ", "\n", "\n\n", "“", "”", "(", ")", "- ", "/", "PESHAWAR:", "Updated"),
)
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(STRANGE), st.text(max_size=12))


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
@given(st.lists(PIECE, max_size=25).map(" ".join), st.one_of(st.none(), st.dates()))
@example("crossing arrested closed", None)
@example("between 10 and 3 were killed in Torkham", None)
def test_words_of_the_rules_in_any_order_are_read(text, published):
    readings(text, published)


def test_one_text_has_one_reading():
    for text in mutants(BATCH // 2, BATCHES):
        assert readings(text) == readings(text)


DIGEST = """
import hashlib
from tests.reports.mutants import mutants
from tests.reports.test_fuzz import BATCHES, readings
digest = hashlib.sha256()
for text in mutants(200, BATCHES + 1):
    for reading in readings(text):
        digest.update(repr((reading.toponyms, reading.events)).encode("utf-8", "backslashreplace"))
print(digest.hexdigest())
"""


def test_a_new_process_reads_the_same():
    """Sets of words are in another order there."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
