"""Our ES modules joined into one classic script, in the order that their imports ask for.

The map's frame runs classic scripts only (Folium writes ``<script src>``, streamlit-folium appends
it), and the standalone file holds one inline script. So the modules under ``js/`` are joined when
the app starts: each becomes a function of its own, which keeps its private names to itself and
returns what it exports; an import takes names out of what an earlier function returned. Comments
that have lines of their own, types above all, stay behind as empty lines: half the text, and within
a module every line keeps its number, so that an error in the browser is found again.

Only the forms our modules use are known, each at the start of a line::

    import { name, other as mine } from "./file.js";
    export const name = …      export function name(…)      export async function name(…)
    export class Name …

Every other form is refused by file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import DataError

__all__ = ["joined"]

IMPORT: Final = re.compile(
    r'^import \{(?P<names>[\s\w$,]*)\} from "(?P<address>\.{1,2}/[^"]+)";$', re.MULTILINE
)
EXPORT: Final = re.compile(
    r"^export (?P<kept>(?:const|function|async function|class) (?P<name>[\w$]+)(?P<after>\W))",
    re.MULTILINE,
)
NAMED: Final = re.compile(r"(?P<name>[\w$]+)(?:\s+as\s+(?P<mine>[\w$]+))?")
UNKNOWN: Final = re.compile(r"^(?:import|export)\b|\bimport\s*\(|\bimport\.meta\b", re.MULTILINE)
COMMENT: Final = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)
HELD: Final = "$modules"
"""Where the joined script keeps what each module exports."""


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its text, the names it takes from other files, and the names it gives."""

    path: Path
    text: str
    imports: dict[Path, tuple[str, ...]]
    exports: tuple[str, ...]


def joined(entry: Path, root: Path, *, name: str | None = None) -> str:
    """Return the module ``entry`` and all it imports as one classic script.

    Parameters
    ----------
    entry
        The file whose exports are what the script is for.
    root
        The folder all modules lie in; error messages and the script name files relative to it.
    name
        The one global that holds the exports of ``entry``; without it the script leaves none.

    Raises
    ------
    DataError
        If a module is missing or imported in a circle, if it is asked for a name that it does not
        export, or uses a form of import or export that is not known here.
    """
    entry, root = entry.resolve(), root.resolve()
    order: dict[Path, Module] = {}
    _visit(entry, root, order, ())
    parts = [_wrapped(module, root) for module in order.values()]
    head = f"var {name} = (function () {{" if name else "(function () {"
    last = f"return {HELD}[{_key(entry, root)}];\n}})();\n" if name else "})();\n"
    return "\n".join([head, '"use strict";', f"const {HELD} = {{}};", *parts, last])


def _visit(path: Path, root: Path, order: dict[Path, Module], above: tuple[Path, ...]) -> None:
    """Put a module behind all that it imports; ``above`` are the files that lead to it."""
    if path in order:
        return
    if path in above:
        circle = (*above[above.index(path) :], path)
        raise DataError(
            f"Modules import in a circle: {' -> '.join(_name(p, root) for p in circle)}."
        )
    module = _read(path, root)
    for other, names in module.imports.items():
        _visit(other, root, order, (*above, path))
        missing = set(names) - set(order[other].exports)
        if missing:
            asked = ", ".join(sorted(missing))
            source = _name(other, root)
            raise DataError(f"{_name(path, root)} imports {asked}, which {source} does not export.")
    order[path] = module


def _read(path: Path, root: Path) -> Module:
    if not path.is_file():
        raise DataError(f"{_name(path, root)} is missing: restore it with git.")
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"))
    imports: dict[Path, tuple[str, ...]] = {}
    for found in IMPORT.finditer(text):
        other = (path.parent / found["address"]).resolve()
        names = tuple(one["name"] for one in NAMED.finditer(found["names"]))
        imports[other] = imports.get(other, ()) + names
    _refuse_others(path, root, text)
    return Module(path, text, imports, tuple(found["name"] for found in EXPORT.finditer(text)))


def _refuse_others(path: Path, root: Path, text: str) -> None:
    """Raise for the first import or export that this module would leave in the script."""
    known = {found.start() for form in (IMPORT, EXPORT) for found in form.finditer(text)}
    for found in UNKNOWN.finditer(text):
        if found.start() not in known:
            line = text.count("\n", 0, found.start()) + 1
            said = text.splitlines()[line - 1].strip()
            where = f"{_name(path, root)}, line {line}"
            raise DataError(f"{where}: no form of import or export that is known here: {said}")


def _wrapped(module: Module, root: Path) -> str:
    """Return a module as a function that is called at once, and keeps what it exports."""

    def taken(found: re.Match[str]) -> str:
        names = NAMED.sub(
            lambda one: one["name"] + (f": {one['mine']}" if one["mine"] else ""), found["names"]
        )
        other = (module.path.parent / found["address"]).resolve()
        return f"const {{{names}}} = {HELD}[{_key(other, root)}];"

    body = EXPORT.sub(lambda found: found["kept"], IMPORT.sub(taken, module.text))
    given = ", ".join(module.exports)
    return (
        f"{HELD}[{_key(module.path, root)}] = (function () {{ {body}return {{ {given} }};\n}})();"
    )


def _key(path: Path, root: Path) -> str:
    return f'"{_name(path, root)}"'


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
