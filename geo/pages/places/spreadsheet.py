"""A table of names, uploaded, geocoded and handed back. It stays in the visitor's session."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from geo.errors import InputError
from geo.files import limits
from geo.pages.shared.html import esc, md
from geo.places.gazetteer.full import load_best
from geo.places.table import LOCATED, finder, located, read_table

__all__ = ["Placed", "place_table", "section"]

MOST_ROWS: Final = 20_000
ROWS_SHOWN: Final = 200
REPORT_EVERY: Final = 500
HINT: Final = (
    "A CSV file in UTF-8 with a column `name`, and if you have them `country` (AF or PK), `admin1` "
    "(province) and `admin2` (district). Every row comes back in its place, with coordinates, how "
    "well the place is known, a score and a status. The file is kept in this session only."
)
STATUS_WORDS: Final = {
    "resolved": "placed",
    "ambiguous": "with several meanings",
    "unmatched": "not in the gazetteer",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A geocoded table: the file to hand back, its first rows, and rows by status."""

    content: bytes
    first: pd.DataFrame
    counts: Counter[str]


def section() -> None:
    """Draw the upload, and below it the outcome."""
    st.html('<h2 class="bm-title">Place a table of names</h2>')
    st.caption(HINT)
    given = st.file_uploader(
        "Table of names",
        type=["csv", "tsv", "txt"],
        max_upload_size=limits.UPLOAD_OF_NAMES_MB,
        key="sheet",
    )
    if given is None:
        st.session_state.pop("sheet_placed", None)
        return
    held = st.session_state.get("sheet_placed")
    if held is None or held[0] != given.file_id:
        held = (given.file_id, _placed_or_reason(given.getvalue(), given.name))
        st.session_state["sheet_placed"] = held
    if isinstance(held[1], str):
        st.error(md(held[1]))
    else:
        _outcome(held[1], given.name)


def place_table(content: bytes, name: str, progress: Callable[[float], object] = float) -> Placed:
    """Geocode a table held in memory.

    Parameters
    ----------
    content
        The file's bytes.
    name
        What messages call it.
    progress
        Called now and then with the part of the file read, 0 to 1.

    Raises
    ------
    InputError
        If it is no table of names, or has more than ``MOST_ROWS`` rows.
    """
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    table = read_table(lines, name)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=table.delimiter)
    rows = located(table, finder(load_best()))
    head = next(rows)
    writer.writerow(head)
    first: list[list[str]] = []
    counts: Counter[str] = Counter()
    status = len(table.columns) + LOCATED.index("status")
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise InputError(
                f"{name} has more than {MOST_ROWS:,} rows: split it, or use the command line."
            )
        writer.writerow(row)
        if row:
            counts[row[status]] += 1
        if row and len(first) < ROWS_SHOWN:
            first.append(row[: len(head)])
        if number % REPORT_EVERY == 0:
            progress(min(1.0, lines.buffer.tell() / len(content)))
    return Placed(out.getvalue().encode(), _frame(head, first), counts)


def _placed_or_reason(content: bytes, name: str) -> Placed | str:
    bar = st.progress(0.0, "Looking the names up …")
    try:
        return place_table(content, name, bar.progress)
    except InputError as refused:
        return str(refused)
    finally:
        bar.empty()


def _frame(head: list[str], rows: list[list[str]]) -> pd.DataFrame:
    """Return text columns; two of one name are told apart by their number."""
    seen: Counter[str] = Counter()
    names = []
    for name in head:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return pd.DataFrame(rows, columns=names)


def _outcome(placed: Placed, name: str) -> None:
    total = placed.counts.total()
    said = ", ".join(
        f"{count:,} {STATUS_WORDS.get(status, status)}"
        for status, count in placed.counts.most_common()
    )
    st.html(f'<p class="bm-line"><b>{total:,} rows</b>: {esc(said or "nothing to place")}</p>')
    stem = name.rpartition(".")[0] or name
    st.download_button(
        "Download the placed table", placed.content, f"{stem}-placed.csv", "text/csv",
        on_click="ignore", key="sheet_download",
    )  # fmt: skip
    st.dataframe(placed.first, hide_index=True, height=min(420, 38 + 35 * max(1, total)))
    if total > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN} rows; the download holds all {total:,}.")
