"""What a dataset format is: its columns, who made it under which terms, and its interpreter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pandas as pd

from geo.datasets.formats.crosswalk import to_ours
from geo.datasets.tables.cells import known_text
from geo.datasets.tables.faults import Faults
from geo.errors import InputError

__all__ = ["NOTHING_GIVEN", "ColumnMap", "Format", "Terms", "coded", "headed", "outlets"]


@dataclass(frozen=True, slots=True)
class Terms:
    """Licence, citation and, where the rows may not be passed on, what the source asks."""

    licence: str = "the user's own file"
    citation: str = ""
    conditions: str = ""
    """Not empty: rows are marked ``restricted`` and left out of exports."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a user says of a file: our (or the format's) column → header, words, constants.

    ``words`` maps a column to {word in the file, lower case → our word}; ``constants`` fills a
    column that the file lacks; ``date_order`` is ``dmy`` or ``mdy``.
    """

    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    licence: str = ""
    citation: str = ""
    encoding: str = ""


NOTHING_GIVEN: Final = ColumnMap()

Interpret = Callable[[pd.DataFrame, Faults, ColumnMap], pd.DataFrame]
Superseded = Callable[[pd.DataFrame, str], "pd.Series[Any]"]
"""Given rows and a version, which of the rows that version has superseded."""


def _no_version(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of event table.

    ``interpret`` takes rows as text under the canonical names of ``aliases`` (absent columns are
    null) and returns, on the same index, columns of the event frame, ``source_id`` and the
    source's own codes; it refuses rows by way of the faults. ``dates`` name the date columns.
    ``label`` is what a reader who brings a file calls it. :data:`geo.datasets.importing.FORMATS`
    lists the formats there are.
    """

    name: str
    label: str
    aliases: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    dates: tuple[str, ...]
    interpret: Interpret
    terms: Terms = Terms()
    hint: str = ""
    """What else to do where needed columns are missing."""
    pledge: str = ""
    """What a reader must affirm before bringing such a file."""
    version_of: Callable[[str], str] = _no_version
    """The dataset's version, read off a file's name; empty if it tells none."""
    superseded: Superseded | None = None

    def known(self, header: str) -> bool:
        """Whether a header cell is one of this format's columns."""
        plain = _plain(header)
        return any(plain in names or plain == own for own, names in self.aliases.items())


def headed(kind: Format, columns: tuple[str, ...], given: ColumnMap, label: str) -> ColumnMap:
    """Return ``given`` with the header of each canonical column that the file has.

    A column given an empty header is taken not to be in the file, whatever its headers say.

    Raises
    ------
    InputError
        If a needed column is missing, or the map names a header that is not there.
    """
    by_plain = {_plain(header): header for header in reversed(columns)}
    found = {
        own: by_plain[name]
        for own, names in kind.aliases.items()
        if (name := next((n for n in (own, *names) if n in by_plain), ""))
    }
    for own, header in given.columns.items():
        if not header:
            found.pop(own, None)
            continue
        if header not in columns:
            shown = ", ".join(columns)
            raise InputError(f"{label}: the map names the column {header!r}; there are {shown}.")
        found[own] = header
    missing = [own for own in kind.needed if own not in found and own not in given.constants]
    if missing:
        raise InputError(_lacking(kind, missing, columns, label))
    return replace(given, columns=found)


def coded(column: pd.Series[Any], dataset: str, field_: str, faults: Faults) -> pd.Series[Any]:
    """Return our words for a column of codes; refuse a code that the crosswalk lacks."""
    word = to_ours(column, dataset, field_)
    faults.refuse(word.isna() & known_text(column).notna(), column, f"is no code of {field_}")
    return word


def outlets(name: pd.Series[Any], date: pd.Series[Any]) -> pd.Series[Any]:
    """Return the JSON array of one source a row, as in the frame's ``sources``."""
    import json

    keys = name.fillna("").str.slice(0, 200) + "\x1f" + date.fillna("").str.slice(0, 10)

    def say(key: str) -> str:
        outlet, _, day = key.partition("\x1f")
        source = {"outlet": outlet, "url": "", "date": day}
        return json.dumps([source] if outlet else [], ensure_ascii=False)

    return keys.map({key: say(key) for key in keys.unique()}).astype("string")


def _plain(header: str) -> str:
    return "_".join(header.strip().casefold().replace("-", " ").replace("_", " ").split())


def _lacking(kind: Format, missing: list[str], columns: tuple[str, ...], label: str) -> str:
    shown = ", ".join(columns[:60])
    return (
        f"{label}: no column {', '.join(missing)}; found {shown}. If it is there under another "
        f'name, say so in a map: [columns] {missing[0]} = "its header", with --map MAP.toml. '
        f"{kind.hint}"
    ).strip()
