"""Dates in a text: found, and turned into spans of days."""
