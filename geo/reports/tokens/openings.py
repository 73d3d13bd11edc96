"""The tags that a match of a rule can begin with, read from its pattern.

A search over many rules looks only at the units that one of them can begin with, and nobody needs
to keep a list of those beside the rules.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["opening"]

ANY: Final = "any"
"""Stands for a unit that may be any: "." or "[^...]"."""
GROUP: Final = re.compile(r"\((?P<around>\?<?[=!])?(?:\?:|\?P<\w+>)?")
REPEATED: Final = re.compile(r"(?P<least>[?*]|\{0?,)|\+|\{")
REPEAT: Final = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
ESCAPE: Final = re.compile(r"\\(?:x(?P<code>[0-9a-fA-F]{2})|(?P<mark>.))", re.DOTALL)
CLASS: Final = re.compile(r"\[(?P<other>\^?)(?P<marks>(?:\\.|[^\]\\])+)\]", re.DOTALL)

Opening = tuple[set[str], bool]
"""What a part of a pattern can begin with, and whether it may be empty."""


def opening(pattern: str) -> frozenset[str]:
    """Return the tags that a match of a compiled rule's ``pattern`` can begin with.

    Raises
    ------
    ValueError
        If it can begin with any unit at all, or be empty.
    """
    found, empty = _Pattern(pattern).choice()
    if empty or ANY in found:
        raise ValueError(f"A rule must begin with units that it names, not so: {pattern!r}")
    return frozenset(found)


class _Pattern:
    """A pattern that is read from left to right, up to ``at``."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def choice(self) -> Opening:
        """Read alternatives up to a closing bracket or the end."""
        found, empty = self.row()
        while self.text[self.at : self.at + 1] == "|":
            self.at += 1
            more, void = self.row()
            found, empty = found | more, empty or void
        return found, empty

    def row(self) -> Opening:
        """Read one alternative: it begins with its first parts, up to one that is never empty."""
        found: set[str] = set()
        empty = True
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            tags, void = self.part()
            if empty:
                found, empty = found | tags, void
        return found, empty

    def part(self) -> Opening:
        """Read one part with what says how often it may come."""
        first = self.text[self.at]
        if first == "(":
            tags, empty = self.group()
        elif first == "[":
            tags, empty = _members(self.read(CLASS)), False
        elif first == "\\":
            tags, empty = {_escaped(self.read(ESCAPE))}, False
        else:
            self.at += 1
            tags, empty = (
                (set(), True) if first in "^$" else ({ANY if first == "." else first}, False)
            )
        least = REPEATED.match(self.text, self.at)
        if least:
            self.read(REPEAT)
        return tags, empty or bool(least and least["least"])

    def group(self) -> Opening:
        """Read a group; one that only looks around takes no unit."""
        opened = self.read(GROUP)
        found = self.choice()
        self.at += 1
        return (set(), True) if opened["around"] else found

    def read(self, shape: re.Pattern[str]) -> re.Match[str]:
        """Read what has a shape."""
        match = shape.match(self.text, self.at)
        if match is None:
            raise ValueError(f"{self.text!r} cannot be read from {self.at} on")
        self.at = match.end()
        return match


def _members(match: re.Match[str]) -> set[str]:
    if match["other"]:
        return {ANY}
    bare = ESCAPE.sub(_escaped, match["marks"])
    return set(bare)


def _escaped(match: re.Match[str]) -> str:
    if match["code"]:
        return chr(int(match["code"], 16))
    return {"n": "\n"}.get(match["mark"], match["mark"])
