"""The map a browser shows; the only room that uses Folium."""
