"""What a rule can begin with, read from its pattern, so that no list of it need be kept."""

import re

import pytest

from geo.reports.time.rules import RULES
from geo.reports.tokens.lexicon import rule
from geo.reports.tokens.openings import opening


@pytest.mark.parametrize(
    ("pattern", "tags"),
    [
        ("ab", "a"),
        ("a?b|c", "abc"),
        ("(?:a|b{0,2})c", "abc"),
        ("(?P<x>a+)?+[bc]d", "abc"),
        ("a*?b{1,2}", "ab"),
        ("(?<=x)(?!y)a", "a"),
        ("(?=a|b)(?:(?:a)|b)", "ab"),
        (r"\x27a|\(|[,.\n]|[\]-]", "'(,.\n]-"),
        ("^a(?:.|[^b])", "a"),
    ],
)
def test_the_first_units_are_read(pattern, tags):
    assert opening(pattern) == set(tags)
    begins = {chr(code) for code in range(128) if re.match(f"(?={pattern})", chr(code) + "abcd")}
    assert not begins - set(tags) or "(?<=" in pattern


@pytest.mark.parametrize("pattern", ["a?", "(?:a|)", ".a", "[^a]b", "a*", "(?=a)"])
def test_a_rule_names_what_it_begins_with(pattern):
    with pytest.raises(ValueError, match="must begin"):
        opening(pattern)


def test_every_date_rule_begins_with_units_it_names():
    assert all(opening(rule(pattern).pattern) for _, pattern, _ in RULES)
