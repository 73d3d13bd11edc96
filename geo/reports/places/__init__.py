"""Toponyms in a text: recognised, and resolved together."""
