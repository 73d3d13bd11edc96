"""A text as tokens of known meaning."""
