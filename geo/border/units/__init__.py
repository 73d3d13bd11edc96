"""Provinces and districts: their polygons, their names, and which of them a point lies in."""
