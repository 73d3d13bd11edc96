"""How an event looks in a file that carries styles: colour is its kind, form how well it is placed.

A dot is drawn only where the place itself is known. "Near" has a faint disc of its radius under
the dot; an event known only to an area has no dot at all, but a broken ring as wide as the area.
Rings are in metres on the ground, so they grow with the map. KML draws the forms of :data:`MARKS`;
for QGIS they are written as QML, its own format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from geo.webmap.palette import GROUP_COLOURS
from geo.words import GROUP_WORDS

__all__ = ["MARKS", "STYLE_NAME", "Mark", "style_qml"]

STYLE_NAME: Final = "Border events"
DOT_MM: Final = 2.4
FAINT: Final = 40
"""Opacity (of 255) of a disc, so that ten on one spot are told from one."""
RADIUS_KM: Final = 25.0
"""Of a ring where the row gives no radius."""
QGIS: Final = "3.22"


@dataclass(frozen=True, slots=True)
class Mark:
    """A form: the precisions it stands for, whether it has a dot and a ring of its radius."""

    name: str
    codes: tuple[str, ...]
    words: str
    dot: bool
    ring: bool


MARKS: Final = (
    Mark("area", ("admin3", "admin2", "admin1", "region"), "Known only to an area", False, True),
    Mark("near", ("near",), "Known to within about 25 km", True, True),
    Mark("exact", ("exact",), "Known to the place itself", True, False),
)
"""From the least to the best known, so that dots are drawn over rings. What is known to a country
only, or not at all, has no geometry and no form."""


def style_qml() -> str:
    """Return the style as QML: rules by precision and group, and time from first to last day."""
    root = ET.Element("qgis", version=QGIS, styleCategories="Symbology|Temporal")
    time = {"enabled": "1", "mode": "2", "startField": "date_start", "endField": "date_end"}
    rest = {"durationField": "", "durationUnit": "d", "fixedDuration": "0", "accumulate": "0"}
    ET.SubElement(root, "temporal", time | rest | {"startExpression": "", "endExpression": ""})
    kind = {"type": "RuleRenderer", "symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    renderer = ET.SubElement(root, "renderer-v2", kind)
    rules = ET.SubElement(renderer, "rules", key="events")
    symbols = ET.SubElement(renderer, "symbols")
    for mark in MARKS:
        said = {"key": mark.name, "label": mark.words, "filter": _filter("precision", mark.codes)}
        branch = ET.SubElement(rules, "rule", said)
        for group, words in GROUP_WORDS.items():
            number = str(len(symbols))
            leaf = {"key": f"{mark.name}-{group}", "label": words, "symbol": number}
            ET.SubElement(branch, "rule", leaf | {"filter": _filter("event_group", (group,))})
            symbols.append(_symbol(number, mark, GROUP_COLOURS[group]))
    return ET.tostring(root, encoding="unicode")


def _filter(field: str, codes: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{code}'" for code in codes)
    return f'"{field}" IN ({listed})'


def _symbol(number: str, mark: Mark, colour: str) -> ET.Element:
    facts = {"type": "marker", "name": number, "alpha": "1", "clip_to_extent": "1"}
    symbol = ET.Element("symbol", facts | {"force_rhr": "0"})
    if mark.ring:
        symbol.append(_ring(colour, broken=not mark.dot))
    if mark.dot:
        symbol.append(_layer(_rgba(colour, 230), "255,255,255,255", str(DOT_MM), "MM"))
    return symbol


def _ring(colour: str, *, broken: bool) -> ET.Element:
    size = f"{RADIUS_KM * 2000:.0f}"
    line = "dash" if broken else "solid"
    layer = _layer(_rgba(colour, FAINT), _rgba(colour, 200), size, "RenderMetersInMapUnits", line)
    wide = f'coalesce("uncertainty_km", {RADIUS_KM:g}) * 2000'
    whole = ET.SubElement(ET.SubElement(layer, "data_defined_properties"), "Option", type="Map")
    _option(whole, "name", "")
    each = ET.SubElement(whole, "Option", name="properties", type="Map")
    size_of = ET.SubElement(each, "Option", name="size", type="Map")
    _option(size_of, "active", "true", "bool")
    _option(size_of, "expression", wide)
    _option(size_of, "type", "3", "int")
    _option(whole, "type", "collection")
    return layer


def _layer(fill: str, outline: str, size: str, unit: str, line: str = "solid") -> ET.Element:
    facts = {"class": "SimpleMarker", "enabled": "1", "pass": "0", "locked": "0"}
    layer = ET.Element("layer", facts)
    options = ET.SubElement(layer, "Option", type="Map")
    said = {"name": "circle", "color": fill, "outline_color": outline, "outline_width": "0.3"}
    said |= {"outline_width_unit": "MM", "outline_style": line, "size": size, "size_unit": unit}
    for name, value in (said | {"scale_method": "diameter"}).items():
        _option(options, name, value)
    return layer


def _option(parent: ET.Element, name: str, value: str, kind: str = "QString") -> None:
    ET.SubElement(parent, "Option", name=name, value=value, type=kind)


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
