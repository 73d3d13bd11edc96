"""The case table of names, and what must hold for any text at all."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.places.names import GENERIC_WORDS, fold, normalise, split_generic
from tests.case_tables import rows


@pytest.mark.parametrize("row", rows("names.csv"), ids=lambda row: row["why"])
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


ARABIC_SHAPES = ("یيىې", "کك", "ہهە", "گګ", "ڈډ", "ٹټ", "ڑړ", "نںڼ", "اأإآ", "وؤ")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0640\u064e\u0651"
PLAIN = st.characters(min_codepoint=0x61, max_codepoint=0x7A)
ARABIC = st.sampled_from("ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہی")
WORD = st.text(PLAIN, min_size=1, max_size=8) | st.text(ARABIC, min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=4), st.data())
def test_what_never_distinguishes_two_names_is_removed(words, data):
    spaced = data.draw(st.sampled_from([" ", "  ", "-", " - ", "\t", "\u00a0", ", "]))
    marks = data.draw(st.text(st.sampled_from(INVISIBLE + "'’‘"), max_size=3))
    dressed = spaced.join(word.title() + marks for word in words)
    assert normalise(dressed) == normalise(" ".join(words))


@given(st.text(st.sampled_from("".join(ARABIC_SHAPES)), max_size=12), st.data())
def test_the_shapes_of_one_arabic_letter_are_one(text, data):
    swap = {c: data.draw(st.sampled_from(group)) for group in ARABIC_SHAPES for c in group}
    assert normalise("".join(swap[char] for char in text)) == normalise(text)


@given(st.text())
def test_folding_goes_by_the_normal_form_alone(text):
    assert fold(normalise(text.upper().lower())) == fold(normalise(text.upper()))
    assert fold(normalise(f"  {text}  ")) == fold(normalise(text))


@given(st.text(st.characters(min_codepoint=0x61, max_codepoint=0x7A), min_size=3, max_size=10))
def test_a_generic_word_is_found_at_either_end(name):
    assume(split_generic(name) == (name, ""))
    assume(not any(normalise(name) in words.split(", ") for words in GENERIC_WORDS.values()))
    assert split_generic(f"{name} district") == (name, "admin2")
    assert split_generic(f"district {name}") == (name, "admin2")


@given(st.text(ARABIC | st.sampled_from(INVISIBLE), max_size=30))
def test_arabic_script_stays_arabic_script(text):
    assert all("\u0600" <= char <= "\u06ff" or char == " " for char in normalise(text))
    assert bool(normalise(text)) == any(char not in INVISIBLE for char in text)
