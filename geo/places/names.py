"""Place names: one normal form, one transliteration folding, generic words kept as a hint.

A name is compared in three depths. ``normalise`` removes what never distinguishes two names
(case, Latin diacritics, apostrophes, hyphens, Arabic-script letter variants, zero-width marks);
``fold`` also removes what romanisation of Pashto, Dari, Urdu and Balochi leaves open (kh/x, gh/g,
q/k, w/v, ee/i, oo/u, final -ah/-a, word breaks). ``split_generic`` separates "district" from
"Kalat district" and returns it as a kind: evidence for precision, never thrown away.
Unicode forms: https://unicode.org/reports/tr15/.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["GENERIC_WORDS", "fold", "normalise", "split_generic"]

_DROPPED: Final = "'`´’‘ʼʻʿʾ′\u0640"
"""Apostrophes, ayn and hamza signs, the Arabic tatweel: they vanish."""

_LETTERS: Final = {
    # Latin letters that have no decomposition
    **dict(zip("ıłøđħŋ", "ilodhn", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    # Arabic script: the Arabic, Persian, Urdu and Pashto shapes of one letter
    **dict.fromkeys("يىېۍۑےۓئ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ګڭ", "گ"),
    **dict.fromkeys("ەھہۃةۀۂ", "ه"),
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ؤۇۆ", "و"),
    **dict.fromkeys("ںڼ", "ن"),
    "ټ": "ٹ",
    "ډ": "ڈ",
    "ړ": "ڑ",
    "ء": "",
}
_ARABIC_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")

_FOLDS: Final = {
    "dehra": "dera",
    "sepera": "spera",
    "shelton": "sheltan",
    "shultan": "sheltan",
    "shaltan": "sheltan",
    "mohmand": "momand",
    "mehmand": "momand",
    "waziristan": "vaziristan",
    "kala": "kila",
    "kalah": "kila",
    "kalay": "kali",
    "kalai": "kali",
    "kelay": "kali",
    "killi": "kali",
    "kili": "kali",
    "ghar": "gar",
    "qala": "kila",
    "qalah": "kila",
    "qaleh": "kila",
    "qila": "kila",
    "qilla": "kila",
    "killa": "kila",
    **dict.fromkeys(("e", "i", "o", "u", "wa", "va", "ul", "al", "el"), ""),
}
"""Whole words with spellings of their own, and the links inside a name (Dand-e-Patan)."""

_SOUNDS: Final = {
    **{"x": "kh", "gh": "g", "q": "k", "w": "v", "ph": "f", "dh": "d", "th": "t", "zh": "j"},
    **{"ee": "i", "ii": "i", "ea": "i", "oo": "u", "ou": "u", "ow": "u", "aa": "a", "ay": "ai"},
    **{"ey": "ai", "ei": "ai", "aw": "au", "iy": "i", "yi": "i", "o": "u", "e": "i"},
}
"""Letter groups written one way or the other; the longest is taken, left to right, once."""

_SOUND: Final = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_FINAL: Final = re.compile(r"(?<=[^aeiou])(?:ah|eh|e)$")
_DOUBLED: Final = re.compile(r"([a-z])\1+")

GENERIC_WORDS: Final = {
    "admin1": "province, provinces, wilayat, velayat, ولایت, صوبه, استان",
    "admin2": "district, districts, agency, zilla, zila, wuluswali, woluswali, wuleswali, "
    "uluswali, ولسوالی, ضلع",
    "admin3": "tehsil, tahsil, tehseel, taluka, subdivision, sub division, sub district, تحصیل",
    "crossing": "border crossing, crossing point, border crossing point, border point, "
    "border gate, border terminal, border post, crossing, gate, border",
    "city": "city, شهر, شار",
    "town": "town",
    "village": "village, villages, کلی, قریه, گاون",
    "pass": "pass, kotal",
    "valley": "valley, dara, وادی, دره",
    "bazaar": "bazaar, bazar, بازار",
    "area": "area, areas, region, locality, quarter, neighbourhood, neighborhood, sector, "
    "division, علاقه",
}
"""Kind → the words that say so, in the order they may stand after (or before) a name."""

_KIND_OF: Final = {
    word.strip(): kind for kind, words in GENERIC_WORDS.items() for word in words.split(",")
}
_LEADING_OF: Final = re.compile(r"^(?:the\s+)?(\w+)\s+of\s+(.+)$", re.IGNORECASE)
_LONGEST: Final = max(word.count(" ") + 1 for word in _KIND_OF)
_NOT_STRIPPED_LATIN: Final = {"dara", "kotal", "gate"}
"""Words that are as often part of a name (Landi Kotal); a hint only with "pass" or "valley"."""


_ASCII: Final = {
    code: None if chr(code) in _DROPPED else " " for code in range(128) if not chr(code).isalnum()
}
"""What :func:`_letter` says of each ASCII character, for the quick path of most names."""


@lru_cache(maxsize=1 << 16)
def normalise(text: str) -> str:
    """Return the comparable form of a name.

    Parameters
    ----------
    text
        Any text at all, in any script.

    Returns
    -------
    str
        Casefolded words separated by one space; ``normalise`` of it is itself. Scripts other
        than Latin and Arabic keep their letters and vowel signs.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    again = _normalise_once(text)
    while again != text:  # a letter that casefolds or decomposes into another needs a second look
        text, again = again, _normalise_once(again)
    return text


def _normalise_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", _strip_latin_marks(text)))
    return " ".join("".join(map(_letter, text)).split())


def _strip_latin_marks(text: str) -> str:
    kept: list[str] = []
    latin = False
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char):
            if not latin:
                kept.append(char)
            continue
        latin = char < "\u0250" or "\u1e00" <= char <= "\u1eff"
        kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Cf":
        return ""
    return char if category[0] in "LMN" else " "


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return a romanisation-independent key of a normalised name.

    Parameters
    ----------
    text
        The outcome of :func:`normalise`.

    Returns
    -------
    str
        Letters without spaces; two names with the same key are likely spellings of one name
        ("mir ali" and "meer alee"), two names of one spelling always have the same key.
    """
    return "".join(_fold_word(word) for word in text.split())


def _fold_word(word: str) -> str:
    word = _FOLDS.get(word, word)
    word = _FINAL.sub("a", word) if len(word) > 3 else word
    return _DOUBLED.sub(r"\1", _SOUND.sub(lambda found: _SOUNDS[found[0]], word))


def split_generic(name: str) -> tuple[str, str]:
    """Separate the generic word from a name.

    Parameters
    ----------
    name
        A toponym as written, e.g. ``"Kalat district"``, ``"ولسوالی سپیره"``.

    Returns
    -------
    tuple of (str, str)
        The name without the word and the kind that the word says (a key of
        ``GENERIC_WORDS``), or the name as given and ``""``. A name that is only generic words
        is left whole.
    """
    words = name.split()
    leading = _LEADING_OF.match(name.strip())
    if leading and (kind := _KIND_OF.get(normalise(leading[1]))):
        return leading[2], kind
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        for tail, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            word = normalise(" ".join(tail))
            kind = _KIND_OF.get(word, "")
            if kind and word not in _NOT_STRIPPED_LATIN and _is_name(rest):
                return " ".join(rest).rstrip(" ,"), kind
    return name, ""


def _is_name(words: list[str]) -> bool:
    text = normalise(" ".join(words))
    return bool(text) and not text.isdigit() and text not in _KIND_OF
