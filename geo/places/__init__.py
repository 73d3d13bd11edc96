"""Places: names, gazetteer, resolution, and the geopy face of it."""
