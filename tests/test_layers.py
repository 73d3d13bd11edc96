"""The architecture, read from the imports: arrows point down, and rooms keep their privacy."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    ["geo", "geo.errors", "geo.settings", "geo.files"],
    ["geo.model", "geo.words"],
    ["geo.schema", "geo.counts"],
    ["geo.places", "geo.query", "geo.store"],
    ["geo.border", "geo.reports"],
    ["geo.datasets"],
    ["geo.story"],
    ["geo.webmap"],
    ["geo.export"],
    ["geo.commands", "geo.pages"],
    ["geo.__main__", "app"],
]
"""Each room and, at the bottom, the modules that need none; a new one at the top of ``geo/`` is a
fault until it has a floor, and it should have a package."""
STAIRS = {
    "geo.places": [["names", "nearness"], ["gazetteer"], ["*"], ["online"]],
    "geo.border": [["points", "layers"], ["line"], ["units", "gates"], ["*"]],
    "geo.reports": [
        ["documents"], ["tokens"], ["places", "time", "casualties"], ["events"], ["output"],
    ],
    "geo.datasets": [["tables"], ["formats"], ["*"]],
    "geo.pages": [["shared"], ["map", "border", "places", "datasets", "about"]],
}  # fmt: skip
"""Inside a room: none imports a later step, and packages on one step know nothing of each other.
The reports' are in the order that a text passes them. ``*``: the room's other modules."""
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
ONLY_IN = {
    "streamlit": r"app|geo.pages",
    "streamlit_folium": r"app|geo.pages",
    "folium": r"geo.webmap",
    "branca": r"geo.webmap",
    "sqlalchemy": r"geo.store",
    "alembic": r"geo.store",
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


@cache
def nodes(source: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(source)))


def imports(source: str) -> Iterator[tuple[str, str]]:
    """Yield (dotted name imported, what it is called here), those inside functions too."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from ((f"{start}.{a.name}", a.asname or a.name) for a in node.names)


def reaches(source: str) -> Iterator[str]:
    """Yield every dotted name the module imports, or uses as an attribute of an import."""
    called = {here: name for name, here in imports(source)}
    yield from called.values()
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and (name := called.get(dotted(node.value))):
            yield f"{name}.{node.attr}"


def dotted(node: ast.expr) -> str:
    """Return the dotted name that an expression is, empty where it is none."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def step(name: str) -> tuple[str, int, str]:
    """Return the room a name is in, the step it is on there, and which package of that step.

    The step is -1 in a room without stairs; the package is empty for a module beside packages.
    """
    package = next((package for package in STAIRS if name.startswith(f"{package}.")), "")
    part = name.removeprefix(f"{package}.").split(".")[0]
    stairs = STAIRS.get(package, [])
    on = [number for number, parts in enumerate(stairs) if part in parts]
    on = on or [number for number, parts in enumerate(stairs) if parts == ["*"]]
    folder = ROOT / package.replace(".", "/") / part
    return package, on[0] if on else -1, part if folder.is_dir() else ""


def out_of_turn(module: str, name: str) -> bool:
    """Whether a module imports from a later step of its room, or from a package beside its own."""
    (room_, own, package), (other_room, other, other_package) = step(module), step(name)
    beside = own == other and package != other_package and bool(package and other_package)
    return room_ == other_room and own >= 0 and (other > own or beside)


def faults(modules: dict[str, str]) -> list[str]:
    found = [f"{module}: stands on no floor" for module in modules if room(module) not in FLOOR_OF]
    for module, source in modules.items():
        for name in reaches(source):
            if name.startswith("."):
                found.append(f"{module}: relative import {name}")
            if FLOOR_OF.get(room(name), -1) > FLOOR_OF.get(room(module), 99):
                found.append(f"{module}: upward to {name}")
            if out_of_turn(module, name):
                found.append(f"{module}: out of turn to {name}")
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
        ({"geo.cellar": ""}, "no floor"),
        ({"geo.border.join": "from .layers import admin1"}, "relative"),
        ({"geo.places.a": "import geo.places.b", "geo.places.b": "import geo.places.a"}, "cycle"),
        (
            {
                "geo.border.a": "import geo.query.filter",
                "geo.query.filter": "from geo.border import a",
            },
            "cycle",
        ),
        ({"geo.reports.time.find": "from geo.reports.events.read import Reading"}, "out of turn"),
        ({"geo.reports.time.find": "from geo.reports.places import roles"}, "out of turn"),
        ({"geo.border.line.strip": "from geo.border.units import areas"}, "out of turn"),
        ({"geo.border.units.areas": "from geo.border.gates import status"}, "out of turn"),
        ({"geo.border.points": "from geo.border.join import join_events"}, "out of turn"),
        ({"geo.places.gazetteer.lookup": "from geo.places.rank import rank"}, "out of turn"),
        ({"geo.datasets.tables.grid": "import geo.datasets.store"}, "out of turn"),
        ({"geo.pages.map.page": "from geo.pages.border import page"}, "out of turn"),
        ({"geo.pages.shared.load": "from geo.pages.map import page"}, "out of turn"),
        ({"geo.datasets.store": "from geo.story.event import title"}, "upward"),
        ({"geo.loose": ""}, "no floor"),
        ({"geo.reports.events.read": "from geo.places.names import _fold"}, "private"),
        ({"geo.reports.events.read": "from geo.places import names\nnames._fold('x')"}, "private"),
    ],
)
def test_each_rule_bites(modules, fault):
    assert [found for found in faults(modules) if fault in found]


def test_what_is_allowed_passes():
    modules = {
        "geo.pages.map.page": "import streamlit_folium\nfrom geo.webmap import base_map",
        "geo.border.join": "from geo.border.gates import status\nfrom geo.border import points",
        "geo.border.gates.board": "from geo.border.gates import status",
        "geo.border.gates.status": "from geo.border.line import distance",
        "geo.places.geocode": "import geopy\nfrom geo.places._tables import ROWS",
        "geo.places._tables": "from geo import __version__",
    }
    assert faults(modules) == []
