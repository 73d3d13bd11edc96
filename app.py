"""The app's entry: page settings and navigation. Run it with ``streamlit run app.py``."""

import streamlit as st

from geo.pages.about import page as about_page
from geo.pages.border import page as border_page
from geo.pages.datasets import page as datasets_page
from geo.pages.map import page as map_page
from geo.pages.places import page as places_page
from geo.pages.shared import navigation, serving

st.set_page_config(page_title="Afghanistan–Pakistan border events", page_icon="🗺️", layout="wide")
serving.prepare()
navigation.run(
    {
        "map": st.Page(map_page.show, title="Map", url_path="map", default=True),
        "places": st.Page(places_page.show, title="Find a place", url_path="find"),
        "border": st.Page(border_page.show, title="Border", url_path="crossings"),
        "datasets": st.Page(datasets_page.show, title="Datasets", url_path="data"),
        "about": st.Page(about_page.show, title="About the map", url_path="about"),
    }
)
