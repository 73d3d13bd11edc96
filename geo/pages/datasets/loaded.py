"""What is loaded for everybody: the events that ship, and what the owner imported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo import settings
from geo.errors import BorderMapError
from geo.files.download import fetched_record
from geo.pages.shared import load
from geo.pages.shared.html import esc, md
from geo.pages.shared.owner import is_owner
from geo.store import catalogue
from geo.store.place import here
from geo.store.records import Dataset
from geo.words import range_words

__all__ = ["days_words", "imported", "layers", "shipped"]

SHIPPED_WORDS: Final = {
    "chronology": "Chronology written for this map",
    "reports": "News items restated in our own words",
}
SHIPPED_LICENCE: Final = "facts in our own wording, MIT; places CC BY 4.0 (GeoNames)"

KNOWN_WORDS: Final = {"ucdp": "UCDP georeferenced events", "acled": "ACLED events"}
LAYER_WORDS: Final = {"districts": "Districts", "gazetteer": "Full gazetteer of place names"}
ASKED: Final = ("licence", "date")


def days_words(first: str, last: str) -> str:
    """Return two ISO days (empty: unknown) as words."""
    if not first or not last:
        return "dates not stated"
    return range_words(date.fromisoformat(first), date.fromisoformat(last))


def shipped(table: pd.DataFrame) -> Iterator[str]:
    """Yield the HTML card of each dataset that ships with the map."""
    for name, words in SHIPPED_WORDS.items():
        rows = table[table["dataset"] == name]
        if rows.empty:
            continue
        first, last = rows["date_start"].min().date(), rows["date_end"].max().date()
        yield _card(
            words,
            {
                "Rows": f"{len(rows):,}",
                "Dates": days_words(str(first), str(last)),
                "Licence": SHIPPED_LICENCE,
                "Cite": "each event by its own sources, named in its panel",
            },
        )


def imported(one: Dataset) -> None:
    """Draw one dataset that the owner imported, without a single row if it is restricted."""
    files = one.files
    versions = ", ".join(dict.fromkeys(file.version for file in files if file.version))
    n = {key: sum(f.counts[key] for f in files) for key in ("in", "imported", "outside", "refused")}
    facts = {
        "Rows": f"{one.rows:,}",
        "Dates": days_words(one.first, one.last),
        "Files": ", ".join(dict.fromkeys(file.file for file in files)),
        "Version": versions or "not stated",
        "Licence": one.licence,
        "Imported": ", ".join(dict.fromkeys(_day(file.imported) for file in files)),
        "Accounted for": f"{n['in']:,} rows of its files = {n['imported']:,} imported + "
        f"{n['outside']:,} outside + {n['refused']:,} refused",
    }
    if one.conditions:
        facts["On the map"] = "no: its terms do not let its rows be given to others"
    st.html(_card(KNOWN_WORDS.get(one.name, one.name), facts))
    if one.citation:
        st.caption("Cite as")
        st.code(one.citation, language=None, wrap_lines=True)
    if not one.conditions:
        for file in (file for file in files if file.refused_file):
            _refused(file.refused_file, file.file)
    with st.expander("Remove"):
        _remove(one)


def layers() -> None:
    """Draw what was fetched beside the events: districts, the full gazetteer."""
    held = fetched_record(settings.FETCHED / "registry.json")
    for folder, words in LAYER_WORDS.items():
        files = {name: facts for name, facts in held.items() if name.startswith(f"{folder}/")}
        if not files:
            continue
        said = {name: dict.fromkeys(facts[name] for facts in files.values()) for name in ASKED}
        facts = {
            "Files": ", ".join(name.partition("/")[2] for name in files),
            "Licence": "; ".join(said["licence"]),
            "Fetched": ", ".join(_day(day) for day in said["date"]),
        }
        st.html(_card(words, facts))
    notes = settings.FETCHED / "districts" / "notes.txt"
    if notes.exists():
        with st.expander("What had to be done to the districts"):
            for line in notes.read_text("utf-8").splitlines():
                st.caption(md(line))


def _remove(one: Dataset) -> None:
    if not is_owner():
        st.caption(
            "It serves everybody who opens this map, so only its owner removes it, in a terminal:"
        )
        st.code(f"python -m geo import --remove {one.name}", language=None, wrap_lines=True)
        return
    st.caption(
        f"Its {one.rows:,} rows leave the map for everybody. The files they came from stay where "
        "they are, so they can be imported again."
    )
    st.button(f"Remove {one.name}", key=f"remove_{one.name}", on_click=_gone, args=(one.name,))


def _gone(name: str) -> None:
    """Remove a dataset; only for the owner, whatever a browser sends."""
    if not is_owner():
        return
    from geo.webmap import event_layer

    try:
        gone = catalogue.remove(name, here())
    except BorderMapError as error:  # removed in another window, or the disk is full
        st.session_state["brought"] = (str(error),)
        return
    event_layer.withdraw()
    load.look_again()
    st.session_state["brought"] = (f"{name}: {gone:,} rows removed.",)


def _refused(listed: str, name: str) -> None:
    content = catalogue.refused_rows(listed, here())
    if content is None:
        return
    with st.expander(f"Refused rows of {md(name)}"):
        rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
        st.dataframe(pd.DataFrame(rows), hide_index=True)
        st.download_button(
            "Download", content, listed, "text/csv", on_click="ignore", key=f"dl_{listed}"
        )


def _day(iso: str) -> str:
    return days_words(iso, iso)


def _card(title: str, facts: dict[str, str]) -> str:
    said = "".join(f"<dt>{esc(name)}</dt><dd>{esc(text)}</dd>" for name, text in facts.items())
    return f'<h3 class="bm-part">{esc(title)}</h3><dl class="bm-facts">{said}</dl>'
