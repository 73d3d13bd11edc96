"""The case table of names, and what must hold for any text at all."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.names import GENERIC_WORDS, fold, normalise, split_generic

CASES = Path(__file__).parent.parent / "cases" / "names.csv"
with CASES.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_case_table(row):
    assert normalise(row["text"]) == row["normalised"]
    if row["same_fold_as"]:
        assert fold(normalise(row["text"])) == fold(normalise(row["same_fold_as"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kabul", "Zabul"), ("Khost", "Khash"), ("Paktia", "Paktika"), ("Kurram", "Karam")],
)
def test_folding_keeps_different_places_apart(one, other):
    assert fold(normalise(one)) != fold(normalise(other))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kalat district", ("Kalat", "admin2")),
        ("Kurram Agency", ("Kurram", "admin2")),
        ("district of Kalat", ("Kalat", "admin2")),
        ("Zilla Kurram", ("Kurram", "admin2")),
        ("Makin tehsil", ("Makin", "admin3")),
        ("Kunar province", ("Kunar", "admin1")),
        ("the province of Kunar", ("Kunar", "admin1")),
        ("Torkham border crossing", ("Torkham", "crossing")),
        ("Torkham crossing", ("Torkham", "crossing")),
        ("Khyber Pass", ("Khyber", "pass")),
        ("Tirah valley", ("Tirah", "valley")),
        ("Rustam Bazaar", ("Rustam", "bazaar")),
        ("Quetta city", ("Quetta", "city")),
        ("ولسوالی سپیره", ("سپیره", "admin2")),
        ("صوبہ بلوچستان", ("بلوچستان", "admin1")),
        ("Landi Kotal", ("Landi Kotal", "")),
        ("District 8", ("District 8", "")),
        ("district", ("district", "")),
        ("Kalat", ("Kalat", "")),
        ("", ("", "")),
    ],
)
def test_generic_words_become_a_hint(text, expected):
    assert split_generic(text) == expected


@given(st.text())
def test_normalise_is_total_and_idempotent(text):
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())


@given(st.text())
def test_fold_is_total_and_has_no_spaces(text):
    assert " " not in fold(normalise(text))


@given(st.text())
def test_split_generic_is_total_and_loses_no_name(text):
    name, kind = split_generic(text)
    assert kind in {"", *GENERIC_WORDS}
    assert bool(normalise(name)) == bool(normalise(text))


@given(st.text(st.characters(categories=["Lo"], min_codepoint=0x0900, max_codepoint=0x0DFF)))
def test_other_scripts_keep_their_letters(text):
    kept = unicodedata.normalize("NFKC", text)
    assert normalise(text).replace(" ", "") == kept
