"""CSV that a spreadsheet cannot be tricked by and that ``geo import`` reads back as it was."""

from __future__ import annotations

from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from geo.export.about import About
from geo.export.extract import Extract
from geo.files.formulas import formula_safe

__all__ = ["TERMS", "write"]

MARK: Final = b"\xef\xbb\xbf"
"""Byte-order mark: without it spreadsheets take UTF-8 for a code page and garble Urdu."""
TERMS: Final = ("licence", "citation", "data_version")
"""Columns at the end: the terms of each row's dataset, since a CSV holds nothing but rows."""


def write(extract: Extract, out: BinaryIO) -> None:
    """Write CSV (RFC 4180, UTF-8 with a byte-order mark): unknown is an empty cell.

    Text that a spreadsheet would take for a formula gets a leading apostrophe. ``lon`` and ``lat``
    are degrees WGS 84, days are ISO 8601.
    """
    out.write(MARK)
    schema = _told(extract.schema().empty_table(), extract.about).schema
    options = arrow_csv.WriteOptions(eol="\r\n")
    with arrow_csv.CSVWriter(out, schema, write_options=options) as writer:
        for batch in extract.batches():
            writer.write_table(_told(batch, extract.about))


def _told(batch: pa.Table, about: About) -> pa.Table:
    for name, text in _terms(batch["dataset"], about).items():
        batch = batch.append_column(name, text)
    for at, field in enumerate(batch.schema):
        if pa.types.is_string(field.type):
            batch = batch.set_column(at, field, formula_safe(batch[field.name]))
    return batch


def _terms(dataset: pa.ChunkedArray, about: About) -> dict[str, pa.ChunkedArray]:
    """Return :data:`TERMS` for a column of dataset names."""
    names = [name for name in pc.unique(dataset).to_pylist() if name is not None]
    origins = [about.origin(name) for name in names]
    at = pc.index_in(dataset, pa.array(names, pa.string()))
    said = {
        "licence": [one.licence or None for one in origins],
        "citation": [one.citation or None for one in origins],
        "data_version": [about.data_version or None] * len(names),
    }
    return {name: pc.take(pa.array(said[name], pa.string()), at) for name in TERMS}
