"""The column map of a table: guessed from headers and cells, shown as TOML, read back corrected."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.datasets.formats.format import (
    NOTHING_GIVEN,
    ColumnMap,
    Format,
    headed,
)
from geo.datasets.formats.table import DEFAULT_PRECISION, TABLE
from geo.datasets.tables.cells import (
    ORDERS,
    date_order,
    days,
    known_text,
)
from geo.datasets.tables.faults import Faults
from geo.datasets.tables.grid import open_grid
from geo.errors import InputError

__all__ = ["dataset_name", "guess_map", "read_map", "to_toml"]

SAMPLE: Final = 500
MOSTLY: Final = 0.8
TEXTS: Final = ("name", "date_order", "licence", "citation", "encoding")
TABLES: Final = ("columns", "words", "constants")


def guess_map(path: Path, given: ColumnMap = NOTHING_GIVEN) -> ColumnMap:
    """Guess what the columns of a table mean.

    By header first (in any case, with common other names), then, for the date, by what the cells
    look like. What ``given`` says stays, an empty header too: that column is not in the file.
    Precision becomes a constant where no column has it.

    Raises
    ------
    InputError
        If the file is no table, or has nothing that could be the date or the coordinates.
    """
    with open_grid(path, TABLE.known, encoding=given.encoding) as grid:
        sample = next(grid.batches(SAMPLE)).frame({name: name for name in grid.columns})
        lenient = replace(TABLE, needed=())
        found = headed(lenient, grid.columns, _loose(lenient, grid.columns, given), str(path))
        if "date" not in found.columns and (header := _dated(sample, found)):
            found = replace(found, columns={**found.columns, "date": header})
        absent = {own: "" for own, header in given.columns.items() if not header}
        kept = replace(found, columns={**found.columns, **absent})
        found = headed(TABLE, grid.columns, kept, str(path))
    constants = dict(found.constants)
    if "precision" not in found.columns:
        constants.setdefault("precision", DEFAULT_PRECISION)
    dates = [sample[found.columns[name]] for name in TABLE.dates if name in found.columns]
    order = found.date_order or (date_order(pd.concat(dates)) if dates else "")
    name = found.name or dataset_name(path.stem)
    columns = {**found.columns, **absent}
    return replace(found, name=name, columns=columns, constants=constants, date_order=order)


def dataset_name(text: str) -> str:
    """Return ``text`` as the name of a dataset: lower case letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40]
    return plain or "table"


def read_map(path: Path) -> ColumnMap:
    """Read a map.

    Raises
    ------
    InputError
        If the file is missing, no TOML, or says something a map does not have; names the entry.
    """
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{path}: no such file; 'geo import FILE --show-map' prints one."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not TOML: {error}.") from error
    for entry in facts:
        if entry not in (*TEXTS, *TABLES):
            raise InputError(f"{path}: {entry!r} is no entry of a map; it has {TEXTS + TABLES}.")
    if facts.get("date_order", "") not in ("", *ORDERS):
        raise InputError(f"{path}: date_order is 'dmy' or 'mdy', not {facts['date_order']!r}.")
    texts = {name: str(facts[name]) for name in TEXTS if name in facts}
    if "name" in texts:
        texts["name"] = dataset_name(texts["name"])
    words = _table(facts, "words", path)
    return ColumnMap(
        columns=_texts(_table(facts, "columns", path)),
        constants=_texts(_table(facts, "constants", path)),
        words={name: _lower(_table(words, name, path)) for name in words},
        **texts,
    )


def to_toml(used: ColumnMap, columns: tuple[str, ...] = ()) -> str:
    """Return a map as TOML that :func:`read_map` reads back; headers not used stand in comments."""
    said = [f"{name} = {_quoted(value)}" for name in TEXTS if (value := getattr(used, name))]
    if not used.date_order:
        said.append('# date_order = "dmy"  # or "mdy", for dates such as 03/04/2024')
    parts = ["\n".join(said), _section("columns", used.columns)]
    spare = [header for header in columns if header not in used.columns.values()]
    if spare:
        parts.append("\n".join(f"# not used: {_quoted(header)}" for header in spare))
    parts += [_section("constants", used.constants)] if used.constants else []
    parts += [_section(f"words.{name}", words) for name, words in used.words.items()]
    return "\n\n".join(parts) + "\n"


def _loose(kind: Format, columns: tuple[str, ...], given: ColumnMap) -> ColumnMap:
    """Add columns whose header has one of our names as a word in it: "Deaths (total)"."""
    taken = set(given.columns.values())
    exact = headed(kind, columns, given, "").columns
    found = dict(given.columns)
    for own, names in kind.aliases.items():
        if own in exact or own in given.constants or own in given.columns:
            continue
        for header in columns:
            words = set(re.findall(r"[a-z0-9]+", header.casefold()))
            free = header not in taken and header not in exact.values()
            if free and any(len(name) > 3 and name in words for name in (own, *names)):
                found[own] = header
                taken.add(header)
                break
    return replace(given, columns=found)


def _dated(sample: pd.DataFrame, found: ColumnMap) -> str:
    """Return the first header whose cells are mostly dates."""
    for header in sample.columns:
        text = known_text(sample[header])
        order = date_order(text) or "dmy"
        if header in found.columns.values() or not text.notna().any():
            continue
        if days(text, Faults(), order).notna().sum() >= MOSTLY * text.notna().sum():
            return str(header)
    return ""


def _table(facts: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    value = facts.get(name, {})
    if not isinstance(value, dict):
        raise InputError(f'{path}: [{name}] holds lines such as name = "text".')
    return value


def _texts(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items()}


def _lower(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name.casefold(): str(value) for name, value in facts.items()}


def _section(name: str, facts: Mapping[str, str]) -> str:
    lines = [f"{_key(key)} = {_quoted(value)}" for key, value in facts.items()]
    return "\n".join([f"[{name}]", *lines])


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
