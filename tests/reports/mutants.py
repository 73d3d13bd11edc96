"""Shipped texts gone wrong: cut, doubled, shuffled, and sown with what no newspaper prints."""

import random
from collections.abc import Callable, Iterator

from tests.reports.hostile import passages, shipped_texts

STRANGE = (
    *("\x00", "\x07", "\x1b[31m", "\x85", "\r", "\x0b", "\x0c", "\u2028", "\u2029", "\ufeff"),
    *("\u202e", "\u200f", "\u200e", "\u2066", "\u200b", "\u200d", "\u00ad", "\u0301" * 40),
    *("\ud800", "\udfff", "\U0001f600", "\U0001f1f5\U0001f1f0", "\U0010ffff", "\uffff"),
    *("\ue000", "\ue001\ue002", "\uf8ff", "\ue0a0 \ue100", "\U000f0000"),
    *(
        "طورخم",
        "په ۵ مارچ",
        "Торхам",
        "托尔卡姆",
        "Ｔｏｒｋｈａｍ",
        "ǅ",
        "ß",
        "İ",
        "ﬁ",
        "²",
        "½",
        "Ⅻ",
        "੫",
    ),
    *(
        "(" * 30,
        "([{" * 10,
        "“" * 20,
        "'\"" * 15,
        ")" * 9,
        "<b><i>",
        "</p>",
        "&#x0;",
        "[x](",
        "```",
    ),
    *("9" * 400, "1,000,000,000,000", "1.2.3.4.5", "-12", "0", "00", "1e309", "12-", "½ dozen"),
    *("99/99/9999", "31/02/2023", "2023-13-45", "February 30", "0/0/0", "Dec. 99", "year 0"),
    *("on Monday", "March 9999", "24:61", "in 1", "two years ago", "9999 years ago", "on the 0th"),
    *("killed 0", "killed " + "7" * 5000, "-5 dead", "no one", "between 10 and 3 were killed"),
    *("five of the 14", "five of the five", "including 99", "minus five soldiers", "a dozen dozen"),
    *("X" * 3_000, "in " * 100, "of the " * 60, "and " * 80, "Mr. " * 40, "St. A. B. C. " * 20),
    *("Published", "Updated 5 sec ago", "---\n", "KABUL:", "\n\n\n", "•", "Read more:", " - "),
)
"""Pieces that go in between; a text of them alone is a mutant too."""

Mutation = Callable[[str, random.Random], str]


def mutants(count: int, seed: int) -> Iterator[str]:
    """Yield ``count`` texts of some hundred letters, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        text = _beginning(chance)
        for _ in range(chance.randrange(5)):
            text = chance.choice(MUTATIONS)(text, chance)
        yield text


def _beginning(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return " ".join(chance.choices(STRANGE, k=6))
    if chance.random() < 0.5:
        return chance.choice(passages())
    text = chance.choice(shipped_texts())
    first = chance.randrange(len(text))
    return text[first : first + chance.randrange(600)]


def _span(text: str, chance: random.Random) -> tuple[int, int]:
    first = chance.randrange(len(text) + 1)
    return first, min(len(text), first + chance.randrange(80))


def _cut(text: str, chance: random.Random) -> str:
    first, last = _span(text, chance)
    return text[:first] + text[last:]


def _doubled(text: str, chance: random.Random) -> str:
    first, last = _span(text, chance)
    return text[:last] + text[first:]


def _moved(text: str, chance: random.Random) -> str:
    first, last = _span(text, chance)
    rest = text[:first] + text[last:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + text[first:last] + rest[at:]


def _sown(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(STRANGE) + text[at:]
    return text


def _letters(text: str, chance: random.Random) -> str:
    """Put letters of the whole of Unicode, lone surrogates included, in the place of others."""
    letters = list(text)
    for _ in range(min(len(letters), 12)):
        top = chance.choice((0x80, 0x700, 0x3000, 0x10000, 0x110000))
        letters[chance.randrange(len(letters))] = chr(chance.randrange(top))
    return "".join(letters)


def _numbers(text: str, chance: random.Random) -> str:
    return "".join(chance.choice("0123456789") if c.isdecimal() else c for c in text)


def _cased(text: str, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _joined(text: str, chance: random.Random) -> str:
    return text.replace(chance.choice((" ", "\n", ".", ",")), chance.choice(("", "\n", "-", " ")))


def _shuffled(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


MUTATIONS: tuple[Mutation, ...] = (
    *(_cut, _doubled, _moved, _sown, _sown, _letters, _numbers, _cased, _joined, _shuffled),
)
