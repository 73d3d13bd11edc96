"""A visitor's own file: what it seems to be, the column map to correct, what came of reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit_folium import st_folium

from geo.errors import InputError
from geo.files import limits
from geo.pages.datasets import fetch_section, loaded
from geo.pages.datasets.upload import (
    FIELDS,
    Glance,
    Upload,
    glance,
    import_upload,
    read_upload,
)
from geo.pages.shared.html import esc, md
from geo.pages.shared.owner import is_owner
from geo.webmap import assets, place_map

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["own_file"]

MOST_HELD: Final = 5
ROWS_SHOWN: Final = 1_000
MAP_HEIGHT: Final = 420
TABLE_HEIGHT: Final = 320
TYPES: Final = ["csv", "tsv", "txt", "xlsx", "geojson", "json", "zip"]
GUESS, NOT_THERE = "", "(not in the file)"
PRIVACY: Final = (
    "What you upload is held in the memory of this session only (a working copy is deleted as soon "
    "as it is read): no other visitor sees it, it is not put on the shared map or in its files, "
    "and it is gone when you close or reload the page."
)
ACLED_TERMS: Final = (
    "**ACLED files.** ACLED data are licensed to the person who registered for them. They may be "
    "used with credit to ACLED, but rows may not be given to others or used to build a dataset "
    "that stands in for ACLED's. Upload only a file that you may use; the terms in force are at "
    "acleddata.com/terms-and-conditions."
)
SHARE: Final = "Store it and put it on the map, for everybody who opens this map"
NEEDED: Final = ("date", "latitude", "longitude")


def own_file() -> None:
    """Draw the part of the page for a file of one's own."""
    st.html('<h2 class="bm-title">Your own file, for this session</h2>')
    st.caption(PRIVACY)
    st.markdown(ACLED_TERMS)
    kind = _kind()
    given = st.file_uploader(
        "CSV, XLSX or GeoJSON, or a zip with one of them",
        type=TYPES,
        max_upload_size=limits.UPLOAD_MB,
        key="up_file",
    )
    if given is not None:
        _offer(given, kind)
    held = _held()
    for number, one in list(held.items()):
        st.divider()
        with st.container(key=f"upload_{number}"):
            _outcome(number, one)


def _kind() -> str:
    from geo.datasets.importing import FORMATS

    words = {GUESS: "See from its columns"} | {name: one.label for name, one in FORMATS.items()}
    return st.selectbox("What it is", list(words), format_func=words.__getitem__, key="up_kind")


def _held() -> dict[int, Upload]:
    held: dict[int, Upload] = st.session_state.setdefault("uploads", {})
    return held


def _offer(given: UploadedFile, chosen: str) -> None:
    """Say what the file seems to be, let that be corrected, and read it when asked."""
    from geo.datasets.importing import FORMATS

    seen = _seen(given)
    if isinstance(seen, str):
        _refusal(seen)
        return
    kind = chosen or seen.format
    if not chosen:
        st.html(f'<p class="bm-line">By its columns this is: <b>{esc(FORMATS[kind].label)}</b></p>')
    pledge, restricted = FORMATS[kind].pledge, bool(FORMATS[kind].terms.conditions)
    agreed = not pledge or st.checkbox(pledge, key="up_terms")
    columns = _columns(seen, given.file_id) if kind == "table" else {}
    missing = [FIELDS[name] for name in NEEDED if kind == "table" and not columns[name]]
    if missing:
        st.html(
            f'<p class="bm-flag">{esc(given.name)}: no column is known for '
            f"{esc(', '.join(missing))}. Choose it above; for a table of names without "
            "coordinates, use “Find a place” first.</p>"
        )
    share = not restricted and is_owner() and st.checkbox(SHARE, key="up_share")
    if st.button("Read the file", type="primary", disabled=not agreed or bool(missing)):
        (_share if share else _read)(given, kind, columns)


def _seen(given: UploadedFile) -> Glance | str:
    held = st.session_state.get("up_seen")
    if held is None or held[0] != given.file_id:
        try:
            answer: Glance | str = glance(given.getvalue(), given.name)
        except InputError as error:
            answer = str(error)
        held = (given.file_id, answer)
        st.session_state["up_seen"] = held
    seen: Glance | str = held[1]
    return seen


def _columns(seen: Glance, file_id: str) -> dict[str, str]:
    """Draw the guessed column map, to be corrected; return our column → header."""
    st.caption("What its columns were taken to mean; correct it where it is wrong.")
    choices = [NOT_THERE, *seen.headers]
    chosen = {}
    for number, (own, words) in enumerate(FIELDS.items()):
        if number % 2 == 0:  # a row a pair: narrow, columns stack, and the order must hold
            places = st.columns(2)
        guess = seen.columns.get(own, NOT_THERE)
        header = places[number % 2].selectbox(
            words, choices, index=choices.index(guess), key=f"col_{file_id}_{own}"
        )
        chosen[own] = "" if header == NOT_THERE else header
    rest = {own: header for own, header in seen.columns.items() if own not in FIELDS}
    return rest | chosen


