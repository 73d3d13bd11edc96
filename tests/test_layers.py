"""The architecture, read from the imports: arrows point down, and rooms keep their privacy."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    ["geo", "geo.errors", "geo.settings", "geo.files"],
    ["geo.model", "geo.words"],
    ["geo.schema", "geo.counts", "geo.places"],
    ["geo.reports", "geo.datasets", "geo.border", "geo.query", "geo.story"],
    ["geo.webmap", "geo.export"],
    ["geo.__main__", "geo.commands", "geo.pages", "app"],
]
READING = [
    ["documents"],
    ["tokens"],
    ["places", "time", "casualties"],
    ["events"],
    ["output"],
]
"""The rooms of ``geo.reports`` in the order that a text passes them; none imports a later one."""
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
ONLY_IN = {
    "streamlit": r"app|geo.pages",
    "streamlit_folium": r"app|geo.pages",
    "folium": r"geo.webmap",
    "branca": r"geo.webmap",
    "geopy": r"geo.places.geocode|geo.places.online",
}


def our_modules() -> dict[str, str]:
    files = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py")]
    dotted = {".".join(f.relative_to(ROOT).with_suffix("").parts): f for f in files}
    return {name.removesuffix(".__init__"): f.read_text("utf-8") for name, f in dotted.items()}


def room(name: str) -> str:
    return ".".join(name.split(".")[: 2 if name.startswith("geo.") else 1])


def inside(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def imports(source: str) -> Iterator[tuple[str, str]]:
    """Yield (dotted name imported, what it is called here), those inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from ((f"{start}.{a.name}", a.asname or a.name) for a in node.names)


def reaches(source: str) -> Iterator[str]:
    """Yield every dotted name the module imports, or uses as an attribute of an import."""
    called = {here: name for name, here in imports(source)}
    yield from called.values()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and (name := called.get(ast.unparse(node.value))):
            yield f"{name}.{node.attr}"


def stage(name: str) -> int:
    """Return which room of ``geo.reports`` a name is in, counted from 0; -1 outside them."""
    rooms = name.removeprefix("geo.reports.").split(".")[:1] if inside(name, "geo.reports") else []
    return next((i for i, stage in enumerate(READING) if rooms and rooms[0] in stage), -1)


def beside(one: str, other: str) -> bool:
    """Whether two names are in two rooms of one stage of reading: places know nothing of time."""
    rooms = [name.split(".")[2:3] for name in (one, other)]
    return stage(one) == stage(other) >= 0 and rooms[0] != rooms[1]


def faults(modules: dict[str, str]) -> list[str]:
    found = [f"{module}: stands on no floor" for module in modules if room(module) not in FLOOR_OF]
    for module, source in modules.items():
        for name in reaches(source):
            if name.startswith("."):
                found.append(f"{module}: relative import {name}")
            if FLOOR_OF.get(room(name), -1) > FLOOR_OF.get(room(module), 99):
                found.append(f"{module}: upward to {name}")
            if stage(name) > stage(module) >= 0 or beside(name, module):
                found.append(f"{module}: reads ahead to {name}")
            homes = ONLY_IN.get(name.split(".")[0], "").split("|")
            if homes != [""] and not any(inside(module, home) for home in homes):
                found.append(f"{module}: {name} belongs to {' and '.join(homes)}")
            hidden = any(p.startswith("_") and not p.startswith("__") for p in name.split("."))
            if hidden and room(name) in FLOOR_OF and room(name) != room(module):
                found.append(f"{module}: private {name}")
    return found + cycles(modules, module_of=str) + cycles(modules, module_of=room)


def cycles(modules: dict[str, str], module_of) -> list[str]:
    """Return the first cycle between modules (``module_of=str``) or between rooms, if any."""
    graph: dict[str, set[str]] = {module_of(module): set() for module in modules}
    for module, source in modules.items():
        for name, _ in imports(source):
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules and (target == module or module_of(target) != module_of(module)):
                graph[module_of(module)].add(module_of(target))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"cycle: {' > '.join(error.args[1])}"]
    return []


def test_the_house_keeps_its_rules():
    assert faults(our_modules()) == []


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"geo.model": "from geo.schema import COLUMNS"}, "upward"),
        ({"geo.query.filter": "def f():\n    import geo.webmap.base_map"}, "upward"),
        ({"geo.query.filter": "import streamlit as st"}, "belongs to app and geo.pages"),
        ({"geo.pages.map.page": "import folium"}, "belongs to geo.webmap"),
        ({"geo.places.resolve": "from geopy.geocoders import Nominatim"}, "belongs to"),
        ({"geo.store": ""}, "no floor"),
        ({"geo.border.join": "from .layers import admin1"}, "relative"),
        ({"geo.places.a": "import geo.places.b", "geo.places.b": "import geo.places.a"}, "cycle"),
        (
            {
                "geo.border.a": "import geo.query.filter",
                "geo.query.filter": "from geo.border import a",
            },
            "cycle",
        ),
        ({"geo.reports.time.find": "from geo.reports.events.read import Reading"}, "reads ahead"),
        ({"geo.reports.time.find": "from geo.reports.places import roles"}, "reads ahead"),
        ({"geo.reports.events.read": "from geo.places.names import _fold"}, "private"),
        ({"geo.reports.events.read": "from geo.places import names\nnames._fold('x')"}, "private"),
    ],
)
def test_each_rule_bites(modules, fault):
    assert [found for found in faults(modules) if fault in found]


def test_what_is_allowed_passes():
    modules = {
        "geo.pages.map.page": "import streamlit_folium\nfrom geo.webmap import base_map",
        "geo.places.geocode": "import geopy\nfrom geo.places._tables import ROWS",
        "geo.places._tables": "from geo import __version__",
    }
    assert faults(modules) == []
