"""The page that finds a place: a name in any script, or a table of names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st
from streamlit_folium import st_folium

from geo.border.nearby import Nearby, Pin, nearby, spread_km
from geo.model import Resolution
from geo.pages.places import candidates_html, spreadsheet
from geo.pages.shared.html import esc
from geo.places.gazetteer.full import load_best
from geo.places.resolve import Context, locate, resolve
from geo.story import candidates
from geo.webmap import assets, place_map
from geo.words import NATIONS

__all__ = ["show"]

HERE: Final = Path(__file__).parent
MAP_HEIGHT: Final = 460
LONGEST: Final = 200
COUNTRIES: Final = {"": "either country"} | NATIONS
EXAMPLES: Final = ("Torkham", "Kalat district", "قلات", "لنډي کوتل")


def show() -> None:
    """Draw the page."""
    st.html(HERE.parent / "shared" / "style.css")
    st.html(HERE / "style.css")
    st.html(
        '<h1 class="bm-head">Find a place</h1><p class="bm-lead">A name as a report writes it, in '
        "Latin, Urdu, Pashto or Dari spelling: which place it means, how sure that is, and how far "
        "from the border it lies.</p>"
    )
    name, country, within = _asked()
    if name:
        found, note = _found(name, country, within)
        if note:
            st.html(f'<p class="bm-flag">{esc(note)}</p>')
        _answer(name, found)
    else:
        _examples()
    st.divider()
    spreadsheet.section()


def _asked() -> tuple[str, str, str]:
    """Draw the three inputs; the address holds what they say."""
    wanted = {key: st.query_params.get(key, "")[:LONGEST] for key in ("name", "country", "within")}
    if wanted["country"] not in COUNTRIES:
        wanted["country"] = ""
    for key, text in wanted.items():
        st.session_state[f"find_{key}"] = text
    with st.container(key="find_form"):
        columns = st.columns([5, 2, 3])
        columns[0].text_input(
            "Name", key="find_name", on_change=_put, max_chars=LONGEST,
            placeholder="Angoor Ada, ولسوالی سپیره, Mir Ali bazaar …",
        )  # fmt: skip
        columns[1].selectbox(
            "In", list(COUNTRIES), format_func=COUNTRIES.__getitem__, key="find_country",
            on_change=_put,
        )  # fmt: skip
        columns[2].text_input(
            "Province or district, if known", key="find_within", on_change=_put, max_chars=LONGEST
        )
    return wanted["name"].strip(), wanted["country"], wanted["within"].strip()


def _put() -> None:
    said = {key: str(st.session_state[f"find_{key}"]) for key in ("name", "country", "within")}
    st.query_params.from_dict({key: text for key, text in said.items() if text.strip()})


def _examples() -> None:
    with st.container(horizontal=True, key="find_examples", vertical_alignment="center"):
        st.html('<p class="bm-quiet">For example:</p>', width="content")
        for number, name in enumerate(EXAMPLES):
            st.button(name, key=f"example_{number}", on_click=_try, args=(name,))


def _try(name: str) -> None:
    st.query_params.from_dict({"name": name})


def _found(name: str, country: str, within: str) -> tuple[Resolution, str]:
    """Return the answer, and a note where the unit named is not known."""
    gazetteer = load_best()
    if not within:
        return locate(name, gazetteer, country=country), ""
    unit = resolve(within, gazetteer, Context(country, kind_hint="admin1")).place
    if unit is None or unit.kind not in {"admin1", "admin2", "admin3"}:
        note = f"No province or district “{within}” is known, so it was left out."
        return locate(name, gazetteer, country=country), note
    return locate(
        name,
        gazetteer,
        country=unit.country,
        admin1=unit.admin1 or unit.name,
        admin2="" if unit.kind == "admin1" else unit.name,
    ), ""


def _answer(name: str, found: Resolution) -> None:
    shown = candidates.answers(found)
    verdict = candidates_html.verdict_html(name, found, len(shown))
    st.html(f'<p class="bm-verdict">{verdict}</p>')
    if not shown:
        return
    pins = candidates.pins(found, shown)
    around = _nearby(pins)
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="map_frame"):
        _map(pins, chosen=found.place is not None)
    with right, st.container(key="answers"):
        st.html(candidates_html.first_html(shown[0], pins[0], around[0]))
        if len(shown) > 1:
            title = "Also of that name" if found.place else "Or"
            rows = zip(range(2, len(shown) + 1), shown[1:], pins[1:], around[1:], strict=True)
            st.html(f'<h3 class="bm-part">{title}</h3>{candidates_html.others_html(rows)}')


def _map(pins: tuple[Pin, ...], *, chosen: bool) -> None:
    assets.ensure()
    marks = [
        place_map.PlaceMark(
            place.lat,
            place.lon,
            None if precision == "exact" else spread_km(place, precision),
        )
        for place, precision in pins
    ]
    st_folium(
        place_map.place_map(marks, chosen=chosen, dark=st.context.theme.type == "dark"),
        key="place_map",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
    )


@st.cache_data(show_spinner=False, max_entries=500)
def _nearby(pins: tuple[Pin, ...]) -> list[Nearby]:
    """Return what the border says of each place, kept for those who ask again."""
    return nearby(pins)