def _read(given: UploadedFile, kind: str, columns: dict[str, str]) -> None:
    held = _held()
    if len(held) >= MOST_HELD:
        _refusal(f"{MOST_HELD} files are held already: remove one below first.")
        return
    with _bar(given.name) as progress:
        try:
            one = read_upload(given.getvalue(), given.name, kind, columns, progress)
        except InputError as error:
            _refusal(str(error))
            return
    same = [number for number, old in held.items() if (old.name, old.format) == (one.name, kind)]
    for number in same:
        del held[number]
    held[max(held, default=0) + 1] = one


def _share(given: UploadedFile, kind: str, columns: dict[str, str]) -> None:
    """Import the file for everybody; only for the owner, whatever a browser sends."""
    if not is_owner():
        return
    with _bar(given.name) as progress:
        try:
            outcome = import_upload(given.getvalue(), given.name, kind, columns, progress)
        except InputError as error:
            _refusal(str(error))
            return
    fetch_section.say(outcome.account(), outcome.effect())


@contextmanager
def _bar(name: str) -> Iterator[Callable[[float], object]]:
    bar = st.progress(0.0, f"Reading {md(name)} …")
    try:
        yield lambda part: bar.progress(part, f"Reading {md(name)}: {part:.0%}")
    finally:
        bar.empty()


def _refusal(reason: str) -> None:
    kept = " What was loaded before stays." if _held() else ""
    st.error(md(reason + kept))


def _outcome(number: int, one: Upload) -> None:
    from geo.datasets.importing import FORMATS

    n = one.counts
    version = f" · version {one.version}" if one.version else ""
    st.html(
        f'<h3 class="bm-part">{esc(one.name)}</h3>'
        f'<p class="bm-line">{esc(FORMATS[one.format].label + version)} · '
        f"{esc(loaded.days_words(one.first, one.last))}</p>"
        f'<p class="bm-line"><b>{n["in"]:,} rows</b> = {n["imported"]:,} imported + '
        f"{n['outside']:,} outside + {n['refused']:,} refused</p>"
    )
    notes = ("Outside is more than 50 km from Afghanistan and Pakistan", *one.notes)
    st.caption(md("; ".join(notes) + "."))
    _terms(one.format)
    if len(one.rows):
        _events(number, one)
    else:
        st.html('<p class="bm-flag">None of its rows can be shown.</p>')
    if len(one.refused):
        _refused(number, one)
    st.button("Remove this file", key=f"drop_{number}", on_click=_drop, args=(number,))


def _terms(kind: str) -> None:
    from geo.datasets.importing import FORMATS

    terms = FORMATS[kind].terms
    st.caption(f"Licence: {'your own file' if kind == 'table' else md(terms.licence)}")
    if terms.citation:
        with st.expander("Cite as"):
            st.code(terms.citation, language=None, wrap_lines=True)


def _events(number: int, one: Upload) -> None:
    assets.ensure()
    dark = st.context.theme.type == "dark"
    with st.container(key=f"map_frame_{number}"):
        st_folium(
            place_map.points_map(one.points, dark=dark),
            key=f"upload_map_{number}",
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=[],
        )
    rows = one.rows.head(ROWS_SHOWN)
    st.dataframe(
        rows,
        hide_index=True,
        height=min(TABLE_HEIGHT, 38 + 35 * len(rows)),
        placeholder="not stated",
        column_config={
            "First day": st.column_config.DateColumn(format="D MMM YYYY"),
            "Last day": st.column_config.DateColumn(format="D MMM YYYY"),
            "km from the border": st.column_config.NumberColumn(format="%.1f"),
        },
    )
    if len(one.rows) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} of {len(one.rows):,} rows; the map has all places.")


def _refused(number: int, one: Upload) -> None:
    many = len(one.refused)
    with st.expander(f"{many:,} refused {'row' if many == 1 else 'rows'}", expanded=True):
        for reason, count in one.reasons.items():
            st.caption(f"{count:,} {'row' if count == 1 else 'rows'}: {md(reason)}")
        st.dataframe(one.refused.head(ROWS_SHOWN), hide_index=True)
        stem = one.name.rpartition(".")[0] or one.name
        st.download_button(
            "Download the refused rows", one.refused_csv, f"{stem}-refused.csv", "text/csv",
            on_click="ignore", key=f"refused_{number}",
        )  # fmt: skip


def _drop(number: int) -> None:
    _held().pop(number, None)
