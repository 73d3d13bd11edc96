"""Texts for tests and measurements: reports made of what we ship, and texts that readers choke on.

Everything is made from a seed, so that a run that fails can be run again.
"""

import csv
import random
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = ("seeds/reports/*.md", "tests/cases/reports/*.txt")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOWNS = ("PESHAWAR", "QUETTA", "KABUL", "ISLAMABAD", "KHOST", "CHAMAN", "BANNU", "KANDAHAR")


@lru_cache(maxsize=1)
def shipped_texts() -> tuple[str, ...]:
    """Return the reports we ship, in our own words, without their front matter."""
    paths = [path for pattern in FILES for path in sorted(ROOT.glob(pattern))]
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return tuple(text.split("---\n", 2)[-1] for text in texts)


@lru_cache(maxsize=1)
def passages() -> tuple[str, ...]:
    """Return paragraphs of the shipped reports and the notes of the chronology."""
    told = [line for text in shipped_texts() for line in text.splitlines() if len(line) > 80]
    with (ROOT / "seeds" / "chronology.csv").open(encoding="utf-8", newline="") as lines:
        told += [row["notes"] for row in csv.DictReader(lines) if len(row["notes"]) > 80]
    return tuple(told)


def reports(count: int, size: int = 3_000, seed: int = 20261124) -> Iterator[str]:
    """Yield reports of about ``size`` letters, no two alike: a dateline, then shipped passages."""
    chance = random.Random(seed)
    for number in range(count):
        held = [f"{TOWNS[number % len(TOWNS)]}: {chance.choice(passages())}"]
        while sum(map(len, held)) < size:
            held.append(chance.choice(passages()))
        yield "\n\n".join(held)[:size]


def repeated(unit: str) -> Callable[[int], str]:
    """Return a text of any length that says one thing over and over."""
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def natural(length: int) -> str:
    """Return ``length`` letters of shipped passages, over and over."""
    size = sum(map(len, passages()))
    return "\n\n".join(islice(cycle(passages()), 1 + len(passages()) * (length // size + 1)))[
        :length
    ]


PATTERNS: dict[str, Callable[[int], str]] = {
    "natural text": natural,
    "one line without spaces": repeated("a"),
    "digits": repeated("1"),
    "punctuation": repeated(".,;:!?()[]'\"-–—…/%*"),
    "capitals": lambda length: natural(length).upper(),
    "right to left": repeated("‏طورخم د شنبې په ورځ وتړل شوه، ۵ تنه ووژل شول. ‎"),
}
"""The texts whose time against length is measured and must be a straight line."""

NASTY: dict[str, Callable[[int], str]] = {
    **PATTERNS,
    "a line that never ends": lambda length: natural(length).replace("\n", " "),
    "a sentence that never ends": lambda length: (
        natural(length).replace("\n", " ").replace(".", ",")
    ),
    "numbers": repeated("12 "),
    "numbers in a list": repeated("5, 6 and 7, "),
    "one toponym": repeated("Kabul "),
    "toponyms in a list": repeated("Khost, Kalat and Chaman, "),
    "capitalised words": repeated("Gul Khan "),
    "weekdays": repeated("on Monday "),
    "dates": repeated("between March 3 and 5, 2023 and "),
    "deaths": repeated("killed 12 "),
    "deaths in a list": repeated("killed five soldiers, three of them officers, and "),
    "claims": repeated("said that he said that "),
    "opened brackets": repeated("("),
    "brackets": repeated("(["),
    "quotes": repeated("“'\""),
    "hyphens": repeated("a-"),
    "line ends": repeated("\n"),
    "short lines": repeated("Updated 5\n"),
    "headlines": repeated("Bomb kills five in Peshawar\n\n"),
    "datelines": repeated("PESHAWAR: A bomb killed five on Monday.\n\n"),
    "blanks": repeated(" \t\u00a0"),
    "marks of width none": repeated("\u200b\u200e\u202e"),
    "private letters": repeated("\ue000\ue001\ue010"),
    "emoji": repeated("\U0001f600\U0001f3fd\u200d"),
    "lone surrogates": repeated("\ud800\udc00"[::-1]),
    "markup": repeated("<div><p>&amp;"),
    "front matter": repeated("---\ntitle: x\n"),
}
"""Texts that hold one thing only: what a rule with a fault in it takes the square of time for."""


PLACES = (
    *("Bannu", "Tank", "Khost", "Chaman", "Zhob", "Quetta", "Peshawar", "Kandahar", "Gardez"),
    *("Jalalabad", "Kalat", "Wana", "Turbat", "Ghazni", "Kohat", "Hangu", "Swat", "Loralai"),
)
MONTHS = ("January", "March", "May", "July", "September", "November")
DEEDS = (
    *("Gunmen killed {} policemen in {}", "A bomb killed {} soldiers in {}"),
    *("Police arrested {} men in {}", "Jets bombed {1}, killing {0} people"),
)


def events_told(form: str) -> Callable[[int], str]:
    """Return a text of so many sentences, no two of which tell the same event."""

    def text(count: int) -> str:
        return "".join(sentence(form, number) for number in range(count))

    return text


def sentence(form: str, number: int) -> str:
    again, place = divmod(number, len(PLACES))
    years, again = divmod(again, 28 * len(MONTHS))
    month, day = divmod(again, 28)
    deed = DEEDS[number % len(DEEDS)].format(2 + number % 7, PLACES[place])
    when = f"{MONTHS[month]} {1 + day}, {2010 + years}"
    return form.format(deed=deed, when=when, days=1 + number % 6, town=PLACES[place].upper())


DISTINCT: dict[str, Callable[[int], str]] = {
    "dated": events_told("{deed} on {when}. "),
    "days later": events_told("{days} days later, {deed}. "),
    "a line each": events_told("{deed} on {when}.\n"),
    "a dateline each": events_told("{town}: {deed} on {when}.\n"),
    "totals": events_told("Three separate attacks killed {days}0 people there on {when}.\n"),
}
"""Texts of so many sentences in which nearly every one tells an event of its own."""
