"""KML 2.2 for Google Earth: named, dated, styled placemarks, every column as typed data.

Written here rather than by GDAL, whose writers give no span of days, no style by row and hand
descriptions to the viewer as HTML.
"""

from __future__ import annotations

from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.compute as pc

from geo.export.cell_text import html_text, run_together, xml_text
from geo.export.extract import POSITION, Extract
from geo.export.style import MARKS, Mark
from geo.story import event
from geo.story.cells import Tell
from geo.webmap.palette import GROUP_COLOURS

__all__ = ["write"]

Column = Any
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
    '<Document id="events">\n'
)
FOOT: Final = "</Document>\n</kml>\n"
ICONS: Final = "http://maps.google.com/mapfiles/kml/shapes/"
"""Google Earth has these itself and asks no server for them; other viewers show their own mark."""
SHAPES: Final = {"exact": "placemark_circle.png", "near": "shaded_dot.png", "area": "donut.png"}
SCALES: Final = {"exact": 0.8, "near": 0.9, "area": 1.3}
NO_MARK: Final = "unplaced"
TYPES: Final = {pa.int32(): "int", pa.float64(): "double", pa.bool_(): "bool"}


def write(extract: Extract, out: BinaryIO) -> None:
    """Write KML: a placemark a row, coordinates as longitude, latitude in degrees WGS 84.

    A row without a place is a placemark without a Point, an unknown value has no element. One day
    is a TimeStamp, several are a TimeSpan with its last day. What the file is and on whose terms
    stands in the document's description and its ExtendedData.
    """
    schema = extract.schema()
    names = [name for name in schema.names if name not in POSITION]
    about = extract.about
    facts = "".join(
        f'<Data name="{name}"><value>{escape(said)}</value></Data>\n'
        for name, said in about.facts().items()
    )
    fields = "".join(
        f'<SimpleField name="{n}" type="{TYPES.get(schema.field(n).type, "string")}"/>\n'
        for n in names
    )
    described = escape(escape(about.text()).replace("\n", "<br/>"))
    head = f"{HEAD}<name>{escape(about.title)}</name>\n<description>{described}</description>\n"
    out.write(f"{head}{_styles()}".encode())
    out.write(f'<Schema name="events" id="event">\n{fields}</Schema>\n'.encode())
    out.write(f"<ExtendedData>\n{facts}</ExtendedData>\n".encode())
    for batch in extract.batches():
        out.writelines(run_together(_placemarks(batch, names)))
    out.write(FOOT.encode())


def _placemarks(batch: pa.Table, names: list[str]) -> Column:
    return _joined(
        "<Placemark><name>", xml_text(_title(batch)), "</name><description>", _described(batch),
        "</description>", _time(batch), "<styleUrl>#", _style_of(batch), "</styleUrl>",
        '<ExtendedData><SchemaData schemaUrl="#event">',
        *(_optional(f'<SimpleData name="{n}">', _said(batch[n]), "</SimpleData>") for n in names),
        "</SchemaData></ExtendedData>", _point(batch), "</Placemark>\n",
    )  # fmt: skip


def _joined(*parts: Column) -> Column:
    return pc.binary_join_element_wise(*parts, "")


def _optional(before: str, text: Column, after: str) -> Column:
    """Return the text between two tags, nothing where it is null."""
    return pc.fill_null(_joined(before, text, after), "")


def _said(column: Column) -> Column:
    return xml_text(pc.cast(column, pa.string()))


def _title(batch: pa.Table) -> Column:
    """Return the kind of event and its place: ``Border closure, Torkham``."""
    return _told(batch, event.title, "event_type", "place_named", "place")


def _described(batch: pa.Table) -> Column:
    """Return what happened and how well the place is known, as text that is shown as it is."""
    summary = _optional("", html_text(batch["summary"]), "<br/><br/>")
    known = _told(batch, event.known, "precision", "uncertainty_km")
    source = _optional(". Dataset: ", html_text(batch["dataset"]), ".")
    return xml_text(_joined(summary, "Place: ", html_text(known), source))


def _told(batch: pa.Table, tell: Tell, *names: str) -> Column:
    """Return what a teller says of each row; it needs the columns ``names``."""
    rows = batch.select(names).to_pylist()
    return pa.array([tell(row) for row in rows], pa.string())


def _time(batch: pa.Table) -> Column:
    first, last = (pc.cast(batch[name], pa.string()) for name in ("date_start", "date_end"))
    last = pc.coalesce(last, first)
    day = _joined("<TimeStamp><when>", first, "</when></TimeStamp>")
    span = _joined("<TimeSpan><begin>", first, "</begin><end>", last, "</end></TimeSpan>")
    return pc.fill_null(pc.if_else(pc.equal(first, last), day, span), "")


def _style_of(batch: pa.Table) -> Column:
    """Return the id of each row's style: its form and its group, or that it has no place."""
    form = {code: mark.name for mark in MARKS for code in mark.codes}
    at = pc.index_in(batch["precision"], pa.array(list(form), pa.string()))
    named = pc.take(pa.array(list(form.values()), pa.string()), at)
    group = pc.fill_null(batch["event_group"], "other")
    styled = pc.fill_null(_joined(named, "-", group), NO_MARK)
    return pc.if_else(pc.is_null(batch["lon"]), NO_MARK, styled)


def _point(batch: pa.Table) -> Column:
    lon, lat = (pc.cast(batch[name], pa.string()) for name in POSITION)
    before, after = "<Point><coordinates>", "</coordinates></Point>"
    return pc.fill_null(_joined(before, lon, ",", lat, after), "")


def _styles() -> str:
    marks = [_style(mark, group) for mark in MARKS for group in GROUP_COLOURS]
    return "".join([*marks, f'<Style id="{NO_MARK}">{_balloon()}</Style>\n'])


def _style(mark: Mark, group: str) -> str:
    red, green, blue = (GROUP_COLOURS[group][at : at + 2] for at in (1, 3, 5))
    icon = f"<Icon><href>{ICONS}{SHAPES[mark.name]}</href></Icon>"
    colour = f"<color>{'99' if mark.ring else 'e6'}{blue}{green}{red}</color>"
    scaled = f"<scale>{SCALES[mark.name]}</scale>"
    label = "<LabelStyle><scale>0</scale></LabelStyle>"
    drawn = f"<IconStyle>{colour}{scaled}{icon}</IconStyle>{label}{_balloon()}"
    return f'<Style id="{mark.name}-{group}">{drawn}</Style>\n'


def _balloon() -> str:
    """Return a balloon of the description alone: the viewer would show the data as HTML."""
    return "<BalloonStyle><text>$[description]</text></BalloonStyle>"
