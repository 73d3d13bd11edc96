"""Bring public data in for everybody: offered to the owner, told as commands to all others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from geo.datasets import fetch
from geo.errors import BorderMapError
from geo.files.download import AGAIN
from geo.pages.shared import load
from geo.pages.shared.html import esc, link, md
from geo.pages.shared.owner import is_owner
from geo.store.place import here

__all__ = ["bring_in", "flash", "say"]

COMMANDS: Final = (
    "python -m geo fetch ucdp\npython -m geo fetch districts\n"
    "python -m geo import FILE --format ucdp"
)
DISTRICT_SOURCES: Final = {
    "geoboundaries": "geoBoundaries, open release",
    "cod-ab": "OCHA, COD-AB",
}
DISTRICTS_SITE: Final = "https://www.geoboundaries.org"
FROM_HELP: Final = (
    "A public http(s) address that holds the file under its own name; empty: the official address. "
    "A folder of this computer is for the command line."
)
AGAIN_HERE: Final = "press the button again to go on, or take one of the other ways below."
BUSY: Final = threading.Lock()
"""One fetch at a time: two would write the same files."""

NEARLY: Final = 0.99

Bar = Callable[[float, str], object]


def bring_in() -> None:
    """Draw what the owner can fetch; for anybody else the commands the owner has."""
    st.html('<h2 class="bm-title">Bring in more, for everybody</h2>')
    if not is_owner():
        st.caption(
            "What is loaded for everybody is changed by the owner of this map alone, in a terminal "
            "where the map lies. (Started with “make run” and opened on the same computer by the "
            "link with ?owner= that the terminal printed, this page has buttons for it.)"
        )
        st.code(COMMANDS, language=None)
        return
    st.caption(
        "You run this map yourself: what you fetch is stored beside it and is on the map for "
        "everybody who opens it. Leave this page open until it is done."
    )
    left, right = st.columns(2)
    with left, st.container(border=True, key="fetch_ucdp"):
        _ucdp()
    with right, st.container(border=True, key="fetch_districts"):
        _districts()


def say(*lines: str) -> None:
    """Keep lines for the next run, which draws the page with what has changed, and start it."""
    st.session_state["brought"] = lines
    load.look_again()
    st.rerun()


def flash() -> None:
    """Show what was kept by :func:`say`, once."""
    lines = st.session_state.pop("brought", ())
    if lines:
        st.success("  \n".join(md(line) for line in lines))


def _ucdp() -> None:
    st.html('<h3 class="bm-part">UCDP events</h3>')
    st.caption(
        "Deaths in organised violence, coded by the Uppsala Conflict Data Program: one version a "
        "year, and Candidate events month by month. CC BY 4.0. A yearly version is some 30 MB and "
        "takes a minute or two to read."
    )
    offered = fetch.releases(datetime.now(UTC).date())
    version = st.selectbox(
        "Release",
        list(offered),
        format_func=lambda one: f"{one}: {offered[one]}" if one in offered else one,
        accept_new_options=True,
        key="ucdp_version",
        help="Another may be typed as UCDP numbers it: 24.1, 26.0.3, or 26.01.26.06 for a span.",
    )
    source = st.text_input("Mirror (optional)", key="ucdp_from", help=FROM_HELP)
    if st.button("Fetch and import", type="primary", key="ucdp_go") and version:
        _run(lambda bar: _fetch_ucdp(version, source.strip(), bar), lambda: _ucdp_by_hand(version))


def _fetch_ucdp(version: str, source: str, bar: Bar) -> tuple[str, ...]:
    from geo.datasets.importing import import_ucdp
    from geo.datasets.tables.archive import table_size

    path, read = fetch.FOLDER / fetch.file_of(version)[1], 0

    def reading(step: int) -> None:
        nonlocal read
        read += step
        part = min(1.0, read / max(1, table_size(path)))
        last = "; now to the border, the store and the links" if part > NEARLY else ""
        bar(part, f"Reading the table: {part:.0%}{last} …")

    outcome = import_ucdp(
        version,
        source,
        store=here(),
        downloads=fetch.FOLDER,
        fetching=lambda *got: _megabytes(bar, *got),
        progress=reading,
        public=bool(source),
    )
    return outcome.account(), outcome.effect()


def _ucdp_by_hand(version: str) -> None:
    name = fetch.file_of(version)[1]
    _other_ways(
        fetch.address_of(version),
        f"python -m geo import {name} --format ucdp",
        f"python -m geo fetch ucdp --version {version}",
    )


def _districts() -> None:
    st.html('<h3 class="bm-part">Districts</h3>')
    st.caption(
        "Outlines of the districts of both countries, for the map and for the events that are read "
        "from then on; import a file again to give its rows theirs."
    )
    source = st.selectbox(
        "Whose",
        list(DISTRICT_SOURCES),
        format_func=DISTRICT_SOURCES.__getitem__,
        key="districts_source",
    )
    mirror = st.text_input("Mirror (optional)", key="districts_from", help=FROM_HELP)
    if st.button("Fetch the districts", type="primary", key="districts_go"):
        _run(lambda bar: _fetch_districts(source, mirror.strip(), bar), _districts_by_hand)


def _fetch_districts(source: str, mirror: str, bar: Bar) -> tuple[str, ...]:
    from geo.border.units.district_fetch import fetch_districts

    built = fetch_districts(
        mirror,
        source,
        progress=lambda *got: _megabytes(bar, *got),
        public=bool(mirror),
    )
    return (
        f"{len(built.frame):,} districts are on the map.",
        "What had to be done to the files stands with them on this page.",
    )


def _districts_by_hand() -> None:
    _other_ways(
        DISTRICTS_SITE,
        "python -m geo fetch districts --from FOLDER",
        "python -m geo fetch districts",
        "ADM2 of Afghanistan and of Pakistan, the simplified GeoJSON, under the names they have, ",
    )


def _run(work: Callable[[Bar], tuple[str, ...]], by_hand: Callable[[], None]) -> None:
    """Do the work with a bar; what goes wrong is said with the ways out, what went well is kept."""
    if not is_owner():
        return
    if not BUSY.acquire(blocking=False):
        st.warning("Something else is being fetched: wait until it is done.")
        return
    bar = st.progress(0.0, "Asking the server …")
    try:
        lines = work(bar.progress)
    except (BorderMapError, OSError) as error:
        st.error(md(str(error).replace(AGAIN, AGAIN_HERE)))
        by_hand()
        return
    finally:
        BUSY.release()
        bar.empty()
    say(*lines)


def _other_ways(site: str, import_it: str, command: str, what: str = "") -> None:
    """Say how to come by the data when the server cannot be reached from here."""
    st.caption("Other ways:")
    st.html(
        "<ul>"
        "<li>Name a mirror above: a public address that holds the file.</li>"
        f"<li>Download by hand where there is a network: {esc(what)}from {link(site, site)}, and "
        "bring it in with the first command below.</li>"
        "<li>Run the second command in a terminal later: it goes on where this was cut.</li></ul>"
    )
    st.code(f"{import_it}\n{command}", language=None, wrap_lines=True)


def _megabytes(bar: Bar, name: str, held: int, total: int | None) -> None:
    of = f" of {total / 1e6:,.1f}" if total else ""
    bar(min(1.0, held / total) if total else 0.0, f"Fetching {md(name)}: {held / 1e6:,.1f}{of} MB")
