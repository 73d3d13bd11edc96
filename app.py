"""The app's entry, which is two things: the server and the script that each visit runs.

``streamlit run app.py`` finds ``app`` here and serves it; ``app`` then has this same file run for
every visit. The pages are imported there only: what they tell Streamlit needs it to be running.
"""

import streamlit as st

if __name__ != "__main__":
    from starlette.middleware import Middleware

    from geo.pages.shared.guard import Guard

    app = st.App(__file__, middleware=[Middleware(Guard)])
else:
    from geo.pages.about import page as about_page
    from geo.pages.border import page as border_page
    from geo.pages.datasets import page as datasets_page
    from geo.pages.map import page as map_page
    from geo.pages.places import page as places_page
    from geo.pages.shared import navigation, serving

    st.set_page_config(
        page_title="Afghanistan–Pakistan border events", page_icon="🗺️", layout="wide"
    )
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
