"""GeoJSON (RFC 7946): every row a feature, nulls kept, nested columns as real arrays."""

from __future__ import annotations

import json
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.export.cell_text import json_text, run_together
from geo.export.extract import JSON_COLUMNS, POSITION, Extract

__all__ = ["write"]

Column = Any
WHOLE: Final = r"^(-?\d+)$"
BETWEEN: Final = ",\n"
END: Final = b"\n]}\n"


def write(extract: Extract, out: BinaryIO) -> None:
    """Write a FeatureCollection in UTF-8, a feature a line.

    A row without a place has ``"geometry": null``, an unknown value is ``null``; the event's id is
    the feature's ``id`` and its property ``event_id``. What the file is and on whose terms stands
    in the foreign member ``metadata`` (RFC 7946, 6.1), before the features.
    """
    facts = extract.about.facts()
    said = facts | {"origins": json.loads(facts["origins"])}
    head = json.dumps({"type": "FeatureCollection", "metadata": said}, ensure_ascii=False)
    out.write(f'{head[:-1]}, "features": [\n'.encode())
    first = True
    for batch in extract.batches():
        for text in run_together(_features(batch)):
            out.write(text[len(BETWEEN) :] if first else text)
            first = False
    out.write(END)


def _features(batch: pa.Table) -> Column:
    names = [name for name in batch.column_names if name not in POSITION]
    members: list[Column] = []
    for name in names:
        comma = ", " if members else ""
        members += [f"{comma}{json.dumps(name)}: ", _value(name, batch[name])]
    return pc.binary_join_element_wise(
        f'{BETWEEN}{{"type": "Feature", "id": ', json_text(batch["event_id"]), ', "geometry": ',
        _geometry(batch), ', "properties": {', *members, "}}", "",
    )  # fmt: skip


def _value(name: str, column: Column) -> Column:
    kind, text = column.type, pc.cast(column, pa.string())
    if pa.types.is_floating(kind):  # with a point, or a reader takes a column of 2, 25 for integers
        text = pc.replace_substring_regex(text, WHOLE, r"\1.0")
    elif not (name in JSON_COLUMNS or pa.types.is_integer(kind) or pa.types.is_boolean(kind)):
        text = json_text(text)
    return pc.fill_null(text, "null")


def _geometry(batch: pa.Table) -> Column:
    lon, lat = (pc.cast(batch[name], pa.string()) for name in POSITION)
    point = pc.binary_join_element_wise(
        '{"type": "Point", "coordinates": [', lon, ", ", lat, "]}", ""
    )
    return pc.fill_null(point, "null")
