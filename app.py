"""The app's entry: page settings and navigation. Run it with ``streamlit run app.py``."""

import streamlit as st

from geo.pages import border, datasets, find_place, methods
from geo.pages import map as map_page

st.set_page_config(page_title="Afghanistan–Pakistan border events", page_icon="🗺️", layout="wide")
st.navigation(
    [
        st.Page(map_page.show, title="Map", url_path="map", default=True),
        st.Page(find_place.show, title="Find a place", url_path="find"),
        st.Page(border.show, title="Border", url_path="crossings"),
        st.Page(datasets.show, title="Datasets", url_path="data"),
        st.Page(methods.show, title="About the map", url_path="about"),
    ],
    position="top",
).run()
